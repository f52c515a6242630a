"""How a kind stands in HubSpot: the object, its properties, its associations; and rows turned into records."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from sg_pipelines.connectors.connections import Scope
from sg_pipelines.connectors.forms import day_at
from sg_pipelines.connectors.hubspot.wire import ObjectRow
from sg_pipelines.connectors.quarantine import Unreadable
from sg_pipelines.domain.model.kinds import ColumnType, Kind
from sg_pipelines.domain.model.record import CellValue, Record, RecordState

LIFECYCLES: dict[str, str] = {
    "lead": "lead",
    "subscriber": "lead",
    "marketingqualifiedlead": "lead",
    "salesqualifiedlead": "prospect",
    "opportunity": "prospect",
    "customer": "customer",
    "evangelist": "customer",
}
SYSTEM = ("createdate", "hs_object_id", "hs_merged_object_ids", "external_id")
Said = Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class Associated:
    """What a record is associated with: ids of contacts and companies, the primary company first, and the properties of
    its line items by their ids."""

    contacts: Sequence[str] = ()
    companies: Sequence[str] = ()
    lines: Mapping[str, Said] = field(default_factory=dict)


NOTHING = Associated()
Finish = Callable[[Said, Associated, Scope], dict[str, CellValue]]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One object that holds a kind: `plain` maps columns to properties, `read` names those that only `finish` needs,
    `filled` the columns that it fills. `cross_id` is the property of another account's id; `has_lines`: its contacts,
    companies and line items are read too."""

    object: str
    type_id: str
    cross_id: str
    plain: Mapping[str, str]
    read: tuple[str, ...] = ()
    filled: tuple[str, ...] = ()
    finish: Finish = lambda said, associated, scope: {}
    modified: str = "hs_lastmodifieddate"
    has_lines: bool = False

    @property
    def path(self) -> str:
        """Of the object's calls."""
        return f"/crm/v3/objects/{self.object}"


class ObjectMapping:
    """One account's mapping of one kind: the documented properties, the client's own, the ids of its other accounts."""

    def __init__(self, sheet: Sheet, kind: Kind, scope: Scope) -> None:
        self.sheet, self._scope = sheet, scope
        known = {column.name for column in kind.columns()}
        own = scope.kinds[kind.name].mapping
        self._plain = {column: name for column, name in {**sheet.plain, **own}.items() if column in known}
        self._filled = tuple(name for name in sheet.filled if name in known)
        self._sets = {column.name for column in kind.columns() if column.type is ColumnType.TEXTS}
        self._cross_ids = {account: sheet.cross_id.format(account=account) for account in scope.others}
        self.columns = (*self._plain, *self._filled, "created_at")
        asked = (*self._plain.values(), *sheet.read, *self._cross_ids.values(), sheet.modified, *SYSTEM)
        self.properties = tuple(dict.fromkeys(asked))

    @property
    def version(self) -> str:
        """Changes with the mapping."""
        said = (sorted(self._plain.items()), self._filled, sorted(self._cross_ids.items()), self._scope.currency)
        return hashlib.blake2b(repr((said, sorted(LIFECYCLES.items()))).encode(), digest_size=6).hexdigest()

    def record(self, row: ObjectRow, associated: Associated = NOTHING) -> Record:
        """An object in canonical columns; an empty property is null."""
        if row["archived"]:
            return self.gone(row["id"], RecordState.ARCHIVED, instant(row.get("archivedAt") or row["updatedAt"]))
        said = {name: value or None for name, value in row["properties"].items()}
        columns: dict[str, CellValue] = {column: said.get(name) for column, name in self._plain.items()}
        for column in self._sets & columns.keys():
            columns[column] = _elements(said.get(self._plain[column]))
        finished = self.sheet.finish(said, associated, self._scope)
        columns |= {name: finished[name] for name in self._filled}
        columns["created_at"] = instant(said.get("createdate") or row["createdAt"])
        return Record(
            record_id=row["id"],
            state=RecordState.LIVE,
            modified_at=self.modified(row),
            payload={**row, **({"lines": dict(associated.lines)} if associated.lines else {})},
            columns=columns,
            cross_ids={to: other for to, name in self._cross_ids.items() if (other := said.get(name))},
            external_id=said.get("external_id"),
        )

    def modified(self, row: ObjectRow) -> datetime:
        """When HubSpot last changed it."""
        return instant(row["properties"].get(self.sheet.modified) or row["updatedAt"])

    @staticmethod
    def gone(
        record_id: str, state: RecordState, modified_at: datetime | None = None, merged_into: str | None = None
    ) -> Record:
        """An object that is not live any more."""
        return Record(record_id, state, modified_at, payload={}, merged_into=merged_into)


def lifecycle(said: Said) -> str | None:
    """Where somebody stands, by HubSpot's stage."""
    return LIFECYCLES.get((said.get("lifecyclestage") or "").casefold())


def day(text: str | None, scope: Scope) -> str | None:
    """The day of an instant where the client lives; a bare date is a day already."""
    if not text:
        return None
    if len(text) == len("2026-01-31"):
        return text
    return day_at(instant(text), ZoneInfo(scope.time_zone))


def merged_ids(row: ObjectRow) -> list[str]:
    """Ids of the objects that went into this one."""
    told = row["properties"].get("hs_merged_object_ids") or ""
    return [one.strip() for one in told.split(";") if one.strip()]


def instant(text: str) -> datetime:
    """ISO 8601, or milliseconds; whole milliseconds, UTC. ValueError when it is neither."""
    if text.isdigit():
        return _of_milliseconds(text)
    parsed = datetime.fromisoformat(text)
    return parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)


def _of_milliseconds(text: str) -> datetime:
    try:
        return datetime.fromtimestamp(int(text) / 1000, UTC)
    except OverflowError as error:
        raise Unreadable("an instant in it is in no calendar") from error


def _elements(joined: str | None) -> list[str]:
    return [one.strip() for one in (joined or "").split(";") if one.strip()]
