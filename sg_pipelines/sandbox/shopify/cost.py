"""What a query is charged. Scalars and enums nothing, an object one point, an interface or union its dearest branch, a
connection two points and its nodes as often as `first` or `last` asks for, a list its objects; a mutation ten points,
its payload and the objects right in it included.

The requested cost takes the sizes asked for, the actual cost those that came.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    GraphQLNamedType,
    OperationDefinitionNode,
    OperationType,
    SelectionSetNode,
    get_named_type,
    is_abstract_type,
    is_leaf_type,
    value_from_ast_untyped,
)

from sg_pipelines.sandbox.shopify.selections import (
    fields,
    fragments_of,
    is_list_of_many,
    mutation_root,
    query_root,
    type_of,
)

MUTATION_POINTS, CONNECTION_POINTS = 10, 2
_SIZES = ("first", "last")
_ASKED: Any = object()  # in place of an answer: count what was asked for


def requested_cost(document: DocumentNode, operation: OperationDefinitionNode, variables: Mapping[str, Any]) -> int:
    """Points a document asks for before it runs."""
    return _Bill(document, operation, variables).total(_ASKED)


def actual_cost(
    document: DocumentNode, operation: OperationDefinitionNode, variables: Mapping[str, Any], data: Mapping[str, Any]
) -> int:
    """Points of what came back."""
    return _Bill(document, operation, variables).total(data)


class _Bill:
    def __init__(
        self, document: DocumentNode, operation: OperationDefinitionNode, variables: Mapping[str, Any]
    ) -> None:
        self._fragments = fragments_of(document)
        self._operation = operation
        defaults = {
            one.variable.name.value: value_from_ast_untyped(one.default_value)
            for one in operation.variable_definitions
            if one.default_value is not None
        }
        self._variables = {**defaults, **variables}

    def total(self, data: Any) -> int:
        chosen = self._operation.selection_set
        if self._operation.operation is not OperationType.MUTATION:
            return max(1, self._selections(chosen, query_root(), data))
        return max(1, sum(self._mutation(one, owner, data) for one, owner in self._fields(chosen, mutation_root())))

    def _mutation(self, one: FieldNode, owner: GraphQLNamedType, data: Any) -> int:
        """What lies deeper than the objects right in the payload is charged on top."""
        payload = get_named_type(type_of(owner, one.name.value))
        answer = _answer(data, one)
        inner = 0
        for child, parent in self._fields(one.selection_set, payload) if one.selection_set else ():
            if child.selection_set is not None:
                inner += max(0, self._field(child, parent, answer) - 1)
        return MUTATION_POINTS + inner

    def _selections(self, chosen: SelectionSetNode, parent: GraphQLNamedType, data: Any) -> int:
        """Of an interface or union: what all its types have, and the dearest of what only some have."""
        if data is None:
            return 0
        every, branches = 0, Counter[str]()
        for one, owner in self._fields(chosen, parent):
            points = self._field(one, owner, data)
            if is_abstract_type(parent) and owner is not parent:
                branches[owner.name] += points
            else:
                every += points
        return every + max(branches.values(), default=0)

    def _field(self, one: FieldNode, owner: GraphQLNamedType, data: Any) -> int:
        if one.name.value.startswith("__"):
            return 0
        shape = type_of(owner, one.name.value)
        named = get_named_type(shape)
        if is_leaf_type(named) or one.selection_set is None:
            return 0
        answer = _answer(data, one)
        if named.name.endswith("Connection"):
            return self._connection(one, one.selection_set, named, answer)
        if is_list_of_many(shape):
            return self._list(one, one.selection_set, named, answer)
        return 0 if answer is None else 1 + self._selections(one.selection_set, named, answer)

    def _list(self, one: FieldNode, chosen: SelectionSetNode, named: GraphQLNamedType, answer: Any) -> int:
        """A list whose length nobody asked for counts as one object until it is there."""
        if isinstance(answer, list):
            return sum(1 + self._selections(chosen, named, found) for found in answer if found is not None)
        return (self._size(one) or 1) * max(1, self._selections(chosen, named, answer))

    def _connection(self, one: FieldNode, chosen: SelectionSetNode, named: GraphQLNamedType, answer: Any) -> int:
        if answer is None:
            return 0
        points = CONNECTION_POINTS
        for part, _ in self._fields(chosen, named):
            if part.name.value not in ("edges", "nodes") or part.selection_set is None:
                continue
            element = get_named_type(type_of(named, part.name.value))
            found = _answer(answer, part)
            if isinstance(found, list):
                points += sum(max(1, self._element(part.selection_set, element, came)) for came in found)
            else:
                points += (self._size(one) or 0) * max(1, self._element(part.selection_set, element, found))
        return points

    def _element(self, chosen: SelectionSetNode, element: GraphQLNamedType, data: Any) -> int:
        """A node; an edge is not charged beside its node."""
        if not element.name.endswith("Edge"):
            return self._selections(chosen, element, data)
        return sum(
            self._selections(node.selection_set, get_named_type(type_of(element, "node")), _answer(data, node))
            for node, _ in self._fields(chosen, element)
            if node.selection_set is not None
        )

    def _size(self, one: FieldNode) -> int | None:
        """How many a field asks for: `first`, `last`, or the ids of `nodes`."""
        for argument in one.arguments:
            value = value_from_ast_untyped(argument.value, self._variables)
            if argument.name.value == "ids":
                return len(value) if isinstance(value, list) else 0
            if argument.name.value in _SIZES and isinstance(value, int):
                return value
        return None

    def _fields(
        self, chosen: SelectionSetNode, parent: GraphQLNamedType
    ) -> Iterator[tuple[FieldNode, GraphQLNamedType]]:
        return fields(chosen, parent, self._fragments)


def _answer(data: Any, one: FieldNode) -> Any:
    if data is _ASKED or data is None:
        return data
    return data.get((one.alias or one.name).value)
