"""A record with a number or an instant that is none is put aside with its reason, which tells nothing of it; the others
arrive."""

import httpx
import pytest

from tests.contract.connectors.accounts import live
from tests.contract.connectors.pairs import Pair
from tests.contract.connectors.tampering import Tampered

ODD = ["abc", "1,5", "1.234,50", "NaN", "Infinity", "1e999999999", "1_000", "--1"]
FAR = "9" * 40


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
            erp.http = lambda: httpx.AsyncClient(transport=Tampered(spoil))
            one_aside(erp, made, look, f"a line: {place} is no number")


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("column", ["quantity", "price"])
def test_a_hubspot_order_with_an_odd_number_in_a_line_is_put_aside(open_account, column, odd):
    def spoil(path, found):
        return "line_items" in path and column in found and found.update({column: odd}) is None

    with open_account(Pair("hubspot", "order", "deals", settings={"order_object": "deals"})) as crm:
        made = crm.make_many(3)
        for look in (crm.full, lambda: crm.fetch(made)):
            crm.http = lambda: httpx.AsyncClient(transport=Tampered(spoil))
            one_aside(crm, made, look, f"a line item: {column} is no number")


@pytest.mark.parametrize(("said", "reason"), [(FAR, "an instant in it is in no calendar"), ("soon", None)])
def test_a_hubspot_contact_with_an_odd_instant_is_put_aside(open_account, said, reason):
    def spoil(path, found):
        return "createdate" in found and found.update(createdate=said) is None

    with open_account(Pair("hubspot", "customer", "contacts")) as crm:
        made = crm.make_many(3)
        crm.http = lambda: httpx.AsyncClient(transport=Tampered(spoil))
        one_aside(crm, made, crm.full, reason or "a date or a number in it cannot be read")


def test_an_archived_hubspot_contact_with_an_odd_instant_is_put_aside_and_not_called_deleted(open_account):
    def spoil(path, found):
        return "archivedAt" in found and found.update(archivedAt="2026-13-45T00:00:00Z") is None

    with open_account(Pair("hubspot", "customer", "contacts")) as crm:
        made = crm.make_many(3)
        crm.deed("archive", record_id=made[0])
        for look in (crm.full, lambda: crm.fetch(made)):
            crm.http = lambda: httpx.AsyncClient(transport=Tampered(spoil))
            assert one_aside(crm, made, look, "a date or a number in it cannot be read") == made[0]


def test_a_shopify_order_placed_on_no_day_is_put_aside(open_account):
    def spoil(path, found):
        return "processedAt" in found and found.update(processedAt="2026-02-30T00:00:00Z") is None

    with open_account(Pair("shopify", "order", "orders")) as shop:
        made = shop.make_many(3)
        shop.http = lambda: httpx.AsyncClient(transport=Tampered(spoil))
        one_aside(shop, made, lambda: shop.fetch(made), "a date or a number in it cannot be read")
