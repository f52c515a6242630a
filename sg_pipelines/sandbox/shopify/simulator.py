"""One simulated Shopify shop as the world sees it."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.types import ASGIApp

from sg_pipelines.sandbox.shelf import Body
from sg_pipelines.sandbox.shopify.app import ShopifyApp
from sg_pipelines.sandbox.shopify.kinds import Kinds
from sg_pipelines.sandbox.shopify.neutral import KeptKind
from sg_pipelines.sandbox.shopify.shop import Shop
from sg_pipelines.sandbox.simulator import Attributes, Surroundings


class ShopifySimulator:
    """Companies, customers, products and orders of one shop; see `ShopifyApp` for its settings."""

    platform = "shopify"

    def __init__(self, surroundings: Surroundings) -> None:
        self.account = surroundings.account
        self._token = f"shpat_sandbox_{self.account}"
        self._shop = Shop(surroundings)
        self._kinds = Kinds.of(self._shop)
        self.app: ASGIApp = ShopifyApp(surroundings, self._shop, self._kinds, self._token).app

    def credentials(self) -> Mapping[str, str]:
        """What lets a connector in."""
        return {"shop": self._shop.domain, "token": self._token}

    def create_many(self, kind: str, rows: list[Attributes]) -> list[str]:
        """Make records; ValueError when one names a neighbour that is not there."""
        return [str(number) for number in self._kinds.named(kind).create(rows)]

    def edit(self, kind: str, record_id: str, attributes: Attributes) -> None:
        """Change what is named."""
        kept, number, _ = self._live(kind, record_id)
        kept.edit(number, attributes)

    def archive(self, kind: str, record_id: str) -> None:
        """Products only, and then the product with all its variants; ValueError for anything else."""
        _, number, _ = self._live(kind, record_id)
        if kind != "product":
            raise ValueError(f"Shopify cannot archive a {kind}")
        self._kinds.products.archive(number)

    def delete(self, kind: str, record_id: str) -> None:
        """Remove for good; ValueError for customers and companies with orders."""
        kept, number, _ = self._live(kind, record_id)
        kept.delete(number)

    def merge(self, kind: str, *, winner: str, loser: str) -> str:
        """Customers only: the loser reads as null from now on."""
        if kind != "customer":
            raise ValueError(f"Shopify cannot merge a {kind}")
        _, kept, _ = self._live(kind, winner)
        _, gone, _ = self._live(kind, loser)
        self._kinds.customers.merge(kept, gone)
        return winner

    def read(self, kind: str, record_id: str) -> Attributes | None:
        """A record in the world's words."""
        kept = self._kinds.named(kind)
        body = kept.records.get(int(record_id))
        return None if body is None else kept.neutral(int(record_id), body)

    def ids(self, kind: str) -> list[str]:
        """Live ids; variants of archived products are not among them."""
        kept = self._kinds.named(kind)
        archived = self._kinds.products.is_archived if kind == "product" else lambda body: False
        return [str(number) for number, body in kept.records.all_live() if not archived(body)]

    def _live(self, kind: str, record_id: str) -> tuple[KeptKind, int, Body]:
        kept = self._kinds.named(kind)
        body = kept.records.live(int(record_id))
        if body is None:
            raise KeyError(f"there is no {kind} {record_id}")
        return kept, int(record_id), body
