"""What people do to records, and what each deed must be found as under the demonstration client's policy.

The class of a deed follows from the policy in words: an owner's change drifts, a stranger's conflicts, two different
changes conflict, a change everywhere is none. No comparison of the product is used to say so.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

from sg_pipelines.sandbox.world.ledger import HARD, MISSING, SOFT, Entry
from sg_pipelines.sandbox.world.names import CITIES, FIRM_HEADS, FIRM_TAILS, LAST, STREETS, TIERS
from sg_pipelines.sandbox.world.people import HUBSPOT, NETSUITE, SHOPIFY, Link, Person
from sg_pipelines.sandbox.world.stage import Stage

Deed = Callable[[Stage, Person, random.Random], list[Entry]]
Fits = Callable[[Person], bool]


@dataclass(frozen=True, slots=True)
class Recipe:
    """A deed, whom it can be done to, and how many of a thousand people it is done to."""

    name: str
    do: Deed
    fits: Fits
    per_thousand: int = 4


def _everywhere(person: Person) -> bool:
    return len(person.platforms) == 3


def _with(*platforms: str) -> Fits:
    return lambda person: set(platforms) <= set(person.platforms)


def _having(column: str) -> Fits:
    return lambda person: _everywhere(person) and bool(person.said[column])


def _mergeable(person: Person) -> bool:
    return _everywhere(person) and person.link is Link.CROSS_ID


def _edit(
    name: str, subject: str, cls: str | None, change: Callable[[Person, random.Random], dict[str, dict[str, object]]]
) -> tuple[str, Deed]:
    """A deed that edits records platform by platform; `cls` None: nothing must be found."""

    def do(stage: Stage, person: Person, dice: random.Random) -> list[Entry]:
        for platform, attributes in change(person, dice).items():
            stage.edit(person, platform, attributes)
        return [Entry(person.name, cls, subject, name, person.is_strong)] if cls else []

    return name, do


def _new_email(person: Person, dice: random.Random) -> str:
    return f"{person.said['first_name']}.{person.number}.{dice.randrange(1000)}@new.example.com".lower()


def _new_phone(dice: random.Random) -> str:
    return f"+1{dice.choice('23456789')}{dice.randrange(10, 99)}{dice.choice('23456789')}{dice.randrange(100_000, 999_999)}"


def _new_firm(person: Person, dice: random.Random, *, other_than: str = "") -> str:
    taken = {person.said["company_name"], other_than}
    return next(f"{head} {tail} Group" for head, tail in _pairs(dice) if f"{head} {tail} Group" not in taken)


def _pairs(dice: random.Random) -> list[tuple[str, str]]:
    return [(dice.choice(FIRM_HEADS), dice.choice(FIRM_TAILS)) for _ in range(20)]


def _moved_house(dice: random.Random) -> dict[str, object]:
    city, region, zip_head = dice.choice(CITIES)
    return {
        "address_street": f"{dice.randrange(9901, 9999)} {dice.choice(STREETS)} Plaza",
        "address_street2": None,
        "address_city": city,
        "address_region": region,
        "address_postal_code": f"{zip_head}{dice.randrange(10, 99)}",
        "address_country": "US",
    }


def _other(values: tuple[str, ...], than: object) -> str:
    return next(value for value in values if value != than)


def _other_last(person: Person, dice: random.Random) -> str:
    return next(name for name in (dice.choice(LAST) for _ in range(99)) if name != person.said["last_name"])


def _same_firm_everywhere(person: Person, dice: random.Random) -> dict[str, dict[str, object]]:
    firm = _new_firm(person, dice)
    return {platform: {"company_name": firm} for platform in person.platforms}


def _two_agree(person: Person, dice: random.Random) -> dict[str, dict[str, object]]:
    firm = _new_firm(person, dice)
    return {NETSUITE: {"company_name": firm}, HUBSPOT: {"company_name": firm}}


def _two_differ(person: Person, dice: random.Random) -> dict[str, dict[str, object]]:
    firm = _new_firm(person, dice)
    return {NETSUITE: {"company_name": firm}, HUBSPOT: {"company_name": _new_firm(person, dice, other_than=firm)}}


def _add_tag(stage: Stage, person: Person, dice: random.Random) -> list[Entry]:
    stage.edit(person, HUBSPOT, {"tags": [*person.said["tags"], "spring-fair"]})
    return [Entry(person.name, SOFT, "tags=spring-fair", "tag added", person.is_strong)]


def _drop_tag(stage: Stage, person: Person, dice: random.Random) -> list[Entry]:
    gone, *kept = person.said["tags"]
    stage.edit(person, SHOPIFY, {"tags": kept})
    return [Entry(person.name, SOFT, f"tags={gone}", "tag taken away", person.is_strong)]


def _archive_contact(stage: Stage, person: Person, dice: random.Random) -> list[Entry]:
    stage.archive(person, HUBSPOT)
    return [Entry(person.name, MISSING, "missing:hubspot", "contact archived", person.is_strong, reason="archived")]


def _inactivate(stage: Stage, person: Person, dice: random.Random) -> list[Entry]:
    stage.archive(person, NETSUITE)
    return [Entry(person.name, MISSING, "missing:netsuite", "made inactive", person.is_strong, reason="archived")]


def _delete_erp(stage: Stage, person: Person, dice: random.Random) -> list[Entry]:
    stage.delete(person, NETSUITE)
    return [Entry(person.name, MISSING, "missing:netsuite", "deleted in the ERP", person.is_strong, reason="deleted")]


def _lead_buys(stage: Stage, person: Person, dice: random.Random) -> list[Entry]:
    stage.edit(person, HUBSPOT, {"lifecycle": "customer"})
    return [Entry(person.name, MISSING, "missing:shopify", "lead became customer", True, reason="never_created")]


def _merge_into_former(stage: Stage, person: Person, dice: random.Random) -> list[Entry]:
    """Somebody merges two different people's contacts; the second person is left without one."""
    winner = stage.take_another(person, _mergeable)
    if winner is None:
        return []
    stage.merge(HUBSPOT, winner=winner, loser=person)
    return [Entry(person.name, MISSING, "missing:hubspot", "merged into another", True, reason="merged_away")]


