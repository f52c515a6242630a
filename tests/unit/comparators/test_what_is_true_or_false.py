"""A custom field that is true or false is so however a platform writes it, in comparisons, conditions and datasets."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from sg_pipelines.config.condition_names import Behind, readable
from sg_pipelines.config.conditions import compile_condition
from sg_pipelines.connectors.connections import Reading, Scope
from sg_pipelines.connectors.hubspot.customers import CONTACTS as AT_HUBSPOT
from sg_pipelines.connectors.hubspot.mapping import ObjectMapping
from sg_pipelines.connectors.netsuite.customers import CUSTOMERS as AT_NETSUITE
from sg_pipelines.connectors.netsuite.mapping import RecordMapping
from sg_pipelines.connectors.shopify.customers import CUSTOMERS as AT_SHOPIFY
from sg_pipelines.connectors.shopify.mapping import NodeMapping
from sg_pipelines.domain.comparators.boolean import boolean_key, boolean_of
from sg_pipelines.domain.comparators.keys import key
from sg_pipelines.domain.model.customer import CUSTOMER
from sg_pipelines.domain.model.kinds import Comparator, Dimension, Field
from sg_pipelines.operations.asking_conditions import Answers
from sg_pipelines.operations.typed import OF_TYPE, column_type

VIP = Field("custom_vip", Comparator.BOOLEAN, Dimension.CONTENT, personal=False)
WITH_VIP = CUSTOMER.with_fields((VIP,))
NOW = datetime(2026, 1, 2, tzinfo=UTC)


def reading(place: str) -> Scope:
    return Scope(kinds={"customer": Reading("-", {"custom_vip": place})})


def at_hubspot(said: str | None) -> object:
    row = {"id": "1", "archived": False, "createdAt": NOW.isoformat(), "updatedAt": NOW.isoformat()}
    mapping = ObjectMapping(AT_HUBSPOT, WITH_VIP, reading("is_vip"))
    return mapping.record({**row, "properties": {"is_vip": said}}).columns["custom_vip"]  # type: ignore[typeddict-item]


def at_shopify(said: str | None) -> object:
    node = {
        "id": "gid://shopify/Customer/1",
        "updatedAt": NOW.isoformat(),
        "createdAt": NOW.isoformat(),
        "numberOfOrders": "0",
        "amountSpent": {"amount": "0.00", "currencyCode": "USD"},
        "tags": [],
        "companyContactProfiles": [],
        "custom_vip": {"value": said} if said else None,
        **dict.fromkeys(("firstName", "lastName", "defaultEmailAddress", "defaultPhoneNumber", "defaultAddress")),
    }
    return NodeMapping(AT_SHOPIFY, WITH_VIP, reading("metafield:crm.vip")).record(node).columns["custom_vip"]


def at_netsuite(said: str | None) -> object:
    row = {"id": "1", "modified": "2026-01-02 00:00:00", **({"custom_vip": said} if said else {})}
    return RecordMapping(AT_NETSUITE, WITH_VIP, reading("custentity_vip")).record(row, {}).columns["custom_vip"]


@pytest.mark.parametrize(
    ("read", "yes", "no"), [(at_hubspot, "true", "false"), (at_shopify, "true", "false"), (at_netsuite, "T", "F")]
)
def test_every_platform_says_true_and_false_in_its_way(read, yes, no) -> None:
    assert [read(yes), read(no), read(None)] == ["true", "false", None]


def test_a_netsuite_field_that_becomes_a_boolean_is_read_anew_and_no_other_is() -> None:
    text = CUSTOMER.with_fields((Field("custom_vip", Comparator.TEXT, Dimension.CONTENT),))
    before, after = (RecordMapping(AT_NETSUITE, kind, reading("custentity_vip")) for kind in (text, WITH_VIP))
    assert before.version != after.version
    row = {"id": "1", "modified": "2026-01-02 00:00:00", "custom_vip": "T"}
    assert before.record(row, {}).columns["custom_vip"] == "T"


@pytest.mark.parametrize("word", ["true", "TRUE", " True", "T", "yes", "Sí", "1", "Y"])
def test_what_is_true_is_so_in_every_word_for_it(word: str) -> None:
    assert key(VIP, word, region="US") == "true"
    assert boolean_of(word) is True


@pytest.mark.parametrize("word", ["false", "F", "No", "0", "n"])
def test_what_is_false_is_so_in_every_word_for_it(word: str) -> None:
    assert key(VIP, word, region="US") == "false"
    assert boolean_of(word) is False


def test_what_is_neither_stays_what_it_is_and_nothing_said_is_not_false() -> None:
    assert boolean_key("Perhaps") == "perhaps"
    assert boolean_of("perhaps") is boolean_of("") is boolean_of(None) is None
    assert boolean_key(" ") is None


def test_datasets_hold_it_as_true_or_false() -> None:
    read = OF_TYPE[column_type(VIP, "custom_vip")]
    assert str(column_type(VIP, "custom_vip")) == "bool"
    assert [read("true"), read("F"), read("perhaps"), read(None)] == [True, False, None, None]


@pytest.mark.parametrize(("said", "answer"), [("true", True), ("F", False), (None, None), ("perhaps", None)])
def test_conditions_read_it_as_true_or_false(said: str | None, answer: bool | None) -> None:
    assert readable(WITH_VIP)["custom_vip"] is Behind.YES_OR_NO
    answers = Answers(compile_condition("custom_vip && true"), WITH_VIP)
    assert answers.to({"custom_vip": said}, {}) is answer
