"""The small lists of an account: currencies and locations, found by the name people use and made when first named.

A new account has the currencies that a new NetSuite account has; the first is its own.
"""

from __future__ import annotations

from sg_pipelines.sandbox.netsuite.database import Database, Row

OWN_CURRENCY, BASE_PRICE_LEVEL, SUBSIDIARY = 1, 1, 1
CURRENCIES = {"USD": "US Dollar", "GBP": "British pound", "CAD": "Canadian Dollar", "EUR": "Euro"}
# Items that are no goods: what an order's discount, shipping and tax lines name.
DISCOUNT, SHIPPING, TAX = 1, 2, 3
LINE_ITEMS = {
    DISCOUNT: ("Order discount", "Discount"),
    SHIPPING: ("Standard shipping", "ShipItem"),
    TAX: ("Sales tax", "TaxItem"),
}


class NamedLists:
    """Of one account, whose own currency is `currency`."""

    def __init__(self, database: Database, currency: str) -> None:
        self._database = database
        database.connection.execute(
            f"insert or ignore into {database.name('subsidiary')} values (?, 'Parent Company', 'F')", (SUBSIDIARY,)
        )
        if database.row("currency", symbol=currency) is None:
            self._fill(currency)

    def currency(self, symbol: str | None) -> int:
        """The id of a currency; none named is the account's own."""
        if not symbol:
            return OWN_CURRENCY
        named = {"symbol": symbol, "name": CURRENCIES.get(symbol, symbol), "isbasecurrency": "F", "isinactive": "F"}
        return self._id("currency", "symbol", symbol, named)

    def symbol(self, currency: int | None) -> str | None:
        """What a currency is called."""
        row = None if currency is None else self._database.row("currency", id=currency)
        return None if row is None else str(row["symbol"])

    def location(self, name: str) -> int:
        """The id of a location."""
        return self._id("location", "name", name, {"name": name, "fullname": name, "isinactive": "F", "subsidiary": 1})

    def _id(self, table: str, column: str, value: str, made: Row) -> int:
        row = self._database.row(table, **{column: value})
        if row is not None:
            return int(row["id"])
        (number,) = self._database.take_ids(table)
        self._database.insert(table, [{"id": number, **made}])
        return number

    def _fill(self, currency: str) -> None:
        with self._database.whole():
            self._database.remove("currency")
            for symbol in dict.fromkeys((currency, *CURRENCIES)):
                self.currency(symbol)
            self._database.update("currency", OWN_CURRENCY, {"isbasecurrency": "T"})
            now, usual = self._database.now, {"isinactive": "F"}
            times = {"createddate": now, "lastmodifieddate": now}
            goods = [
                {"id": number, "itemid": name, "itemtype": kind, **usual, **times}
                for number, (name, kind) in LINE_ITEMS.items()
            ]
            self._database.remove("item")
            self._database.insert("item", goods)
