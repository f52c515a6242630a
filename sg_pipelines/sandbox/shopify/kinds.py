"""The kinds of one shop, by the world's names."""

from __future__ import annotations

from dataclasses import dataclass

from sg_pipelines.sandbox.shopify.companies import Companies
from sg_pipelines.sandbox.shopify.customers import Customers
from sg_pipelines.sandbox.shopify.neutral import KeptKind
from sg_pipelines.sandbox.shopify.orders import Orders
from sg_pipelines.sandbox.shopify.products import Products
from sg_pipelines.sandbox.shopify.shop import Shop


@dataclass(frozen=True, slots=True)
class Kinds:
    """Who keeps what."""

    companies: Companies
    customers: Customers
    products: Products
    orders: Orders

    @classmethod
    def of(cls, shop: Shop) -> Kinds:
        """All of a shop's."""
        return cls(Companies(shop), Customers(shop), Products(shop), Orders(shop))

    def named(self, kind: str) -> KeptKind:
        """By the world's name; ValueError for a kind a shop does not have."""
        known: dict[str, KeptKind] = {
            "company": self.companies,
            "customer": self.customers,
            "product": self.products,
            "order": self.orders,
        }
        if kind not in known:
            raise ValueError(f"a shop has no kind {kind!r}: {', '.join(known)}")
        return known[kind]
