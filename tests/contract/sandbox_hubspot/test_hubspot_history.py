"""What records of a simulated HubSpot account said before: `propertiesWithHistory`."""

import pytest

START = {"created_at_ms": 1_700_000_000_000, "modified_at_ms": 1_700_000_000_000}
BORN = "2023-11-14T22:13:20.000Z"
PERSON = {"sourceType": "CRM_UI", "sourceId": "userId:1001", "updatedByUserId": 1001}
APP = {"sourceType": "INTEGRATION", "sourceId": "2001"}


def history(account, number, name, kind="contacts"):
    return account.read(f"{kind}/{number}", propertiesWithHistory=name)["propertiesWithHistory"][name]


def said(account, number, name, kind="contacts"):
    return [one["value"] for one in history(account, number, name, kind)]


def test_a_value_nobody_changed_is_as_old_as_its_record(account):
    (number,) = account.make("customer", {"first_name": "Ada", "phone": None, **START})
    assert history(account, number, "firstname") == [{"value": "Ada", "timestamp": BORN, **PERSON}]
    assert history(account, number, "phone") == []


def test_every_value_is_told_with_its_time_and_who_wrote_it_newest_first(account):
    (number,) = account.make("customer", {"first_name": "Ada", **START})
    account.advance(60)
    changed = account.objects("PATCH", f"contacts/{number}", json={"properties": {"firstname": "Bo"}}).json()
    account.advance(60)
    account.edit("customer", number, first_name=None)
    (last, second, first) = history(account, number, "firstname")
    assert first == {"value": "Ada", "timestamp": BORN, **PERSON}
    assert second == {"value": "Bo", "timestamp": changed["updatedAt"], **APP}
    assert last == {"value": "", "timestamp": account.modified("contacts", number), **PERSON}


def test_the_same_value_again_and_changes_of_others_are_no_change(account):
    number = account.create("contacts", firstname="Ada")
    account.advance(60)
    account.objects("PATCH", f"contacts/{number}", json={"properties": {"firstname": "Ada", "lastname": "L"}})
    account.edit("customer", number, phone="312 555 0142")
    (only,) = history(account, number, "firstname")
    assert only["timestamp"] == account.read(f"contacts/{number}")["createdAt"]
    assert only["sourceType"] == "INTEGRATION"


def test_pages_and_batches_tell_it_and_show_the_property_itself(account):
    (number,) = account.make("customer", {"first_name": "Ada", **START})
    (listed,) = account.read("contacts", propertiesWithHistory="firstname,shoe_size")["results"]
    asked = {"inputs": [{"id": number}], "propertiesWithHistory": ["firstname"], "properties": ["phone"]}
    (read,) = account.post("contacts/batch/read", asked)["results"]
    assert listed["propertiesWithHistory"] == read["propertiesWithHistory"]
    assert listed["propertiesWithHistory"].keys() == {"firstname"}
    system = {"createdate", "hs_object_id", "lastmodifieddate"}
    assert listed["properties"].keys() == {"firstname"} | system
    assert read["properties"].keys() == {"phone", "firstname"} | system
    assert "propertiesWithHistory" not in account.read(f"contacts/{number}")


def test_pages_with_history_hold_fifty(account):
    account.make("customer", *({"first_name": f"Ada {n}"} for n in range(51)))
    assert len(account.read("contacts", propertiesWithHistory="firstname", limit=50)["results"]) == 50
    asked = {"propertiesWithHistory": "firstname", "limit": 51}
    assert account.objects("GET", "contacts", params=asked).status_code == 400


def test_a_merged_record_knows_the_history_of_what_it_says(account):
    winner, loser = account.make("customer", {"first_name": "Ada", **START}, {"first_name": "A", "last_name": "L"})
    account.edit("customer", winner, first_name="Ada M")
    account.edit("customer", loser, last_name="Lovelace")
    merged = account.post("contacts/merge", {"primaryObjectId": winner, "objectIdToMerge": loser})["id"]
    assert said(account, merged, "firstname") == ["Ada M", "Ada"]
    assert said(account, merged, "lastname") == ["Lovelace", "L"]


def test_what_hubspot_works_out_is_known_as_it_is_now(account):
    (company,) = account.make("company", {"name": "Acme"})
    (number,) = account.make("customer", {"first_name": "Ada", "company_id": company, **START})
    assert said(account, number, "associatedcompanyid") == [company]
    assert history(account, number, "createdate") == [
        {"value": BORN, "timestamp": BORN, "sourceType": "CALCULATED"},
    ]
    account.edit("customer", number, first_name="Bo")
    (modified,) = history(account, number, "lastmodifieddate")
    assert modified["value"] == modified["timestamp"] == account.modified("contacts", number)


@pytest.mark.parametrize("kind", ["deals", "orders"])
def test_orders_have_a_history_too(account, kind):
    account.settings(order_object=kind)
    (number,) = account.make("order", {"number": "1", "currency": "USD", "lines": []})
    account.edit("order", number, currency="EUR")
    name = "deal_currency_code" if kind == "deals" else "hs_currency_code"
    assert said(account, number, name, kind) == ["EUR", "USD"]


def test_history_survives_a_restart_and_an_erased_record_has_none(open_account):
    with open_account() as account:
        number = account.create("contacts", firstname="Ada")
        account.edit("customer", number, first_name="Bo")
    with open_account() as account:
        assert [one["sourceType"] for one in history(account, number, "firstname")] == ["CRM_UI", "INTEGRATION"]
        account.edit("customer", number, first_name="Cy")
        assert said(account, number, "firstname") == ["Cy", "Bo", "Ada"]
        erased = account.objects("POST", "contacts/gdpr-delete", json={"objectId": number})
        assert erased.status_code == 204
        assert account.objects("GET", f"contacts/{number}").status_code == 404
