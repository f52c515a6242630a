import random

import duckdb
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sg_pipelines.domain.matching.blocking import blocking_keys
from sg_pipelines.domain.matching.link import link
from sg_pipelines.domain.matching.people import PEOPLE
from sg_pipelines.domain.matching.types import DECISIONS
from sg_pipelines.sandbox.world.people import people
from sg_pipelines.sandbox.world.spelling import spelled

JANE = {"first_name": "Jane", "last_name": "Ashcroft", "email": "jane@example.com", "phone": "3125550142"}
OTHER = {"first_name": "Boris", "last_name": "Stockwell", "email": "boris@example.org", "phone": "2125550199"}


def record(account, record_id, **said):
    known = {"external_id": None, "cross_ids": None, "prior_entity": None, "prior_role": None}
    empty = dict.fromkeys(
        (
            "first_name",
            "last_name",
            "email",
            "phone",
            "company_name",
            "address_street",
            "address_city",
            "address_postal_code",
        )
    )
    cross = said.pop("cross_ids", None)
    named = [{"account": a, "record_id": r} for a, r in cross.items()] if cross else None
    return {**known, **empty, "account": account, "record_id": record_id, **said, "cross_ids": named}


def linked(records, decisions=None, threads=2):
    schema = pa.schema(
        [pa.field(n, pa.string()) for n in records[0] if n != "cross_ids"]
        + [pa.field("cross_ids", pa.list_(pa.struct([("account", pa.string()), ("record_id", pa.string())])))]
    )
    with duckdb.connect() as connection:
        connection.execute(f"set threads = {threads}")
        given_ = None if decisions is None else pa.Table.from_pylist(decisions, schema=DECISIONS)
        return link(connection, pa.Table.from_pylist(records, schema=schema), PEOPLE, decisions=given_)


def groups(outcome):
    found = {}
    for row in outcome.assignments.to_pylist():
        found.setdefault(row["cluster"], set()).add((row["account"], row["record_id"]))
    return sorted(map(sorted, found.values()))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("612 345 678", "+34612345678"),
        ("312-555-0142 ext 12", "+13125550142"),
        ("(312) 555 0142 x9", "312 555 0142"),
        ("310 555 1234 extensi\u00f3n 4", "+573105551234"),
        ("Tel. 312 555 0142", "312-555-0142"),
    ],
)
def test_one_telephone_brings_people_together_however_it_is_written(one, other):
    crm = record("crm", "1", first_name="Maria", last_name="Gutierrez Alonso", phone=one)
    erp = record("erp", "9", first_name="Maria", last_name="Gutierrez", phone=other)
    assert groups(linked([crm, erp])) == [[("crm", "1"), ("erp", "9")]]
    stranger = record("erp", "9", first_name="Maria", last_name="Gutierrez", phone="202 555 0111")
    assert len(groups(linked([crm, stranger]))) == 2


def test_an_id_written_on_a_record_links_whatever_else_it_says():
    outcome = linked([record("crm", "1", **JANE), record("erp", "9", cross_ids={"crm": "1"}, **OTHER)])
    assert groups(outcome) == [[("crm", "1"), ("erp", "9")]]
    assert {e["type"] for row in outcome.assignments.to_pylist() for e in row["evidence"]} == {"cross_id"}


def test_the_same_mailbox_and_name_link():
    outcome = linked([record("crm", "1", **JANE), record("shop", "2", **{**JANE, "phone": None})])
    assert groups(outcome) == [[("crm", "1"), ("shop", "2")]]


def test_a_family_mailbox_does_not_make_two_people_one():
    sister = {**JANE, "first_name": "Beatrix"}
    assert len(groups(linked([record("crm", "1", **JANE), record("shop", "2", **sister)]))) == 2


def test_two_records_of_one_account_are_never_both_primary():
    outcome = linked([record("crm", "1", **JANE), record("crm", "2", **JANE), record("shop", "3", **JANE)])
    roles = {(r["account"], r["record_id"]): r["role"] for r in outcome.assignments.to_pylist()}
    assert roles == {("crm", "1"): "primary", ("crm", "2"): "duplicate", ("shop", "3"): "primary"}
    assert outcome.duplicates.column("primary_record_id").to_pylist() == ["1"]


