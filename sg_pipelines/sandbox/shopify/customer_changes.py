"""Mutations of customers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from sg_pipelines.sandbox.shopify import nodes
from sg_pipelines.sandbox.shopify.asking import Asking
from sg_pipelines.sandbox.shopify.customers import HAS_ORDERS, e164, normalised, tidy_tags
from sg_pipelines.sandbox.shopify.gids import gid, number_of
from sg_pipelines.sandbox.shopify.metafield_changes import with_metafields
from sg_pipelines.sandbox.shopify.metafields import EXTERNAL_ID
from sg_pipelines.sandbox.shopify.nodes import Args
from sg_pipelines.sandbox.shopify.queries import custom_id, shop_object
from sg_pipelines.sandbox.shopify.records import Draft
from sg_pipelines.sandbox.shopify.refusals import Refusal, not_simulated, refused
from sg_pipelines.sandbox.shopify.shop import Shop
from sg_pipelines.sandbox.simulator import ADDRESS

Said = Mapping[str, Any]
WORDS = {"firstName": "first_name", "lastName": "last_name", "email": "email", "phone": "phone", "tags": "tags"}
ONLY_HERE = {"note": "note", "locale": "locale"}
ADDRESS_WORDS = dict(zip(ADDRESS, ("address1", "address2", "city", "provinceCode", "zip", "countryCode"), strict=True))
MOST = {
    "first_name": ("firstName", 255),
    "last_name": ("lastName", 255),
    "email": ("email", 255),
    "note": ("note", 5000),
}
MAX_TAGS, MAX_TAG = 250, 255
UNKNOWN = Refusal(("id",), "Customer does not exist")
LABELS = {"firstName": "First name", "lastName": "Last name", "email": "Email", "note": "Note"}


def create(asking: Asking, args: Args, info: Any) -> dict[str, Any]:
    """customerCreate"""
    given = args["input"]
    if given.get("id"):
        return refused([Refusal(("id",), "Cannot specify ID on creation")], "customer")
    said = with_metafields("Customer", {"tags": [], **_said(given)}, given.get("metafields"))
    if given.get("emailMarketingConsent"):
        said["marketing_consent"] = given["emailMarketingConsent"]["marketingState"]
    wrong = list(problems(asking.shop, said, None))
    if wrong:
        return refused(wrong, "customer")
    return _saved(asking, _make(asking, said))


def update(asking: Asking, args: Args, info: Any) -> dict[str, Any]:
    """customerUpdate"""
    given = args["input"]
    number = number_of(given.get("id") or "", "Customer")
    body = asking.shop.customers.live(number) if number else None
    if number is None or body is None:
        return refused([UNKNOWN], "customer")
    if "emailMarketingConsent" in given:
        message = "To update emailMarketingConsent, please use the customerEmailMarketingConsentUpdate Mutation instead"
        return refused([Refusal(("emailMarketingConsent",), message)], "customer")
    said = with_metafields("Customer", {**body["said"], **_said(given)}, given.get("metafields"))
    wrong = list(problems(asking.shop, said, number))
    if wrong:
        return refused(wrong, "customer")
    asking.shop.customers.say(number, said)
    return _saved(asking, number)


def set_(asking: Asking, args: Args, info: Any) -> dict[str, Any]:
    """customerSet: updates whom the identifier finds, else creates."""
    given, identifier = args["input"], args.get("identifier") or {}
    wrong = list(_identifier_problems(given, identifier))
    if wrong:
        return refused(wrong, "customer")
    number = _found(asking.shop, identifier)
    if number is None and "id" in identifier:
        message = "Resource matching the identifier was not found."
        return refused([Refusal(("input",), message, "NOT_FOUND")], "customer")
    body = asking.shop.customers.live(number) if number is not None else None
    said = {"tags": [], **(body["said"] if body else {}), **_said(given)}
    if "customId" in identifier:
        said[EXTERNAL_ID] = identifier["customId"]["value"]
    wrong = list(problems(asking.shop, said, number))
    if wrong:
        return refused(wrong, "customer", prefix=("input",))
    if number is None:
        return _saved(asking, _make(asking, said))
    asking.shop.customers.say(number, said)
    return _saved(asking, number)


def delete(asking: Asking, args: Args, info: Any) -> dict[str, Any]:
    """customerDelete"""
    number = number_of(args["input"]["id"], "Customer")
    payload: dict[str, Any] = {"deletedCustomerId": None, "shop": shop_object(asking.shop), "userErrors": []}
    if number is None or asking.shop.customers.live(number) is None:
        return payload | refused([Refusal(("id",), "Customer can't be found")])
    if asking.shop.orders.having("customer", number):
        return payload | refused([Refusal(("id",), HAS_ORDERS)])
    asking.kinds.customers.delete(number)
    return {**payload, "deletedCustomerId": gid("Customer", number)}


def set_consent(asking: Asking, args: Args, info: Any) -> dict[str, Any]:
    """customerEmailMarketingConsentUpdate"""
    number = number_of(args["input"]["customerId"], "Customer")
    body = asking.shop.customers.live(number) if number else None
    state = args["input"]["emailMarketingConsent"]["marketingState"]
    if number is None or body is None:
        return refused([Refusal(("input", "customerId"), "Customer not found", "INVALID")], "customer")
    if not body["said"].get("email"):
        message = "An email address is required to set the email marketing consent state."
        return refused([Refusal(("input", "emailMarketingConsent"), message, "INVALID")], "customer")
    if state not in ("SUBSCRIBED", "UNSUBSCRIBED", "PENDING"):
        path = ("input", "emailMarketingConsent", "marketingState")
        return refused([Refusal(path, f"Cannot specify {state} as a marketing state input", "INVALID")], "customer")
    asking.shop.customers.say(number, {**body["said"], "marketing_consent": state})
    return _saved(asking, number)


def problems(shop: Shop, said: Said, number: int | None) -> Iterator[Refusal]:
    """What the platform would not keep. `number`: whose record it is, None for a new one."""
    if not any(said.get(word) for word in ("first_name", "last_name", "email", "phone")):
        yield Refusal(None, "A name, phone number, or email address must be present", "BLANK")
    for word, (name, most) in MOST.items():
        if len(said.get(word) or "") > most:
            yield Refusal((name,), f"{LABELS[name]} is too long (maximum is {most} characters)", "TOO_LONG")
    tags = said.get("tags") or []
    if len(tags) > MAX_TAGS or any(len(tag) > MAX_TAG for tag in tags):
        message = f"Tags cannot be more than {MAX_TAGS}, of {MAX_TAG} characters each"
        yield Refusal(("tags",), message, "TOO_LONG")
    yield from _contact_problems(shop, said, number)


def _contact_problems(shop: Shop, said: Said, number: int | None) -> Iterator[Refusal]:
    email, phone = said.get("email"), said.get("phone")
    if email and not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", email):
        yield Refusal(("email",), "Email is invalid", "INVALID")
    elif email and set(shop.customers.having("email", email.casefold())) - {number}:
        yield Refusal(("email",), "Email has already been taken", "TAKEN")
    if phone and not re.fullmatch(r"\+\d{7,15}", phone):
        yield Refusal(("phone",), "Phone is invalid", "INVALID")
    elif phone and set(shop.customers.having("phone", phone)) - {number}:
        yield Refusal(("phone",), "Phone has already been taken", "TAKEN")
    external = said.get(EXTERNAL_ID)
    if external and set(shop.customers.having(EXTERNAL_ID, external)) - {number}:
        yield Refusal(("metafields",), "Value must be unique amongst all resources", "TAKEN")


def _identifier_problems(given: Args, identifier: Args) -> Iterator[Refusal]:
    if given.get("id") and identifier:
        yield Refusal(("input", "id"), "The id field is not allowed if identifier is provided.", "ID_NOT_ALLOWED")
    for name in ("email", "phone"):
        if name not in identifier:
            continue
        same = normalised({name: identifier[name]}).get(name), normalised({name: given.get(name)}).get(name)
        if not given.get(name):
            message = f"The input field corresponding to the identifier is required: {name}."
            yield Refusal(("input",), message, "MISSING_FIELD_REQUIRED")
        elif same[0] != same[1]:
            message = "The identifier value does not match the value of the corresponding field in the input."
            yield Refusal(("input", name), message, "INPUT_MISMATCH")


def _found(shop: Shop, identifier: Args) -> int | None:
    how: str = next(iter(identifier), "")
    value: Any = identifier.get(how)
    if how == "id":
        number = number_of(value, "Customer")
        return number if number is not None and shop.customers.live(number) is not None else None
    if how == "email":
        return shop.customers.first_having("email", "".join(value.split()).casefold())
    if how == "phone":
        return shop.customers.first_having("phone", e164(value))
    return custom_id(shop.customers, "Customer", value) if how == "customId" else None


def _said(given: Args) -> dict[str, Any]:
    """What an input says, in the words records are kept in."""
    words = {word: given[name] for name, word in WORDS.items() if name in given}
    own = {word: given[name] for name, word in ONLY_HERE.items() if name in given}
    return {**normalised(words), **own, **(_address(given["addresses"]) if "addresses" in given else {})}


def _address(addresses: list[Args] | None) -> dict[str, Any]:
    if addresses and len(addresses) > 1:
        raise not_simulated("More than one address of a customer")
    given = addresses[0] if addresses else {}
    return {"company_name": given.get("company"), **{word: given.get(name) for word, name in ADDRESS_WORDS.items()}}


def _make(asking: Asking, said: dict[str, Any]) -> int:
    now = asking.shop.time.now_ms()
    return asking.shop.customers.make([Draft({**said, "tags": tidy_tags(said["tags"] or [])}, now, now)])[0]


def _saved(asking: Asking, number: int) -> dict[str, Any]:
    return {"customer": nodes.customer(asking.shop, number), "userErrors": []}
