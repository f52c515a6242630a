"""A record that others went into, told apart by whose words it kept."""

from datetime import UTC, datetime

import pyarrow as pa
import pytest

from sg_pipelines.domain.model.customer import CUSTOMER
from sg_pipelines.operations.merges import heirs, own_words
from sg_pipelines.operations.representations import representation

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
JANE = {"first_name": "Jane", "last_name": "Ashcroft", "email": "jane@example.com"}
BORIS = {"first_name": "Boris", "last_name": "Stockwell", "email": "boris@example.org", "phone": "2125550199"}
NAMED = pa.list_(pa.struct([("account", pa.string()), ("record_id", pa.string())]))
TEXTS = ("account", "record_id", "state", "merged_into", "external_id", "digest", "unknown", *JANE, "phone")
SCHEMA = pa.schema(
    [
        *((name, pa.string()) for name in TEXTS),
        ("cross_ids", NAMED),
        ("modified_at", pa.timestamp("ms", "UTC")),
        ("fetched_at", pa.timestamp("ms", "UTC")),
    ]
)


def record(record_id, cross_ids=None, **said):
    named = [{"account": account, "record_id": one} for account, one in (cross_ids or {}).items()]
    known = dict.fromkeys(SCHEMA.names) | {"account": "crm", "state": "live", "modified_at": NOON, "fetched_at": NOON}
    return {**known, "record_id": record_id, "cross_ids": named or None, **said}


def after_merging(survivor, inherited=None, **parts):
    """What is made of a survivor of these records (id → what it said); the entity of each is named after its id.
    `inherited`: id → what its link says it inherited."""
    gone = [{"account": "crm", "record_id": one, "merged_into": survivor["record_id"]} for one in parts]
    links = {
        f"crm/customer/{one}": {
            "account": "crm",
            "record_id": one,
            "entity": f"E{one}",
            "role": "primary",
            "inherited": (inherited or {}).get(one),
        }
        for one in parts
    }
    entities = {
        f"E{one}": {"representations": {"crm": representation(record(one, **said), CUSTOMER)}, "duplicates": []}
        for one, said in parts.items()
    }
    rows = pa.Table.from_pylist([survivor, record("99", **JANE)], schema=SCHEMA)
    return rows, heirs(rows, gone, links, entities, CUSTOMER)


def test_it_is_who_the_record_was_whose_words_it_states():
    _, found = after_merging(record("3", **JANE, phone=BORIS["phone"]), **{"1": JANE, "2": BORIS})
    (heir,) = found.values()
    assert found.keys() == {"crm/customer/3"}
    assert (heir.link["entity"], heir.inherited) == ("E1", None)


def test_ids_that_only_the_other_one_stated_are_no_word_of_its_own():
    boris = {**BORIS, "cross_ids": {"erp": "7", "shop": "8"}, "external_id": "B"}
    jane = {**JANE, "cross_ids": {"shop": "5"}}
    survivor = record("3", {"erp": "7", "shop": "5"}, **JANE, external_id="B")
    rows, found = after_merging(survivor, **{"1": jane, "2": boris})
    inherited = found["crm/customer/3"].inherited
    assert inherited == {"external_id": "B", "cross_ids": {"erp": "7"}}
    spoken = {row["record_id"]: row for row in own_words(rows, {"crm/customer/3": inherited}, CUSTOMER).to_pylist()}
    assert spoken["3"]["cross_ids"] == [{"account": "shop", "record_id": "5"}]
    assert spoken["3"]["external_id"] is None
    assert spoken["99"] == rows.to_pylist()[1]


def test_an_id_that_was_written_on_it_since_is_its_own_word():
    rows, _ = after_merging(record("3", {"erp": "9"}, **JANE, external_id="J"))
    told = {"external_id": "B", "cross_ids": {"erp": "7"}}
    assert own_words(rows, {"crm/customer/3": told}, CUSTOMER).sort_by("record_id") == rows


FROM_BORIS = {"external_id": "B", "cross_ids": {"erp": "7", "shop": "8"}}


