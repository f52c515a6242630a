"""Who the survivor of a merge is when it has an id of its own: HubSpot gives it one, and says which records went into it but
not whose words it kept.

It is who the record was whose words it states; what it filled in from the others (the ids of their records elsewhere, above
all) is no word of its own about who it is. Both are kept with its link, as nobody says so a second time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from sg_pipelines.domain.model.kinds import Kind
from sg_pipelines.operations.representations import representation
from sg_pipelines.ports.store import Document

# {external_id, cross_ids: {account: record id}}
Inherited = Mapping[str, Any]
_SILENT: Document = {"external_id": None, "cross_ids": {}, "columns": {}}


@dataclass(frozen=True, slots=True)
class Heir:
    """The link that a survivor takes over, and what it states that is another one's."""

    link: Document
    inherited: Inherited | None


@dataclass(frozen=True, slots=True)
class _Part:
    """A record that went into another one: its link, and what it said last, if that is known."""

    link: Document
    said: Document | None

    @property
    def inherited(self) -> Inherited | None:
        return self.link.get("inherited")

    @property
    def own(self) -> Document:
        """What it said of itself."""
        said = self.said or _SILENT
        return {**said, **_less(said, self.inherited)} if self.inherited else said

    def names(self, account: str, value: Any) -> bool:
        """It said so, or inherited it."""
        return value in (_stated(self.said or _SILENT, account), _stated(self.inherited or _SILENT, account))


def heirs(
    rows: pa.Table,
    gone: Iterable[Mapping[str, Any]],
    links: Mapping[str, Document],
    entities: Mapping[str, Document],
    kind: Kind,
) -> dict[str, Heir]:
    """By the ref of a live record that hangs on nothing yet, whose links it has: of records that went into it and hung on
    one entity, or of the one whose words it kept. Nothing is said where that cannot be told."""
    parts: dict[str, list[_Part]] = defaultdict(list)
    for row in gone:
        link = links.get(f"{row['account']}/{kind.name}/{row['record_id']}")
        if row["merged_into"] and link is not None:
            survivor = f"{row['account']}/{kind.name}/{row['merged_into']}"
            parts[survivor].append(_Part(link, _said(link, entities)))
    waiting = {ref: some for ref, some in parts.items() if ref not in links}
    found = {}
    for row in _rows_of(rows, waiting, kind).to_pylist():
        ref = f"{row['account']}/{kind.name}/{row['record_id']}"
        heir = _heir(representation(row, kind), waiting[ref], kind)
        if heir is not None:
            found[ref] = heir
    return found


def own_words(rows: pa.Table, inherited: Mapping[str, Inherited], kind: Kind) -> pa.Table:
    """The rows as they speak of who they are; in no order. `inherited`: by ref, what is no word of theirs."""
    if not inherited:
        return rows
    few = _rows_of(rows, inherited, kind)
    spoken = [_row_less(row, inherited[f"{row['account']}/{kind.name}/{row['record_id']}"]) for row in few.to_pylist()]
    others = rows.filter(pc.invert(_are_among(rows, inherited, kind)))
    return pa.concat_tables([others, pa.Table.from_pylist(spoken, schema=rows.schema)])


def _heir(said: Document, parts: list[_Part], kind: Kind) -> Heir | None:
    if len({part.link["entity"] for part in parts}) == 1:
        return Heir(parts[0].link, _inherited(said, parts, parts))
    if any(part.said is None for part in parts):
        return None
    lost = [_words_lost(part.own, said, kind) for part in parts]
    kept = [part for part, count in zip(parts, lost, strict=True) if count == min(lost)]
    if len({part.link["entity"] for part in kept}) > 1:
        return None
    same = [part for part in parts if part.link["entity"] == kept[0].link["entity"]]
    return Heir(kept[0].link, _inherited(said, same, parts))


def _words_lost(before: Document, now: Document, kind: Kind) -> int:
    """How many things that a record said the survivor says otherwise: it may state more, not less."""
    columns = {name for field in kind.fields for name in field.column_names}
    lost = sum(1 for name, value in before["columns"].items() if name in columns and now["columns"].get(name) != value)
    lost += sum(1 for account, named in before["cross_ids"].items() if now["cross_ids"].get(account) != named)
    return lost + (before["external_id"] is not None and before["external_id"] != now["external_id"])


def _inherited(now: Document, same: list[_Part], parts: list[_Part]) -> Inherited | None:
    """What is known from the parts, and no word that those of the `same` entity said of themselves."""

    def is_others(account: str, value: Any) -> bool:
        said_by_itself = any(_stated(part.own, account) == value for part in same)
        return not said_by_itself and any(part.names(account, value) for part in parts)

    cross_ids = {account: named for account, named in now["cross_ids"].items() if is_others(account, named)}
    external_id = now["external_id"] if now["external_id"] and is_others("", now["external_id"]) else None
    return {"external_id": external_id, "cross_ids": cross_ids} if external_id or cross_ids else None


def _stated(said: Mapping[str, Any], account: str) -> Any:
    """The id a record gives of itself elsewhere; without an account its external id."""
    return said["cross_ids"].get(account) if account else said["external_id"]


def _said(link: Document, entities: Mapping[str, Document]) -> Document | None:
    """What a linked record said when it was last reconciled."""
    document = entities.get(link["entity"])
    if document is None:
        return None
    primary = document["representations"].get(link["account"])
    held = [primary, *(one for one in document["duplicates"] if one["account"] == link["account"])]
    return next((one for one in held if one and one["record_id"] == link["record_id"]), None)


def _less(said: Mapping[str, Any], inherited: Inherited) -> dict[str, Any]:
    """The ids that a record states without those it inherited, as far as it still states them."""
    own = {account: one for account, one in said["cross_ids"].items() if inherited["cross_ids"].get(account) != one}
    external_id = None if said["external_id"] == inherited["external_id"] else said["external_id"]
    return {"external_id": external_id, "cross_ids": own}


def _row_less(row: dict[str, Any], inherited: Inherited) -> dict[str, Any]:
    named = {one["account"]: one["record_id"] for one in row["cross_ids"] or ()}
    own = _less({**row, "cross_ids": named}, inherited)
    cross_ids = [{"account": account, "record_id": one} for account, one in own["cross_ids"].items()]
    return {**row, **own, "cross_ids": cross_ids or None}


def _rows_of(rows: pa.Table, refs: Mapping[str, Any], kind: Kind) -> pa.Table:
    return rows.filter(_are_among(rows, refs, kind)) if refs else rows.slice(0, 0)


def _are_among(rows: pa.Table, refs: Mapping[str, Any], kind: Kind) -> pa.ChunkedArray:
    named = pc.binary_join_element_wise(rows.column("account"), rows.column("record_id"), f"/{kind.name}/")
    return pc.is_in(named, value_set=pa.array(list(refs), pa.string()))
