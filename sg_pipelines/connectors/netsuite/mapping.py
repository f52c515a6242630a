"""How a kind stands in SuiteQL: the table, the columns, the sublists read apart; and rows turned into records."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from sg_pipelines.connectors.connections import Scope
from sg_pipelines.connectors.netsuite.wire import Row
from sg_pipelines.domain.model.kinds import ColumnType, Comparator, Kind
from sg_pipelines.domain.model.record import CellValue, Record, RecordState

STAGES = {"lead": "lead", "prospect": "prospect", "customer": "customer"}
# What a checkbox is in SuiteQL → what it is everywhere else.
CHECKBOX = {"T": "true", "F": "false"}
# Between the values of a multiple select: as shown, or as kept.
SHOWN, KEPT = ", ", "\x05"
FORMAT = "YYYY-MM-DD HH24:MI:SS"
_PARSED = "%Y-%m-%d %H:%M:%S"
Details = Mapping[str, Sequence[Row]]
# What it leaves out is unknown.
Finish = Callable[[Row, Details, Scope], dict[str, CellValue]]


@dataclass(frozen=True, slots=True)
class Detail:
    """A sublist, read by queries of its own: rows ordered by their `owner`, then by `within` it."""

    name: str
    columns: Mapping[str, str]
    source: str
    owner: str
    within: str
    where: str = ""

    @property
    def select(self) -> str:
        """The SELECT up to and with its conditions."""
        named = [f"{self.owner} AS owner", f"{self.within} AS within"]
        named += [f"{expression} AS {name}" for name, expression in self.columns.items()]
        return f"SELECT {', '.join(named)} FROM {self.source} WHERE {self.where or f'{self.owner} > 0'}"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One kind: `source` is the FROM with its joins, `record` the alias of the record's own table, `plain` maps columns
    to expressions, `read` names what only `finish` needs. `cross_id` is the custom column of another account's id.
    `left_out`: how many rows of a record's sublists `finish` has no place for."""

    source: str
    record: str
    where: str
    modified: str
    created: str
    deleted_type: str
    cross_id: str
    page: str
    plain: Mapping[str, str] = field(default_factory=dict)
    read: Mapping[str, str] = field(default_factory=dict)
    finish: Finish = lambda row, details, scope: {}
    filled: tuple[str, ...] = ()
    details: tuple[Detail, ...] = ()
    inactive: str | None = None
    left_out: Callable[[Details], int] = lambda details: 0


class RecordMapping:
    """One account's mapping of one kind: the documented columns, the client's own, the ids of its other accounts."""

    def __init__(self, sheet: Sheet, kind: Kind, scope: Scope) -> None:
        self.sheet, self._scope = sheet, scope
        known = {column.name for column in kind.columns()}
        own = {column: name for column, name in scope.kinds[kind.name].mapping.items() if column in known}
        self._sets = sorted(own.keys() & {column.name for column in kind.columns() if column.type is ColumnType.TEXTS})
        listed = {field.name for field in kind.fields if field.comparator is Comparator.ENUM}
        self._named = sorted({*self._sets, *(own.keys() & listed)})
        dated = {field.name for field in kind.fields if field.comparator is Comparator.INSTANT}
        self._instants = sorted(own.keys() & dated)
        custom = {column: self._custom(column, name) for column, name in own.items()}
        self._booleans = sorted(field.name for field in kind.fields if field.comparator is Comparator.BOOLEAN)
        self._columns = {name: said for name, said in {**sheet.plain, **custom}.items() if name in known}
        self._filled = tuple(name for name in sheet.filled if name in known)
        self._cross_ids = {account: sheet.cross_id.format(account=account) for account in scope.others}
        self.columns = (*self._columns, *self._filled, "created_at")

    @property
    def version(self) -> str:
        """Changes with the mapping."""
        said = (sorted(self._columns.items()), self._filled, sorted(self._cross_ids.items()), self._scope.currency)
        read = (*said, self._booleans) if self._booleans else said
        return hashlib.blake2b(repr(read).encode(), digest_size=6).hexdigest()

    @property
    def select(self) -> str:
        """The SELECT up to and with its FROM."""
        sheet = self.sheet
        named = {
            "id": f"{sheet.record}.id",
            "modified": f"TO_CHAR({sheet.modified}, '{FORMAT}')",
            "created": f"TO_CHAR({sheet.created}, '{FORMAT}')",
            "externalid": f"{sheet.record}.externalid",
            **({"isinactive": sheet.inactive} if sheet.inactive else {}),
            **sheet.read,
            **{name: f"{sheet.record}.{name}" for name in self._cross_ids.values()},
            **{name.lower(): said for name, said in self._columns.items()},
        }
        return f"SELECT {', '.join(f'{said} AS {name}' for name, said in named.items())} FROM {sheet.source}"

    def record(self, row: Row, details: Details) -> Record:
        """A row and its sublists in canonical columns; an inactive record is archived."""
        modified = instant(row["modified"])
        if row.get("isinactive") == "T":
            return Record(row["id"], RecordState.ARCHIVED, modified, payload=dict(row))
        # SuiteQL answers in lower case, whatever a column was called in the question.
        said = {name: row.get(name.lower()) or None for name in self._columns}
        columns: dict[str, CellValue] = {**said}
        columns |= {name: elements(said[name]) for name in self._sets}
        columns |= {name: _iso(text) for name in self._instants if (text := said[name])}
        columns |= {name: CHECKBOX.get(text, text) for name in self._booleans if (text := said.get(name))}
        finished = self.sheet.finish(row, details, self._scope)
        columns |= {name: finished[name] for name in self._filled if name in finished}
        columns["created_at"] = instant(row["created"]) if row.get("created") else None
        return Record(
            record_id=row["id"],
            state=RecordState.LIVE,
            modified_at=modified,
            payload={**row, **{name: [dict(one) for one in rows] for name, rows in details.items()}},
            columns=columns,
            cross_ids={account: other for account, name in self._cross_ids.items() if (other := row.get(name))},
            external_id=row.get("externalid"),
        )

    def _custom(self, column: str, name: str) -> str:
        """A column of the client's own; what is selected from a list by its name, as it is an id there, and a date in our form,
        as it is in the user's."""
        said = f"{self.sheet.record}.{name}"
        if column in self._instants:
            return f"TO_CHAR({said}, '{FORMAT}')"
        return f"BUILTIN.DF({said})" if column in self._named else said


def elements(joined: str | None) -> list[str] | None:
    """The values of a multiple select; null when blank."""
    said = joined or ""
    return [one.strip() for one in said.split(KEPT if KEPT in said else SHOWN) if one.strip()] or None


def lifecycle(row: Row, details: Details, scope: Scope) -> dict[str, CellValue]:
    """Where a customer stands, by the stage NetSuite searches by."""
    return {"lifecycle": STAGES.get(row.get("searchstage", "").casefold())}


def instant(text: str) -> datetime:
    """TO_CHAR's form; the integration's user has UTC as time zone."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def _iso(text: str) -> str:
    return instant(text).isoformat().replace("+00:00", "Z")


def written(moment: datetime) -> str:
    """The way back."""
    return moment.astimezone(UTC).strftime(_PARSED)
