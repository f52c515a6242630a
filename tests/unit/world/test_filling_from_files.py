"""A sandbox is filled from files whose folder is recognised by what is in it; nothing is dropped without being counted."""

import sqlite3

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from sg_pipelines.sandbox.filling import fill_from
from sg_pipelines.sandbox.world.ledger import Ledger


@pytest.fixture
def ledger():
    return Ledger(sqlite3.connect(":memory:", isolation_level=None))


@pytest.fixture
def accounts(memory_account):
    return {name: memory_account(name, name) for name in ("hubspot", "shopify", "netsuite")}


def write(folder, name, *lines):
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")


def test_a_folder_nothing_is_known_of_is_answered_with_what_it_should_hold(tmp_path, accounts, ledger):
    with pytest.raises(ValueError, match=r"truth\.parquet.*a\.csv.*dbt_hubspot"):
        fill_from(tmp_path, accounts, ledger)
    with pytest.raises(ValueError, match="there is no folder"):
        fill_from(tmp_path / "gone", accounts, ledger)


def test_lists_of_people_under_a_catalogues_file_names_are_not_taken_for_one(tmp_path, accounts, ledger):
    for name in ("a.csv", "b.csv"):
        write(tmp_path, name, "id,given_name,surname", "1,ada,low")
    write(tmp_path, "truth.csv", "id_a,id_b", "1,1")
    with pytest.raises(ValueError, match="should hold"):
        fill_from(tmp_path, accounts, ledger)


def test_people_of_known_identity(tmp_path, accounts, ledger):
    columns = ("first_name", "last_name", "email", "phone", "company", "street", "city", "zip")
    row = {"id": "9", **dict.fromkeys(columns, "x")}
    for platform in ("hubspot", "shopify"):
        pq.write_table(pa.Table.from_pylist([row]), tmp_path / f"{platform}.parquet")
    truth = [{"platform": platform, "id": "9", "entity": 4} for platform in ("hubspot", "shopify")]
    pq.write_table(pa.Table.from_pylist(truth), tmp_path / "truth.parquet")
    assert fill_from(tmp_path, accounts, ledger) == {"hubspot": 1, "shopify": 1, "netsuite": 0}
    assert ledger.truth() == {"person-4": {"refs": ["hubspot/customer/1", "shopify/customer/1"], "strong": False}}


def test_two_catalogues_go_into_two_shops(tmp_path, memory_account, ledger):
    shops = {name: memory_account(name, "shopify") for name in ("shop_a", "shop_b")}
    write(tmp_path, "a.csv", "id,name,description,price", '0,Lamp,"Tall, bright","$1,234.50"', "1,Rug,,")
    write(tmp_path, "b.csv", "id,name,description,price", "0,A lamp,,9.99")
    write(tmp_path, "truth.csv", "id_a,id_b", "0,0")
    assert fill_from(tmp_path, shops, ledger) == {"shop_a": 2, "shop_b": 1}
    lamp, rug = (shops["shop_a"].rows["product", one] for one in ("1", "2"))
    assert (lamp["name"], lamp["price_amount"], lamp["price_currency"]) == ("Lamp", "1234.50", "USD")
    assert (rug["description"], rug["price_amount"], rug["price_currency"]) == (None, None, None)
    assert sorted(known["refs"] for known in ledger.truth().values()) == [
        ["shop_a/product/1", "shop_b/product/1"],
        ["shop_a/product/2"],
    ]


def test_two_catalogues_need_two_shops(tmp_path, accounts, ledger):
    for name in ("a.csv", "b.csv"):
        write(tmp_path, name, "id,name,description,price")
    write(tmp_path, "truth.csv", "id_a,id_b")
    with pytest.raises(ValueError, match="two catalogues need two simulated shops, and there are 1"):
        fill_from(tmp_path, accounts, ledger)


