"""Runs a bulk query: every node of its connections as a line of JSON, children with the id of their parent.

The general executor is made for pages; for hundreds of thousands of lines this one works out each selection once per
type. It reads fields the same way, and the tests hold its lines against what paging gives.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    GraphQLObjectType,
    OperationDefinitionNode,
    get_named_type,
)
from graphql.execution.collect_fields import collect_fields, collect_sub_fields
from graphql.execution.values import get_argument_values

from sg_pipelines.sandbox.shopify.connections import ordered
from sg_pipelines.sandbox.shopify.nodes import Listing, Node
from sg_pipelines.sandbox.shopify.schema import SCHEMA
from sg_pipelines.sandbox.shopify.selections import fragments_of

ReadField = Callable[[Any, str, str, Mapping[str, Any]], Any]
_TYPENAME = "__typename"


@dataclass(frozen=True, slots=True)
class Lines:
    """What a bulk query yields: JSONL, how many lines, and how many of them have no parent."""

    text: str
    objects: int
    roots: int


@dataclass(frozen=True, slots=True)
class _Chosen:
    """One selected field: under which name it is told, its arguments, what is selected of it and its type."""

    key: str
    name: str
    args: Mapping[str, Any]
    nodes: list[FieldNode]
    type_name: str
    is_leaf: bool = True


@dataclass(frozen=True, slots=True)
class _Nested:
    """A connection that was met inside a line; `parent` is the id of that line."""

    listing: Listing
    chosen: _Chosen
    parent: Any


_Met = list[tuple[Listing, _Chosen]]


class Projection:
    """One bulk query over one shop. `read` gives a field's value: `read(source, type, field, arguments)`."""

    def __init__(self, document: DocumentNode, read: ReadField) -> None:
        self._read = read
        self._fragments = dict(fragments_of(document))
        self._operation = next(d for d in document.definitions if isinstance(d, OperationDefinitionNode))
        self._known: dict[tuple[str, int], list[_Chosen]] = {}

    def run(self, *, grouped: bool) -> Lines:
        """All lines: children right behind their parent when grouped, else all parents before all children."""
        met: _Met = []
        root = SCHEMA.type_map["QueryRoot"]
        assert isinstance(root, GraphQLObjectType)
        fields = collect_fields(SCHEMA, self._fragments, {}, root, self._operation.selection_set)
        self._object(None, "QueryRoot", self._chosen("QueryRoot", fields), met)
        roots = [_Nested(listing, chosen, None) for listing, chosen in met]
        written = list(self._grouped(roots) if grouped else self._level_by_level(roots))
        text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in written)
        return Lines(text, len(written), sum("__parentId" not in line for line in written))

    def _level_by_level(self, level: Sequence[_Nested]) -> Iterator[dict[str, Any]]:
        while level:
            below: list[_Nested] = []
            for nested in level:
                for line, children in self._lines(nested):
                    yield line
                    below += children
            level = below

    def _grouped(self, level: Sequence[_Nested]) -> Iterator[dict[str, Any]]:
        for nested in level:
            for line, children in self._lines(nested):
                yield line
                yield from self._grouped(children)

    def _lines(self, nested: _Nested) -> Iterator[tuple[dict[str, Any], list[_Nested]]]:
        """Each node of a connection, and the connections inside it."""
        edges = self._fields(nested.chosen)["edges"]
        node = self._fields(edges)["node"]
        for source in ordered(nested.listing):
            met: _Met = []
            line = self._value(source, node, met)
            if nested.parent is not None:
                line["__parentId"] = nested.parent
            yield line, [_Nested(listing, chosen, line["id"]) for listing, chosen in met]

    def _fields(self, chosen: _Chosen) -> dict[str, _Chosen]:
        """What is selected of a connection or an edge, by field name."""
        return {one.name: one for one in self._selected(chosen, chosen.type_name)}

    def _selected(self, chosen: _Chosen, typename: str) -> list[_Chosen]:
        known = self._known.get((typename, id(chosen.nodes)))
        if known is None:
            shape = SCHEMA.type_map[typename]
            assert isinstance(shape, GraphQLObjectType)
            fields = collect_sub_fields(SCHEMA, self._fragments, {}, shape, chosen.nodes)
            known = self._known[typename, id(chosen.nodes)] = self._chosen(typename, fields)
        return known

    def _chosen(self, typename: str, fields: Mapping[str, list[FieldNode]]) -> list[_Chosen]:
        shape = SCHEMA.type_map[typename]
        assert isinstance(shape, GraphQLObjectType)
        chosen = []
        for key, nodes in fields.items():
            name = nodes[0].name.value
            if name == _TYPENAME:
                chosen.append(_Chosen(key, name, {}, nodes, "String"))
                continue
            definition = shape.fields[name]
            args = get_argument_values(definition, nodes[0], {})
            is_leaf = nodes[0].selection_set is None
            chosen.append(_Chosen(key, name, args, nodes, get_named_type(definition.type).name, is_leaf))
        return chosen

    def _object(self, source: Any, typename: str, fields: Sequence[_Chosen], met: _Met) -> dict[str, Any]:
        told: dict[str, Any] = {}
        is_plain = isinstance(source, dict)
        for one in fields:
            if one.name == _TYPENAME:
                told[one.key] = typename
                continue
            value = source.get(one.name) if is_plain else self._read(source, typename, one.name, one.args)
            if one.is_leaf or value is None:
                told[one.key] = value
            elif isinstance(value, Listing):
                met.append((value, one))
            else:
                told[one.key] = self._value(value, one, met)
        return told

    def _value(self, value: Any, chosen: _Chosen, met: _Met) -> Any:
        if isinstance(value, list):
            return [None if one is None else self._value(one, chosen, met) for one in value]
        typename = value.typename if isinstance(value, Node) else value.get(_TYPENAME, chosen.type_name)
        return self._object(value, typename, self._selected(chosen, typename), met)
