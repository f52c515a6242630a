"""Walking over what a document selects, with the types it selects it of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLNamedType,
    GraphQLOutputType,
    InlineFragmentNode,
    SelectionSetNode,
)

from sg_pipelines.sandbox.shopify.schema import SCHEMA

Fragments = Mapping[str, FragmentDefinitionNode]


def fragments_of(document: DocumentNode) -> Fragments:
    """A document's fragments by name."""
    return {one.name.value: one for one in document.definitions if isinstance(one, FragmentDefinitionNode)}


def fields(
    chosen: SelectionSetNode, parent: GraphQLNamedType, fragments: Fragments
) -> Iterator[tuple[FieldNode, GraphQLNamedType]]:
    """Fields with the type they are of, fragments opened."""
    for one in chosen.selections:
        if isinstance(one, FieldNode):
            yield one, parent
        elif isinstance(one, InlineFragmentNode):
            condition = one.type_condition
            inner = SCHEMA.type_map[condition.name.value] if condition else parent
            yield from fields(one.selection_set, inner, fragments)
        elif isinstance(one, FragmentSpreadNode):
            fragment = fragments[one.name.value]
            yield from fields(fragment.selection_set, SCHEMA.type_map[fragment.type_condition.name.value], fragments)


def type_of(parent: GraphQLNamedType, name: str) -> GraphQLOutputType:
    """The type of a field."""
    shape: GraphQLOutputType = getattr(parent, "fields", {})[name].type
    return shape


def is_list_of_many(shape: GraphQLOutputType) -> bool:
    """Whether a field holds several."""
    return str(shape).startswith("[")


def query_root() -> GraphQLNamedType:
    """Where queries begin."""
    return SCHEMA.type_map["QueryRoot"]


def mutation_root() -> GraphQLNamedType:
    """Where mutations begin."""
    return SCHEMA.type_map["Mutation"]
