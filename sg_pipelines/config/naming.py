"""Names a client gives: accounts, fields of its own, the properties these live in. All of them become columns, paths and words
of questions to platforms, so each must be a word that nothing else goes by."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sg_pipelines.config.client_file import FIELD_WORDS, ClientFile, EntitySettings
from sg_pipelines.config.problem import Problem
from sg_pipelines.domain.model.kinds import Kind

CUSTOM, METAFIELD = "custom.", "metafield:"
# Words that an owner, a source or an id mean something else by.
_TAKEN = FIELD_WORDS | {"newest", "any", "base", "external"}
_ACCOUNT = re.compile(r"[a-z][a-z0-9_]{0,30}")
_OWN = re.compile(r"custom(\.[A-Za-z0-9_]+)+")
_METAFIELD = re.compile(r"metafield:(\$app(:[A-Za-z0-9_-]+)?|[A-Za-z0-9_-]+)\.[A-Za-z0-9_-]+")
_PROPERTY = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
# How custom fields of NetSuite begin, in whatever letter case, and which ones are on records of a kind.
_NETSUITE_CUSTOM = re.compile(r"(cust(?:body|col|entity|event|item|itemnumber|record))(?=[_0-9])", re.IGNORECASE)
NETSUITE_PREFIX = {"company": "custentity", "customer": "custentity", "product": "custitem", "order": "custbody"}


def account_problems(file: ClientFile) -> Iterator[Problem]:
    """Accounts whose name cannot be a folder, a column or part of a property."""
    for name in file.accounts:
        at = ("accounts", name)
        if _ACCOUNT.fullmatch(name) is None:
            remedy = f"Name it {_word(name, f'{file.accounts[name].platform}_1')}: small letters, digits and underscores, a letter first, 31 at most"
            yield Problem(at, f"{name!r} cannot name an account", remedy)
        elif name in _TAKEN:
            yield Problem(at, f"{name!r} is a word with another meaning", f"Name it shop_{name}, or like its platform")


def column_problems(entity: EntitySettings, kind: Kind, at: tuple[str, ...]) -> Iterator[Problem]:
    """Names that become one column of the kind's dataset with another."""
    own = [name for name in entity.fields if name.startswith(CUSTOM)]
    shown = (name for field in kind.fields for name in ((field.name,) if field.refers_to else field.column_names))
    taken = {name: f"the field {name}" for name in (*shown, *(column.name for column in kind.read_only))}
    for name in own:
        column = name.replace(".", "_").casefold()
        if _OWN.fullmatch(name) is None:
            remedy = "Write custom. and one word: custom.loyalty_tier (letters, digits, underscores)"
            yield Problem((*at, "fields", name), f"{name!r} cannot name a field", remedy)
        elif column in taken or f"{column}_source" in taken:
            other = taken.get(column) or taken[f"{column}_source"]
            yield Problem((*at, "fields", name), f"{name} becomes the same column as {other}", "Rename one of them")
        taken |= {column: name, f"{column}_source": f"the source of {name}"}
    for account in entity.on:
        if f"{account}_id" in taken:
            said = f"the ids of {account!r} become the same column as {taken[f'{account}_id']}"
            yield Problem((*at, "on", account), said, f"Rename the account: {account}_1")


def property_problem(
    account: str, platform: str | None, place: str, *, kind: Kind, at: tuple[str, ...]
) -> Problem | None:
    """Where a field of this kind lives on an account, if nothing can be called so there."""
    if platform != "shopify":
        if _PROPERTY.fullmatch(place) is None:
            remedy = "Write its internal name: letters, digits and underscores, a letter first"
            return Problem(at, f"{place!r} is no name of a property at {account}", remedy)
        return _of_another_record(account, place, kind, at) if platform == "netsuite" else None
    if _METAFIELD.fullmatch(place) is not None:
        return None
    namespace, point, key = place.removeprefix(METAFIELD).rpartition(".")
    proposed = f"{METAFIELD}{_word(namespace, 'custom') if point else 'custom'}.{_word(key, 'loyalty_tier')}"
    return Problem(at, f"{place!r} is no metafield with namespace and key", f"Write {proposed}")


def _of_another_record(account: str, place: str, kind: Kind, at: tuple[str, ...]) -> Problem | None:
    """A custom field of NetSuite says by how it begins what records it is on; fields of NetSuite's own begin with none of
    these."""
    said, ours = _NETSUITE_CUSTOM.match(place), NETSUITE_PREFIX[kind.name]
    if said is None or said[1].casefold() == ours:
        return None
    remedy = f"Write one that begins with {ours}: theirs do"
    return Problem(at, f"{place!r} is no field of {kind.plural} at {account}", remedy)


def _word(text: str, otherwise: str) -> str:
    """The nearest word; another one where nothing of it can stay."""
    return re.sub(r"[^a-z0-9]+", "_", text.lower()).strip("_").lstrip("0123456789_") or otherwise
