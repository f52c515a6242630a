"""One simulated Shopify shop as the world sees it."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.types import ASGIApp

from sg_pipelines.sandbox.shelf import Shelf
from sg_pipelines.sandbox.shopify.app import ShopifyApp
from sg_pipelines.sandbox.shopify.customers import DELETED, MERGED, Customers
from sg_pipelines.sandbox.simulator import Attributes, Surroundings

FIRST_ID = 7_000_000_000_001


class ShopifySimulator:
    """Customers of one shop; see `ShopifyApp` for its settings."""

    platform = "shopify"

    def __init__(self, surroundings: Surroundings) -> None:
        self.account = surroundings.account
        self._token = f"shpat_sandbox_{self.account}"
        self._shop = f"{self.account.replace('_', '-')}.myshopify.com"
        shelf = Shelf(surroundings.connection, f"{self.account}_customers", first_id=FIRST_ID)
        self._customers = Customers(shelf, surroundings.time)
        self.app: ASGIApp = ShopifyApp(surroundings, self._customers, self._token, self._shop).app

    def credentials(self) -> Mapping[str, str]:
        """What lets a connector in."""
        return {"shop": self._shop, "token": self._token}

    def create_many(self, kind: str, rows: list[Attributes]) -> list[str]:
        """Make customers."""
        return [str(number) for number in self._customers.create(rows)]

    def edit(self, kind: str, record_id: str, attributes: Attributes) -> None:
        """Change a customer."""
        self._customers.edit(int(record_id), attributes)

    def archive(self, kind: str, record_id: str) -> None:
        """Shopify has no such thing."""
        raise ValueError("Shopify cannot archive a customer")

    def delete(self, kind: str, record_id: str) -> None:
        """Delete a customer."""
        self._customers.remove(int(record_id), DELETED)

    def merge(self, kind: str, *, winner: str, loser: str) -> str:
        """The loser reads as null from now on."""
        self._customers.remove(int(loser), MERGED)
        return winner

    def read(self, kind: str, record_id: str) -> Attributes | None:
        """A customer in the world's words."""
        return self._customers.neutral(int(record_id))

    def ids(self, kind: str) -> list[str]:
        """Live ids."""
        return [str(number) for number, _ in self._customers.live()]
