"""Shopify's variants, orders and companies: read with all that is nested in them, and found by what is around them."""

import json
import random
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import httpx
import pytest

from sg_pipelines.domain.model.catalogue import KINDS
from sg_pipelines.domain.model.record import RecordState
from sg_pipelines.errors import PermissionMissing
from sg_pipelines.ports.platforms import ProbeStatus
from tests.contract.connectors.accounts import live, states
from tests.contract.connectors.pairs import FAST, Pair
from tests.contract.connectors.rows import a_company, a_customer, a_product, an_order

PAIRS = {
    "customer": Pair("shopify", "customer", "customers"),
    "company": Pair("shopify", "company", "companies"),
    "product": Pair("shopify", "product", "productVariants", settings=FAST),
    "order": Pair("shopify", "order", "orders", settings=FAST),
}


class Between(httpx.AsyncHTTPTransport):
    """Real HTTP whose answers are changed on their way; `change` takes the request's text and the body's."""

    def __init__(self, change):
        super().__init__()
        self._change = change

    async def handle_async_request(self, request):
        answer = await super().handle_async_request(request)
        asked = json.loads(request.content)["query"] if request.content else str(request.url)
        changed = self._change(asked, (await answer.aread()).decode())
        return httpx.Response(answer.status_code, content=changed.encode(), request=request)


class BreakingOff(httpx.AsyncHTTPTransport):
    """Real HTTP where the first bulk file that comes ends in the middle of a line."""

    def __init__(self):
        super().__init__()
        self._has_broken = False

    async def handle_async_request(self, request):
        answer = await super().handle_async_request(request)
        if self._has_broken or answer.is_error or not request.url.path.endswith(".jsonl"):
            return answer
        self._has_broken = True
        body = await answer.aread()
        return httpx.Response(200, stream=Half(body), request=request)


class Half(httpx.AsyncByteStream):
    def __init__(self, body):
        self._body = body

    async def __aiter__(self):
        yield self._body[: len(self._body) // 2]
        raise httpx.ReadError("the connection was closed")


def between(account, change):
    account.http = lambda: httpx.AsyncClient(transport=Between(change))


def in_bulk_files(change):
    """Change the lines of bulk files, given as objects, and nothing else."""

    def changed(asked, body):
        if not asked.endswith(".jsonl"):
            return body
        return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in change(jsonl(body)))

    return changed


def jsonl(body):
    return [json.loads(line) for line in body.split("\n") if line]


def lines_of(account, count):
    (product,) = account.make(a_product(0), kind="product")
    line = {"product_id": product, "sku": "LANTERN-0", "name": "Lantern"}
    return [{**line, "quantity": str(number + 1), "amount": f"{number}.50"} for number in range(count)]


def levels(count, first="0"):
    return [{"location": f"Place {number}", "quantity": str(number) if number else first} for number in range(count)]


@pytest.fixture
def shop(request, open_account):
    with open_account(PAIRS[request.param]) as account:
        yield account


def of(kind):
    return pytest.mark.parametrize("shop", [kind], indirect=True)


every_nested = pytest.mark.parametrize("shop", ["company", "product", "order"], indirect=True)


# --- what is nested ----------------------------------------------------------------------------------------


@of("product")
def test_a_variant_comes_with_its_products_words_its_cost_and_its_stock_per_location(shop):
    rows = [{**a_product(n), "product_group": "Lantern", "option": option} for n, option in enumerate(["Red", "Blue"])]
    alone, red, blue = shop.make(a_product(9), *rows)
    (records, _), report = shop.full()
    found = {name: record.columns for name, record in live(records).items()}
    assert [found[one]["name"] for one in (alone, red, blue)] == ["Lantern 9", "Lantern - Red", "Lantern - Blue"]
    assert (found[red]["price_amount"], found[red]["price_currency"]) == ("19.90", "USD")
    assert (Decimal(found[red]["cost_amount"]), found[red]["cost_currency"]) == (Decimal("8.5"), "USD")
    assert {one["location"]: one["quantity"] for one in found[red]["inventory"]} == {"Main": "5", "Bogotá": "0"}
    assert report.is_complete


