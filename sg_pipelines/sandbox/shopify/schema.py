"""The schema this shop serves, a true subset of the official one."""

from __future__ import annotations

from pathlib import Path

from graphql import GraphQLEnumType, GraphQLSchema, build_schema

SCHEMA: GraphQLSchema = build_schema((Path(__file__).parent / "schema.graphql").read_text(encoding="utf-8"))


def _values(name: str) -> frozenset[str]:
    found = SCHEMA.type_map[name]
    return frozenset(found.values) if isinstance(found, GraphQLEnumType) else frozenset()


COUNTRIES = _values("CountryCode")
UNKNOWN_COUNTRY = "ZZ"


def country_code(text: str | None) -> str | None:
    """A country's code as the schema knows it; None when it is none."""
    code = (text or "").strip().upper()
    return code if code in COUNTRIES else None
