"""What types cannot say about a client file: names that must exist, rules that must fit. Each problem has a place."""

from __future__ import annotations

from collections.abc import Iterator

from sg_pipelines.config.client_file import FIELD_WORDS, ClientFile, EntitySettings, FieldSettings
from sg_pipelines.config.condition_problems import condition_problems
from sg_pipelines.config.naming import CUSTOM, account_problems, column_problems, property_problem
from sg_pipelines.config.policies import kind_of
from sg_pipelines.config.problem import Problem, nearest
from sg_pipelines.domain.matching.by_kind import KEYS
from sg_pipelines.domain.model.catalogue import KINDS
from sg_pipelines.domain.model.kinds import Comparator, Kind

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


def problems_of(file: ClientFile) -> Iterator[Problem]:
    """Every problem of a file that already has the right shape."""
    if not file.accounts:
        yield Problem(("accounts",), "there is no account", "Add one: `hubspot: {at: sandbox}`")
    if not file.entities:
        yield Problem(("entities",), "no kind is kept", "Add one: `customer: {on: {hubspot: contacts}}`")
    yield from account_problems(file)
    yield from _setting_problems(file)
    for name, entity in file.entities.items():
        kind = KINDS.get(name)
        if kind is None:
            yield Problem(("entities", name), f"{name!r} is no kind of entity", nearest(name, KINDS))
            continue
        yield from _entity_problems(file, entity, kind)


def _setting_problems(file: ClientFile) -> Iterator[Problem]:
    for name, account in file.accounts.items():
        if account.is_sandbox and file.sandbox is None:
            yield Problem(("accounts", name, "at"), "there is no sandbox", "Add `sandbox: {people: 2000, seed: 7}`")
    dimensions = {field.dimension.value for kind in KINDS.values() for field in kind.fields}
    for place, auto in enumerate(file.approval.auto):
        for word in auto.dimensions:
            if word not in dimensions:
                at = ("approval", "auto", place, "dimensions")
                yield Problem(at, f"{word!r} is no dimension", nearest(word, dimensions))
    if file.freshness.warn_after > file.freshness.fail_after:
        said = "what is late fails before it is late: warn_after is longer than fail_after"
        yield Problem(("freshness", "warn_after"), said, "Make warn_after the shorter one")


def _entity_problems(file: ClientFile, entity: EntitySettings, kind: Kind) -> Iterator[Problem]:
    at = ("entities", kind.name)
    if not entity.on:
        remedy = "Name an account and its object: `on: {hubspot: contacts}`"
        yield Problem((*at, "on"), f"{kind.plural} live nowhere", remedy)
    for account, wire_type in entity.on.items():
        if account not in file.accounts:
            yield Problem((*at, "on", account), f"{account!r} is no account here", nearest(account, file.accounts))
            continue
        supported = OBJECTS[kind.name][file.accounts[account].platform]
        if wire_type not in supported:
            remedy = f"Write {' or '.join(map(repr, supported))}"
            yield Problem((*at, "on", account), f"{wire_type!r} does not hold {kind.plural}", remedy)
    yield from column_problems(entity, kind, at)
    yield from _word_problems(entity, kind, at)
    known = _known_accounts(file, entity)
    yield from condition_problems(file, entity, known, kind_of(file, kind.name), at)
    for name, settings in entity.fields.items():
        here = (*at, "fields", name)
        yield from _field_problems(known, kind, name, settings, here)
        yield from _place_problems(file, entity, kind, name, settings, here)


def _known_accounts(file: ClientFile, entity: EntitySettings) -> frozenset[str]:
    """Accounts that lines of a kind may name. Where one of `on` is unknown every account counts: it may have been meant."""
    is_whole = entity.on.keys() <= file.accounts.keys() and bool(entity.on)
    return frozenset(entity.on if is_whole else entity.on.keys() | file.accounts.keys())


def _word_problems(entity: EntitySettings, kind: Kind, at: tuple[str, ...]) -> Iterator[Problem]:
    for key in entity.keys or ():
        if key not in KEYS[kind.name]:
            yield Problem((*at, "keys"), f"{key!r} cannot be a key", nearest(key, KEYS[kind.name]))
    dimensions = {field.dimension.value for field in kind.fields}
    for word in entity.check_every:
        if word not in dimensions:
            said = f"{kind.plural} have no dimension {word!r}"
            yield Problem((*at, "check_every", word), said, nearest(word, dimensions))


def _field_problems(
    accounts: frozenset[str], kind: Kind, name: str, settings: FieldSettings, at: tuple[str, ...]
) -> Iterator[Problem]:
    known = {field.name for field in kind.fields}
    if name.startswith(CUSTOM):
        if not settings.properties:
            yield Problem(at, f"{name} lives nowhere", "Name the property per account: hubspot: loyalty_tier")
    elif name not in known:
        remedy = nearest(name, known) + " Own fields start with custom."
        yield Problem(at, f"{name!r} is no field of {kind.name}", remedy)
    for account in settings.properties:
        if account not in accounts:
            remedy = nearest(account, [*accounts, *FIELD_WORDS])
            yield Problem((*at, account), f"{account!r} is neither an option nor an account of this kind", remedy)
    yield from _type_problems(kind, name, settings, at)
    yield from _owner_problems(accounts, name, settings, at)


def _type_problems(kind: Kind, name: str, settings: FieldSettings, at: tuple[str, ...]) -> Iterator[Problem]:
    is_custom = name.startswith(CUSTOM)
    for word in ("type", "values"):
        if not is_custom and word in settings.model_fields_set:
            yield Problem((*at, word), f"only a field of your own has {word}", f"Take `{word}` away")
    known = {field.name: field for field in kind.fields}
    is_number = settings.type == "decimal" if is_custom else name in known and known[name].comparator in NUMBERS
    if settings.tolerance and not is_number:
        yield Problem((*at, "tolerance"), f"{name!r} holds no number", "Take the tolerance away")


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
        wrong = property_problem(account, platforms.get(account), place, kind=kind, at=(*at, account))
        if wrong is not None and account in platforms:
            yield wrong
    if settings.type == "enum" and not settings.values:
        yield Problem((*at, "type"), "an enum says nothing without its words", "Add `values: [gold, silver]`")


def _owners(settings: FieldSettings) -> tuple[str, ...]:
    written = (settings.owner,) if isinstance(settings.owner, str) else settings.owner
    return tuple(account for account in written if account not in ("newest", "any"))


def _owner_problems(
    known: frozenset[str], name: str, settings: FieldSettings, at: tuple[str, ...]
) -> Iterator[Problem]:
    owners = _owners(settings)
    for word, accounts in (("owner", settings.owner), ("on", settings.on)):
        if accounts == () and word in settings.model_fields_set:
            yield Problem((*at, word), f"{word} names no account", "Name one, or take the line away")
    for word, accounts, words in (("owner", owners, ("newest", "any")), ("on", settings.on or (), ())):
        for account in accounts:
            if account not in known:
                yield Problem(
                    (*at, word), f"{account!r} is no account of this kind", nearest(account, [*known, *words])
                )
    speaks = settings.on if settings.on and known.issuperset(settings.on) else owners
    for account in owners:
        if account in known and account not in speaks:
            yield Problem((*at, "owner"), f"{account!r} owns {name} but is not in its `on`", "Add it to `on`")
