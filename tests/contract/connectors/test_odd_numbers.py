"""A record with a number or an instant that is none is put aside with its reason, which tells nothing of it; the others
arrive."""

import json

import httpx
import pytest

from tests.contract.connectors.accounts import live
from tests.contract.connectors.pairs import Pair

ODD = ["abc", "1,5", "1.234,50", "NaN", "Infinity", "1e999999999", "1_000", "--1"]
FAR = "9" * 40


class Odd(httpx.AsyncHTTPTransport):
    """Real HTTP; `spoil` may change any object of an answer, each with a number of its own, and says whether it did.
    One object is changed, of the first answer that has such."""

    def __init__(self, spoil):
        super().__init__()
        self._spoil, self._is_done = spoil, False

    async def handle_async_request(self, request):
        answer = await super().handle_async_request(request)
        text = await answer.aread()
        if self._is_done or not text.startswith(b"{"):
            return httpx.Response(answer.status_code, headers=plain(answer), content=text, request=request)
        body = json.loads(text)
        self._is_done = any(self._spoil(request.url.path, one) for one in objects(body))
        return httpx.Response(answer.status_code, headers=plain(answer), json=body, request=request)


def plain(answer):
    """Headers but for those about the body as it was sent."""
    return {name: said for name, said in answer.headers.items() if name not in ("content-length", "content-encoding")}


def objects(body):
    """Every object in an answer, outermost first."""
    if isinstance(body, dict):
        yield body
        yield from (inner for one in body.values() for inner in objects(one))
    elif isinstance(body, list):
        yield from (inner for one in body for inner in objects(one))


def one_aside(account, made, look, reason):
    """Look, and hold the one that was put aside against its reason and the others against what was made."""
    (records, aside), report = look()
    assert [one.reason for one in aside] == [reason]
    assert report.quarantined == 1
    assert sorted([*live(records), aside[0].record_id]) == sorted(made)
    return aside[0].record_id


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize(("column", "place"), [("quantity", "quantity"), ("foreignamount", "amount")])
def test_a_netsuite_order_with_an_odd_number_in_a_line_is_put_aside(open_account, column, place, odd):
    def spoil(path, found):
        return column in found and found.get("mainline") != "T" and found.update({column: odd}) is None

    with open_account(Pair("netsuite", "order", "salesOrder")) as erp:
        made = erp.make_many(3)
        for look in (erp.full, lambda: erp.fetch(made)):
            erp.http = lambda: httpx.AsyncClient(transport=Odd(spoil))
            one_aside(erp, made, look, f"a line: {place} is no number")


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("column", ["quantity", "price"])
def test_a_hubspot_order_with_an_odd_number_in_a_line_is_put_aside(open_account, column, odd):
    def spoil(path, found):
        return "line_items" in path and column in found and found.update({column: odd}) is None

    with open_account(Pair("hubspot", "order", "deals", settings={"order_object": "deals"})) as crm:
        made = crm.make_many(3)
        for look in (crm.full, lambda: crm.fetch(made)):
            crm.http = lambda: httpx.AsyncClient(transport=Odd(spoil))
            one_aside(crm, made, look, f"a line item: {column} is no number")


@pytest.mark.parametrize(("said", "reason"), [(FAR, "an instant in it is in no calendar"), ("soon", None)])
def test_a_hubspot_contact_with_an_odd_instant_is_put_aside(open_account, said, reason):
    def spoil(path, found):
        return "createdate" in found and found.update(createdate=said) is None

    with open_account(Pair("hubspot", "customer", "contacts")) as crm:
        made = crm.make_many(3)
        crm.http = lambda: httpx.AsyncClient(transport=Odd(spoil))
        one_aside(crm, made, crm.full, reason or "a date or a number in it cannot be read")


def test_an_archived_hubspot_contact_with_an_odd_instant_is_put_aside_and_not_called_deleted(open_account):
    def spoil(path, found):
        return "archivedAt" in found and found.update(archivedAt="2026-13-45T00:00:00Z") is None

    with open_account(Pair("hubspot", "customer", "contacts")) as crm:
        made = crm.make_many(3)
        crm.deed("archive", record_id=made[0])
        for look in (crm.full, lambda: crm.fetch(made)):
            crm.http = lambda: httpx.AsyncClient(transport=Odd(spoil))
            assert one_aside(crm, made, look, "a date or a number in it cannot be read") == made[0]


def test_a_shopify_order_placed_on_no_day_is_put_aside(open_account):
    def spoil(path, found):
        return "processedAt" in found and found.update(processedAt="2026-02-30T00:00:00Z") is None

    with open_account(Pair("shopify", "order", "orders")) as shop:
        made = shop.make_many(3)
        shop.http = lambda: httpx.AsyncClient(transport=Odd(spoil))
        one_aside(shop, made, lambda: shop.fetch(made), "a date or a number in it cannot be read")
