"""Conditions that could never be answered, or never as they were meant, are told with what to write instead."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import cel
import pytest

from sg_pipelines.config.condition_functions import FUNCTIONS
from sg_pipelines.config.condition_tree import free_names, read_tree
from sg_pipelines.config.conditions import compile_condition
from sg_pipelines.config.load import check_client_file
from sg_pipelines.errors import ConfigurationError
from tests.unit.config.client_files import a_client_file

OF_CUSTOMERS, OF_ORDERS = "lifecycle == 'customer'", "status != 'cancelled'"
A_TEXT, AN_INSTANT = "'one'", "'2026-01-01T00:00:00Z'"


def with_a_condition(folder: Path, condition: str) -> Path:
    """In the place of one that stands between quotes."""
    was = OF_ORDERS if "lines" in condition else OF_CUSTOMERS
    return a_client_file(folder, replace=was, by=json.dumps(condition)[1:-1])


def what_is_said_of(folder: Path, condition: str) -> str:
    with pytest.raises(ConfigurationError) as refused:
        check_client_file(with_a_condition(folder, condition))
    (said,) = str(refused.value).splitlines()
    return said


@pytest.mark.parametrize(
    ("condition", "says"),
    [
        (
            "email == orders_count",
            "compares email, which is a text, with orders_count, which is a number: they are never the same. "
            "Make a text of the number: string(orders_count)",
        ),
        ("orders_count > 0 || email != orders_count", "compares email, which is a text, with orders_count"),
        ("email in [orders_count]", "compares email, which is a text, with orders_count"),
        ("tags.exists(t, t == orders_count)", "compares t, which is a text, with orders_count, which is a number"),
        ("created_at == last_order_at || tags[0] == 1", "compares tags[0], which is a text, with a number"),
        ("size(email) == 'x'", "compares size(email), which is a number, with a text"),
        ("1 in tags", "looks for a number in tags, which is a list of texts: it is never there. Write a text: '1' in"),
        ("email in ['x'] && orders_count in tags", "looks for orders_count, which is a number, in tags"),
        ("tags == 'vip'", "Write 'vip' in tags"),
        ("orders_count == '3'", "Write the number without quotes: 3"),
        ("lifecycle == 1", "Write a text: '1'"),
        ("orders_count > 0 || nofunc(email)", "calls 'nofunc', which is no function"),
        ("orders_count > 0 || email.startWith('x')", "'startWith', which is no function. Did you mean 'startsWith'?"),
        ("tags.exists(t)", "reads 't', which is no field"),
        ("tags.exists('vip')", "does not say what exists asks about. Write one like: tags.exists(t, t == 'vip')"),
        ('tags.exists(t, t == "a") && t == "b"', "reads 't', which is no field"),
        ("tags.exists(email, email == 1)", "compares email, which is a text, with a number"),
        ("lines.all(l, l.quantity > 1)", "Make numbers of the parts of rows, which are texts: double(l.quantity) > 1"),
        ("lines.exists(l, l.quantity == 1)", "compares l.quantity, which is a text, with a number"),
        (
            "lines.exists(l, l.qty == '1')",
            "reads l.qty: there is no 'qty' in l. Known: amount, entity, product_id, quantity",
        ),
        ("lines[0].colour == 'red'", "reads lines[0].colour: there is no 'colour' in lines[0]. Known: amount"),
        ("company.name == 'x'", "reads company.name: there is no 'name' in company. Known: account, entity, record_id"),
        ("marketing_consent in ['granted', 'yes']", "with 'yes', which it never says: it is one of granted, denied"),
        ('"yes" == marketing_consent', "with 'yes', which it never says: it is one of granted, denied"),
        ("lifecycle in ['costumer']", "with 'costumer', which it never says: it is one of lead, prospect, customer."),
        ("size(orders_count) > 1", "calls size() with what it does not take"),
        ("created_at > timestamp('2026-01-01')", "asks for timestamp('2026-01-01'), which has no answer. Write an"),
        (
            "orders_count > 0 || email > 3",
            "compares email, which is a text, with a number: neither is the greater one. Make a number of the text: double(",
        ),
        (
            "orders_count > 0 || created_at > '2026-01-01'",
            "created_at, which is an instant, with a text: neither is the",
        ),
        ("email > timestamp('2026-01-01T00:00:00Z')", "Make an instant of the text: timestamp(email)"),
        ("timestamp('2026-01-01T00:00:00Z') == email", "Make an instant of the text: timestamp(email)"),
        (
            "orders_count > 0 || email < timestamp('2026-01-01T00:00:00Z')",
            "neither is the greater one. Make an instant of the text: timestamp(email)",
        ),
        ("email + 1 == 'x'", "does not fit the types of what it reads (email is a text): the operation is not defined"),
    ],
)
def test_what_a_condition_can_never_mean_is_told_with_what_to_write(tmp_path: Path, condition: str, says: str) -> None:
    assert says in what_is_said_of(tmp_path, condition)


@pytest.mark.parametrize(
    "condition",
    [
        "email == string(orders_count) || email == 'orders_count == email'",
        "'1' in tags && tags.map(t, size(t)) != [1]",
        "tags.exists(email, email == 'vip') && email != ''",
        "tags.filter(t, t.startsWith('v')).exists(t, t in ['vip', 'vat'])",
        "lines.all(l, double(l.quantity) > 1.0 && has(l.sku))",
        "size(lines.map(l, l.product_id)) > 1 && lines.exists(l, l.entity == '')",
        "(orders_count > 1.0 ? 'granted' : 'denied') == marketing_consent",
        "company.entity != '' && email != null // a comment: nofunc(",
        "email.matches(r'^[a-z\\d]+$') || email in {'a': 1}",
        "created_at.getFullYear() == 2026 && last_order_at - created_at > duration('24h')",
    ],
)
def test_what_a_condition_can_mean_is_right(tmp_path: Path, condition: str) -> None:
    assert check_client_file(with_a_condition(tmp_path, condition)).client == "demo"


@pytest.mark.parametrize(
    ("condition", "says"),
    [
        ("email = 'a'", "at character 7: '=' cannot stand here; CEL writes =="),
        ("email == 'a' AND email != 'b'", "at character 14: 'AND' cannot stand here; CEL writes &&"),
        ("email == 'a", "at character 10: a quote has no end, or a text contains what none can"),
        ("email == \u201ca\u201d", "at character 10: '\u201c' cannot stand here; CEL writes '"),
        ("(email == 'a'", "at character 14: ')' is missing at its end"),
        ("email == 'a')", "at character 13: ')' cannot stand here"),
        ("'a' 'b'", "at character 5: \"'b'\" cannot stand here"),
        ("tags[", "at character 6: something is missing at its end"),
        ("tags.", "at character 6: the name of a part must follow the dot"),
        ("9999999999999999999999 > 1", "at character 1: no number is as large"),
        ("has(email)", "at character 5: has asks about a part of a record, like has(company.entity)"),
        ("tags.exists(1, true)", "at character 13: a name for each element stands here, like t in"),
        ("if == 1", "at character 1: 'if' is a word of CEL itself"),
        ("tags[?0] == 'a'", "at character 5: '[?' cannot stand here"),
        ("email != 'a' &&\n = 'b'", "at line 2, character 2: '=' cannot stand here; CEL writes =="),
        ("(" * 200 + "true" + ")" * 200, "at character 97: it is nested too deeply"),
        ("1" + " + 1" * 200 + " > 1", "it is nested too deeply"),
    ],
)
def test_why_a_condition_cannot_be_read_is_said_in_our_words(condition: str, says: str) -> None:
    with pytest.raises(ValueError, match=r"^(cannot read |it is nested)") as refused:
        compile_condition(condition)
    assert says in str(refused.value)
    assert not any(word in str(refused.value) for word in ("input", "token", "EOF", "Syntax", "Error", "expecting"))


def test_however_many_may_be_listed_and_chained() -> None:
    listed = ", ".join(f"'{number}'" for number in range(500))
    condition = compile_condition(f"email in [{listed}]" + " || lifecycle == 'lead'" * 300)
    assert condition.variables == {"email", "lifecycle"}


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("a == 'b' && !c.d", {"a", "c"}),
        ("t.exists(t, t == u)", {"t", "u"}),
        ("a.map(x, x == b, x + y) == x", {"a", "b", "x", "y"}),
        ("a ? b : c[d] // e", {"a", "b", "c", "d"}),
        ("'it\\'s' + r'\\' + '''a'b''' == \"e\" + a", {"a"}),
        ("size(a) > -1.5e3 && [b, 0x1F, .5][0] in {'c': d}", {"a", "b", "d"}),
    ],
)
def test_names_are_read_outside_of_texts_and_of_macros_that_give_them(source: str, names: set[str]) -> None:
    assert free_names(read_tree(source)) == names


@pytest.mark.parametrize("name", sorted(FUNCTIONS))
def test_every_function_that_is_called_known_is_one_of_the_library(name: str) -> None:
    """Asked in every way: what the library does not know stays unknown however it is called."""
    now = {"now": datetime(2026, 1, 2, tzinfo=UTC)}
    ways = (
        f"{name}(1)",
        f"{name}({A_TEXT})",
        f"{A_TEXT}.{name}({A_TEXT})",
        f"now.{name}()",
        f"{name}('2s')",
        f"{name}({AN_INSTANT})",
    )
    assert any(_is_answered(cel.compile(way), now) for way in ways)


def _is_answered(program: Any, values: dict[str, object]) -> bool:
    try:
        program.execute(values)
    except (RuntimeError, TypeError, ValueError):
        return False
    return True
