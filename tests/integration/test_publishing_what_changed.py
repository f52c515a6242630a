"""A dataset made from its former file and what changed reads like one made anew."""

import pyarrow as pa
import pyarrow.compute as pc

from sg_pipelines.domain.matching.types import REJECT
from sg_pipelines.domain.model.catalogue import KINDS
from sg_pipelines.domain.model.customer import CUSTOMER
from sg_pipelines.lake.datasets import Datasets
from sg_pipelines.operations.annotations import NOTE, annotate
from sg_pipelines.operations.publish import tables
from sg_pipelines.operations.review import decide
from sg_pipelines.runtime.main_job import main_job


def silent(line):
    """Nobody watches."""


def in_order(table):
    return sorted(map(repr, table.replace_schema_metadata(None).to_pylist()))


def made_anew(session, tmp_path):
    empty = Datasets(tmp_path / "empty")
    return {kind: tables(session.workspace, empty, plan) for kind, plan in session.workspace.plans.items()}


def published(session):
    return {
        kind: {name: session.datasets.read_part(name, kind) for name in tables_of(session, kind)}
        for kind in session.workspace.plans
    }


def tables_of(session, kind):
    return [name for name in session.datasets.names() if name not in PLURALS - {KINDS[kind].plural}]


PLURALS = {kind.plural for kind in KINDS.values()}


def read_alike(session, tmp_path):
    anew, there = made_anew(session, tmp_path), published(session)
    assert there.keys() == anew.keys()
    for kind in anew:
        assert {name: in_order(table) for name, table in there[kind].items()} == {
            name: in_order(table) for name, table in anew[kind].items()
        }
    return True


def test_after_every_kind_of_news_the_tables_read_as_if_made_anew(session, tmp_path):
    assert read_alike(session, tmp_path)
    session.control.post("world/edit", {})
    main_job(session, full=False, progress=silent)
    assert read_alike(session, tmp_path)
    take_one_apart(session)
    assert read_alike(session, tmp_path)
    main_job(session, full=True, progress=silent)
    assert read_alike(session, tmp_path)


def take_one_apart(session):
    """A person says of a link that it is wrong, and why; orders and companies follow."""
    links = session.workspace.store.find("links", {"kind": "customer", "open": True})
    wrong = next(link for link in links if link["account"] == "shopify" and link["evidence"])
    decide(session.workspace, wrong["ref"], wrong["entity"], REJECT, by="a person")
    annotate(session.workspace, wrong["entity"], NOTE, "was two people", author="a person")
    for plan in session.workspace.plans.values():
        session.reconcile(plan.kind)
    for plan in session.workspace.plans.values():
        session.publish(plan.kind)


def test_rows_about_what_did_not_change_are_those_of_the_former_file(session):
    session.publish(CUSTOMER)
    former = session.datasets.read_part("customers", "customer")
    place = former.schema.get_field_index("phone_source")
    marked = former.set_column(place, "phone_source", pa.array(["marked"] * len(former)))
    session.datasets.publish("customers", "customer", marked)
    session.publish(CUSTOMER)
    assert not read_anew(session)
    somebody = marked.filter(pc.is_valid(marked.column("hubspot_id"))).slice(0, 1).to_pylist()[0]
    edited = {"kind": "customer", "record_id": somebody["hubspot_id"], "attributes": {"first_name": "Renamed"}}
    session.control.post("records/edit", {"account": "hubspot", **edited})
    main_job(session, full=False, progress=silent)
    assert somebody["entity"] in read_anew(session)
    assert len(read_anew(session)) < len(former) / 2


def read_anew(session):
    customers = session.datasets.read_part("customers", "customer")
    return {row["entity"] for row in customers.to_pylist() if row["phone_source"] != "marked"}


def test_a_file_made_from_another_store_is_not_built_upon(session, tmp_path):
    former = session.datasets.read_part("customers", "customer")
    stranger = former.slice(0, 3).replace_schema_metadata({**former.schema.metadata, b"sg_made_from": b"another"})
    session.datasets.publish("customers", "customer", stranger)
    session.publish(CUSTOMER)
    assert read_alike(session, tmp_path)
