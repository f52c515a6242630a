"""Custom fields of a client on a simulated NetSuite account: columns for SuiteQL, fields of records, in the catalogue."""

import pytest

from sg_pipelines.sandbox.simulator import CustomField

FIELDS = {
    "customer": ("customer", "customer", "custentity_segment"),
    "company": ("customer", "customer", "custentity_segment"),
    "product": ("inventoryItem", "item", "custitem_segment"),
    "order": ("salesOrder", "transaction", "custbody_segment"),
}
SCHEMA = {"Accept": "application/schema+json"}


@pytest.fixture
def made(erp):
    """A function that makes one record of a kind, without custom fields."""

    def make(kind):
        (company,) = erp.make({"name": "Acme"}, kind="company")
        rows = {
            "customer": {"first_name": "Ada", "last_name": "L"},
            "company": {"name": "Bolt"},
            "product": {"sku": "A-1"},
            "order": {"company_id": company, "lines": []},
        }
        return erp.make(rows[kind], kind=kind)[0]

    return make


@pytest.mark.parametrize("kind", FIELDS)
def test_a_field_says_nothing_until_somebody_writes_it(erp, made, kind):
    type_, table, column = FIELDS[kind]
    number = made(kind)
    query = f"SELECT id, {column} FROM {table} WHERE id = {number}"
    assert erp.query(query).status_code == 400
    erp.simulator.make_fields([CustomField(kind, "custom_segment", column)])
    assert erp.rows(query) == [{"id": number}]
    schema = erp.call("GET", f"/record/v1/metadata-catalog/{type_}", headers=SCHEMA).json()
    assert schema["properties"][column]["x-ns-custom-field"] is True
    assert erp.call("PATCH", f"/record/v1/{type_}/{number}", json={column: "retail"}).status_code == 204
    assert erp.rows(query) == [{"id": number, column: "retail"}]
    assert erp.call("GET", f"/record/v1/{type_}/{number}").json()[column] == "retail"
    found = erp.call("GET", f"/record/v1/{type_}", params={"q": f"{column} IS retail"}).json()["items"]
    assert [one["id"] for one in found] == [number]
    assert erp.simulator.read(kind, number)["custom_segment"] == "retail"
    erp.simulator.edit(kind, number, {"custom_segment": None})
    assert erp.rows(query) == [{"id": number}]


def test_a_column_may_be_called_otherwise_than_the_field(erp):
    erp.simulator.make_fields([CustomField("company", "custom_segment", "custentity_MARKET")])
    (number,) = erp.make({"name": "Acme", "custom_segment": "retail"}, kind="company")
    assert erp.rows("SELECT custentity_market FROM customer") == [{"custentity_market": "retail"}]
    assert erp.simulator.read("company", number)["custom_segment"] == "retail"


def test_a_name_that_no_custom_field_can_have_stays_unknown(erp):
    erp.simulator.make_fields([CustomField("product", "custom_segment", "custentity_segment")])
    assert erp.query("SELECT custentity_segment FROM item").status_code == 400


def test_fields_and_their_values_survive_a_restart(open_account):
    before = open_account()
    before.simulator.make_fields([CustomField("order", "custom_channel", "custbody_sales_channel")])
    (company,) = before.make({"name": "Acme"}, kind="company")
    (number,) = before.make({"company_id": company, "custom_channel": "fair"}, kind="order")
    after = open_account()
    assert after.rows("SELECT custbody_sales_channel FROM transaction") == [{"custbody_sales_channel": "fair"}]
    assert after.simulator.read("order", number)["custom_channel"] == "fair"


def test_a_multiple_select_is_ids_and_its_names_are_asked_for(erp):
    (number,) = erp.make({"name": "Acme", "custom_grades": ["gold", "silver"], "custom_note": "x"}, kind="company")
    (row,) = erp.rows(
        "SELECT custentity_grades AS ids, BUILTIN.DF(c.custentity_grades) AS n, BUILTIN.DF(custentity_note) AS t "
        "FROM customer c"
    )
    assert (row["n"], row["t"]) == ("gold, silver", "x")
    assert all(one.isdecimal() for one in row["ids"].split(", "))
    assert erp.simulator.read("company", number)["custom_grades"] == ["gold", "silver"]
    assert erp.query("SELECT BUILTIN.CF(custentity_grades) FROM customer").status_code == 400


def test_a_field_for_dates_comes_in_the_display_format_unless_written_otherwise(open_account):
    before = open_account()
    (number,) = before.make({"name": "Acme", "custom_since": "2026-11-24"}, kind="company")
    query = "SELECT custentity_since AS d, TO_CHAR(custentity_since, 'YYYY-MM-DD') AS w FROM customer"
    assert before.query(query).status_code == 400
    since = CustomField("company", "custom_since", "custentity_since", is_instant=True)
    before.simulator.make_fields([since])
    erp = open_account()
    assert erp.rows(query) == [{"d": "11/24/2026 12:00 am", "w": "2026-11-24"}]
    assert erp.rows(f"{query} WHERE custentity_since > '11/24/2026'") == []
    patched = {
        moment: erp.call("PATCH", f"/record/v1/customer/{number}", json={"custentity_since": moment})
        for moment in ("soon", "2026-11-25T10:00:00Z")
    }
    assert [one.status_code for one in patched.values()] == [400, 204]
    assert erp.rows(query) == [{"d": "11/25/2026 10:00 am", "w": "2026-11-25"}]
    with pytest.raises(ValueError, match="soon"):
        erp.simulator.edit("company", number, {"custom_since": "soon"})
    erp.simulator.make_fields([CustomField("company", "custom_since", "custentity_since")])
    assert open_account().query(query).status_code == 400