@of("product")
def test_stock_at_more_locations_than_a_nested_page_holds_is_read_whole_and_counted(shop):
    (variant,) = shop.make({**a_product(1), "inventory": levels(40)})
    stocked = {f"Place {number}": str(number) for number in range(40)}
    for (records, _), report in (shop.full(), shop.changes(shop.now() - timedelta(hours=1)), shop.fetch([variant])):
        said = live(records)[variant].columns["inventory"]
        assert {one["location"]: one["quantity"] for one in said} == stocked
        assert len(said) == 40
        assert report.calls == report.lower_bound


@of("order")
def test_an_order_with_more_lines_than_a_nested_page_holds_is_read_whole_and_counted(shop):
    lines = lines_of(shop, 300)
    large, small = shop.make({**an_order(1), "lines": lines}, {**an_order(2), "lines": lines[:2]})
    amounts = sorted(Decimal(line["amount"]) for line in lines)
    ways = (shop.changes(shop.now() - timedelta(hours=1)), 1), (shop.fetch([large, small]), 0)
    for ((records, _), report), counts in ways:
        found = live(records)
        assert sorted(Decimal(line["amount"]) for line in found[large].columns["lines"]) == amounts
        assert len(found[small].columns["lines"]) == 2
        assert report.calls == report.lower_bound == counts + 1 + 2
    assert len(live(shop.full()[0][0])[large].columns["lines"]) == 300


@of("order")
def test_an_order_deleted_while_its_lines_are_read_is_deleted_and_never_half_there(shop):
    large, small = shop.make({**an_order(1), "lines": lines_of(shop, 20)}, an_order(2))

    def without_rest(asked, body):
        return json.dumps({**json.loads(body), "data": {"node": None}}) if asked.startswith("query Rest") else body

    between(shop, without_rest)
    (records, aside), report = shop.fetch([large, small])
    assert states(records) == {large: RecordState.DELETED, small: RecordState.LIVE}
    assert aside == []
    assert report.records == 2


@of("company")
def test_a_company_comes_with_the_phone_the_address_and_the_tax_id_of_its_first_location(shop):
    (company,) = shop.make(a_company(1))

    def with_a_second_location(lines):
        for line in lines:
            if "__parentId" in line:
                number = int(line["id"].rpartition("/")[2]) + 1
                yield {**line, "id": f"gid://shopify/CompanyLocation/{number}", "phone": "+13120000000"}
            yield line

    between(shop, in_bulk_files(with_a_second_location))
    said = live(shop.full()[0][0])[company].columns
    assert (said["phone"], said["tax_id"]) == ("+13125550001", "12-3400001")
    assert (said["address_street"], said["address_region"], said["address_country"]) == ("1 Mill Lane", "NV", "US")
    assert said["domain"] == "millworks1.example"


@of("company")
def test_companies_with_more_locations_than_the_one_that_is_read_are_counted(shop):
    one, _ = shop.make(a_company(1), a_company(2))

    def with_another(lines):
        for line in lines:
            yield line
            if line.get("__parentId") == f"gid://shopify/Company/{one}":
                yield {**line, "id": f"{line['id']}0"}

    between(shop, in_bulk_files(with_another))
    _, report = shop.full()
    assert (report.records, report.left_out) == (2, 1)


@of("customer")
def test_the_company_a_customer_buys_for_is_named(shop):
    (company,) = shop.make(a_company(1), kind="company")
    buyer, private = shop.make(a_customer(1, company), a_customer(2))
    found = live(shop.full()[0][0])
    assert (found[buyer].columns["company_id"], found[private].columns["company_id"]) == (company, None)


