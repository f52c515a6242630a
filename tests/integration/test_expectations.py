"""Where an entity ought to be, by a condition of the client file over what is known of it."""

from decimal import Decimal

from sg_pipelines.runtime.main_job import main_job
from sg_pipelines.runtime.session import open_session
from tests.integration.steps import edit, live, pulse

WAS = 'netsuite: "orders_count > 0"}\n    keys: [external_id, email, phone]'


def missing_from_the_erp(session):
    found = session.workspace.store.find("discrepancies", {"kind": "customer", "open": True})
    return {one["entity"] for one in found if one["subject"] == "missing:netsuite"}


def strangers_to_the_erp(session):
    """Living customers without a record there, and what shops say they spent."""
    for one in session.workspace.store.find("entities", {"kind": "customer", "state": "live"}):
        if one["representations"].get("netsuite", {}).get("state") != "live":
            yield one["_id"], Decimal(one["derived"]["total_spent"] or 0)


def test_a_condition_asks_about_amounts_as_numbers(make_home, each_store):
    home = make_home(people=150, seed=3)
    path = home.client_file("demo")
    text = path.read_text(encoding="utf-8")
    assert WAS in text
    path.write_text(text.replace(WAS, WAS.replace("orders_count > 0", "total_spent > 250.5")), encoding="utf-8")
    with open_session("demo") as session:
        main_job(session, full=False, progress=lambda line: None)
        spent = dict(strangers_to_the_erp(session))
        assert missing_from_the_erp(session) == {entity for entity, total in spent.items() if total > Decimal("250.5")}
        assert len({total > Decimal("250.5") for total in spent.values()}) == 2


def test_what_cannot_be_answered_is_expected_nowhere_and_counted(make_home):
    home = make_home(people=60, seed=3)
    path = home.client_file("demo")
    condition = "100 / orders_count > 0"
    path.write_text(
        path.read_text(encoding="utf-8").replace(WAS, WAS.replace("orders_count > 0", condition)), encoding="utf-8"
    )
    with open_session("demo") as session:
        report = main_job(session, full=False, progress=lambda line: None)
        nothing_bought = [one for one in customers(session) if one["derived"]["orders_count"] in (0, None)]
        assert report.unanswered["customer"] > 0
        assert report.as_json()["unanswered"]["order"] == 0
        assert missing_from_the_erp(session).isdisjoint({one["_id"] for one in nothing_bought})


def customers(session):
    return session.workspace.store.find("entities", {"kind": "customer", "state": "live"})


def test_an_order_that_hangs_on_a_duplicate_counts(session):
    found = session.workspace.store.find("entities", {"kind": "customer", "state": "live"})
    person = next(one for one in found if live(one).keys() == {"hubspot", "shopify"} and not ordered(one))
    twin = {name: live(person)["shopify"]["columns"][name] for name in ("first_name", "last_name", "email")}
    asked = {"account": "shopify", "kind": "customer", "attributes": twin}
    (made,) = session.control.post("records/create", asked)["record_ids"]
    order = next(one for one in session.workspace.store.find("entities", {"kind": "order"}) if "shopify" in live(one))
    edit(session, order, "shopify", customer_id=made)
    pulse(session)
    now = session.workspace.store.get("entities", person["_id"])
    assert [one["record_id"] for one in now["duplicates"]] == [made]
    assert now["derived"]["orders_count"] == 1
    assert now["_id"] in missing_from_the_erp(session)


def ordered(customer):
    return customer["derived"]["orders_count"] or 0
