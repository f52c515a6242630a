"""Sales orders and their lines on a simulated NetSuite account."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

ORDER = "/record/v1/salesOrder"
LINES = (
    "SELECT l.linesequencenumber AS n, l.mainline, l.taxline, l.itemtype, l.item, l.quantity, l.rate, l.foreignamount "
    "FROM transactionline l WHERE l.transaction = ? ORDER BY l.linesequencenumber"
)
SUMS = (
    "SELECT l.transaction AS id, -SUM(CASE WHEN l.itemtype = 'InvtPart' THEN l.foreignamount ELSE 0 END) AS goods, "
    "SUM(CASE WHEN l.itemtype = 'Discount' THEN l.foreignamount ELSE 0 END) AS discount, "
    "-SUM(CASE WHEN l.taxline = 'T' THEN l.foreignamount ELSE 0 END) AS tax, SUM(l.foreignamount) AS balance "
    "FROM transactionline l GROUP BY l.transaction ORDER BY l.transaction"
)


@pytest.fixture
def shop(erp):
    """An account with a company, one of its people, somebody else, and two lamps."""
    erp.company, erp.other = erp.make({"name": "Mill & Co"}, {"name": "Other"}, kind="company")
    person = {"first_name": "Ada", "last_name": "L"}
    erp.member, erp.single = erp.make({**person, "company_id": erp.company}, person)
    lamps = ({"sku": "LAMP-1", "name": "Green lamp", "price_amount": "10.25"}, {"sku": "LAMP-2", "name": "Red lamp"})
    erp.green, erp.red = erp.make(*lamps, kind="product")
    return erp


def an_order(shop, **more):
    return {
        "number": "#1001",
        "placed_on": "2026-11-20",
        "status": "open",
        "currency": "EUR",
        "discount_amount": "5.00",
        "tax_amount": "1.10",
        "shipping_amount": "4.00",
        "total_amount": "60.80",
        "customer_id": shop.member,
        "external_id": "O-1",
        "cross_ids": {"shop_us": "55"},
        "lines": [
            {"product_id": shop.green, "sku": "LAMP-1", "name": "Green lamp", "quantity": "2", "amount": "20.50"},
            {"product_id": shop.red, "sku": "LAMP-2", "name": "Red lamp", "quantity": "3", "amount": "40.20"},
        ],
        **more,
    }


def make(shop, *rows):
    return shop.make(*rows, kind="order")


def read(shop, number):
    return shop.simulator.read("order", number)


def modified(shop, number):
    sql = "SELECT TO_CHAR(lastmodifieddate, 'HH24:MI:SS') AS at FROM transaction WHERE id = ?"
    return shop.rows(sql, number)[0]["at"]


def test_the_header_of_an_order_is_a_transaction(shop):
    (number,) = make(shop, an_order(shop))
    sql = (
        "SELECT t.id, t.type, t.tranid, t.otherrefnum, t.trandate, t.status, t.entity, c.symbol, t.foreigntotal, "
        "t.externalid, t.custbody_shop_us_id, TO_CHAR(t.createddate, 'YYYY-MM-DD HH24:MI:SS') AS created "
        "FROM transaction t INNER JOIN currency c ON c.id = t.currency WHERE t.type = 'SalesOrd'"
    )
    assert shop.rows(sql) == [
        {
            "id": number,
            "type": "SalesOrd",
            "tranid": f"SO{number}",
            "otherrefnum": "#1001",
            "trandate": "11/20/2026",
            "status": "B",
            "entity": shop.member,
            "symbol": "EUR",
            "foreigntotal": "60.8",
            "externalid": "O-1",
            "custbody_shop_us_id": "55",
            "created": "2026-11-24 12:00:00",
        }
    ]


def test_lines_are_in_double_entry_with_what_is_sold_negative(shop):
    (number,) = make(shop, an_order(shop))
    sold = {"mainline": "F", "taxline": "F", "itemtype": "InvtPart"}
    assert shop.rows(LINES, number) == [
        {"n": "0", "mainline": "T", "taxline": "F", "foreignamount": "60.8"},
        {"n": "1", **sold, "item": shop.green, "quantity": "-2", "rate": "10.25", "foreignamount": "-20.5"},
        {"n": "2", **sold, "item": shop.red, "quantity": "-3", "rate": "13.4", "foreignamount": "-40.2"},
        {"n": "3", **sold, "itemtype": "Discount", "item": "1", "rate": "-5", "foreignamount": "5"},
        {"n": "4", **sold, "itemtype": "ShipItem", "item": "2", "rate": "4", "foreignamount": "-4"},
        {"n": "5", **sold, "itemtype": "TaxItem", "taxline": "T", "item": "3", "rate": "1.1", "foreignamount": "-1.1"},
    ]


def test_the_world_reads_back_the_order_it_wrote(shop):
    said = an_order(shop)
    (number,) = make(shop, said)
    found = read(shop, number)
    assert {name: found[name] for name in said} == said
    assert (found["subtotal_amount"], found["company_id"], found["state"]) == ("60.70", shop.company, "live")
    assert shop.simulator.ids("order") == [number]


def test_who_ordered_is_the_person_else_the_company(shop):
    both = {"customer_id": shop.single, "company_id": shop.company}
    made = make(shop, {"customer_id": shop.member}, {"company_id": shop.company}, both)
    buyers = [(found["customer_id"], found["company_id"]) for found in (read(shop, one) for one in made)]
    assert buyers == [(shop.member, shop.company), (None, shop.company), (shop.single, None)]
    shop.simulator.edit("order", made[1], {"company_id": shop.other})
    assert read(shop, made[1])["company_id"] == shop.other
    shop.simulator.edit("order", made[1], {"customer_id": shop.single})
    assert read(shop, made[1])["customer_id"] == shop.single
    shop.simulator.edit("order", made[0], {"customer_id": None})
    assert (read(shop, made[0])["customer_id"], read(shop, made[0])["company_id"]) == (None, shop.company)


def test_a_bare_order_is_of_today_in_the_accounts_currency(shop):
    (number,) = make(shop, {"customer_id": shop.single})
    found = read(shop, number)
    assert (found["placed_on"], found["currency"], found["status"]) == ("2026-11-24", "USD", "open")
    assert (found["total_amount"], found["subtotal_amount"], found["tax_amount"]) == ("0.00", None, None)


def test_a_line_may_name_its_product_by_sku_or_not_at_all(shop):
    lines = [
        {"sku": "LAMP-2", "quantity": "1", "amount": "5"},
        {"name": "Gift wrap", "quantity": "1", "amount": "2.5"},
    ]
    (number,) = make(shop, {"customer_id": shop.single, "lines": lines})
    found = [(line["product_id"], line["sku"], line["name"], line["amount"]) for line in read(shop, number)["lines"]]
    assert found == [(shop.red, "LAMP-2", "Red lamp", "5.00"), (None, None, "Gift wrap", "2.50")]
    assert read(shop, number)["total_amount"] == "7.50"


@pytest.mark.parametrize(("word", "letter"), [("open", "B"), ("fulfilled", "G"), ("cancelled", "C")])
def test_a_status_is_a_letter(shop, word, letter):
    made, changed = make(shop, an_order(shop, status=word), {"customer_id": shop.single})
    shop.simulator.edit("order", changed, {"status": word})
    assert [row["status"] for row in shop.rows("SELECT status FROM transaction ORDER BY id")] == [letter, letter]
    assert (read(shop, made)["status"], read(shop, changed)["status"]) == (word, word)


@pytest.mark.parametrize(
    ("change", "total"),
    [
        ({"status": "fulfilled"}, "60.80"),
        ({"placed_on": "2026-11-21"}, "60.80"),
        ({"discount_amount": "6.00"}, "59.80"),
        ({"tax_amount": None}, "59.70"),
        ({"total_amount": "61.00"}, "61.00"),
        ({"lines": [{"product_id": "101", "sku": "LAMP-1", "name": "G", "quantity": "1", "amount": "10.00"}]}, "10.10"),
    ],
)
def test_an_order_was_modified_when_its_header_or_its_lines_changed(shop, change, total):
    changed, other = make(shop, an_order(shop), an_order(shop, external_id=None))
    shop.clock.ms += 60_999
    shop.simulator.edit("order", changed, change)
    assert (modified(shop, changed), modified(shop, other)) == ("12:01:00", "12:00:00")
    found = read(shop, changed)
    assert {name: found[name] for name in change} == change
    assert found["total_amount"] == total
    assert read(shop, other)["total_amount"] == "60.80"
    assert shop.rows(LINES, changed)[0]["foreignamount"] == str(float(total)).removesuffix(".0")


def test_what_was_refunded_changes_nothing_else(shop):
    (number,) = make(shop, an_order(shop))
    before = read(shop, number)
    shop.simulator.edit("order", number, {"refunded": "5.00"})
    assert read(shop, number) == before


def test_orders_are_not_archived_but_can_be_deleted(shop):
    kept, gone = make(shop, an_order(shop), an_order(shop, external_id="O-2"))
    with pytest.raises(ValueError, match="archive"):
        shop.simulator.archive("order", kept)
    shop.simulator.delete("order", gone)
    assert read(shop, gone) == {"state": "deleted"}
    assert shop.rows("SELECT recordid, type FROM deletedrecord") == [{"recordid": gone, "type": "salesorder"}]
    assert {row["transaction"] for row in shop.rows("SELECT DISTINCT transaction FROM transactionline")} == {kept}
    assert shop.simulator.ids("order") == [kept]
    with pytest.raises(KeyError):
        shop.simulator.edit("order", gone, {"status": "open"})


def test_an_order_has_the_documented_shape(shop):
    (number,) = make(shop, an_order(shop))
    body = shop.call("GET", f"{ORDER}/{number}", params={"expandSubResources": "true"}).json()
    assert (body["otherRefNum"], body["tranDate"], body["tranId"]) == ("#1001", "2026-11-20", f"SO{number}")
    assert body["orderStatus"] == body["status"] == {"id": "B", "refName": "Pending Fulfillment"}
    assert (body["entity"]["id"], body["entity"]["refName"]) == (shop.member, "Ada L")
    assert body["currency"]["refName"] == "Euro"
    assert (body["subtotal"], body["discountTotal"], body["taxTotal"]) == (60.7, -5.0, 1.1)
    assert (body["shippingCost"], body["total"], body["custbody_shop_us_id"]) == (4.0, 60.8, "55")
    first = body["item"]["items"][0]
    assert (first["line"], first["item"]["id"], first["item"]["refName"]) == (1, shop.green, "LAMP-1")
    assert (first["quantity"], first["rate"], first["amount"]) == (2.0, 10.25, 20.5)
    assert (body["item"]["totalResults"], body["item"]["hasMore"]) == (2, False)
    simple = shop.call("GET", f"{ORDER}/{number}", params={"simpleEnumFormat": "true"}).json()
    assert simple["orderStatus"] == "B"
    assert set(simple["item"]) == {"links"}


def test_an_order_is_made_through_the_record_service(shop):
    body = {
        "entity": {"id": shop.member},
        "otherRefNum": "#7",
        "tranDate": "2026-11-22",
        "currency": {"id": "1"},
        "discountRate": -1.5,
        "shippingCost": 2,
        "taxTotal": 0.5,
        "custbody_shop_us_id": "56",
        "item": {
            "items": [
                {"item": {"id": shop.green}, "quantity": 2},
                {"item": {"id": shop.red}, "quantity": 4, "rate": 3.25},
                {"item": {"id": shop.red}, "quantity": 3, "amount": 10, "description": "Special"},
            ]
        },
    }
    found = read(shop, shop.created(ORDER, body))
    assert [line["amount"] for line in found["lines"]] == ["20.50", "13.00", "10.00"]
    assert [found[f"{name}_amount"] for name in ("subtotal", "discount", "shipping", "tax", "total")] == [
        "43.50", "1.50", "2.00", "0.50", "44.50",
    ]  # fmt: skip
    assert (found["number"], found["placed_on"], found["cross_ids"]) == ("#7", "2026-11-22", {"shop_us": "56"})
    assert found["lines"][2]["name"] == "Special"


def test_lines_in_a_body_merge_by_line_unless_they_replace(shop):
    def patch(*items, **asked):
        answer = shop.call("PATCH", f"{ORDER}/{number}", json={"item": {"items": list(items)}}, params=asked)
        assert answer.status_code == 204, answer.text
        return [(line["product_id"], line["quantity"], line["amount"]) for line in read(shop, number)["lines"]]

    (number,) = make(shop, an_order(shop))
    both = patch({"line": 2, "quantity": 1})
    assert both == [(shop.green, "2", "20.50"), (shop.red, "1", "13.40")]
    assert read(shop, number)["total_amount"] == "34.00"
    assert patch({"item": {"id": shop.green}, "quantity": 1}) == [*both, (shop.green, "1", "0.00")]
    keys = {row["id"] for row in shop.rows("SELECT id FROM transactionline WHERE itemtype = 'InvtPart'")}
    assert keys == {"1", "2", "3"}
    assert patch({"line": 3, "item": {"id": shop.red}, "quantity": 1, "amount": 7}, replace="item") == [
        (shop.red, "1", "7.00")
    ]
    assert (
        shop.refusal("PATCH", f"{ORDER}/{number}", json={"item": {"items": [{"line": 9}]}})[2] == "item.items[0].line"
    )
    assert shop.refusal("PATCH", f"{ORDER}/{number}", json={"memo": "x"}, params={"replace": "lines"})[2] == "replace"


def test_an_order_of_which_every_line_is_closed_is_closed(shop):
    (number,) = make(shop, an_order(shop))
    shop.call("PATCH", f"{ORDER}/{number}", json={"item": {"items": [{"line": 1, "isClosed": True}]}})
    assert read(shop, number)["status"] == "open"
    shop.call("PATCH", f"{ORDER}/{number}", json={"item": {"items": [{"line": 2, "isClosed": True}]}})
    assert shop.rows("SELECT status FROM transaction") == [{"status": "H"}]
    assert read(shop, number)["status"] == "cancelled"
    shop.call("PATCH", f"{ORDER}/{number}", json={"item": {"items": [{"line": 2, "isClosed": False}]}})
    assert read(shop, number)["status"] == "open"


def test_a_header_change_keeps_the_lines_and_a_total_that_was_typed_in(shop):
    (number,) = make(shop, an_order(shop, total_amount="61.00"))
    keys = "SELECT uniquekey, id FROM transactionline ORDER BY id"
    before = shop.rows(keys)
    assert shop.call("PATCH", f"{ORDER}/{number}", json={"memo": "Call first"}).status_code == 204
    assert (read(shop, number)["total_amount"], shop.rows(keys)) == ("61.00", before)
    assert shop.call("PATCH", f"{ORDER}/{number}", json={"shippingCost": 5}).status_code == 204
    assert read(shop, number)["total_amount"] == "61.80"
    assert shop.call("PATCH", f"{ORDER}/{number}", json={"orderStatus": {"id": "A"}}).status_code == 204
    assert shop.rows("SELECT status FROM transaction") == [{"status": "A"}]


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"entity": None}, "entity"),
        ({"entity": {"id": "101"}}, "entity"),
        ({"currency": {"id": "99"}}, "currency"),
        ({"tranDate": "2026-02-30"}, "tranDate"),
        ({"tranDate": "11/20/2026"}, "tranDate"),
        ({"orderStatus": {"id": "C"}}, "orderStatus"),
        ({"total": 5}, "total"),
        ({"subtotal": 5}, "subtotal"),
        ({"discountTotal": 5}, "discountTotal"),
        ({"shippingCost": "5"}, "shippingCost"),
        ({"item": {"items": []}}, "item"),
        ({"item": {"items": [{"quantity": 1}]}}, "item.items[0].item"),
        ({"item": {"items": [{"item": {"id": "1"}, "quantity": 1}]}}, "item.items[0].item"),
        ({"item": {"items": [{"item": {"id": "101"}}]}}, "item.items[0].quantity"),
        ({"item": {"items": [{"item": {"id": "101"}, "quantity": "2"}]}}, "item.items[0].quantity"),
        ({"item": {"items": [{"item": {"id": "101"}, "quantity": 1, "description": 5}]}}, "item.items[0].description"),
        ({"item": {"items": [{"item": {"id": "101"}, "quantity": 1, "isClosed": "T"}]}}, "item.items[0].isClosed"),
        ({"item": {"items": ["lamp"]}}, "item"),
    ],
)
def test_an_order_that_is_wrong_is_refused_with_the_place_and_not_made(shop, change, place):
    lines = {"items": [{"item": {"id": shop.green}, "quantity": 1}]}
    body = {"entity": {"id": shop.member}, "item": lines, **change}
    assert shop.refusal("POST", ORDER, json=body) == (400, "INVALID_CONTENT", place)
    assert shop.simulator.ids("order") == []


@pytest.mark.parametrize(
    ("q", "numbers"),
    [
        ("otherRefNum IS #1", ["#1"]),
        ("tranDate ON 11/20/2026", ["#1"]),
        ("tranDate AFTER 11/20/2026", ["#2"]),
        ("total GREATER 50", ["#1"]),
        ("discountRate LESS 0", ["#1"]),
        ("orderStatus ANY_OF [G, F]", ["#2"]),
        ("entity ANY_OF [1003]", ["#1"]),
        ("entity ANY_OF [1003, 1004]", ["#1", "#2"]),
        ("currency ANY_OF [4]", ["#1"]),
        ("custbody_shop_us_id IS 55", ["#1"]),
    ],
)
def test_orders_are_filtered(shop, q, numbers):
    second = {"number": "#2", "customer_id": shop.single, "status": "fulfilled"}
    made = make(shop, an_order(shop, number="#1"), second)
    listed = [item["id"] for item in shop.call("GET", ORDER, params={"q": q}).json()["items"]]
    assert listed == [one for one, number in zip(made, ("#1", "#2"), strict=True) if number in numbers]


@pytest.mark.parametrize(
    "q", ["entity IS 5", "entity ANY_OF [x]", "total IS 5", "status ANY_OF [B]", "tranDate NEAR 1/1/2026"]
)
def test_a_filter_an_order_has_not_is_refused(shop, q):
    assert shop.refusal("GET", ORDER, params={"q": q}) == (400, "INVALID_PARAMETER", "q")


def test_an_upsert_twice_makes_one_order(shop):
    body = {"entity": {"id": shop.member}, "item": {"items": [{"item": {"id": shop.green}, "quantity": 1}]}}
    first = shop.call("PUT", f"{ORDER}/eid:O-9", json=body)
    again = shop.call("PUT", f"{ORDER}/eid:O-9", json={**body, "item": {"items": [{"line": 1, "quantity": 2}]}})
    assert first.headers["Location"] == again.headers["Location"]
    (number,) = shop.simulator.ids("order")
    assert [line["quantity"] for line in read(shop, number)["lines"]] == ["2"]


amounts = st.decimals(min_value=0, max_value=9999, places=2)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(goods=st.lists(amounts, min_size=1, max_size=4), discount=amounts, tax=amounts, shipping=amounts)
def test_the_lines_of_an_order_sum_to_nothing_to_the_cent(shop, goods, discount, tax, shipping):
    lines = [{"product_id": shop.green, "quantity": "3", "amount": str(one)} for one in goods]
    added = {"discount_amount": str(discount), "tax_amount": str(tax), "shipping_amount": str(shipping)}
    (number,) = make(shop, {"customer_id": shop.single, "lines": lines, **added})
    sums = next(row for row in shop.rows(SUMS) if row["id"] == number)
    assert sums["balance"] == "0"
    assert [float(sums[name]) for name in ("goods", "discount", "tax")] == [
        float(sum(goods)),
        float(discount),
        float(tax),
    ]
    total = sum(goods) - discount + tax + shipping
    assert read(shop, number)["total_amount"] == f"{total:.2f}"
    shop.simulator.delete("order", number)


def test_orders_are_paged_by_key_with_their_lines(shop):
    made = make(shop, *(an_order(shop, number=f"#{n}", external_id=None) for n in range(7)))
    seen, last = [], "0"
    while rows := shop.rows("SELECT t.id FROM transaction t WHERE t.id > ? ORDER BY t.id", last, limit=3):
        seen += [row["id"] for row in rows]
        last = seen[-1]
    assert seen == made
    marks = ", ".join("?" * len(made))
    sql = (
        "SELECT l.transaction, i.itemid FROM transactionline l INNER JOIN item i ON i.id = l.item "
        f"WHERE l.itemtype = 'InvtPart' AND l.transaction IN ({marks}) ORDER BY l.transaction, l.linesequencenumber"
    )
    assert shop.rows(sql, *made) == [
        {"transaction": one, "itemid": sku} for one in made for sku in ("LAMP-1", "LAMP-2")
    ]


def test_everything_survives_a_restart(open_account):
    before = open_account()
    (company,) = before.make({"name": "Mill & Co", "custom_vat_class": "B"}, kind="company")
    (lamp,) = before.make({"sku": "1", "inventory": [{"location": "Reno", "quantity": "2"}]}, kind="product")
    sold = [{"product_id": lamp, "quantity": "2", "amount": "5"}]
    (order,) = before.make({"company_id": company, "currency": "MXN", "lines": sold}, kind="order")
    after = open_account()
    for kind, number in (("company", company), ("product", lamp), ("order", order)):
        assert after.simulator.read(kind, number) == before.simulator.read(kind, number)
    assert after.rows("SELECT custentity_vat_class AS c FROM customer") == [{"c": "B"}]
    assert after.make({"company_id": company}, kind="order") != [order]


def test_every_line_is_where_its_link_says(shop):
    (number,) = make(shop, an_order(shop))
    lines = shop.call("GET", f"{ORDER}/{number}", params={"expandSubResources": "true"}).json()["item"]["items"]
    assert len(lines) == 2
    for line in lines:
        answer = shop.send("GET", line["links"][0]["href"], headers=shop.bearer())
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith("application/vnd.oracle.resource+json; type=singular")
        assert answer.json() == line
    assert shop.refusal("GET", f"{ORDER}/{number}/item/9") == (404, "NONEXISTENT_ID", "line")
    assert shop.refusal("GET", f"{ORDER}/{number}/guests/1") == (404, "NONEXISTENT_ID", "guests")
    assert shop.refusal("GET", f"{ORDER}/1/item/1")[:2] == (404, "NONEXISTENT_ID")


def test_no_amount_is_a_negative_nothing(shop):
    nothing = {"discount_amount": "0.00", "tax_amount": "0", "shipping_amount": "0.00", "total_amount": None}
    sold = [{"product_id": shop.green, "quantity": "0", "amount": "0.00"}]
    (number,) = make(shop, an_order(shop, **nothing, lines=sold))
    assert shop.call("PATCH", f"{ORDER}/{number}", json={"discountRate": -0.0}).status_code == 204
    answers = [
        shop.call("GET", f"{ORDER}/{number}", params={"expandSubResources": "true"}),
        shop.call("GET", f"{ORDER}/{number}/item/1"),
        shop.query(
            "SELECT -foreignamount AS turned, quantity, -SUM(rate) AS s FROM transactionline GROUP BY foreignamount, quantity"
        ),
    ]
    for answer in answers:
        assert answer.status_code == 200, answer.text
        assert re.findall(r'[:"]-0[.0]*[",}]', answer.text) == []
    assert answers[0].json()["discountTotal"] == 0