@of("order")
def test_an_order_is_told_in_the_money_the_customer_paid_in_and_in_the_shops_own(shop):
    (company,) = shop.make(a_company(1), kind="company")
    (buyer,) = shop.make(a_customer(1, company), kind="customer")
    paid = {"currency": "EUR", "shop_total": "51.70", "shop_currency": "USD", "refunded": "10.00"}
    (order,) = shop.make({**an_order(1, buyer, company), **paid, "lines": lines_of(shop, 1)})
    said = live(shop.full()[0][0])[order].columns
    amounts = [Decimal(said[f"{name}_amount"]) for name in ("subtotal", "discount", "tax", "shipping", "total")]
    assert amounts == [Decimal(text) for text in ("39.80", "4.80", "7.00", "5.00", "47.00")]
    assert (said["currency"], said["shop_currency"]) == ("EUR", "USD")
    assert (Decimal(said["shop_total"]), Decimal(said["refunded"])) == (Decimal("51.70"), Decimal("10.00"))
    assert (said["customer_id"], said["company_id"]) == (buyer, company)


@of("order")
def test_the_day_an_order_was_placed_is_the_day_of_the_clients_time_zone(shop):
    (order,) = shop.make({**an_order(1), "lines": []})

    def late_in_the_evening(lines):
        return [{**line, "processedAt": "2026-11-21T03:30:00Z"} for line in lines]

    between(shop, in_bulk_files(late_in_the_evening))
    days = []
    for zone in ("UTC", "America/New_York"):
        shop.where = replace(shop.where, scope=replace(shop.where.scope, time_zone=zone))
        days.append(live(shop.full()[0][0])[order].columns["placed_on"])
    assert days == ["2026-11-21", "2026-11-20"]


@of("order")
def test_an_order_is_open_until_it_is_fulfilled_or_cancelled(shop):
    told = ("open", "fulfilled", "cancelled")
    orders = shop.make(*({**an_order(n), "lines": lines_of(shop, 1), "status": one} for n, one in enumerate(told)))
    found = live(shop.full()[0][0])
    assert tuple(found[order].columns["status"] for order in orders) == told


# --- files of bulk operations ------------------------------------------------------------------------------


def mixed(lines):
    """Any order at all, children before their parents included."""
    return random.Random(7).sample(lines, len(lines))


def level_by_level(lines):
    return sorted(lines, key=lambda line: "__parentId" in line)


@every_nested
@pytest.mark.parametrize("order", [mixed, level_by_level, lambda lines: lines[::-1]], ids=["mixed", "levels", "back"])
def test_children_find_their_parent_wherever_they_stand_in_the_file(shop, order):
    shop.make_many(30)
    told = told_by(shop.full()[0][0])
    between(shop, in_bulk_files(order))
    (records, aside), report = shop.full()
    assert told_by(records) == told
    assert aside == []
    assert report.is_complete


def told_by(records):
    """By id what each says; rows within a record in any order."""
    return {
        one.record_id: {
            column: sorted(map(str, said)) if isinstance(said, list) else said for column, said in one.columns.items()
        }
        for one in records
    }


@every_nested
def test_children_without_their_parent_are_put_aside_and_looked_up_by_id(shop):
    made = shop.make_many(3)
    lost = made[0]

    def without_its_line(lines):
        return [line for line in lines if not line.get("id", "").endswith(lost) or "__parentId" in line]

    between(shop, in_bulk_files(without_its_line))
    (records, aside), report = shop.full(known=made)
    assert sorted(live(records)) == sorted(made)
    assert [one.record_id for one in aside] == [lost]
    assert report.quarantined == 1


@of("product")
def test_a_text_with_any_separator_in_it_is_one_line_of_the_file(shop):
    odd = "It gives\u2028light\u0085and\x1d warmth\u2029"
    (variant,) = shop.make({**a_product(1), "description": odd})
    between(shop, in_bulk_files(lambda lines: lines))
    assert live(shop.full()[0][0])[variant].columns["description"] == odd


@of("order")
def test_a_download_that_breaks_off_is_begun_anew(shop):
    made = shop.make_many(40)
    told = told_by(shop.full()[0][0])
    shop.waits = False
    shop.fault("server_error", path_contains="/bulk/")
    shop.http = lambda: httpx.AsyncClient(transport=BreakingOff())
    (records, _), report = shop.full()
    assert told_by(records) == told
    assert sorted(live(records)) == sorted(made)
    assert report.retries == 2
    assert report.is_complete