RECIPES: tuple[Recipe, ...] = tuple(
    Recipe(name, do, fits, share)
    for (name, do), fits, share in (
        (
            _edit("shop changes e-mail", "email", SOFT, lambda p, d: {SHOPIFY: {"email": _new_email(p, d)}}),
            _everywhere,
            6,
        ),
        (
            _edit("ERP changes e-mail", "email", HARD, lambda p, d: {NETSUITE: {"email": _new_email(p, d)}}),
            _everywhere,
            4,
        ),
        (_edit("CRM renames", "name", SOFT, lambda p, d: {HUBSPOT: {"last_name": _other_last(p, d)}}), _everywhere, 4),
        (_edit("ERP renames", "name", HARD, lambda p, d: {NETSUITE: {"last_name": _other_last(p, d)}}), _everywhere, 4),
        (_edit("shop moves house", "address", SOFT, lambda p, d: {SHOPIFY: _moved_house(d)}), _everywhere, 5),
        (_edit("CRM moves house", "address", HARD, lambda p, d: {HUBSPOT: _moved_house(d)}), _everywhere, 4),
        (
            _edit("new telephone in one", "phone", SOFT, lambda p, d: {NETSUITE: {"phone": _new_phone(d)}}),
            _everywhere,
            6,
        ),
        (
            _edit(
                "new telephones in two",
                "phone",
                HARD,
                lambda p, d: {HUBSPOT: {"phone": _new_phone(d)}, SHOPIFY: {"phone": _new_phone(d)}},
            ),
            _everywhere,
            3,
        ),
        (_edit("firm changed everywhere", "company_name", None, _same_firm_everywhere), _having("company_name"), 4),
        (_edit("firm changed in two alike", "company_name", SOFT, _two_agree), _having("company_name"), 3),
        (_edit("firm changed in two ways", "company_name", HARD, _two_differ), _having("company_name"), 3),
        (
            _edit("firm emptied by a stranger", "company_name", HARD, lambda p, d: {SHOPIFY: {"company_name": None}}),
            _having("company_name"),
            3,
        ),
        (
            _edit("ERP changes lifecycle", "lifecycle", SOFT, lambda p, d: {NETSUITE: {"lifecycle": "prospect"}}),
            _everywhere,
            4,
        ),
        (
            _edit("ERP empties lifecycle", "lifecycle", SOFT, lambda p, d: {NETSUITE: {"lifecycle": None}}),
            _everywhere,
            3,
        ),
        (
            _edit(
                "CRM sets tier",
                "custom_loyalty_tier",
                SOFT,
                lambda p, d: {HUBSPOT: {"custom_loyalty_tier": _other(TIERS, p.said["custom_loyalty_tier"])}},
            ),
            _everywhere,
            4,
        ),
        (
            _edit(
                "shop sets tier",
                "custom_loyalty_tier",
                HARD,
                lambda p, d: {SHOPIFY: {"custom_loyalty_tier": _other(TIERS, p.said["custom_loyalty_tier"])}},
            ),
            _everywhere,
            3,
        ),
        (
            _edit(
                "CRM changes consent",
                "marketing_consent",
                SOFT,
                lambda p, d: {
                    HUBSPOT: {"marketing_consent": _other(("granted", "denied"), p.said["marketing_consent"])}
                },
            ),
            _with(HUBSPOT, SHOPIFY),
            4,
        ),
        (
            _edit(
                "shop changes consent",
                "marketing_consent",
                HARD,
                lambda p, d: {
                    SHOPIFY: {"marketing_consent": _other(("granted", "denied"), p.said["marketing_consent"])}
                },
            ),
            _with(HUBSPOT, SHOPIFY),
            3,
        ),
        (
            _edit(
                "only the spelling",
                "name",
                None,
                lambda p, d: {HUBSPOT: {"first_name": f"  {p.said['first_name'].upper()} "}},
            ),
            _everywhere,
            4,
        ),
        (("tag added", _add_tag), _with(HUBSPOT, SHOPIFY), 4),
        (("tag taken away", _drop_tag), lambda p: _everywhere(p) and bool(p.said["tags"]), 4),
        (("contact archived", _archive_contact), _everywhere, 3),
        (("made inactive", _inactivate), _everywhere, 3),
        (("deleted in the ERP", _delete_erp), _everywhere, 3),
        (("lead became customer", _lead_buys), lambda p: p.said["lifecycle"] == "lead", 4),
        (("merged into another", _merge_into_former), _mergeable, 2),
    )
)
