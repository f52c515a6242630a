"""What types cannot say about a client file: names that must exist, rules that must fit. Each problem has a place."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sg_pipelines.config.client_file import FIELD_WORDS, ClientFile, EntitySettings, FieldSettings
from sg_pipelines.config.condition_names import composites, readable
from sg_pipelines.config.condition_types import misfit
from sg_pipelines.config.conditions import compile_condition
from sg_pipelines.domain.matching.by_kind import KEYS
from sg_pipelines.domain.model.catalogue import KINDS
from sg_pipelines.domain.model.kinds import Comparator, Kind

CUSTOM, METAFIELD = "custom.", "metafield:"
NUMBERS = (Comparator.MONEY, Comparator.DECIMAL)
# Kind → platform → the objects that can hold it, the usual one first.
OBJECTS: dict[str, dict[str, tuple[str, ...]]] = {
    "company": {"hubspot": ("companies",), "shopify": ("companies",), "netsuite": ("customer",)},
    "customer": {"hubspot": ("contacts",), "shopify": ("customers",), "netsuite": ("customer",)},
    "product": {"hubspot": ("products",), "shopify": ("productVariants",), "netsuite": ("inventoryItem",)},
    "order": {"hubspot": ("deals", "orders"), "shopify": ("orders",), "netsuite": ("salesOrder",)},
}


# Kind → platform → fields it has no place for.
NO_PLACE: dict[str, dict[str, frozenset[str]]] = {
    "company": {"shopify": frozenset({"lifecycle"})},
    "customer": {"shopify": frozenset({"lifecycle"}), "netsuite": frozenset({"marketing_consent", "tags"})},
    "product": {"hubspot": frozenset({"inventory"})},
    "order": {},
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong: the key path it stands at, what is wrong, what to do."""

    location: tuple[str | int, ...]
    message: str
    remedy: str = ""


def nearest(word: str, known: Iterable[str]) -> str:
    """A remedy that names what was probably meant, or everything that is known."""
    options = sorted(known)
    close = difflib.get_close_matches(word, options, n=1)
    return f"Did you mean {close[0]!r}?" if close else f"Known: {', '.join(options)}"


def problems_of(file: ClientFile) -> Iterator[Problem]:
    """Every problem of a file that already has the right shape."""
    for name, account in file.accounts.items():
        if account.is_sandbox and file.sandbox is None:
            yield Problem(("accounts", name, "at"), "there is no sandbox", "Add `sandbox: {people: 2000, seed: 7}`")
    for name, entity in file.entities.items():
        kind = KINDS.get(name)
        if kind is None:
            yield Problem(("entities", name), f"{name!r} is no kind of entity", nearest(name, KINDS))
            continue
        yield from _entity_problems(file, entity, kind)


def _entity_problems(file: ClientFile, entity: EntitySettings, kind: Kind) -> Iterator[Problem]:
    at = ("entities", kind.name)
    for account, wire_type in entity.on.items():
        if account not in file.accounts:
            yield Problem((*at, "on", account), f"{account!r} is no account here", nearest(account, file.accounts))
            continue
        supported = OBJECTS[kind.name][file.accounts[account].platform]
        if wire_type not in supported:
            remedy = f"Write {' or '.join(map(repr, supported))}"
            yield Problem((*at, "on", account), f"{wire_type!r} does not hold {kind.plural}", remedy)
    for key in entity.keys or ():
        if key not in KEYS[kind.name]:
            yield Problem((*at, "keys"), f"{key!r} cannot be a key", nearest(key, KEYS[kind.name]))
    yield from _condition_problems(entity, kind.without_neighbours(file.entities), at)
    for name, settings in entity.fields.items():
        here = (*at, "fields", name)
        yield from _field_problems(entity, kind, name, settings, here)
        yield from _place_problems(file, entity, kind, name, settings, here)


