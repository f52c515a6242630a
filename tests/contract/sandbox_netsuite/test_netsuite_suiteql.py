"""What SuiteQL does on a simulated NetSuite account, and what it refuses."""

import csv
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sg_pipelines.sandbox.netsuite.schema import COLUMNS
from sg_pipelines.sandbox.netsuite.suiteql_dates import display, from_display

# Tables of the published samples, and columns of ours that those samples leave out
SAMPLES = {
    "customer": ("customer", "vatregnumber subsidiary custentity_loyalty_tier"),
    "entity": ("entities", ""),
    "entityaddress": ("entity_address", ""),
    "item": ("item", "itemid externalid displayname upccode cost isinactive createddate lastmodifieddate"),
    "location": ("location", ""),
    "transaction": ("transaction", "recordtype tranid externalid otherrefnum foreigntotal voided lastmodifieddate"),
    "transactionline": ("transaction_line", ""),
    "currency": ("currency", ""),
    "subsidiary": ("subsidiary", ""),
}
NOON_MS = 1_795_521_600_000
SECOND, HOUR = 1_000, 3_600_000
EARLIEST = datetime(1000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
KEYSET = (
    "SELECT c.id, c.email, a.city FROM customer c LEFT JOIN entityaddress a ON a.nkey = c.defaultbillingaddress "
    "WHERE c.isperson = 'T' AND c.id > ? ORDER BY c.id"
)


def person(number, **more):
    return {"first_name": "Ada", "last_name": f"L{number}", "email": f"ada{number}@example.com", **more}


def at(ms, number=0):
    return person(number, modified_at_ms=ms, created_at_ms=ms)


def ids(account, condition, *parameters):
    return [row["id"] for row in account.rows(f"SELECT id FROM customer WHERE {condition} ORDER BY id", *parameters)]


def test_a_page_says_where_it_is_and_what_there_is_in_all(account):
    account.make(*(person(n) for n in range(5)))
    body = account.query("SELECT id FROM customer ORDER BY id", limit=2, offset=2).json()
    assert (body["count"], body["offset"], body["totalResults"], body["hasMore"]) == (2, 2, 5, True)
    assert [item["links"] for item in body["items"]] == [[], []]
    assert {link["rel"] for link in body["links"]} == {"self", "first", "prev", "next", "last"}
    last = account.query("SELECT id FROM customer ORDER BY id", limit=2, offset=4).json()
    assert (last["count"], last["hasMore"]) == (1, False)


def test_values_are_texts_in_lower_case_columns_and_nulls_are_left_out(account):
    (number,) = account.make(person(1, company_name=""))
    rows = account.rows("SELECT ID, FirstName AS Given, phone, companyname, isinactive, subsidiary FROM Customer")
    assert rows == [{"id": number, "given": "Ada", "isinactive": "F", "subsidiary": "1"}]


def test_columns_without_a_name_are_numbered(account):
    account.make(person(1))
    rows = account.rows("SELECT COUNT(*), MIN(id) AS least, UPPER(MAX(email)) FROM customer")
    assert rows == [{"expr1": "1", "least": "1001", "expr2": "ADA1@EXAMPLE.COM"}]


def test_keyset_paging_brings_everybody_once_with_the_address(account):
    made = account.make(*(person(n, address_city="Reno") for n in range(7)))
    seen, last = [], "0"
    while rows := account.rows(KEYSET, last, limit=3):
        seen += rows
        last = rows[-1]["id"]
    assert [row["id"] for row in seen] == made
    assert {row["city"] for row in seen} == {"Reno"}


def test_an_address_has_an_id_of_its_own(account):
    account.make(person(1, address_city="Reno"))
    wrong = "SELECT a.city FROM customer c INNER JOIN entityaddress a ON a.nkey = c.id"
    assert account.rows(wrong) == []


def test_dates_come_in_the_display_format_unless_written_otherwise(account):
    account.make(at(NOON_MS + 5 * HOUR + 7 * SECOND + 999))
    written = "TO_CHAR(lastmodifieddate, 'YYYY-MM-DD HH24:MI:SS')"
    rows = account.rows(
        f"SELECT lastmodifieddate, {written} AS w, TO_CHAR(datecreated, 'mm/dd/yyyy') AS d FROM customer"
    )
    assert rows == [{"lastmodifieddate": "11/24/2026 5:00 pm", "w": "2026-11-24 17:00:07", "d": "11/24/2026"}]
    assert account.rows("SELECT MAX(lastmodifieddate) AS m FROM customer") == [{"m": "11/24/2026 5:00 pm"}]


@pytest.mark.parametrize(
    ("bound", "parameters"),
    [
        ("TO_TIMESTAMP('2026-11-24 12:00:01', 'YYYY-MM-DD HH24:MI:SS')", ()),
        ("TO_TIMESTAMP(?, 'YYYY-MM-DD HH24:MI:SS')", ("2026-11-24 12:00:01",)),
        ("TO_DATE('2026-11-24 120001', 'YYYY-MM-DD HH24MISS')", ()),
        ("TO_DATE(?, 'MM/DD/YYYY HH12:MI:SS AM')", ("11/24/2026 12:00:01 PM",)),
    ],
)
def test_times_compare_to_the_second(account, bound, parameters):
    before, equal, after = account.make(*(at(NOON_MS + n * SECOND) for n in range(3)))
    assert ids(account, f"lastmodifieddate > {bound}", *parameters) == [after]
    assert ids(account, f"lastmodifieddate >= {bound}", *parameters) == [equal, after]
    assert ids(account, f"lastmodifieddate = {bound}", *parameters) == [equal]
    assert ids(account, f"{bound} > lastmodifieddate", *parameters) == [before]


def test_a_text_compared_with_a_date_is_read_in_the_display_format(account):
    early, late = account.make(at(NOON_MS - 24 * HOUR), at(NOON_MS))
    assert ids(account, "lastmodifieddate >= '11/24/2026'") == [late]
    assert ids(account, "lastmodifieddate < ?", "11/24/2026 12:00 pm") == [early]
    assert ids(account, "lastmodifieddate BETWEEN ? AND ?", "11/23/2026", "11/24/2026") == [early]


@pytest.mark.parametrize("text", ["2026-11-24", "2026-11-24 12:00:00", "yesterday", "13/40/2026"])
def test_a_date_in_another_format_is_refused_and_not_compared_as_a_text(account, text):
    account.make(at(NOON_MS))
    answer = account.query("SELECT id FROM customer WHERE lastmodifieddate >= ?", text)
    assert answer.status_code == 400
    assert "M/D/YYYY" in answer.json()["o:errorDetails"][0]["detail"]


def test_equal_times_are_told_apart_by_id(account):
    made = account.make(*(at(NOON_MS, n) for n in range(4)))
    moment = "TO_TIMESTAMP(?, 'YYYY-MM-DD HH24:MI:SS')"
    after = f"lastmodifieddate > {moment} OR (lastmodifieddate = {moment} AND id > ?)"
    assert ids(account, after, "2026-11-24 12:00:00", "2026-11-24 12:00:00", made[1]) == made[2:]


def test_conditions_mean_what_they_say(account):
    one, two, three = account.make(person(1, phone="1"), person(2, lifecycle="lead"), person(3, phone="3"))
    assert ids(account, "phone IS NULL") == [two]
    assert ids(account, "phone IS NOT NULL AND NOT (phone = '1')") == [three]
    assert ids(account, "id IN (?, ?)", one, three) == [one, three]
    assert ids(account, "id BETWEEN ? AND ?", two, three) == [two, three]
    assert ids(account, "email LIKE 'ada_@%'") == [one, two, three]
    assert ids(account, "email LIKE 'ADA_@%'") == []
    assert ids(account, "UPPER(email) LIKE 'ADA1@%' OR searchstage = 'Lead'") == [one, two]
    assert ids(account, "NVL(phone, 'none') = 'none'") == [two]
    assert ids(account, "id IN (SELECT e.id FROM entity e WHERE e.type = 'CustJob' AND e.phone = '3')") == [three]


def test_nulls_sort_last_as_in_oracle(account):
    without, with_ = account.make(person(1), person(2, phone="2"))
    assert account.rows("SELECT id FROM customer ORDER BY phone") == [{"id": with_}, {"id": without}]
    assert account.rows("SELECT id FROM customer ORDER BY phone DESC") == [{"id": without}, {"id": with_}]


def test_rows_are_counted_by_group(account):
    account.make(person(1, lifecycle="lead"), person(2, lifecycle="lead"), person(3, lifecycle="customer"))
    sql = "SELECT searchstage, COUNT(*) AS n FROM customer GROUP BY searchstage HAVING COUNT(*) > 0 ORDER BY n DESC"
    assert account.rows(sql) == [{"searchstage": "Lead", "n": "2"}, {"searchstage": "Customer", "n": "1"}]


def test_fetch_first_and_rownum_bound_the_rows_and_the_total(account):
    made = account.make(*(person(n) for n in range(5)))
    last_two = account.query("SELECT id FROM customer ORDER BY id DESC FETCH FIRST 2 ROWS ONLY").json()
    assert [item["id"] for item in last_two["items"]] == made[:-3:-1]
    assert last_two["totalResults"] == 2
    assert len(account.rows("SELECT id FROM customer WHERE ROWNUM <= 3 AND isperson = 'T'")) == 3
    assert len(account.rows("SELECT id FROM customer WHERE ROWNUM < 3")) == 2


@pytest.mark.parametrize(
    ("sql", "named"),
    [
        ("DELETE FROM customer", "SELECT"),
        ("UPDATE customer SET email = 'x'", "SELECT"),
        ("SELECT id FROM customer; SELECT id FROM customer", "SELECT"),
        ("SELECT id FROM customer UNION SELECT id FROM customer", "SELECT"),
        ("WITH x AS (SELECT id FROM customer) SELECT id FROM x", "WITH"),
        ("SELECT FROM WHERE", "cannot be read"),
        ("SELECT * FROM customer", "*"),
        ("SELECT id FROM invoice", "invoice"),
        ("SELECT discounttotal FROM transaction", "discounttotal"),
        ("SELECT SUM(firstname) AS n FROM customer", "firstname"),
        ("SELECT TO_DATE(?, 'YYYY') + 1 AS n FROM customer", "ADD"),
        ("SELECT custentity_shoe_size FROM customer", "custentity_shoe_size"),
        ("SELECT custbody_hubspot_id FROM customer", "custbody_hubspot_id"),
        ("SELECT name FROM sqlite_master", "sqlite_master"),
        ("SELECT id FROM netsuite_customer", "netsuite_customer"),
        ("SELECT pem FROM netsuite_certificate", "netsuite_certificate"),
        ("SELECT balance FROM customer", "balance"),
        ("SELECT c.addr1 FROM customer c", "addr1"),
        ("SELECT LENGTH(email) AS n FROM customer", "LENGTH"),
        ("SELECT BUILTIN_RESULT(id) AS n FROM customer", "BUILTIN_RESULT"),
        ("SELECT id FROM customer LIMIT 5", "LIMIT"),
        ("SELECT id FROM customer OFFSET 5 ROWS", "OFFSET"),
        ("SELECT id FROM customer FOR UPDATE", "LOCK"),
        ("SELECT lastmodifieddate + 1 AS d FROM customer", "ADD"),
        ("SELECT id FROM customer WHERE lastmodifieddate > id", "compared with a date"),
        ("SELECT TO_CHAR(lastmodifieddate, 'DD-MON-YYYY') AS d FROM customer", "MON"),
        ("SELECT id FROM customer WHERE lastmodifieddate > TO_DATE('1', 'J')", "'J'"),
        ("SELECT c.id FROM customer c, entityaddress a WHERE a.nkey (+) = c.id", "(+)"),
        ("SELECT c.id FROM customer c FULL OUTER JOIN entityaddress a ON a.nkey = c.id", "FULL"),
        ("SELECT c.id FROM customer c RIGHT JOIN entityaddress a ON a.nkey = c.id", "RIGHT"),
        ("SELECT c.id FROM customer c NATURAL JOIN entityaddress a", "NATURAL"),
        ("SELECT n FROM (SELECT id AS n FROM customer)", "sub-select"),
        ("SELECT firstname, COUNT(id) AS n FROM customer", "GROUP BY"),
        ("SELECT id FROM customer WHERE ROWNUM <= 5 ORDER BY email", "FETCH FIRST"),
        ("SELECT id FROM customer WHERE ROWNUM <= 5 OR id > 3", "ROWNUM"),
        ("SELECT id FROM customer WHERE NOT ROWNUM <= 5", "ROWNUM"),
        ("SELECT id FROM customer WHERE id = :one", "parameters"),
        ("SELECT id FROM customer WHERE id = ?", "params"),
    ],
)
def test_what_is_beyond_the_subset_is_refused_by_name(account, sql, named):
    answer = account.query(sql)
    assert answer.status_code == 400
    detail = answer.json()["o:errorDetails"][0]
    assert detail["o:errorCode"] == "INVALID_REQUEST"
    assert named in detail["detail"]


@pytest.mark.parametrize("parameters", [[["1"]], [{"a": 1}], [10**30], ["1", "2"]])
def test_parameters_that_fit_no_mark_are_refused(account, parameters):
    assert account.query("SELECT id FROM customer WHERE id = ?", *parameters).status_code == 400


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b'"q"', b'{"q": 5}', b'{"q": "SELECT id FROM customer", "params": {"a": 1}}']
)
def test_a_body_that_is_no_query_is_refused(account, body):
    answer = account.call("POST", "/query/v1/suiteql", content=body, headers={"Prefer": "transient"})
    assert answer.status_code == 400


