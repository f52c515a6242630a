"""What a query is charged: objects one point, connections by the number asked for, a mutation ten."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    IntValueNode,
    ListValueNode,
    OperationDefinitionNode,
    OperationType,
    SelectionSetNode,
    VariableNode,
)

MUTATION_POINTS = 10
SIZES = ("first", "last")


def requested_cost(document: DocumentNode, variables: Mapping[str, Any]) -> int:
    """Points a document asks for before it runs."""
    fragments = {d.name.value: d for d in document.definitions if isinstance(d, FragmentDefinitionNode)}
    total = 0
    for definition in document.definitions:
        if isinstance(definition, OperationDefinitionNode):
            mutation = MUTATION_POINTS if definition.operation is OperationType.MUTATION else 0
            total += mutation + _selections(definition.selection_set, fragments, variables)
    return max(1, total)


def _selections(
    chosen: SelectionSetNode, fragments: Mapping[str, FragmentDefinitionNode], variables: Mapping[str, Any]
) -> int:
    total = 0
    for one in chosen.selections:
        if isinstance(one, FragmentSpreadNode):
            total += _selections(fragments[one.name.value].selection_set, fragments, variables)
        elif isinstance(one, InlineFragmentNode):
            total += _selections(one.selection_set, fragments, variables)
        elif isinstance(one, FieldNode) and one.selection_set is not None:
            total += _field(one, one.selection_set, fragments, variables)
    return total


def _field(
    one: FieldNode,
    chosen: SelectionSetNode,
    fragments: Mapping[str, FragmentDefinitionNode],
    variables: Mapping[str, Any],
) -> int:
    name = one.name.value
    inner = _selections(chosen, fragments, variables)
    if name in ("edges", "nodes", "pageInfo") and not one.arguments:
        return inner
    size = _size(one, variables)
    if size is None:
        return 1 + inner
    return 2 + size * max(1, inner) if name != "nodes" else size * max(1, inner)


def _size(one: FieldNode, variables: Mapping[str, Any]) -> int | None:
    """How many a field asks for: `first`, `last`, or the ids of `nodes`."""
    for argument in one.arguments:
        value: Any = argument.value
        if argument.name.value == "ids":
            given = variables.get(value.name.value, ()) if isinstance(value, VariableNode) else value
            return len(given.values) if isinstance(given, ListValueNode) else len(given)
        if argument.name.value in SIZES:
            if isinstance(value, VariableNode):
                return int(variables.get(value.name.value) or 0)
            return int(value.value) if isinstance(value, IntValueNode) else 0
    return None
