"""One shop's records, and what follows from several of them: whose order it is, what somebody has spent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from sg_pipelines.sandbox.shelf import Body
from sg_pipelines.sandbox.shopify.money import NOUGHT, OrderMoney, exact, received, written
from sg_pipelines.sandbox.shopify.records import KeysOf, Records
from sg_pipelines.sandbox.simulator import Surroundings

FIRST_IDS = {
    "company": 400_000_001,
    "customer": 7_000_000_000_001,
    "product": 44_000_000_000_001,
    "order": 5_500_000_000_001,
}
FIRST_PRODUCT, FIRST_LOCATION = 8_000_000_000_001, 70_000_000_001
CURRENCY = "USD"
Said = Mapping[str, Any]


class Shop:
    """One shop. `domain` is its myshopify domain; its currency is the setting `currency`."""

    def __init__(self, surroundings: Surroundings) -> None:
        self.account, self.time = surroundings.account, surroundings.time
        self.domain = f"{self.account.replace('_', '-')}.myshopify.com"
        self._surroundings = surroundings
        self.companies = self._records("companies", FIRST_IDS["company"], external_id=_text("external_id"))
        self.customers = self._records(
            "customers",
            FIRST_IDS["customer"],
            company=_number("company_id"),
            email=_folded("email"),
            phone=_text("phone"),
            external_id=_text("external_id"),
        )
        self.locations = self._records("locations", FIRST_LOCATION, name=_text("name"))
        self.products = self._records(
            "products",
            FIRST_PRODUCT,
            group=_text("product_group"),
            handle=_text("handle"),
            external_id=_text("external_id"),
        )
        self.variants = self._records(
            "variants",
            FIRST_IDS["product"],
            product=_number("product"),
            location=lambda said: [level["location"] for level in said.get("inventory", ())],
            external_id=_text("external_id"),
        )
        self.orders = self._records(
            "orders",
            FIRST_IDS["order"],
            customer=_number("customer_id"),
            company=_number("company_id"),
            external_id=_text("external_id"),
        )

    def _records(self, kept: str, first_id: int, /, **keys: KeysOf) -> Records:
        table = f"{self.account}_{kept}"
        return Records(
            self._surroundings.connection, table, self.time, first_id=first_id, lag_ms=self._lag_ms, keys=keys
        )

    def _lag_ms(self) -> int:
        return round(float(self._surroundings.settings.get("index_lag_seconds", 0)) * 1000)

    @property
    def currency(self) -> str:
        """The shop's own currency."""
        return str(self._surroundings.settings.get("currency", CURRENCY))

    def orders_of(self, owner: str, number: int) -> Iterator[tuple[int, Body]]:
        """Orders of a `customer` or a `company`, ids ascending."""
        for order in self.orders.having(owner, number):
            body = self.orders.live(order)
            if body is not None:
                yield order, body

    def orders_count(self, owner: str, number: int, said: Said) -> int:
        """What the world says, else the orders there are."""
        stated = said.get("orders_count")
        return int(stated) if stated is not None else len(self.orders.having(owner, number))

    def total_spent(self, owner: str, number: int, said: Said) -> str:
        """What the world says, else what was paid for orders that were not cancelled, less what was given back."""
        stated = said.get("total_spent")
        if stated is not None:
            return str(stated)
        return written(sum((_paid(body["said"], self.currency) for _, body in self.orders_of(owner, number)), NOUGHT))


def _paid(said: Said, shop_currency: str) -> Decimal:
    if said.get("status") == "cancelled":
        return NOUGHT
    return OrderMoney(said, shop_currency).in_shop_currency(received(said) - exact(said.get("refunded")))


def _text(word: str) -> KeysOf:
    return lambda said: [said[word]] if said.get(word) else []


def _folded(word: str) -> KeysOf:
    return lambda said: [said[word].casefold()] if said.get(word) else []


def _number(word: str) -> KeysOf:
    return lambda said: [int(said[word])] if said.get(word) else []
