"""What is found is held against what was planted, kind by kind; findings are counted beside."""

from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from sg_pipelines.config.load import load_client_file
from sg_pipelines.config.policies import kind_plans
from sg_pipelines.domain.model.catalogue import KINDS
from sg_pipelines.operations.audit import audit
from sg_pipelines.store.collections import COLLECTIONS
from sg_pipelines.store.sqlite import SqliteStore

DEMO = Path(__file__).resolve().parents[3] / "clients" / "demo.yaml"


@dataclass
class Given:
    """A workspace as far as the audit looks."""

    store: SqliteStore
    plans: dict


@pytest.fixture
def workspace(tmp_path):
    store = SqliteStore(tmp_path / "store.sqlite")
    store.ensure(COLLECTIONS)
    yield Given(store, {plan.kind.name: plan for plan in kind_plans(load_client_file(DEMO))})
    store.close()


def link(workspace, ref, entity):
    kind = ref.split("/")[1]
    workspace.store.put_many(
        "links", [{"_id": f"{ref}@1", "ref": ref, "entity": entity, "kind": kind, "open": True, "role": "primary"}]
    )


def found(workspace, kind, entity, cls, subject, *, is_open=True):
    key = f"{entity}:{subject}"
    told = {"kind": kind, "entity": entity, "class": cls, "subject": subject, "reason": None, "rule": "6"}
    workspace.store.put_many("discrepancies", [{"_id": f"{key}:{cls}", "key": key, "open": is_open, **told}])


def finding(workspace, kind, entity, of_type, ref=None, *, is_open=True):
    key = f"{entity}:{of_type}:{ref}"
    told = {"kind": kind, "entity": entity, "type": of_type, "ref": ref}
    workspace.store.put_many("findings", [{"_id": key, "key": key, "open": is_open, **told}])


def entry(name, kind, cls, subject):
    return {"person": name, "kind": kind, "cls": cls, "subject": subject, "reason": None, "recipe": "a deed"}


def known(*refs, strong=True):
    return {"refs": list(refs), "strong": strong}


def test_what_was_planted_and_found_is_counted_once_in_its_kind_and_in_all(workspace):
    link(workspace, "hubspot/company/1", "E1")
    link(workspace, "shopify/product/7", "E2")
    found(workspace, "company", "E1", "soft_drift", "name")
    found(workspace, "product", "E2", "hard_conflict", "price")
    ledger = [
        entry("company-0", "company", "soft_drift", "name"),
        entry("product-3", "product", "hard_conflict", "price"),
    ]
    truth = {"company-0": known("hubspot/company/1"), "product-3": known("shopify/product/7")}
    counts = audit(workspace, ledger, truth).counts()
    assert (counts["planted"], counts["found"], counts["missing"], counts["unexpected"]) == (2, 2, 0, 0)
    assert {kind: tally["found"] for kind, tally in counts["kinds"].items()} == {
        "company": 1,
        "customer": 0,
        "product": 1,
        "order": 0,
    }
    assert counts["findings"]["planted"] == 0


def test_another_class_or_another_subject_is_not_it(workspace):
    link(workspace, "hubspot/order/1", "E1")
    found(workspace, "order", "E1", "soft_drift", "total")
    outcome = audit(
        workspace, [entry("order-0", "order", "hard_conflict", "total")], {"order-0": known("hubspot/order/1")}
    )
    assert outcome.missing == ["hard_conflict total of order-0 (a deed)"]
    assert len(outcome.unexpected) == 1


def test_what_the_client_file_does_not_ask_for_is_left_out(workspace):
    plans = workspace.plans
    plain = replace(plans["customer"], kind=KINDS["customer"], expected_on={"hubspot": None})
    workspace.plans = {"customer": plain, "company": plans["company"]}
    ledger = [
        entry("person-0", "customer", "soft_drift", "custom_loyalty_tier"),
        entry("person-1", "customer", "missing_representation", "missing:netsuite"),
        entry("order-0", "order", "soft_drift", "total"),
        entry("order-0", "order", "finding", "amount_gap"),
        entry("person-2", "customer", "soft_drift", "tags=vip"),
        entry("person-2", "customer", "missing_representation", "missing:hubspot"),
        entry("company-0", "company", "finding", "company_contacts"),
    ]
    counts = audit(workspace, ledger, {}).counts()
    assert (counts["left_out"], counts["planted"], counts["findings"]["planted"]) == (4, 2, 1)