def test_the_transient_preference_is_required(account):
    answer = account.call("POST", "/query/v1/suiteql", json={"q": "SELECT id FROM customer"})
    assert answer.status_code == 400
    assert answer.json()["o:errorDetails"][0]["o:errorHeader"] == "Prefer"


@pytest.mark.parametrize(
    "paging",
    [
        {"limit": 0},
        {"limit": 1001},
        {"limit": "ten"},
        {"offset": 7, "limit": 5},
        {"offset": -5, "limit": 5},
        {"offset": 100_000},
    ],
)
def test_paging_that_is_not_allowed_is_refused(account, paging):
    assert account.query("SELECT id FROM customer", **paging).status_code == 400


def test_deleted_and_merged_customers_are_known_to_deletedrecord(account):
    kept, gone, loser = account.make(person(1), person(2), person(3))
    account.clock.ms += HOUR
    account.simulator.delete("customer", gone)
    account.simulator.merge("customer", winner=kept, loser=loser)
    sql = "SELECT recordid, type, name, deleteddate FROM deletedrecord WHERE deleteddate >= TO_DATE(?, 'YYYY-MM-DD')"
    rows = account.rows(f"{sql} ORDER BY recordid", "2026-11-24")
    when = {"type": "customer", "deleteddate": "11/24/2026 1:00 pm"}
    assert rows == [{"recordid": number, "name": f"CUST{number}", **when} for number in (gone, loser)]
    assert ids(account, "id > 0") == [kept]