@every_nested
def test_what_people_do_while_a_bulk_operation_runs_is_read_again_by_the_next_pull(shop):
    (early,) = shop.make_many(1)
    shop.control.post("settings", {"account": "shopify", "bulk_polls": 1})
    began = shop.now()

    def somebody_works(asked, body):
        if asked.lstrip().startswith("query PollBulk") and '"RUNNING"' in body:
            shop.advance(3600)
            shop.edit(early, **({"number": "SO-1"} if shop.pair.kind == "order" else {"name": "Late"}))
        return body

    between(shop, somebody_works)
    (records, _), report = shop.full()
    assert live(records)[early].modified_at > began + timedelta(minutes=50)
    assert report.watermark <= began + timedelta(minutes=1)
    assert report.is_complete


# --- what changed ------------------------------------------------------------------------------------------


def hiding(*connections, of):
    """Empty these connections in the answers to queries of a name."""

    def changed(asked, body):
        if not asked.startswith(f"query {of}("):
            return body
        answer = json.loads(body)
        for name in connections or answer["data"]:
            answer["data"][name] = {"nodes": [], "pageInfo": {"hasNextPage": False, "endCursor": None}}
        return json.dumps(answer)

    return changed


# As on a platform where nothing beside a record moves the record's own time
def moves_alone(asked, body):
    return counting(0)(asked, hiding(of="Changed")(asked, body))


def counting(count):
    """The platform says that so many changed."""

    def changed(asked, body):
        if not asked.startswith("query Waiting("):
            return body
        answer = json.loads(body)
        for counted in answer["data"].values():
            counted["count"] = count
        return json.dumps(answer)

    return changed


@of("product")
@pytest.mark.parametrize("edit", [{"inventory": levels(2, first="8")}, {"description": "It glows"}])
def test_stock_and_product_words_that_changed_alone_bring_the_variant_again(shop, edit):
    made = shop.make_many(3, inventory=levels(2))
    _, report = shop.full()
    between(shop, moves_alone)
    shop.advance(3600)
    before = shop.now()
    shop.edit(made[1], **edit)
    (records, _), report = shop.changes(before)
    assert set(live(records)) == {made[1]}
    said = live(records)[made[1]].columns
    assert {column: said[column] for column in edit} == edit
    assert report.calls == report.lower_bound == 3
    assert report.watermark >= before - timedelta(seconds=1)


@of("company")
def test_a_location_that_changed_alone_brings_its_company_again(shop):
    made = shop.make_many(3)
    between(shop, moves_alone)
    shop.advance(3600)
    before = shop.now()
    shop.edit(made[1], address_street="2 Mill Lane")
    (records, _), _ = shop.changes(before)
    assert set(live(records)) == {made[1]}
    assert live(records)[made[1]].columns["address_street"] == "2 Mill Lane"


@of("product")
@pytest.mark.parametrize("other", ["products", "locations"])
def test_changed_products_and_levels_beyond_a_page_are_each_all_found(shop, other):
    shop.advance(3600)
    made = shop.make_many(3, product_group="Wide", inventory=levels(24))
    made += shop.make_many(240, inventory=levels(1))
    hide = hiding(other, of="AroundVariants")
    between(shop, lambda asked, body: moves_alone(asked, hide(asked, body)))
    (records, _), report = shop.changes(shop.now() - timedelta(minutes=1))
    assert sorted(live(records)) == sorted(made)
    assert report.calls == report.lower_bound


@of("product")
def test_a_location_that_is_deleted_between_two_pages_of_its_levels_has_no_more(shop):
    def deleted(asked, body):
        return json.dumps({**json.loads(body), "data": {"location": None}}) if "query MoreLevels" in asked else body

    shop.advance(3600)
    made = shop.make_many(240, inventory=levels(1))
    hide = hiding("products", of="AroundVariants")
    between(shop, lambda asked, body: deleted(asked, moves_alone(asked, hide(asked, body))))
    (records, _), report = shop.changes(shop.now() - timedelta(minutes=1))
    assert 0 < len(live(records)) < len(made)
    assert report.is_complete


