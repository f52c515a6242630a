"""Every GraphQL text we send, in one place."""

from __future__ import annotations

from collections.abc import Mapping

from sg_pipelines.connectors.shopify.mapping import Nested, Sheet

NESTED_PAGE = 250
RUN_BULK = """
mutation RunBulk($query: String!, $grouped: Boolean!) {
  bulkOperationRunQuery(query: $query, groupObjects: $grouped) {
    bulkOperation { id status } userErrors { field message }
  }
}
"""
POLL_BULK = """
query PollBulk($id: ID!) {
  bulkOperation(id: $id) { id status errorCode createdAt rootObjectCount url }
}
"""
EXAMINE = """
query Examine {
  shop { name myshopifyDomain currencyCode }
  currentAppInstallation { accessScopes { handle } }
}
"""
LEVEL = "query Level { shop { id } }"
_PAGE = "pageInfo { hasNextPage endCursor }"


def _variants(first: int) -> str:
    return f"id variants(first: {first}) {{ nodes {{ id }} {_PAGE} }}"


def _products(first: int, after: str = "") -> str:
    return (
        f"products(first: {first}, {after}query: $query, sortKey: UPDATED_AT) {{"
        f" nodes {{ updatedAt {_variants(10)} }} {_PAGE} }}"
    )


def _levels(first: int, after: str = "") -> str:
    item = f"item {{ {_variants(2)} }}"
    return f"inventoryLevels(first: {first}, {after}query: $query) {{ nodes {{ updatedAt {item} }} {_PAGE} }}"


def _places(first: int, levels: int, after: str = "") -> str:
    """Also those that fulfilment services keep: a variant's stock there is read as well."""
    return (
        f"locations(first: {first}, {after}includeLegacy: true, sortKey: ID) {{"
        f" nodes {{ id {_levels(levels)} }} {_PAGE} }}"
    )


AROUND_VARIANTS = f"query AroundVariants($query: String!) {{ {_products(25)} {_places(10, 12)} }}"
MORE_PRODUCTS = f"query MoreProducts($after: String, $query: String!) {{ {_products(80, 'after: $after, ')} }}"
MORE_PLACES = f"query MorePlaces($after: String, $query: String!) {{ {_places(10, 19, 'after: $after, ')} }}"
MORE_LEVELS = f"""
query MoreLevels($id: ID!, $after: String, $query: String!) {{
  location(id: $id) {{ {_levels(190, "after: $after, ")} }}
}}
"""
MORE_VARIANTS = f"""
query MoreVariants($id: ID!, $after: String) {{
  node(id: $id) {{
    ... on Product {{ ofProduct: variants(first: {NESTED_PAGE}, after: $after) {{ nodes {{ id }} {_PAGE} }} }}
    ... on InventoryItem {{ ofItem: variants(first: {NESTED_PAGE}, after: $after) {{ nodes {{ id }} {_PAGE} }} }}
  }}
}}
"""
COMPANY_PLACES = f"""
query CompanyPlaces($after: String, $query: String!) {{
  companyLocations(first: {NESTED_PAGE}, after: $after, query: $query, sortKey: UPDATED_AT) {{
    nodes {{ updatedAt company {{ id }} }} {_PAGE}
  }}
}}
"""


def bulk(sheet: Sheet, metafields: Mapping[str, str], since: str | None = None) -> str:
    """All nodes, or those modified at or after an instant, for a bulk operation."""
    chosen = f"(query: \"updated_at:>='{since}'\")" if since else ""
    nested = _around(sheet.nested, f"edges {{ node {{ {sheet.nested.fields} }} }}", "") if sheet.nested else ""
    return f"{{ {sheet.connection}{chosen} {{ edges {{ node {{ {_own(sheet, metafields)} {nested} }} }} }} }}"


def changed(sheet: Sheet, metafields: Mapping[str, str]) -> str:
    """A page of nodes by modification time."""
    return (
        "query Changed($first: Int!, $query: String!) {"
        f" {sheet.connection}(first: $first, query: $query, sortKey: {sheet.sort}) {{"
        f" nodes {{ {_whole(sheet, metafields)} }} {_PAGE} }} }}"
    )


def waiting(counted: str) -> str:
    """How many there are of a search."""
    return f"query Waiting($query: String!) {{ {counted}(query: $query) {{ count }} }}"


def by_id(sheet: Sheet, metafields: Mapping[str, str]) -> str:
    """Named nodes; null for those that are gone."""
    return (
        f"query ById($ids: [ID!]!) {{ nodes(ids: $ids) {{ ... on {sheet.type} {{ {_whole(sheet, metafields)} }} }} }}"
    )


def rest(sheet: Sheet, nested: Nested) -> str:
    """More children of one node."""
    page = f"nodes {{ {nested.fields} }} {_PAGE}"
    inside = _around(nested, page, f"(first: {NESTED_PAGE}, after: $after)")
    return f"query Rest($id: ID!, $after: String) {{ node(id: $id) {{ ... on {sheet.type} {{ {inside} }} }} }}"


def _own(sheet: Sheet, metafields: Mapping[str, str]) -> str:
    extra = []
    for alias, name in sorted(metafields.items()):
        namespace, _, key = name.partition(".")
        extra.append(f'{alias}: metafield(namespace: "{namespace}", key: "{key}") {{ value }}')
    return sheet.fields + "\n".join(extra)


def _whole(sheet: Sheet, metafields: Mapping[str, str]) -> str:
    if sheet.nested is None:
        return _own(sheet, metafields)
    page = f"nodes {{ {sheet.nested.fields} }} {_PAGE}"
    return f"{_own(sheet, metafields)} {_around(sheet.nested, page, f'(first: {sheet.nested.first})')}"


def _around(nested: Nested, page: str, arguments: str) -> str:
    """The connection inside the objects that lead to it."""
    *objects, connection = nested.path
    text = f"{connection}{arguments} {{ {page} }}"
    for name in reversed(objects):
        text = f"{name} {{ {text} }}"
    return text
