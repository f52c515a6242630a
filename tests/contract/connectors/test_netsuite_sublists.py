"""NetSuite's items and sales orders: sublists are read whole, few calls are made, what cannot be used is put aside."""

import asyncio

import pytest

from sg_pipelines.config.accounts import NetSuiteAccount
from sg_pipelines.connectors.connections import Reading, Scope
from sg_pipelines.connectors.factory import open_connector
from sg_pipelines.domain.model.catalogue import KINDS
from sg_pipelines.ports.platforms import PullReport
from sg_pipelines.runtime.connections import connection
from sg_pipelines.runtime.sandbox_host import SandboxControl
from sg_pipelines.sandbox.server import running

SCOPE = Scope({name: Reading("any") for name in KINDS}, others=("shop_us", "hubspot"), currency="EUR")


class Account:
    def __init__(self, control):
        self.control = control
        settings = NetSuiteAccount(platform="netsuite", at="sandbox")
        self.where = connection("netsuite", settings, SCOPE, control)

    def make(self, kind, *rows):
        asked = {"account": "netsuite", "kind": kind, "rows": list(rows)}
        return self.control.post("records/create", asked)["record_ids"]

    def edit(self, kind, record_id, **attributes):
        asked = {"account": "netsuite", "kind": kind, "record_id": record_id, "attributes": attributes}
        self.control.post("records/edit", asked)

    def pull(self, how, kind, **said):
        report = PullReport()

        async def collected():
            connector = open_connector(self.where)
            try:
                pages = getattr(connector, how)(KINDS[kind], report, **said)
                return [record async for page in pages for record in page.records]
            finally:
                await connector.aclose()

        return {record.record_id: record for record in asyncio.run(collected())}, report

    def full(self, kind):
        return self.pull("pull_full", kind, known_ids=frozenset())


@pytest.fixture
def erp(tmp_path):
    with running(tmp_path, accounts={"netsuite": "netsuite"}) as sandbox:
        yield Account(SandboxControl(sandbox.base_url))


def an_item(number, **more):
    said = {"sku": f"LAMP-{number}", "name": f"Lamp {number}", "price_amount": "19.90", "price_currency": "EUR"}
    return {
        **said,
        "inventory": [{"location": "Main", "quantity": "5"}, {"location": "Bogotá", "quantity": "0"}],
        **more,
    }


def an_order(number, item, **more):
    line = {"product_id": item, "sku": "LAMP-0", "name": "Lamp", "quantity": "2", "amount": "39.80"}
    return {
        "number": f"#{1000 + number}",
        "placed_on": "2026-11-20",
        "status": "open",
        "currency": "EUR",
        "discount_amount": "4.80",
        "tax_amount": "7.00",
        "shipping_amount": "5.00",
        "total_amount": "47.00",
        "lines": [line],
        **more,
    }


def test_an_item_comes_with_its_price_its_cost_and_its_stock_per_location(erp):
    (item,) = erp.make("product", an_item(1, barcode="0001", cost_amount="8.5", cross_ids={"shop_us": "77"}))
    found, report = erp.full("product")
    said = found[item].columns
    assert (said["sku"], said["name"], said["barcode"]) == ("LAMP-1", "Lamp 1", "0001")
    assert (said["price_amount"], said["price_currency"]) == ("19.9", "EUR")
    assert (said["cost_amount"], said["cost_currency"]) == ("8.5", "EUR")
    assert {one["location"]: one["quantity"] for one in said["inventory"]} == {"Main": "5", "Bogotá": "0"}
    assert found[item].cross_ids == {"shop_us": "77"}
    assert report.is_complete


def test_an_orders_amounts_are_added_up_from_its_lines(erp):
    (item,) = erp.make("product", an_item(0))
    (company,) = erp.make("company", {"name": "Mill & Co"})
    (person,) = erp.make("customer", {"first_name": "Ada", "last_name": "L", "company_id": company})
    (order,) = erp.make("order", an_order(1, item, customer_id=person))
    said = erp.full("order")[0][order].columns
    assert said["lines"] == [{"product_id": item, "sku": "LAMP-0", "quantity": "2", "amount": "39.8"}]
    amounts = [said[f"{name}_amount"] for name in ("subtotal", "discount", "tax", "shipping", "total")]
    assert amounts == ["39.8", "4.8", "7", "5", "47"]
    assert (said["number"], said["placed_on"], said["status"], said["currency"]) == (
        "#1001",
        "2026-11-20",
        "open",
        "EUR",
    )
    assert (said["customer_id"], said["company_id"]) == (person, company)


def test_which_of_its_people_bought_is_unknown_where_an_order_is_the_company_s(erp):
    (item,) = erp.make("product", an_item(0))
    (company,) = erp.make("company", {"name": "Mill & Co", "tax_id": "ES-B1", "domain": "mill.example"})
    (order,) = erp.make("order", an_order(1, item, company_id=company))
    said = erp.full("order")[0][order].columns
    assert "customer_id" not in said
    assert said["company_id"] == company
    firms, _ = erp.full("company")
    assert firms[company].columns["tax_id"] == "ES-B1"
    assert company not in erp.full("customer")[0]


def test_whether_a_buyer_who_cannot_be_seen_is_a_person_is_unknown(erp):
    (item,), (person,) = erp.make("product", an_item(1)), erp.make("customer", {"first_name": "Ada", "last_name": "L"})
    (order,) = erp.make("order", an_order(1, item, customer_id=person))
    erp.control.post("records/delete", {"account": "netsuite", "kind": "customer", "record_id": person})
    columns = erp.full("order")[0][order].columns
    assert not columns.keys() & {"customer_id", "company_id"}
    assert columns["number"]
    (nobodys,) = erp.make("order", an_order(2, item))
    assert erp.full("order")[0][nobodys].columns["customer_id"] is None


def test_sublists_of_many_records_cost_hardly_more_than_their_pages(erp):
    (item,) = erp.make("product", an_item(0))
    orders = erp.make("order", *(an_order(number, item) for number in range(2_300)))
    found, report = erp.full("order")
    assert found.keys() == set(orders)
    assert all(len(record.columns["lines"]) == 1 for record in found.values())
    assert report.calls == report.lower_bound
    assert report.calls <= 3 + 12 + 2


def test_a_changed_line_brings_the_whole_order_again(erp):
    (item,) = erp.make("product", an_item(0))
    orders = erp.make("order", an_order(1, item), an_order(2, item))
    _, report = erp.full("order")
    erp.control.post("advance", {"seconds": 900})
    line = {"product_id": item, "sku": "LAMP-0", "name": "Lamp", "quantity": "3", "amount": "59.70"}
    erp.edit("order", orders[1], lines=[line])
    changed, report = erp.pull("pull_changes", "order", since=report.watermark)
    assert changed[orders[1]].columns["lines"][0]["quantity"] == "3"
    assert report.calls == report.lower_bound


def test_named_orders_come_whole_and_a_missing_one_is_deleted(erp):
    (item,) = erp.make("product", an_item(0))
    (order,) = erp.make("order", an_order(1, item))
    found, _ = erp.pull("fetch", "order", record_ids=[order, "999999"])
    assert found[order].columns["lines"]
    assert found["999999"].state == "deleted"
