"""What the platform refuses about a bulk query before it runs it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from graphql import (
    FieldNode,
    GraphQLError,
    GraphQLNamedType,
    OperationDefinitionNode,
    OperationType,
    SelectionSetNode,
    get_named_type,
    parse,
    validate,
)

from sg_pipelines.sandbox.shopify.schema import SCHEMA
from sg_pipelines.sandbox.shopify.selections import (
    Fragments,
    fields,
    fragments_of,
    is_list_of_many,
    query_root,
    type_of,
)

MAX_CONNECTIONS, MAX_DEPTH, MAX_BYTES = 5, 2, 65_535


def problems(query: str) -> list[str]:
    """One sentence per thing that is wrong; none for a query that can run."""
    if len(query.encode()) > MAX_BYTES:
        return [f"Bulk queries cannot be longer than {MAX_BYTES} bytes."]
    try:
        document = parse(query)
    except GraphQLError as error:
        return [f"Invalid bulk query: {error.message}"]
    operations = [one for one in document.definitions if isinstance(one, OperationDefinitionNode)]
    if len(operations) != 1 or operations[0].operation is not OperationType.QUERY:
        return ["Invalid operation type. Only `query` operations are supported."]
    if operations[0].variable_definitions:
        return ["Bulk queries cannot contain variables."]
    invalid = validate(SCHEMA, document)
    if invalid:
        return [f"Invalid bulk query: {error.message}" for error in invalid]
    walk = _Walk(fragments_of(document))
    walk.root(operations[0].selection_set)
    return list(walk.told())


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a selection stands: how deep in connections, inside a list, under which connection's node."""

    depth: int = 0
    in_list: bool = False
    parent: str | None = None
    parent_has_id: bool = True


@dataclass(slots=True)
class _Walk:
    """Everything that is found on the way through a query."""

    fragments: Fragments
    depths: list[int] = field(default_factory=list)
    through_nodes: list[str] = field(default_factory=list)
    without_id: list[str] = field(default_factory=list)
    top_level_node: bool = False
    in_list: bool = False

    def root(self, chosen: SelectionSetNode) -> None:
        """The whole query."""
        self.top_level_node = any(one.name.value in ("node", "nodes") for one, _ in self._fields(chosen, query_root()))
        self._selections(chosen, query_root(), _Place())

    def told(self) -> Iterator[str]:
        """In the platform's order."""
        if self.through_nodes:
            yield (
                "All connection fields in a bulk query must select their contents using 'edges' > 'node'. "
                f"Selecting via 'nodes' is not supported. Invalid connection fields: {_listed(self.through_nodes)}."
            )
        if self.top_level_node:
            yield "Bulk queries cannot contain a top level `node` field."
        if max(self.depths, default=0) > MAX_DEPTH:
            yield f"Bulk queries cannot contain connections with a nesting depth greater than {MAX_DEPTH}."
        if len(self.depths) > MAX_CONNECTIONS:
            yield f"Bulk queries cannot contain more than {MAX_CONNECTIONS} connections."
        if self.without_id:
            yield (
                "The parent 'node' field for a nested connection must select the 'id' field without an alias. "
                f"Connection fields without 'id': {', '.join(dict.fromkeys(self.without_id))}."
            )
        if self.in_list:
            yield "Queries that contain a connection field within a list field are not currently supported."
        if not self.depths and not self.through_nodes:
            yield "Bulk queries must contain at least one connection."

    def _selections(self, chosen: SelectionSetNode, parent: GraphQLNamedType, place: _Place) -> None:
        for one, owner in self._fields(chosen, parent):
            if one.selection_set is None:
                continue
            shape = type_of(owner, one.name.value)
            named = get_named_type(shape)
            if named.name.endswith("Connection"):
                self._connection(one, one.selection_set, named, place)
            else:
                in_list = place.in_list or is_list_of_many(shape)
                self._selections(one.selection_set, named, replace(place, in_list=in_list))

    def _connection(self, one: FieldNode, chosen: SelectionSetNode, named: GraphQLNamedType, place: _Place) -> None:
        inner = {field_.name.value: field_ for field_, _ in self._fields(chosen, named)}
        self.depths.append(place.depth + 1)
        self.in_list = self.in_list or place.in_list
        if "nodes" in inner or "edges" not in inner:
            self.through_nodes.append(one.name.value)
        if place.parent is not None and not place.parent_has_id:
            self.without_id.append(place.parent)
        edges = inner.get("edges")
        if edges is not None and edges.selection_set is not None:
            self._edges(one.name.value, edges.selection_set, get_named_type(type_of(named, "edges")), place.depth + 1)

    def _edges(self, name: str, chosen: SelectionSetNode, edge: GraphQLNamedType, depth: int) -> None:
        node = get_named_type(type_of(edge, "node"))
        if not any(inner.name.value == "node" for inner, _ in self._fields(chosen, edge)):
            self.through_nodes.append(name)
        for inner, _ in self._fields(chosen, edge):
            if inner.selection_set is not None:
                ids = [one for one, _ in self._fields(inner.selection_set, node) if one.name.value == "id"]
                has_id = any(one.alias is None for one in ids)
                self._selections(inner.selection_set, node, _Place(depth, False, name, has_id))

    def _fields(
        self, chosen: SelectionSetNode, parent: GraphQLNamedType
    ) -> Iterator[tuple[FieldNode, GraphQLNamedType]]:
        return fields(chosen, parent, self.fragments)


def _listed(names: list[str]) -> str:
    return "'" + "', '".join(dict.fromkeys(names)) + "'"
