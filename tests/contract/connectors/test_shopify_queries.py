"""Every query we send is valid against the platform's official schema, and our simulator's is a true part of it."""

import pytest
from graphql import build_schema, parse, validate

from sg_pipelines.connectors.shopify import queries
from sg_pipelines.connectors.shopify.connector import SHEETS
from sg_pipelines.sandbox.shopify.resolvers import SCHEMA

METAFIELDS = {"custom_loyalty_tier": "crm.loyalty_tier"}


def everything():
    """Every text the connector can send: those with a name, and those put together per kind."""
    texts = {name: text for name, text in vars(queries).items() if name.isupper() and isinstance(text, str)}
    for kind, sheet in SHEETS.items():
        texts[f"{kind} bulk"] = queries.bulk(sheet, METAFIELDS)
        texts[f"{kind} bulk changed"] = queries.bulk(sheet, METAFIELDS, "2026-01-01T00:00:00Z")
        texts[f"{kind} changed"] = queries.changed(sheet, METAFIELDS)
        texts[f"{kind} by id"] = queries.by_id(sheet, METAFIELDS)
        if sheet.nested is not None:
            texts[f"{kind} rest"] = queries.rest(sheet, sheet.nested)
    return texts


SENT = everything()


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
