"""How a field of the schema is read: from a table by type and field name, from a dict, or from the roots."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graphql import (
    DocumentNode,
    ExecutionResult,
    GraphQLAbstractType,
    GraphQLResolveInfo,
    OperationDefinitionNode,
    execute_sync,
    get_operation_ast,
)

from sg_pipelines.sandbox.shopify import connections
from sg_pipelines.sandbox.shopify.asking import Asking
from sg_pipelines.sandbox.shopify.company_fields import COMPANY, COMPANY_CONTACT, COMPANY_LOCATION
from sg_pipelines.sandbox.shopify.customer_fields import CUSTOMER
from sg_pipelines.sandbox.shopify.mutations import MUTATIONS
from sg_pipelines.sandbox.shopify.nodes import Fields, Listing, Node
from sg_pipelines.sandbox.shopify.order_edit_fields import CALCULATED_LINE_ITEM, CALCULATED_ORDER
from sg_pipelines.sandbox.shopify.order_fields import LINE_ITEM, ORDER
from sg_pipelines.sandbox.shopify.product_fields import INVENTORY_ITEM, INVENTORY_LEVEL, LOCATION, PRODUCT, VARIANT
from sg_pipelines.sandbox.shopify.queries import QUERIES
from sg_pipelines.sandbox.shopify.refund_fields import REFUND
from sg_pipelines.sandbox.shopify.schema import SCHEMA

FIELDS: Mapping[str, Fields] = {
    "Customer": CUSTOMER,
    "Company": COMPANY,
    "CompanyLocation": COMPANY_LOCATION,
    "CompanyContact": COMPANY_CONTACT,
    "Product": PRODUCT,
    "ProductVariant": VARIANT,
    "InventoryItem": INVENTORY_ITEM,
    "InventoryLevel": INVENTORY_LEVEL,
    "Location": LOCATION,
    "Order": ORDER,
    "LineItem": LINE_ITEM,
    "Refund": REFUND,
    "CalculatedOrder": CALCULATED_ORDER,
    "CalculatedLineItem": CALCULATED_LINE_ITEM,
}


def read(source: Any, parent: str, name: str, args: Mapping[str, Any], asking: Asking) -> Any:
    """One field's value. A connection comes as a `Listing`, filtered but not paged."""
    if isinstance(source, Node):
        value = FIELDS[source.typename][name](source, args)
    elif parent == "QueryRoot":
        value = QUERIES[name](asking, args)
    else:
        value = source.get(name)
    if isinstance(value, Listing):
        listing, warnings = connections.chosen(value, asking.shop.time.now_ms())
        asking.warn(name, args.get("query"), warnings)
        return listing
    return value


def execute(document: DocumentNode, asking: Asking, variables: Mapping[str, Any], name: str | None) -> ExecutionResult:
    """Run a valid document."""
    return execute_sync(
        SCHEMA,
        document,
        context_value=asking,
        variable_values=dict(variables),
        operation_name=name,
        field_resolver=_resolve,
        type_resolver=_type_of,
    )


def operation(document: DocumentNode, name: str | None) -> OperationDefinitionNode | None:
    """The operation that would run; None when the name leaves that open."""
    return get_operation_ast(document, name)


def _resolve(source: Any, info: GraphQLResolveInfo, **args: Any) -> Any:
    parent = info.parent_type.name
    if parent == "Mutation":
        return MUTATIONS[info.field_name](info.context, args, info)
    value = read(source, parent, info.field_name, args, info.context)
    return connections.page(value) if isinstance(value, Listing) else value


def _type_of(value: Any, info: GraphQLResolveInfo, abstract: GraphQLAbstractType) -> str:
    return value.typename if isinstance(value, Node) else str(value["__typename"])
