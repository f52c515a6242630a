"""Every query we send is valid against the platform's official schema, and our simulator's is a true part of it."""

import ast
import inspect
from pathlib import Path

import pytest
from graphql import GraphQLError, parse, validate
from graphql.validation import NoDeprecatedCustomRule

from sg_pipelines.connectors import shopify
from sg_pipelines.connectors.shopify import points, pulls, queries
from sg_pipelines.connectors.shopify.connector import SHEETS
from sg_pipelines.sandbox.shopify.bulk_checks import problems
from sg_pipelines.sandbox.shopify.cost import requested_cost
from sg_pipelines.sandbox.shopify.resolvers import SCHEMA

MOST_POINTS = 1_000
METAFIELDS = {"custom_loyalty_tier": "crm.loyalty_tier", "x_external_id": "crm.external_id", "x_hubspot_id": "crm.a_id"}
CHOICES = {"metafields": (METAFIELDS,), "since": (None, "2026-01-01T00:00:00Z")}
IDS = [f"gid://shopify/Order/{number}" for number in range(250)]


def everything():
    """Name → every text that the one module of texts can make: those with a name, and what its functions put together
    for every kind. A function that wants something unknown here fails to be called."""
    texts = {name: text for name, text in vars(queries).items() if name.isupper() and isinstance(text, str)}
    texts = {name: text for name, text in texts.items() if not name.startswith("_")}
    for kind, sheet in SHEETS.items():
        given = {"sheet": (sheet,), "nested": (sheet.nested,) if sheet.nested else (), **CHOICES}
        given["counted"] = (sheet.counted,) if sheet.counted else ()
        for name, function in inspect.getmembers(queries, inspect.isfunction):
            if function.__module__ == queries.__name__ and not name.startswith("_"):
                wanted = list(inspect.signature(function).parameters)
                for place, said in enumerate(combined([given[one] for one in wanted])):
                    texts[f"{name} {kind} {place}"] = function(*said)
    return texts


def combined(choices):
    found = [()]
    for values in choices:
        found = [(*one, value) for one in found for value in values]
    return found


SENT = everything()
IN_BULK = {name: text for name, text in SENT.items() if name.startswith("bulk ")}
ASKED = {name: text for name, text in SENT.items() if name not in IN_BULK}


@pytest.mark.parametrize("name", SENT)
def test_what_we_send_is_valid_at_the_simulator(name):
    assert validate(SCHEMA, parse(SENT[name])) == []


@pytest.mark.parametrize("name", SENT)
def test_what_we_send_is_valid_at_the_platform(official, name):
    assert validate(official, parse(SENT[name])) == []


@pytest.mark.parametrize("name", SENT)
def test_nothing_we_send_asks_for_what_the_platform_is_about_to_give_up(official, name):
    assert validate(official, parse(SENT[name]), [NoDeprecatedCustomRule]) == []


def test_every_way_to_read_every_kind_is_among_the_texts_looked_at():
    for kind, sheet in SHEETS.items():
        ways = {name.split()[0] for name in SENT if f" {kind} " in name}
        some = {"rest": sheet.nested, "waiting": sheet.counted}
        assert ways == {"bulk", "changed", "by_id", *(way for way, there_is in some.items() if there_is)}
    assert {"RUN_BULK", "POLL_BULK", "EXAMINE"} < SENT.keys()


def test_no_text_is_written_outside_the_module_of_texts():
    (folder,) = shopify.__path__
    for path in Path(folder).glob("*.py"):
        if path.name != "queries.py":
            texts = [one.value for one in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(one, ast.Constant)]
            assert [text for text in texts if is_document(text)] == [], path.name


def is_document(text):
    """Begins like one, or could be sent as it is."""
    if not isinstance(text, str) or text.lstrip().startswith(("query ", "mutation ")):
        return isinstance(text, str)
    try:
        return "{" in text and validate(SCHEMA, parse(text)) == []
    except GraphQLError:
        return False


@pytest.mark.parametrize("name", IN_BULK)
def test_bulk_queries_keep_to_what_the_platform_runs_in_bulk(name):
    assert problems(IN_BULK[name]) == []


def cost_of(name, variables):
    document = parse(ASKED[name])
    return requested_cost(document, document.definitions[0], variables)


@pytest.mark.parametrize("name", ASKED)
def test_no_query_asks_for_more_points_than_the_platform_allows(name):
    way, _, kind = name.partition(" ")
    sheet = SHEETS.get(kind.split(" ")[0])
    size = 0
    if way in ("changed", "by_id"):
        root = "nodes" if way == "by_id" else sheet.connection
        each = points.points_of_node(ASKED[name], root)
        size = min(pulls.ID_PAGE, (pulls.MOST_POINTS - points.CONNECTION_POINTS) // each)
        assert size > 10
    said = {"first": size, "ids": IDS[:size], "id": IDS[0], "after": None, "query": "", "grouped": True}
    assert cost_of(name, said) <= MOST_POINTS


def test_the_simulators_schema_is_a_true_part_of_the_official_one(official):
    for name, own in SCHEMA.type_map.items():
        if name.startswith("__"):
            continue
        theirs = official.type_map[name]
        for field, shape in getattr(own, "fields", {}).items():
            assert str(theirs.fields[field].type) == str(shape.type), f"{name}.{field}"
            for argument, given in getattr(shape, "args", {}).items():
                assert str(theirs.fields[field].args[argument].type) == str(given.type), f"{name}.{field}({argument})"
        for value in getattr(own, "values", {}):
            assert value in theirs.values, f"{name}.{value}"
