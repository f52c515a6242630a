"""How many points a query will ask for: an object one, a connection two and its nodes as often as it asks for."""

from __future__ import annotations

from functools import cache

from graphql import FieldNode, InlineFragmentNode, IntValueNode, OperationDefinitionNode, SelectionSetNode, parse

CONNECTION_POINTS = 2
_INSIDE = ("nodes", "edges", "node", "pageInfo")


@cache
def points_of_node(query: str, root: str) -> int:
    """Points of one node of a query's root connection (or of `nodes`)."""
    operation = parse(query).definitions[0]
    assert isinstance(operation, OperationDefinitionNode)
    whole = next(
        one for one in operation.selection_set.selections if isinstance(one, FieldNode) and one.name.value == root
    )
    return max(1, _selection(whole.selection_set))


def _selection(chosen: SelectionSetNode | None) -> int:
    points = 0
    for one in chosen.selections if chosen is not None else ():
        if isinstance(one, InlineFragmentNode):
            points += _selection(one.selection_set)
        elif isinstance(one, FieldNode) and one.selection_set is not None:
            points += _field(one)
    return points


def _field(field: FieldNode) -> int:
    inside = _selection(field.selection_set)
    sizes = [
        int(a.value.value) for a in field.arguments if a.name.value == "first" and isinstance(a.value, IntValueNode)
    ]
    if sizes:
        return CONNECTION_POINTS + sizes[0] * max(1, inside)
    return inside if field.name.value in _INSIDE else 1 + inside
