"""What people do to people's records."""

from __future__ import annotations

from sg_pipelines.sandbox.world.deeds import (
    Changes,
    Dice,
    Recipe,
    archived,
    deleted,
    edit,
    everywhere,
    having,
    is_alone,
    on,
    other,
)
from sg_pipelines.sandbox.world.ledger import COMPANY_CONTACTS, HARD, MISSING, SOFT, Entry, entry, finding
from sg_pipelines.sandbox.world.locale import without_accents
from sg_pipelines.sandbox.world.places import HUBSPOT, NETSUITE, SHOPIFY
from sg_pipelines.sandbox.world.stage import Stage
from sg_pipelines.sandbox.world.strangers import EMPTIED, STRANGER
from sg_pipelines.sandbox.world.things import COMPANY, Link, Thing

CONSENTS = ("granted", "denied")


def _can_leave_the_crm(person: Thing) -> bool:
    return person.is_everywhere and is_alone(person)


def _is_missed_in_the_erp(person: Thing) -> bool:
    """Only who ordered in a shop is expected there."""
    return person.is_everywhere and COMPANY not in person.named and person.orders_in_shop > 0


def _has_books(person: Thing) -> bool:
    """Orders in the ERP name them, and go on doing so."""
    return _is_missed_in_the_erp(person) and person.at(NETSUITE) in person.mentioned


def _can_be_deleted(person: Thing) -> bool:
    """An ERP lets nobody go who has orders in it."""
    return _is_missed_in_the_erp(person) and not _has_books(person)


def _mergeable(person: Thing) -> bool:
    return _can_leave_the_crm(person) and person.link is Link.CROSS_ID


def _can_change_firms(person: Thing) -> bool:
    return person.is_everywhere and not person.mentioned and COMPANY in person.named


def _new_email(stage: Stage, person: Thing, dice: Dice) -> str:
    first = without_accents(person.said["first_name"]).replace(" ", "")
    return f"{first}.{person.number}.{dice.randrange(1000)}@new.example.com".lower()


def _new_firm(stage: Stage, person: Thing, dice: Dice, *, other_than: str = "") -> str:
    taken = {person.said["company_name"], other_than}
    firms = [f"{firm} Group" for firm in (stage.locale.firm(dice) for _ in range(20))]
    return next(firm for firm in firms if firm not in taken)


def _other_last(stage: Stage, person: Thing, dice: Dice) -> str:
    names = (stage.locale.last_name(dice) for _ in range(99))
    return next(name for name in names if name != person.said["last_name"])


def _same_firm_everywhere(stage: Stage, person: Thing, dice: Dice) -> Changes:
    firm = _new_firm(stage, person, dice)
    return {account: {"company_name": firm} for account in person.accounts}


def _two_agree(stage: Stage, person: Thing, dice: Dice) -> Changes:
    firm = _new_firm(stage, person, dice)
    return {person.at(NETSUITE): {"company_name": firm}, person.at(HUBSPOT): {"company_name": firm}}


def _two_differ(stage: Stage, person: Thing, dice: Dice) -> Changes:
    firm = _new_firm(stage, person, dice)
    another = _new_firm(stage, person, dice, other_than=firm)
    return {person.at(NETSUITE): {"company_name": firm}, person.at(HUBSPOT): {"company_name": another}}


def _new_tier(platform: str, stage: Stage, person: Thing) -> Changes:
    return {person.at(platform): {"custom_loyalty_tier": other(stage.locale.tiers, person.said["custom_loyalty_tier"])}}


def _new_consent(platform: str, person: Thing) -> Changes:
    return {person.at(platform): {"marketing_consent": other(CONSENTS, person.said["marketing_consent"])}}


def _add_tag(stage: Stage, person: Thing, dice: Dice) -> list[Entry]:
    stage.edit(person, person.at(HUBSPOT), {"tags": [*person.said["tags"], "spring-fair"]})
    return [entry(person, SOFT, "tags=spring-fair", "tag added")]


def _drop_tag(stage: Stage, person: Thing, dice: Dice) -> list[Entry]:
    gone, *kept = person.said["tags"]
    stage.edit(person, person.at(SHOPIFY), {"tags": kept})
    return [entry(person, SOFT, f"tags={gone}", "tag taken away")]


def _lead_buys(stage: Stage, person: Thing, dice: Dice) -> list[Entry]:
    for account in person.on(HUBSPOT):
        stage.edit(person, account, {"lifecycle": "customer"})
    return [
        entry(person, MISSING, f"missing:{account}", "lead became customer", reason="never_created")
        for account in stage.places.expecting((SHOPIFY,))
    ]


def _merge_into_former(stage: Stage, person: Thing, dice: Dice) -> list[Entry]:
    """Somebody merges two different people's contacts; the second person is left without one."""
    account = person.at(HUBSPOT)
    winner = stage.take_winner(person, account, _mergeable)
    if winner is None:
        return []
    stage.merge(account, winner=winner, loser=person)
    return [entry(person, MISSING, f"missing:{account}", "merged into another", reason="merged_away")]


def _moves(name: str, platform: str, cls: str) -> Recipe:
    """One system moves a contact to another company: the person differs, and both companies' contacts disagree."""

    def do(stage: Stage, person: Thing, dice: Dice) -> list[Entry]:
        former = stage.take(COMPANY, lambda one: one is person.named[COMPANY])
        company = stage.take(COMPANY, lambda one: _can_take_over(one, person))
        if former is None or company is None:
            return []
        account = person.at(platform)
        stage.edit(person, account, {"company_id": company.refs[account]})
        contacts = [finding(one, COMPANY_CONTACTS, name) for one in (former, company)]
        return [entry(person, cls, "company", name), *contacts]

    return Recipe(name, do, _can_change_firms, 2)


