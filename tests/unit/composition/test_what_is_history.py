"""What is written down of a change, and that the same things in another order are none."""

from pathlib import Path

import pytest

from sg_pipelines.config.load import load_client_file
from sg_pipelines.config.policies import kind_plans
from sg_pipelines.operations.history import MASTER, field_changes

DEMO = Path(__file__).resolve().parents[3] / "clients" / "demo.yaml"
ONE, TWO = (
    {"product_id": "1", "sku": "A", "quantity": "1", "amount": "5"},
    {"product_id": "2", "quantity": "3", "amount": "9"},
)


@pytest.fixture(scope="module")
def plan():
    return next(plan for plan in kind_plans(load_client_file(DEMO)) if plan.kind.name == "order")


def order(lines=(ONE, TWO), source="shopify", total="10"):
    stored = {
        "record_id": "7",
        "state": "live",
        "fetched_at": 1,
        "columns": {"lines": list(lines), "total_amount": total, "currency": "EUR"},
    }
    fields = {
        "lines": {"value": list(lines), "source": source},
        "total": {"value": {"total_amount": total, "currency": "EUR"}, "source": source},
    }
    return {"_id": "E1", "kind": "order", "updated_at": 2, "representations": {"shopify": stored}, "fields": fields}


def changes(before, after, plan):
    return [(one["ref"], one["field"]) for one in field_changes(before, after, plan)]


def test_the_first_sight_is_none(plan):
    assert changes(None, order(), plan) == []


def test_lines_in_another_order_are_the_same_lines(plan):
    assert changes(order(), order(lines=(TWO, ONE)), plan) == []
    assert changes(order(), order(lines=(ONE,)), plan) == [("shopify/order/7", "lines"), (MASTER, "lines")]


def test_the_same_value_from_elsewhere_says_from_where_to_where(plan):
    told = list(field_changes(order(), order(source="base"), plan))
    assert {(one["ref"], one["source"], one["source_now"]) for one in told} == {(MASTER, "shopify", "base")}
    assert all(one["was"] == one["now"] for one in told)
