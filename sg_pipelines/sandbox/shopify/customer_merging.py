"""customerMerge: which of two customers is kept, and what stands in the way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sg_pipelines.sandbox.shopify.asking import Asking
from sg_pipelines.sandbox.shopify.customer_changes import MAX_TAGS
from sg_pipelines.sandbox.shopify.customers import tidy_tags
from sg_pipelines.sandbox.shopify.gids import gid, number_of
from sg_pipelines.sandbox.shopify.nodes import Args
from sg_pipelines.sandbox.shopify.refusals import Refusal, refused
from sg_pipelines.sandbox.shopify.shop import Shop
from sg_pipelines.sandbox.simulator import ADDRESS

EMAIL_TO_KEEP = "customerIdOfEmailToKeep"
OVERRIDES = {
    EMAIL_TO_KEEP: ("email", "marketing_consent"),
    "customerIdOfPhoneNumberToKeep": ("phone",),
    "customerIdOfFirstNameToKeep": ("first_name",),
    "customerIdOfLastNameToKeep": ("last_name",),
    "customerIdOfDefaultAddressToKeep": ("company_name", *ADDRESS),
}
WANTED = ("SUBSCRIBED", "PENDING")


def merge(asking: Asking, args: Args, info: Any) -> dict[str, Any]:
    """The job is done at once; the other customer reads as null from now on."""
    shop, overrides = asking.shop, args.get("overrideFields") or {}
    ids = [args["customerOneId"], args["customerTwoId"]]
    wrong = list(_blockers(shop, ids, overrides))
    if wrong:
        return refused(wrong, "job", "resultingCustomerId")
    numbers = [number_of(one, "Customer") or 0 for one in ids]
    winner = kept_of(shop, numbers[0], numbers[1], overrides)
    loser = next(number for number in numbers if number != winner)
    asking.kinds.customers.merge(winner, loser, _chosen(shop, overrides))
    job = {"__typename": "Job", "id": f"gid://shopify/Job/{winner}-{loser}", "done": True}
    return {"job": job, "resultingCustomerId": gid("Customer", winner), "userErrors": []}


def kept_of(shop: Shop, one: int, two: int, overrides: Args) -> int:
    """An override decides, then the only one with an e-mail, then the one who wants e-mail, then the second."""
    named = number_of(overrides.get(EMAIL_TO_KEEP) or "", "Customer")
    if named in (one, two):
        return named
    said = {number: shop.customers.must(number)["said"] for number in (one, two)}
    for decides in (_has_email, _wants_email):
        found = [number for number in (one, two) if decides(said[number])]
        if len(found) == 1:
            return found[0]
    return two


def _has_email(said: Mapping[str, Any]) -> bool:
    return bool(said.get("email"))


def _wants_email(said: Mapping[str, Any]) -> bool:
    return _has_email(said) and said.get("marketing_consent") in WANTED


def _blockers(shop: Shop, ids: list[str], overrides: Args) -> Iterator[Refusal]:
    said = []
    for name, identifier in zip(("customerOneId", "customerTwoId"), ids, strict=True):
        body = shop.customers.live(number_of(identifier, "Customer") or 0)
        if body is None:
            message = f"Customer does not exist with ID {identifier.rpartition('/')[2]}"
            yield Refusal((name,), message, "INVALID_CUSTOMER_ID")
        else:
            said.append(body["said"])
    if ids[0] == ids[1]:
        yield Refusal(None, "Customers IDs should not match", "INVALID_CUSTOMER_ID")
    for name in OVERRIDES:
        if overrides.get(name) and overrides[name] not in ids:
            message = "The customer to keep a field of must be one of the two"
            yield Refusal(("overrideFields", name), message, "OVERRIDE_ATTRIBUTE_INVALID")
    tags = tidy_tags(tag for one in said for tag in one.get("tags") or [])
    if len(overrides.get("tags") or tags) > MAX_TAGS:
        yield Refusal(None, f"Customers must have {MAX_TAGS} tags or less together", "INVALID_CUSTOMER")


def _chosen(shop: Shop, overrides: Args) -> dict[str, Any]:
    words: dict[str, Any] = {}
    for name, taken in OVERRIDES.items():
        if overrides.get(name):
            said = shop.customers.must(number_of(overrides[name], "Customer") or 0)["said"]
            words |= {word: said.get(word) for word in taken}
    if overrides.get("tags") is not None:
        words["tags"] = tidy_tags(overrides["tags"])
    if overrides.get("note") is not None:
        words["note"] = overrides["note"]
    return words