def _leaves(name: str, platform: str) -> Recipe:
    """One system takes a contact out of its company, which all others still say they work for."""

    def do(stage: Stage, person: Thing, dice: Dice) -> list[Entry]:
        company = stage.take(COMPANY, lambda one: one is person.named[COMPANY])
        if company is None:
            return []
        stage.edit(person, person.at(platform), {"company_id": None})
        return [entry(person, EMPTIED, "company", name), finding(company, COMPANY_CONTACTS, name)]

    return Recipe(name, do, _can_change_firms, 1)


def _can_take_over(company: Thing, person: Thing) -> bool:
    """A company for certain, known wherever the person is, and not the person's own."""
    is_known = person.accounts.keys() <= company.accounts.keys()
    return is_known and company.is_strong and company is not person.named[COMPANY]


PEOPLE = (
    edit(
        "shop changes e-mail",
        "email",
        SOFT,
        lambda s, p, d: {p.at(SHOPIFY): {"email": _new_email(s, p, d)}},
        everywhere,
        6,
    ),
    edit(
        "ERP changes e-mail",
        "email",
        STRANGER,
        lambda s, p, d: {p.at(NETSUITE): {"email": _new_email(s, p, d)}},
        everywhere,
    ),
    edit("CRM renames", "name", SOFT, lambda s, p, d: {p.at(HUBSPOT): {"last_name": _other_last(s, p, d)}}, everywhere),
    edit(
        "ERP renames",
        "name",
        STRANGER,
        lambda s, p, d: {p.at(NETSUITE): {"last_name": _other_last(s, p, d)}},
        everywhere,
    ),
    edit("shop moves house", "address", SOFT, lambda s, p, d: {p.at(SHOPIFY): s.locale.new_address(d)}, everywhere, 5),
    edit("CRM moves house", "address", STRANGER, lambda s, p, d: {p.at(HUBSPOT): s.locale.new_address(d)}, everywhere),
    edit(
        "new telephone in one",
        "phone",
        SOFT,
        lambda s, p, d: {p.at(NETSUITE): {"phone": s.locale.new_phone(d)}},
        everywhere,
        6,
    ),
    edit(
        "new telephones in two",
        "phone",
        HARD,
        lambda s, p, d: {
            p.at(HUBSPOT): {"phone": s.locale.new_phone(d)},
            p.at(SHOPIFY): {"phone": s.locale.new_phone(d)},
        },
        everywhere,
        3,
    ),
    edit("firm changed everywhere", "company_name", None, _same_firm_everywhere, having("company_name")),
    edit("firm changed in two alike", "company_name", SOFT, _two_agree, having("company_name"), 3),
    edit("firm changed in two ways", "company_name", HARD, _two_differ, having("company_name"), 3),
    edit(
        "firm emptied by a stranger",
        "company_name",
        EMPTIED,
        lambda s, p, d: {p.at(SHOPIFY): {"company_name": None}},
        having("company_name"),
        3,
    ),
    edit(
        "ERP changes lifecycle",
        "lifecycle",
        STRANGER,
        lambda s, p, d: {p.at(NETSUITE): {"lifecycle": "prospect"}},
        everywhere,
    ),
    edit(
        "ERP empties lifecycle",
        "lifecycle",
        EMPTIED,
        lambda s, p, d: {p.at(NETSUITE): {"lifecycle": None}},
        everywhere,
        3,
    ),
    edit("CRM sets tier", "custom_loyalty_tier", SOFT, lambda s, p, d: _new_tier(HUBSPOT, s, p), everywhere),
    edit("shop sets tier", "custom_loyalty_tier", STRANGER, lambda s, p, d: _new_tier(SHOPIFY, s, p), everywhere, 3),
    edit(
        "CRM changes consent", "marketing_consent", SOFT, lambda s, p, d: _new_consent(HUBSPOT, p), on(HUBSPOT, SHOPIFY)
    ),
    edit(
        "shop changes consent",
        "marketing_consent",
        STRANGER,
        lambda s, p, d: _new_consent(SHOPIFY, p),
        on(HUBSPOT, SHOPIFY),
        3,
    ),
    edit(
        "only the spelling",
        "name",
        None,
        lambda s, p, d: {p.at(HUBSPOT): {"first_name": f"  {p.said['first_name'].upper()} "}},
        everywhere,
    ),
    Recipe("tag added", _add_tag, on(HUBSPOT, SHOPIFY), 4),
    Recipe("tag taken away", _drop_tag, having("tags"), 4),
    archived("contact archived", HUBSPOT, _can_leave_the_crm, 3),
    archived("made inactive", NETSUITE, _can_be_deleted, 3),
    archived("made inactive with orders in the books", NETSUITE, _has_books, 3),
    deleted("deleted in the ERP", NETSUITE, _can_be_deleted, 3),
    Recipe("lead became customer", _lead_buys, lambda p: p.said["lifecycle"] == "lead", 4),
    Recipe("merged into another", _merge_into_former, _mergeable, 2),
    _moves("CRM moves a contact", HUBSPOT, STRANGER),
    _moves("ERP moves a contact", NETSUITE, SOFT),
    _moves("shop moves a contact", SHOPIFY, STRANGER),
    _leaves("CRM takes a contact out of its company", HUBSPOT),
    _leaves("shop takes a contact out of its company", SHOPIFY),
)