def test_ids_that_contradict_each_other_are_told_and_not_believed_twice():
    outcome = linked(
        [
            record("crm", "1", cross_ids={"erp": "9"}, **JANE),
            record("crm", "2", cross_ids={"erp": "9"}, **OTHER),
            record("erp", "9"),
        ]
    )
    assert len(groups(outcome)) == 2
    assert len(outcome.conflicts) == 1


def test_a_record_keeps_its_entity_though_its_evidence_is_gone():
    outcome = linked(
        [record("crm", "1", prior_entity="E", prior_role="primary", **JANE),
         record("shop", "2", prior_entity="E", prior_role="primary", **OTHER)]
    )  # fmt: skip
    assert groups(outcome) == [[("crm", "1"), ("shop", "2")]]
    assert set(outcome.assignments.column("prior_entity").to_pylist()) == {"E"}


def test_a_persons_rejection_unlinks_for_good():
    records = [
        record("crm", "1", prior_entity="E", prior_role="primary", **JANE),
        record("shop", "2", prior_entity="E", prior_role="primary", **JANE),
    ]
    decision = {"account": "shop", "record_id": "2", "entity": "E", "verdict": "reject"}
    outcome = linked(records, [decision])
    assert len(groups(outcome)) == 2
    kept = dict(
        zip(
            outcome.assignments.column("record_id").to_pylist(),
            outcome.assignments.column("prior_entity").to_pylist(),
            strict=True,
        )
    )
    assert kept == {"1": "E", "2": None}


def test_a_persons_acceptance_links_whatever_the_evidence():
    records = [record("crm", "1", prior_entity="E", prior_role="primary", **JANE), record("shop", "2", **OTHER)]
    outcome = linked(records, [{"account": "shop", "record_id": "2", "entity": "E", "verdict": "accept"}])
    assert groups(outcome) == [[("crm", "1"), ("shop", "2")]]


def test_evidence_names_comparisons_and_never_values():
    outcome = linked([record("crm", "1", **JANE), record("shop", "2", **JANE)])
    said = " ".join(e["detail"] for row in outcome.assignments.to_pylist() for e in row["evidence"]).casefold()
    assert "e-mail" in said
    assert not any(str(value).casefold() in said for value in JANE.values())


def world(count, seed):
    rows = []
    for person in people(count, seed):
        for platform in person.platforms:
            said = spelled(person, platform, seed, 1_700_000_000_000)
            kept = {
                n: said.get(n)
                for n in (
                    "external_id",
                    "first_name",
                    "last_name",
                    "email",
                    "phone",
                    "company_name",
                    "address_street",
                    "address_city",
                    "address_postal_code",
                )
            }
            rows.append(record(platform, str(person.number), **kept))
    return rows


@settings(max_examples=8, deadline=None)
@given(st.integers(0, 1000))
def test_neither_row_order_nor_threads_change_who_is_who(seed):
    rows = world(60, seed)
    shuffled = random.Random(seed).sample(rows, len(rows))
    assert groups(linked(rows, threads=1)) == groups(linked(shuffled, threads=2))


def test_different_people_of_the_world_are_not_taken_for_one():
    wrong = [group for group in groups(linked(world(600, 5))) if len({number for _, number in group}) > 1]
    assert wrong == []


def test_records_that_were_linked_share_a_key_the_store_can_look_up():
    with duckdb.connect() as connection:
        one = {key for *_, key in blocking_keys(connection, pa.Table.from_pylist([record("crm", "1", **JANE)]), PEOPLE)}
        two = {
            key
            for *_, key in blocking_keys(
                connection, pa.Table.from_pylist([record("shop", "2", **{**JANE, "phone": None})]), PEOPLE
            )
        }
    assert one & two
    assert not any("jane" in key for key in one)