def test_rows_of_real_accounts_name_each_other_and_what_is_left_out_is_counted(tmp_path, accounts, ledger):
    crm, shop, erp = "dbt_hubspot/", "dbt_shopify/shopify_gql_", "dbt_netsuite/netsuite2_"
    write(
        tmp_path,
        f"{crm}contact_data.csv",
        "id,_fivetran_deleted,property_email,property_firstname,property_lastname,property_company,property_createdate",
        "7,FALSE,ada@example.com,Ada,Low,,2021-04-01 7:32:47",
        "8,TRUE,gone@example.com,Gone,Low,,",
    )
    write(
        tmp_path,
        f"{crm}deal_data.csv",
        "deal_id,is_deleted,deal_pipeline_stage_id,property_amount,property_closedate,property_createdate",
        "70,false,won,12.50,2021-05-01 00:00:00,2021-04-01 7:32:47",
    )
    write(tmp_path, f"{crm}deal_contact_data.csv", "contact_id,deal_id", "7,70")
    write(tmp_path, f"{crm}deal_pipeline_stage_data.csv", "stage_id,closed_won,is_closed", "won,TRUE,TRUE")
    write(
        tmp_path,
        f"{shop}product_variant_data.csv",
        "id,product_id,inventory_item_id,price,inventory_quantity,title,display_name,sku,barcode,created_at",
        "3,30,300,9.99,5,Default,Lamp,L-1,,2025-06-01 10:00:00",
    )
    write(tmp_path, f"{shop}inventory_level_data.csv", "inventory_item_id,location_id", "300,44")
    write(
        tmp_path,
        f"{erp}customer_data.csv",
        "id,isperson,companyname,firstname,lastname,email,phone,url,vatregnumber,externalid,searchstage,parent,"
        "defaultbillingaddress,datecreated",
        "1,F,Firm,,,,,,,,Customer,,,2017-05-11 21:46:11",
        "2,T,,Joe,Li,j@example.com,,,,,Lead,1,,2017-05-27 8:56:10",
        "2,T,,Joe,Li,j@example.com,,,,,Lead,1,,2017-05-27 8:56:10",
    )
    write(tmp_path, f"{erp}item_data.csv", "id,fullname,itemtype,description", "6,This,Payment,Deposit")
    made = fill_from(tmp_path, accounts, ledger)
    assert made == {
        "hubspot": 2,
        "hubspot, left out": 1,
        "shopify": 1,
        "netsuite": 2,
        "netsuite, left out": 2,
    }
    (deal,) = (row for (kind, _), row in accounts["hubspot"].rows.items() if kind == "order")
    assert accounts["hubspot"].rows["customer", deal["customer_id"]]["email"] == "ada@example.com"
    assert (deal["status"], deal["total_amount"], deal["placed_on"]) == ("fulfilled", "12.50", "2021-05-01")
    (variant,) = accounts["shopify"].rows.values()
    assert (variant["name"], variant["inventory"]) == ("Lamp", [{"location": "Location 44", "quantity": "5"}])
    (person,) = (row for (kind, _), row in accounts["netsuite"].rows.items() if kind == "customer")
    assert accounts["netsuite"].rows["company", person["company_id"]]["name"] == "Firm"
    assert ledger.truth() == {}


def test_the_shared_catalogues_and_accounts_are_filled_whole(shared, memory_account, accounts, ledger):
    shops = {name: memory_account(name, "shopify") for name in ("shop_a", "shop_b")}
    made = fill_from(shared("data/identity/abt_buy"), shops, ledger)
    assert made["shop_a"] == made["shop_b"] == len(ledger.truth()) > 1000
    made = fill_from(shared("data/fivetran"), accounts, ledger)
    assert all(made[account] for account in accounts)
    kinds = {kind for kind, _ in accounts["shopify"].rows}
    assert kinds == {"customer", "product", "order"}
    assert {kind for kind, _ in accounts["hubspot"].rows} == {"company", "customer", "order"}
