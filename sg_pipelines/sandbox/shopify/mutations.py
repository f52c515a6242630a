"""The roots that change something."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from graphql import GraphQLResolveInfo

from sg_pipelines.sandbox.shopify import (
    company_changes,
    customer_changes,
    customer_merging,
    metafield_changes,
    order_changes,
    order_edit_changes,
    product_changes,
    refund_changes,
    stock_changes,
    variant_changes,
)
from sg_pipelines.sandbox.shopify.asking import Asking
from sg_pipelines.sandbox.shopify.nodes import Args

Change = Callable[[Asking, Args, GraphQLResolveInfo], dict[str, Any]]

MUTATIONS: Mapping[str, Change] = {
    "bulkOperationRunQuery": lambda asking, args, info: asking.bulk.start(args["query"], grouped=args["groupObjects"]),
    "bulkOperationCancel": lambda asking, args, info: asking.bulk.cancel(args["id"]),
    "customerCreate": customer_changes.create,
    "customerUpdate": customer_changes.update,
    "customerSet": customer_changes.set_,
    "customerDelete": customer_changes.delete,
    "customerMerge": customer_merging.merge,
    "customerEmailMarketingConsentUpdate": customer_changes.set_consent,
    "tagsAdd": metafield_changes.add_tags,
    "tagsRemove": metafield_changes.remove_tags,
    "metafieldsSet": metafield_changes.set_,
    "metafieldsDelete": metafield_changes.delete,
    "companyCreate": company_changes.create,
    "companyUpdate": company_changes.update,
    "companyDelete": company_changes.delete,
    "companyLocationUpdate": company_changes.update_location,
    "companyLocationAssignAddress": company_changes.assign_address,
    "companyLocationTaxSettingsUpdate": company_changes.set_tax,
    "companyAssignCustomerAsContact": company_changes.assign_contact,
    "productCreate": product_changes.create,
    "productUpdate": product_changes.update,
    "productDelete": product_changes.delete,
    "productVariantsBulkCreate": variant_changes.create,
    "productVariantsBulkUpdate": variant_changes.update,
    "inventoryItemUpdate": variant_changes.update_item,
    "inventorySetQuantities": stock_changes.set_quantities,
    "orderUpdate": order_changes.update,
    "orderCancel": order_changes.cancel,
    "orderEditBegin": order_edit_changes.begin,
    "orderEditSetQuantity": order_edit_changes.set_quantity,
    "orderEditAddVariant": order_edit_changes.add_variant,
    "orderEditCommit": order_edit_changes.commit,
    "refundCreate": refund_changes.create,
}