def test_an_archived_customer_is_inactive_and_was_modified(account):
    (number,) = account.make(at(NOON_MS))
    account.clock.ms += HOUR
    account.simulator.archive("customer", number)
    rows = account.rows("SELECT isinactive, lastmodifieddate FROM customer")
    assert rows == [{"isinactive": "T", "lastmodifieddate": "11/24/2026 1:00 pm"}]


def test_the_small_tables_can_be_joined(account):
    account.make(person(1))
    sql = "SELECT s.name FROM customer c INNER JOIN subsidiary s ON s.id = c.subsidiary"
    assert account.rows(sql) == [{"name": "Parent Company"}]
    assert account.rows("SELECT symbol FROM currency WHERE isbasecurrency = 'T'") == [{"symbol": "USD"}]


@given(st.datetimes(min_value=EARLIEST).map(lambda one: one.replace(second=0, microsecond=0)))
def test_the_display_format_reads_back_as_it_was_written(moment):
    stored = f"{moment.isoformat()}Z"
    assert from_display(display(stored)) == stored


def test_days_have_no_time_and_amounts_no_noise(account):
    lines = [{"quantity": "3", "amount": amount} for amount in ("0.10", "0.20")]
    account.make({"placed_on": "2026-11-04", "lines": lines}, kind="order")
    sql = "SELECT trandate, TO_CHAR(trandate) AS c, TO_CHAR(trandate, 'YYYY-MM-DD') AS w FROM transaction"
    assert account.rows(sql) == [{"trandate": "11/4/2026", "c": "11/4/2026", "w": "2026-11-04"}]
    assert account.rows("SELECT MAX(trandate) AS m FROM transaction WHERE trandate = ?", "11/4/2026") == [
        {"m": "11/4/2026"}
    ]
    sql = (
        "SELECT SUM(foreignamount) AS s, -SUM(foreignamount) * 2 AS d, ABS(MIN(foreignamount)) + 1 AS a, "
        "TO_CHAR(SUM(quantity) - 0.5) AS t FROM transactionline WHERE mainline = 'F' HAVING SUM(foreignamount) = -0.3"
    )
    assert account.rows(sql) == [{"s": "-0.3", "d": "0.6", "a": "1.2", "t": "-6.5"}]


