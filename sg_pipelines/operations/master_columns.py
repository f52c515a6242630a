"""The columns of a kind's master table: names, types and what each one says."""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow as pa

from sg_pipelines.config.policies import KindPlan
from sg_pipelines.domain.model.kinds import Field, Kind
from sg_pipelines.operations.derived import ORDERED
from sg_pipelines.operations.tables import INSTANT
from sg_pipelines.operations.typed import READ_ONLY, column_type, row_type

FLAGS = {
    "soft_drift": "Platforms differ and a rule says which one is right",
    "hard_conflict": "Platforms differ and a person must say which one is right",
    "missing_representation": "A record that ought to exist does not",
}


def entity_schema(plan: KindPlan) -> pa.Schema:
    """Ids per account, values, sources, derived attributes, flags, times. A column's metadata `description` says what it is."""
    columns = {name: pa.field(name, of_type, metadata={"description": said}) for name, of_type, said in _columns(plan)}
    return pa.schema(columns.values())


def _columns(plan: KindPlan) -> Iterator[tuple[str, pa.DataType, str]]:
    """A later column of the same name takes the place of an earlier one."""
    yield "entity", pa.string(), "The entity's id, for ever"
    for account in plan.policy.accounts:
        yield f"{account}_id", pa.string(), f"Its live record at {account}"
    holders = {name: field for field in reversed(plan.kind.fields) for name in reversed(value_columns(field))}
    for name, field in reversed(holders.items()):
        yield name, _value_type(field, name), field.description
    for field in plan.kind.fields:
        yield f"{field.name}_source", pa.string(), f"The account whose {field.name} is shown"
    yield from _derived(plan.kind)
    yield "quality", pa.float64(), "0..1: how sure we are of the values on average; an empty one counts as 0"
    for flag, said in FLAGS.items():
        yield flag, pa.bool_(), said
    yield "last_verified_at", INSTANT, "When the platforms were last compared on it"
    yield "updated_at", INSTANT, "When what we believe of it last changed"


# Columns of which only the present is remembered.
WITHOUT_A_PAST = ("quality", "last_verified_at", "updated_at")


def _derived(kind: Kind) -> Iterator[tuple[str, pa.DataType, str]]:
    for column in kind.read_only:
        yield column.name, READ_ONLY.get(column.type, pa.string()), column.description
    for name, (of_type, said) in ORDERED.get(kind.name, {}).items():
        yield name, of_type, said


def value_columns(field: Field) -> tuple[str, ...]:
    """A reference is one column of its own name: the neighbour's entity."""
    return (field.name,) if field.refers_to else field.column_names


def _value_type(field: Field, column: str) -> pa.DataType:
    if field.is_rows:
        return pa.list_(row_type(field))
    return pa.list_(pa.string()) if field.is_set else column_type(field, column)
