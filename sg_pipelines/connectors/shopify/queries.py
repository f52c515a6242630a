"""Every GraphQL text we send, in one place."""

from __future__ import annotations

from collections.abc import Mapping

CUSTOMER = """
id firstName lastName createdAt updatedAt tags numberOfOrders
amountSpent { amount currencyCode }
defaultEmailAddress { emailAddress marketingState }
defaultPhoneNumber { phoneNumber }
defaultAddress { company address1 address2 city provinceCode zip countryCodeV2 }
"""
RUN_BULK = """
mutation RunBulk($query: String!) {
  bulkOperationRunQuery(query: $query) { bulkOperation { id status } userErrors { field message } }
}
"""
POLL_BULK = """
query PollBulk($id: ID!) {
  bulkOperation(id: $id) { id status errorCode objectCount rootObjectCount url partialDataUrl }
}
"""
EXAMINE = """
query Examine {
  shop { name myshopifyDomain currencyCode }
  currentAppInstallation { accessScopes { handle } }
}
"""


def customer_fields(metafields: Mapping[str, str]) -> str:
    """What is read of a customer. `metafields`: alias → `namespace.key`."""
    extra = []
    for alias, name in sorted(metafields.items()):
        namespace, _, key = name.partition(".")
        extra.append(f'{alias}: metafield(namespace: "{namespace}", key: "{key}") {{ value }}')
    return CUSTOMER + "\n".join(extra)


def bulk_customers(metafields: Mapping[str, str], since: str | None = None) -> str:
    """All customers, or those modified at or after an instant, for a bulk operation."""
    chosen = f"(query: \"updated_at:>='{since}'\")" if since else ""
    return f"{{ customers{chosen} {{ edges {{ node {{ {customer_fields(metafields)} }} }} }} }}"


def changed_customers(metafields: Mapping[str, str]) -> str:
    """A page of customers by modification time."""
    return (
        "query Changed($first: Int!, $after: String, $query: String!) {"
        " customers(first: $first, after: $after, query: $query, sortKey: UPDATED_AT) {"
        f" nodes {{ {customer_fields(metafields)} }} pageInfo {{ hasNextPage endCursor }} }} }}"
    )


def customers_by_id(metafields: Mapping[str, str]) -> str:
    """Named customers; null for those that are gone."""
    return f"query ById($ids: [ID!]!) {{ nodes(ids: $ids) {{ ... on Customer {{ {customer_fields(metafields)} }} }} }}"