def test_a_query_asked_again_tells_what_is_true_by_then(account):
    sql = "SELECT c.id, COUNT(t.id) AS n FROM customer c LEFT JOIN transaction t ON t.entity = c.id GROUP BY c.id"
    (one,) = account.make(person(1))
    assert account.rows(sql) == [{"id": one, "n": "0"}]
    account.make({"customer_id": one}, {"customer_id": one}, kind="order")
    (two,) = account.make(person(2))
    assert account.rows(sql) == [{"id": one, "n": "2"}, {"id": two, "n": "0"}]


@pytest.mark.parametrize(
    ("sql", "total"),
    [
        ("SELECT c.id, a.city FROM customer c LEFT JOIN entityaddress a ON a.nkey = c.defaultbillingaddress", 3),
        ("SELECT DISTINCT a.city FROM customer c LEFT JOIN entityaddress a ON a.nkey = c.defaultbillingaddress", 2),
        ("SELECT searchstage, COUNT(id) AS n FROM customer GROUP BY searchstage", 2),
        ("SELECT searchstage, COUNT(id) AS n FROM customer GROUP BY searchstage HAVING COUNT(id) > 1", 1),
        ("SELECT COUNT(id) AS n FROM customer", 1),
        ("SELECT MAX(id) AS n FROM customer WHERE id < 0", 1),
        ("SELECT id FROM customer ORDER BY id FETCH FIRST 2 ROWS ONLY", 2),
        ("SELECT c.id FROM customer c INNER JOIN customer o ON o.searchstage = c.searchstage", 5),
    ],
)
def test_the_total_is_the_number_of_rows_of_the_whole_query(account, sql, total):
    account.make(person(1, address_city="Reno", lifecycle="lead"), person(2, lifecycle="lead"))
    account.make(person(3, lifecycle="customer"))
    body = account.query(sql, limit=1).json()
    assert (body["totalResults"], len(account.rows(sql))) == (total, total)


def test_numbers_compare_as_numbers_also_with_a_text(account):
    account.make({"sku": "1", "cost_amount": "9"}, {"sku": "2", "cost_amount": "10.5"}, kind="product")
    assert account.rows("SELECT itemid FROM item WHERE cost > ?", "9.5") == [{"itemid": "2"}]
    assert [row["cost"] for row in account.rows("SELECT cost FROM item WHERE cost IS NOT NULL ORDER BY cost")] == [
        "9",
        "10.5",
    ]


@pytest.mark.parametrize("table", SAMPLES)
def test_columns_are_called_what_the_platform_calls_them(table, shared):
    sample, absent = SAMPLES[table]
    file = shared(f"data/fivetran/dbt_netsuite/netsuite2_{sample}_data.csv")
    with file.open(encoding="utf-8", newline="") as rows:
        known = set(next(csv.reader(rows)))
    assert set(COLUMNS[table]) - known == set(absent.split())