@of("product")
def test_variants_of_one_product_beyond_a_page_are_all_found(shop):
    rows = [{**a_product(n), "product_group": "Wide", "option": f"No. {n}", "inventory": []} for n in range(40)]
    shop.advance(3600)
    made = shop.make(*rows)
    between(shop, moves_alone)
    (records, _), _ = shop.changes(shop.now() - timedelta(minutes=1))
    assert sorted(live(records)) == sorted(made)


@of("product")
def test_much_that_changed_around_is_read_in_bulk(shop):
    shop.advance(3600)
    made = shop.make_many(1_200)
    (records, _), report = shop.changes(shop.now() - timedelta(minutes=1))
    assert sorted(live(records)) == sorted(made)
    assert len(records) == len(made)
    assert report.calls == report.lower_bound < 25
    assert report.is_complete


@pytest.mark.parametrize(("shop", "calls"), [("product", 2), ("company", 2), ("order", 1)], indirect=["shop"])
def test_a_pull_of_nothing_costs_one_call_and_one_for_what_is_around(shop, calls):
    shop.make_many(3)
    shop.full()
    shop.advance(3600)
    now = shop.now()
    (records, _), report = shop.changes(now)
    assert records == []
    assert report.calls == report.lower_bound == calls
    assert report.watermark == now


@of("order")
def test_a_changed_line_brings_the_whole_order_again(shop):
    lines = lines_of(shop, 3)
    changed, _ = shop.make(*({**an_order(n), "lines": lines} for n in range(2)))
    shop.advance(3600)
    before = shop.now()
    shop.edit(changed, lines=[*lines[:2], {**lines[2], "quantity": "9", "amount": "90.00"}])
    (records, _), _ = shop.changes(before)
    assert set(live(records)) == {changed}
    assert [line["quantity"] for line in live(records)[changed].columns["lines"]] == ["1", "2", "9"]


@of("order")
def test_many_changed_orders_are_read_in_bulk(shop):
    made = shop.make_many(400)
    (records, _), report = shop.changes(shop.now() - timedelta(hours=1))
    assert sorted(live(records)) == sorted(made)
    assert all(len(one.columns["lines"]) == 1 for one in live(records).values())
    assert report.calls == report.lower_bound == 1 + 3
    assert report.is_complete


@of("order")
def test_what_came_after_it_was_counted_is_read_as_well(shop):
    made = shop.make_many(9)
    between(shop, counting(4))
    (records, _), report = shop.changes(shop.now() - timedelta(hours=1))
    assert sorted(live(records)) == sorted(made)
    assert report.calls == report.lower_bound == 1 + 1 + 3


@of("order")
def test_nothing_is_asked_for_where_nothing_changed(shop):
    shop.make_many(3)
    shop.advance(7200)
    since = shop.now()
    (records, _), report = shop.changes(since)
    assert records == []
    assert report.calls == report.lower_bound == 1
    assert report.watermark == since


@of("order")
@pytest.mark.parametrize(
    ("said", "amounts"),
    [
        ({}, ("100.0", "10.0", "4.9")),
        ({"discount_amount": "14.90", "shipping_discount": "4.90", "total_amount": "107.10"}, ("100.0", "14.9", "4.9")),
        ({"shipping_amount": "0.00", "total_amount": "107.10"}, ("100.0", "10.0", "0.0")),
    ],
    ids=["as usual", "sent free", "nothing sent"],
)
def test_the_subtotal_is_the_lines_before_discounts_whatever_is_off_shipping(shop, said, amounts):
    usual = {"subtotal_amount": "100.00", "discount_amount": "10.00", "shipping_amount": "4.90", "tax_amount": "17.10"}
    (made,) = shop.make({"currency": "EUR", "total_amount": "112.00", **usual, **said})
    (records, _), _ = shop.full()
    columns = live(records)[made].columns
    assert tuple(columns[f"{name}_amount"] for name in ("subtotal", "discount", "shipping")) == amounts