def test_what_was_closed_is_not_found(workspace):
    link(workspace, "hubspot/order/1", "E1")
    found(workspace, "order", "E1", "soft_drift", "total", is_open=False)
    finding(workspace, "order", "E1", "amount_gap", is_open=False)
    ledger = [entry("order-0", "order", "soft_drift", "total"), entry("order-0", "order", "finding", "amount_gap")]
    outcome = audit(workspace, ledger, {"order-0": known("hubspot/order/1")})
    assert outcome.counts()["found"] == outcome.counts()["findings"]["found"] == 0
    assert len(outcome.missing) == 2


def test_an_entity_in_a_subject_is_told_as_the_thing_it_is(workspace):
    link(workspace, "hubspot/order/1", "E1")
    link(workspace, "hubspot/product/9", "P9")
    found(workspace, "order", "E1", "soft_drift", "lines=P9")
    truth = {"order-4": known("hubspot/order/1"), "product-17": known("hubspot/product/9")}
    outcome = audit(workspace, [entry("order-4", "order", "soft_drift", "lines=product-17")], truth)
    assert outcome.counts()["found"] == 1
    unplanted = audit(workspace, [], truth)
    assert "lines=product-17" in unplanted.unexpected[0]


def test_a_location_in_a_subject_stands_as_it_is(workspace):
    link(workspace, "shopify/product/9", "P9")
    found(workspace, "product", "P9", "soft_drift", "inventory=main warehouse")
    ledger = [entry("product-1", "product", "soft_drift", "inventory=main warehouse")]
    assert audit(workspace, ledger, {"product-1": known("shopify/product/9")}).counts()["found"] == 1


def test_findings_are_counted_beside_and_once_an_entity(workspace):
    link(workspace, "hubspot/order/1", "E1")
    link(workspace, "hubspot/company/2", "C2")
    for ref in ("hubspot/order/1", "shopify/order/5"):
        finding(workspace, "order", "E1", "amount_gap", ref)
    finding(workspace, "company", "C2", "company_contacts")
    finding(workspace, "order", "E1", "cosmetic")
    truth = {"order-0": known("hubspot/order/1"), "company-2": known("hubspot/company/2")}
    counts = audit(workspace, [entry("order-0", "order", "finding", "amount_gap")], truth).counts()
    assert counts["planted"] == counts["unexpected"] == 0
    assert counts["findings"] == {"planted": 1, "found": 1, "missing": 0, "unexpected": 1, "explained_by_link": 0}


def test_a_difference_of_a_thing_linked_loosely_is_explained_and_drawn_in_ones_too(workspace):
    link(workspace, "hubspot/product/1", "A")
    link(workspace, "shopify/product/2", "B")
    link(workspace, "netsuite/product/3", "B")
    found(workspace, "product", "A", "missing_representation", "missing:shopify")
    found(workspace, "product", "B", "hard_conflict", "name")
    truth = {
        "product-1": known("hubspot/product/1", "shopify/product/2", strong=False),
        "product-2": known("netsuite/product/3"),
    }
    ledger = [entry("product-1", "product", "soft_drift", "sku")]
    counts = audit(workspace, ledger, truth).counts()
    assert (counts["missing"], counts["unexpected"], counts["explained_by_link"]) == (0, 0, 3)


def test_an_order_is_explained_by_the_loose_product_it_names(workspace):
    link(workspace, "hubspot/order/1", "E1")
    link(workspace, "hubspot/product/1", "A")
    link(workspace, "shopify/product/2", "B")
    found(workspace, "order", "E1", "soft_drift", "lines=A")
    truth = {
        "order-0": known("hubspot/order/1"),
        "product-1": known("hubspot/product/1", "shopify/product/2", strong=False),
    }
    assert audit(workspace, [], truth).counts()["explained_by_link"] == 1


def test_what_certain_evidence_should_have_linked_is_never_explained(workspace):
    link(workspace, "hubspot/company/1", "A")
    link(workspace, "shopify/company/2", "B")
    found(workspace, "company", "A", "missing_representation", "missing:shopify")
    truth = {"company-1": known("hubspot/company/1", "shopify/company/2")}
    assert audit(workspace, [], truth).counts()["unexpected"] == 1


def test_people_read_every_kind_and_the_findings(workspace):
    link(workspace, "hubspot/order/1", "E1")
    finding(workspace, "order", "E1", "lines_gap", "hubspot/order/1")
    lines = audit(
        workspace, [entry("order-0", "order", "soft_drift", "total")], {"order-0": known("hubspot/order/1")}
    ).lines()
    assert "  missing: soft_drift total of order-0 (a deed)" in lines
    assert any(line.startswith("order: planted 1, found 0, missing 1") for line in lines)
    assert "  unexpected: finding lines_gap on E1 (hubspot/order/1)" in lines
