"""Every query we send is valid against the platform's official schema, and our simulator's is a true part of it."""

import pytest
from graphql import build_schema, parse, validate

from sg_pipelines.connectors.shopify import queries
from sg_pipelines.sandbox.shopify.resolvers import SCHEMA

METAFIELDS = {"custom_loyalty_tier": "crm.loyalty_tier"}
SENT = {
    "run bulk": queries.RUN_BULK,
    "poll bulk": queries.POLL_BULK,
    "examine": queries.EXAMINE,
    "bulk customers": queries.bulk_customers(METAFIELDS),
    "bulk changed customers": queries.bulk_customers(METAFIELDS, "2026-01-01T00:00:00Z"),
    "changed customers": queries.changed_customers(METAFIELDS),
    "customers by id": queries.customers_by_id(METAFIELDS),
}


@pytest.fixture(scope="module")
def official():
    from pathlib import Path

    path = Path(__file__).resolve().parents[4] / "shared/platforms/shopify/admin_2026-07.graphql"
    if not path.exists():
        pytest.skip("../shared/platforms/shopify/admin_2026-07.graphql is not at hand")
    return build_schema(path.read_text(encoding="utf-8"), assume_valid=True)


@pytest.mark.parametrize("name", SENT)
def test_what_we_send_is_valid_at_the_simulator(name):
    assert validate(SCHEMA, parse(SENT[name])) == []


@pytest.mark.parametrize("name", SENT)
def test_what_we_send_is_valid_at_the_platform(official, name):
    assert validate(official, parse(SENT[name])) == []


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