@pytest.mark.parametrize("parts", [{"2": BORIS}, {}], ids=["a stranger", "one without a link"])
def test_what_a_survivor_inherited_is_no_word_of_its_survivor_either(parts):
    survivor = record("4", FROM_BORIS["cross_ids"], **JANE, external_id="B")
    _, found = after_merging(survivor, {"3": FROM_BORIS}, **{"3": {**JANE, **FROM_BORIS}}, **parts)
    heir = found["crm/customer/4"]
    assert (heir.link["entity"], heir.inherited) == ("E3", FROM_BORIS)


def test_an_id_that_was_written_on_a_survivor_is_a_word_of_its_survivor():
    jane = {**JANE, "external_id": "J", "cross_ids": {"erp": "9", "shop": "8"}}
    _, found = after_merging(record("4", jane["cross_ids"], **JANE, external_id="J"), {"3": FROM_BORIS}, **{"3": jane})
    assert found["crm/customer/4"].inherited == {"external_id": None, "cross_ids": {"shop": "8"}}


def test_what_the_loser_had_inherited_is_no_word_of_the_survivor():
    survivor = record("4", {"erp": "7", "shop": "5"}, **BORIS)
    jane = {**JANE, "cross_ids": {"erp": "7"}}
    boris = {**BORIS, "cross_ids": {"shop": "5"}}
    _, found = after_merging(survivor, {"3": FROM_BORIS}, **{"3": jane, "2": boris})
    heir = found["crm/customer/4"]
    assert (heir.link["entity"], heir.inherited) == ("E2", {"external_id": None, "cross_ids": {"erp": "7"}})


def test_to_lose_what_it_inherited_is_no_loss_of_words():
    survivor = record("4", {"erp": "5", "shop": "5"}, **JANE)
    jane = {**JANE, "cross_ids": {"erp": "7", "shop": "8"}}
    nameless = {"email": "j@example.com", "cross_ids": {"erp": "5", "shop": "5"}}
    _, found = after_merging(survivor, {"3": FROM_BORIS}, **{"3": jane, "2": nameless})
    assert found["crm/customer/4"].link["entity"] == "E3"


def test_what_one_of_an_entity_inherited_and_another_one_of_it_states_itself_is_its_word():
    rows, _ = after_merging(record("4", FROM_BORIS["cross_ids"], **JANE))
    gone = [{"account": "crm", "record_id": one, "merged_into": "4"} for one in "13"]
    link = {"account": "crm", "entity": "E"}
    links = {
        "crm/customer/1": {**link, "record_id": "1", "role": "duplicate"},
        "crm/customer/3": {**link, "record_id": "3", "role": "primary", "inherited": FROM_BORIS},
    }
    said = {
        "1": representation(record("1", {"shop": "8"}, **JANE), CUSTOMER),
        "3": representation(record("3", FROM_BORIS["cross_ids"], **JANE), CUSTOMER),
    }
    held = {"representations": {"crm": said["3"]}, "duplicates": [{"account": "crm", **said["1"]}]}
    heir = heirs(rows, gone, links, {"E": held}, CUSTOMER)["crm/customer/4"]
    assert heir.inherited == {"external_id": None, "cross_ids": {"erp": "7"}}


@pytest.mark.parametrize("two", [{}, {"first_name": "Jane"}], ids=["nothing", "a part of it"])
def test_of_records_that_do_not_contradict_it_none_is_chosen(two):
    _, found = after_merging(record("3", **JANE), **{"1": JANE, "2": two})
    assert found == {}


def test_records_of_one_entity_leave_it_to_their_survivor_whatever_they_said():
    rows, _ = after_merging(record("3", **BORIS))
    gone = [{"account": "crm", "record_id": one, "merged_into": "3"} for one in "12"]
    links = {
        f"crm/customer/{one}": {"account": "crm", "record_id": one, "entity": "E", "role": "primary"} for one in "12"
    }
    assert heirs(rows, gone, links, {}, CUSTOMER)["crm/customer/3"].link["entity"] == "E"


def test_one_that_hangs_on_an_entity_already_inherits_nothing():
    rows, _ = after_merging(record("3", **JANE))
    gone = [{"account": "crm", "record_id": "1", "merged_into": "3"}]
    links = {f"crm/customer/{one}": {"account": "crm", "record_id": one, "entity": f"E{one}"} for one in "13"}
    assert heirs(rows, gone, links, {}, CUSTOMER) == {}
