"""What people do to companies' records."""

from __future__ import annotations

from sg_pipelines.sandbox.world.deeds import Changes, Dice, Recipe, archived, edit, everywhere, having, is_alone
from sg_pipelines.sandbox.world.ledger import HARD, MISSING, SOFT, Entry, entry
from sg_pipelines.sandbox.world.places import HUBSPOT, NETSUITE, SHOPIFY
from sg_pipelines.sandbox.world.stage import Stage
from sg_pipelines.sandbox.world.strangers import EMPTIED, STRANGER
from sg_pipelines.sandbox.world.things import Thing

# Numbers no company was founded with: tax ids of these are nobody's yet.
NEW_NUMBERS = 5_000_000


def _can_go(company: Thing) -> bool:
    return company.is_everywhere and is_alone(company)


def _mergeable(company: Thing) -> bool:
    return _can_go(company) and company.is_strong


def _can_win(company: Thing) -> bool:
    return is_alone(company) and company.is_strong


def _is_not_missed(company: Thing) -> bool:
    """An ERP expects companies that order, and no others."""
    return _can_go(company) and not company.orders_in_shop


def _new_name(stage: Stage, company: Thing, dice: Dice) -> str:
    return f"{stage.locale.firm(dice)} {company.number} Partners"


def _new_domain(company: Thing, dice: Dice) -> str:
    return f"new-{company.number}-{dice.randrange(1000)}.example"


def _new_tax_id(stage: Stage, company: Thing) -> str:
    return stage.locale.tax_id(NEW_NUMBERS + company.number)


def _two_phones(stage: Stage, company: Thing, dice: Dice) -> Changes:
    return {company.at(platform): {"phone": stage.locale.new_phone(dice)} for platform in (HUBSPOT, NETSUITE)}


def _phone_everywhere(stage: Stage, company: Thing, dice: Dice) -> Changes:
    phone = stage.locale.new_phone(dice)
    return {account: {"phone": phone} for account in company.accounts}


def _inactivate(stage: Stage, company: Thing, dice: Dice) -> list[Entry]:
    stage.archive(company, company.at(NETSUITE))
    return []


def _merge(stage: Stage, company: Thing, dice: Dice) -> list[Entry]:
    account = company.at(HUBSPOT)
    winner = stage.take_winner(company, account, _can_win)
    if winner is None:
        return []
    stage.merge(account, winner=winner, loser=company)
    return [entry(company, MISSING, f"missing:{account}", "company merged into another", reason="merged_away")]


COMPANIES = (
    Recipe("company merged into another", _merge, _mergeable, 5),
    archived("company archived in the CRM", HUBSPOT, _can_go, 8),
    Recipe("company inactive, not missed", _inactivate, _is_not_missed, 5),
    edit("ERP renames a company", "name", SOFT, lambda s, c, d: {c.at(NETSUITE): {"name": _new_name(s, c, d)}}, everywhere, 8),
    edit("shop renames a company", "name", STRANGER, lambda s, c, d: {c.at(SHOPIFY): {"name": _new_name(s, c, d)}}, everywhere, 6),
    edit("CRM changes domain", "domain", SOFT, lambda s, c, d: {c.at(HUBSPOT): {"domain": _new_domain(c, d)}}, having("domain"), 6),
    edit("ERP changes domain", "domain", STRANGER, lambda s, c, d: {c.at(NETSUITE): {"domain": _new_domain(c, d)}}, having("domain"), 6),
    edit("ERP changes tax id", "tax_id", SOFT, lambda s, c, d: {c.at(NETSUITE): {"tax_id": _new_tax_id(s, c)}}, having("tax_id"), 6),
    edit("CRM changes tax id", "tax_id", STRANGER, lambda s, c, d: {c.at(HUBSPOT): {"tax_id": _new_tax_id(s, c)}}, having("tax_id"), 6),
    edit("shop empties tax id", "tax_id", EMPTIED, lambda s, c, d: {c.at(SHOPIFY): {"tax_id": None}}, having("tax_id"), 5),
    edit("new company telephone in one", "phone", SOFT, lambda s, c, d: {c.at(SHOPIFY): {"phone": s.locale.new_phone(d)}}, everywhere, 8),
    edit("new company telephones in two", "phone", HARD, _two_phones, everywhere, 5),
    edit("new company telephone everywhere", "phone", None, _phone_everywhere, everywhere, 5),
    edit("ERP moves a company", "address", SOFT, lambda s, c, d: {c.at(NETSUITE): s.locale.new_address(d)}, everywhere, 8),
    edit("CRM moves a company", "address", STRANGER, lambda s, c, d: {c.at(HUBSPOT): s.locale.new_address(d)}, everywhere, 6),
    edit("ERP changes a company's lifecycle", "lifecycle", STRANGER, lambda s, c, d: {c.at(NETSUITE): {"lifecycle": "prospect"}}, everywhere, 6),
    edit("CRM changes a company's lifecycle", "lifecycle", SOFT, lambda s, c, d: {c.at(HUBSPOT): {"lifecycle": "lead"}}, everywhere, 6),
    edit("only a company's spelling", "name", None, lambda s, c, d: {c.at(SHOPIFY): {"name": f" {c.said['name'].upper()}"}}, everywhere, 6),
)  # fmt: skip