# --- what cannot be used -----------------------------------------------------------------------------------

CHILD_WITHOUT = {
    "company": ("taxSettings", "children.0.taxSettings: missing"),
    "product": ("location", "children.0.location: missing"),
    "order": ("quantity", "children.0.quantity: missing"),
}


@every_nested
def test_a_child_without_its_shape_puts_its_record_aside_and_the_rest_arrives(shop):
    made = shop.make_many(3)
    lacks, reason = CHILD_WITHOUT[shop.pair.kind]

    def spoiled(lines):
        for line in lines:
            if line.get("__parentId", "").endswith(made[1]):
                line.pop(lacks)
            yield line

    between(shop, in_bulk_files(spoiled))
    (records, aside), report = shop.full()
    assert sorted(live(records)) == sorted({made[0], made[2]})
    assert [(one.record_id, one.reason) for one in aside if one.record_id == made[1]] == [(made[1], reason)]
    assert (len(aside), report.quarantined, report.is_complete) == (1, 1, True)


@every_nested
def test_a_nested_page_without_its_shape_puts_its_record_aside_and_the_rest_arrives(shop):
    made = shop.make_many(3)
    shop.fault("malformed_record")
    (records, aside), report = shop.fetch(made)
    assert sorted(live(records)) == sorted(made[1:])
    assert [one.record_id for one in aside] == made[:1]
    assert (report.records, report.quarantined) == (2, 1)


@of("order")
@pytest.mark.parametrize(
    "spoiled", [{"processedAt": "soon"}, {"totalDiscountsSet": {"presentmentMoney": {"amount": ""}}}]
)
def test_an_instant_or_amount_that_is_none_puts_the_record_aside(shop, spoiled):
    made = shop.make_many(3)
    first = f"gid://shopify/Order/{made[0]}"
    between(shop, in_bulk_files(lambda lines: [line | (spoiled if line["id"] == first else {}) for line in lines]))
    (records, aside), _ = shop.full()
    assert sorted(live(records)) == sorted(made[1:])
    assert [one.record_id for one in aside] == [made[0]]
    assert "pattern" in aside[0].reason


@of("order")
def test_a_bulk_operation_that_may_not_read_says_what_to_grant(shop):
    shop.make_many(1)

    def denied(asked, body):
        return body.replace('"COMPLETED"', '"FAILED"').replace('"errorCode":null', '"errorCode":"ACCESS_DENIED"')

    between(shop, denied)
    with pytest.raises(PermissionMissing, match="scope"):
        shop.full()


# --- the doctor --------------------------------------------------------------------------------------------


def doctor(shop):
    probes = shop.look(lambda connector: connector.probe(list(KINDS.values())))
    return {probe.name: probe for probe in probes}


@of("order")
def test_the_doctor_looks_at_every_kind_with_the_scopes_it_needs(shop):
    shop.make_many(1)
    probes = doctor(shop)
    assert {f"{kind.plural}: mapped fields" for kind in KINDS.values()} < probes.keys()
    assert probes["scopes"].status is ProbeStatus.OK
    assert "read_all_orders" in probes["scopes"].detail


@of("order")
def test_a_scope_that_was_not_granted_is_named_and_its_kind_not_read(shop):
    shop.make_many(1)
    between(shop, lambda asked, body: body.replace('"read_all_orders"', '"read_themes"'))
    probes = doctor(shop)
    assert probes["scopes"].status is ProbeStatus.FAILED
    assert probes["scopes"].detail == "not granted: read_all_orders"
    assert "products: mapped fields" in probes
    assert "orders: mapped fields" not in probes


@of("product")
def test_prices_taken_for_another_currency_than_the_shops_are_warned_of(shop):
    assert doctor(shop)["currency"].status is ProbeStatus.OK
    shop.where = replace(shop.where, scope=replace(shop.where.scope, currency="EUR"))
    warned = doctor(shop)["currency"]
    assert warned.status is ProbeStatus.WARNING
    assert "currency: USD" in warned.remedy