def _condition_problems(entity: EntitySettings, kind: Kind, at: tuple[str, ...]) -> Iterator[Problem]:
    custom = {name.replace(".", "_") for name in entity.fields if name.startswith(CUSTOM)}
    known, whole = readable(kind).keys() | custom, composites(kind)
    for account, source in entity.expected_on.items():
        here = (*at, "expected_on", account)
        if account not in entity.on:
            yield Problem(here, f"{kind.plural} do not live on {account!r}", nearest(account, entity.on))
        try:
            condition = compile_condition(source)
        except ValueError as error:
            yield Problem(
                here, f"the condition is not valid CEL: {error}", "Write always, or one like: orders_count > 0"
            )
            continue
        unknown = sorted(condition.variables - known)
        for variable in unknown:
            said, remedy = "is no field", nearest(variable, known)
            if variable in whole:
                said, remedy = "is several values", f"Read one of them: {', '.join(whole[variable])}"
            yield Problem(here, f"the condition reads {variable!r}, which {said}", remedy)
        wrong = None if unknown else misfit(condition, kind)
        if wrong is not None:
            yield Problem(here, f"the condition for {account} {wrong}", "Write always, or one like: orders_count > 0")


def _field_problems(
    entity: EntitySettings, kind: Kind, name: str, settings: FieldSettings, at: tuple[str, ...]
) -> Iterator[Problem]:
    known = {field.name for field in kind.fields}
    if name.startswith(CUSTOM):
        if not settings.properties:
            yield Problem(at, f"{name} lives nowhere", "Name the property per account: hubspot: loyalty_tier")
    elif name not in known:
        remedy = nearest(name, known) + " Own fields start with custom."
        yield Problem(at, f"{name!r} is no field of {kind.name}", remedy)
    for account in settings.properties:
        if account not in entity.on:
            remedy = nearest(account, [*entity.on, *FIELD_WORDS])
            yield Problem((*at, account), f"{account!r} is neither an option nor an account of this kind", remedy)
    numeric = name.startswith(CUSTOM) and settings.type == "decimal"
    if settings.tolerance and not numeric and (name not in known or kind.field(name).comparator not in NUMBERS):
        yield Problem((*at, "tolerance"), f"{name!r} holds no number", "Take the tolerance away")
    yield from _owner_problems(entity, name, settings, at)


def _place_problems(
    file: ClientFile, entity: EntitySettings, kind: Kind, name: str, settings: FieldSettings, at: tuple[str, ...]
) -> Iterator[Problem]:
    """Accounts on platforms that have no place for a field, or none of that name."""
    platforms = {account: file.accounts[account].platform for account in entity.on if account in file.accounts}
    without = {account for account, its in platforms.items() if name in NO_PLACE[kind.name].get(its, ())}
    for word, accounts in (("owner", _owners(settings)), ("on", settings.on or ())):
        for account in accounts:
            if account in without:
                remedy = f"Carried by {', '.join(one for one in platforms if one not in without)}"
                yield Problem((*at, word), f"{account!r} has no place for {name}", remedy)
    for account, place in settings.properties.items():
        if platforms.get(account) == "shopify" and not place.startswith(METAFIELD):
            yield Problem((*at, account), f"{place!r} is no metafield", f"Write {METAFIELD}{place}")
    if settings.type == "enum" and not settings.values:
        yield Problem((*at, "type"), "an enum says nothing without its words", "Add `values: [gold, silver]`")


def _owners(settings: FieldSettings) -> tuple[str, ...]:
    written = (settings.owner,) if isinstance(settings.owner, str) else settings.owner
    return tuple(account for account in written if account not in ("newest", "any"))


def _owner_problems(
    entity: EntitySettings, name: str, settings: FieldSettings, at: tuple[str, ...]
) -> Iterator[Problem]:
    owners = _owners(settings)
    for word, accounts in (("owner", owners), ("on", settings.on or ())):
        for account in accounts:
            if account not in entity.on:
                remedy = nearest(account, entity.on)
                yield Problem((*at, word), f"{account!r} is no account of this kind", remedy)
    for account in owners:
        if settings.on is not None and account in entity.on and account not in settings.on:
            yield Problem((*at, "owner"), f"{account!r} owns {name} but is not in its `on`", "Add it to `on`")
