"""Mutations of companies and their location."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sg_pipelines.sandbox.shopify import nodes
from sg_pipelines.sandbox.shopify.asking import Asking
from sg_pipelines.sandbox.shopify.company_fields import address
from sg_pipelines.sandbox.shopify.customers import e164
from sg_pipelines.sandbox.shopify.gids import LOCATION_OFFSET, gid, number_of
from sg_pipelines.sandbox.shopify.nodes import Args
from sg_pipelines.sandbox.shopify.records import Draft
from sg_pipelines.sandbox.shopify.refusals import Refusal, not_simulated, refused
from sg_pipelines.sandbox.shopify.shop import Shop
from sg_pipelines.sandbox.simulator import ADDRESS

MISSING = "Resource requested does not exist."
OWN = {"name": "name", "externalId": "external_id", "note": "note"}
OF_LOCATION = {"name": "location_name", "externalId": "location_external_id", "note": "location_note", "phone": "phone"}
ADDRESS_WORDS = dict(zip(ADDRESS, ("address1", "address2", "city", "zoneCode", "zip", "countryCode"), strict=True))


def create(asking: Asking, args: Args, info: Any) -> dict[str, Any]:
    """companyCreate, with its one location."""
    given = args["input"]
    location = given.get("companyLocation") or {}
    said = _words(given["company"], OWN) | _location_words(location)
    if location.get("billingAddress"):
        said |= _address_words(location["billingAddress"])
    if "taxRegistrationId" in location:
        said["tax_id"] = location["taxRegistrationId"]
    wrong = list(_problems(asking.shop, said, None))
    if wrong:
        return refused(wrong, "company", prefix=("input", "company"))
    now = asking.shop.time.now_ms()
    return _saved(asking, asking.shop.companies.make([Draft(said, now, now)])[0])


def update(asking: Asking, args: Args, info: Any) -> dict[str, Any]:
    """companyUpdate"""
    number = number_of(args["companyId"], "Company")
    body = asking.shop.companies.live(number) if number else None
    if number is None or body is None:
        return refused([Refusal(("companyId",), MISSING, "RESOURCE_NOT_FOUND")], "company")
    said = {**body["said"], **_words(args["input"], OWN)}
    wrong = list(_problems(asking.shop, said, number))
    if wrong:
        return refused(wrong, "company", prefix=("input",))
    asking.shop.companies.say(number, said)
    return _saved(asking, number)


def delete(asking: Asking, args: Args, info: Any) -> dict[str, Any]:
    """companyDelete: refused when there are orders."""
    number = number_of(args["id"], "Company")
    if number is None or asking.shop.companies.live(number) is None:
        return refused([Refusal(("id",), MISSING, "RESOURCE_NOT_FOUND")], "deletedCompanyId")
    if asking.shop.orders.having("company", number):
        message = "Failed to delete the company: it has orders."
        return refused([Refusal(("id",), message, "FAILED_TO_DELETE")], "deletedCompanyId")
    asking.kinds.companies.delete(number)
    return {"deletedCompanyId": gid("Company", number), "userErrors": []}


def update_location(asking: Asking, args: Args, info: Any) -> dict[str, Any]:
    """companyLocationUpdate"""
    return _change_location(asking, args["companyLocationId"], _location_words(args["input"]))


def set_tax(asking: Asking, args: Args, info: Any) -> dict[str, Any]:
    """companyLocationTaxSettingsUpdate: the registration; exemptions are not kept."""
    if args.get("taxExempt") is not None:
        raise not_simulated("Tax exemption of a location")
    words = {"tax_id": args["taxRegistrationId"]} if "taxRegistrationId" in args else {}
    return _change_location(asking, args["companyLocationId"], words)


def assign_address(asking: Asking, args: Args, info: Any) -> dict[str, Any]:
    """companyLocationAssignAddress: the billing address."""
    if args["addressTypes"] != ["BILLING"]:
        raise not_simulated("A shipping address of a location")
    given = args["address"]
    if not given.get("address1") or not given.get("countryCode"):
        path = ("address", "address1" if not given.get("address1") else "countryCode")
        return refused([Refusal(path, "can't be blank", "BLANK")], "addresses")
    payload = _change_location(asking, args["locationId"], _address_words(given))
    location = payload["companyLocation"]
    return {"addresses": [address(location, {})] if location else None, "userErrors": payload["userErrors"]}


def assign_contact(asking: Asking, args: Args, info: Any) -> dict[str, Any]:
    """companyAssignCustomerAsContact: a customer is a contact of one company here."""
    shop = asking.shop
    company, customer = number_of(args["companyId"], "Company"), number_of(args["customerId"], "Customer")
    if company is None or shop.companies.live(company) is None:
        return refused([Refusal(("companyId",), MISSING, "RESOURCE_NOT_FOUND")], "companyContact")
    body = shop.customers.live(customer) if customer else None
    if customer is None or body is None:
        return refused([Refusal(("customerId",), MISSING, "RESOURCE_NOT_FOUND")], "companyContact")
    if nodes.contact(shop, customer) is not None:
        message = "Customer is already associated with a company contact."
        return refused([Refusal(("customerId",), message, "INVALID_INPUT")], "companyContact")
    shop.customers.say(customer, {**body["said"], "company_id": str(company)})
    return {"companyContact": nodes.contact(shop, customer), "userErrors": []}


def _change_location(asking: Asking, identifier: str, words: Mapping[str, Any]) -> dict[str, Any]:
    number = (number_of(identifier, "CompanyLocation") or LOCATION_OFFSET) - LOCATION_OFFSET
    body = asking.shop.companies.live(number)
    if body is None:
        return refused([Refusal(("input",), MISSING, "RESOURCE_NOT_FOUND")], "companyLocation")
    asking.shop.companies.say(number, {**body["said"], **words})
    return {"companyLocation": nodes.company(asking.shop, number, "CompanyLocation"), "userErrors": []}


def _problems(shop: Shop, said: Mapping[str, Any], number: int | None) -> Iterator[Refusal]:
    if not said.get("name"):
        yield Refusal(("name",), "Name can't be blank", "BLANK")
    external = said.get("external_id")
    if external and set(shop.companies.having("external_id", external)) - {number}:
        yield Refusal(("externalId",), "External id has already been taken.", "TAKEN")


def _words(given: Args, names: Mapping[str, str]) -> dict[str, Any]:
    return {word: given[name] for name, word in names.items() if name in given}


def _location_words(given: Args) -> dict[str, Any]:
    said = _words(given, OF_LOCATION)
    return said | ({"phone": e164(said["phone"])} if said.get("phone") else {})


def _address_words(given: Args) -> dict[str, Any]:
    return {word: given.get(name) for word, name in ADDRESS_WORDS.items()}


def _saved(asking: Asking, number: int) -> dict[str, Any]:
    return {"company": nodes.company(asking.shop, number), "userErrors": []}
