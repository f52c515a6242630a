"""A row of the dataset `orders` has one currency, and no amount that is in another."""

import pytest

from sg_pipelines.domain.model.order import AMOUNTS, ORDER
from sg_pipelines.domain.model.product import PRODUCT
from sg_pipelines.operations.shared_currency import SharedCurrency

LINES = [{"product_id": "1", "sku": "M", "quantity": 1, "amount": 480}]


def document(**currencies):
    """An order whose amounts come from a deal in `deal`'s currency or a sale in `sale`'s."""
    records = {
        account: {"columns": {"currency": currency} if currency else {}} for account, currency in currencies.items()
    }
    return {"fields": {}, "representations": records}


def said(of, name, account):
    value = {f"{name}_amount": 480, "currency": of["representations"][account]["columns"].get("currency")}
    of["fields"][name] = {"value": value, "source": account}


def settled(of, kind=ORDER, **row):
    SharedCurrency(kind).settle(row, of)
    return row


def order(subtotal="sale", lines="sale", **currencies):
    of = document(**currencies)
    for name in AMOUNTS:
        said(of, name, subtotal if name == "subtotal" else "sale")
    of["fields"]["lines"] = {"value": LINES, "source": lines}
    row = {f"{name}_amount": 480 for name in AMOUNTS}
    return settled(of, **row, currency=currencies["sale"], lines=LINES)


def test_amounts_of_one_currency_are_shown():
    row = order(sale="USD", deal="EUR")
    assert [row[f"{name}_amount"] for name in AMOUNTS] == [480] * 5
    assert row["lines"] == LINES


@pytest.mark.parametrize(("currency", "shown"), [("EUR", None), ("usd", 480), (" USD", 480), (None, None)])
def test_an_amount_in_another_currency_is_left_out(currency, shown):
    row = order(subtotal="deal", sale="USD", deal=currency)
    assert row["subtotal_amount"] == shown
    assert row["total_amount"] == 480


@pytest.mark.parametrize(("currency", "shown"), [("EUR", None), ("usd", 480), (None, 480)])
def test_so_is_the_amount_of_a_line_whose_account_sells_in_another(currency, shown):
    (line,) = order(lines="deal", sale="USD", deal=currency)["lines"]
    assert line == {"product_id": "1", "sku": "M", "quantity": 1, "amount": shown}


def test_an_order_of_which_nobody_says_the_currency_keeps_its_amounts():
    row = {"total_amount": 480, "lines": LINES}
    assert settled(document(sale=None), **row) == row


def test_a_kind_whose_amounts_have_a_currency_each_keeps_them_all():
    row = {"price_amount": 5, "price_currency": "USD", "cost_amount": 3, "cost_currency": "EUR"}
    assert settled(document(), PRODUCT, **row) == row
