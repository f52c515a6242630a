"""NetSuite's currencies: what an order is in that names none, and which of an item's prices is taken."""

from dataclasses import replace

import httpx
import pytest

from tests.contract.connectors.accounts import live
from tests.contract.connectors.pairs import Pair
from tests.contract.connectors.tampering import Tampered


def in_currency(account, currency):
    account.where = replace(account.where, scope=replace(account.where.scope, currency=currency))


def test_an_order_that_names_no_currency_is_in_the_accounts(open_account):
    with open_account(Pair("netsuite", "order", "salesOrder")) as erp:
        in_currency(erp, "COP")
        nameless, named = erp.make_many(2)
        erp.http = lambda: httpx.AsyncClient(transport=Tampered(lambda path, found: bool(found.pop("symbol", None))))
        (records, _), _ = erp.full()
        found = live(records)
        assert [found[one].columns["currency"] for one in (nameless, named)] == ["COP", "USD"]
        assert found[nameless].columns["total_amount"] == "47"


@pytest.mark.parametrize(("own", "taken"), [("EUR", ("17", "EUR")), ("USD", ("19.9", "USD")), ("COP", ("19.9", "USD"))])
def test_of_several_prices_the_one_in_the_accounts_currency_is_taken_and_the_others_are_counted(
    open_account, own, taken
):
    def one_more(path, found):
        """The first item has a price in euros, too."""
        prices = [one for one in found.get("items", ()) if "unitprice" in one]
        if prices:
            found["items"].insert(1, {**prices[0], "unitprice": "17", "symbol": "EUR"})
        return bool(prices)

    with open_account(Pair("netsuite", "product", "inventoryItem")) as erp:
        in_currency(erp, own)
        several, single = erp.make_many(2)
        for look in (erp.full, lambda: erp.fetch([several, single])):
            erp.http = lambda: httpx.AsyncClient(transport=Tampered(one_more))
            (records, _), report = look()
            said = live(records)[several]
            assert (said.columns["price_amount"], said.columns["price_currency"]) == taken
            assert [one["symbol"] for one in said.payload["prices"]] == ["USD", "EUR"]
            assert report.left_out == 1
