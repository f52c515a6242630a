"""Entities laid out field by field for the comparison: what each account says now, and what was agreed before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from sg_pipelines.domain.comparators.columns import money_keys, row_keys
from sg_pipelines.domain.comparators.named_in_rows import named_in_rows
from sg_pipelines.domain.comparators.neighbours import Neighbours, pack_references
from sg_pipelines.domain.comparators.packing import RESOLVED, Original, Row, pack, pack_columns, pack_rows, stated
from sg_pipelines.domain.composition.currency import currencies, in_other_currencies
from sg_pipelines.domain.composition.goods import UnlikeGoods, unlike_goods
from sg_pipelines.domain.discrepancies.frame import FieldFrame, Mask, Prior
from sg_pipelines.domain.model.kinds import Comparator, Field, Kind
from sg_pipelines.domain.model.order import TOTAL
from sg_pipelines.domain.survivorship.master import in_order
from sg_pipelines.domain.survivorship.policy import FieldPolicy
from sg_pipelines.operations.apart import SAID, apart, in_shops_money, is_of_an_order
from sg_pipelines.operations.cast import Cast
from sg_pipelines.operations.originals import original
from sg_pipelines.ports.store import Document


@dataclass(frozen=True, slots=True)
class Gone:
    """An entity (position) whose record at an account names, in a field, a record that is not there any more. `place`: in
    which row of a field that is a set of rows, from 0."""

    entity: int
    account: str
    field: Field
    place: int | None = None


@dataclass(slots=True)
class Layout:
    """The entities' primary records, account by account; null rows where there is none. `renamed`: neighbours remembered by an id
    they no longer have. `now_ms`: when what is new was seen. `undecided`: entities (positions) that name a neighbour of
    whom nobody can say anything yet; `unheard`: those of which a row names one, though it is recognised by something else;
    `gone`: references to records that are not there any more; `in_other_currencies`: prices that are not compared, as they
    are in another currency; `unlike_goods`: lines whose amounts are not compared and that are about other goods. All fill
    up as fields are laid out."""

    cast: Cast
    kind: Kind
    neighbours: Neighbours
    renamed: Mapping[str, str]
    now_ms: int
    undecided: set[int] = field(default_factory=set)
    unheard: set[int] = field(default_factory=set)
    gone: list[Gone] = field(default_factory=list)
    in_other_currencies: int = 0
    unlike_goods: list[UnlikeGoods] = field(default_factory=list)
    _of_orders: dict[str, pa.Table] = field(default_factory=dict)
    _in_shops_money: dict[str, Mask] = field(default_factory=dict)

    def said(self, account: str, columns: Sequence[str], start: int = 0, stop: int | None = None) -> pa.Table:
        """Columns of an account's primary records, one row per entity from `start` to before `stop`."""
        index = self.cast.primary[account][start:stop]
        return self.cast.rows.select(columns).take(pa.array(index, mask=index < 0))

    def frame(self, of: Field, policy: FieldPolicy) -> FieldFrame:
        """One field of every entity."""
        not_compared = self._apart(of, policy)
        if of.is_rows:
            spoken = self._rows(of, policy, not_compared)
        else:
            spoken = {name: self._spoken(of, name) for name in policy.accounts}
        present = {account: one.present & ~not_compared[account] for account, one in spoken.items()}
        has_prior = any(document is not None for document in self.cast.prior)
        if of.has_own_currency:
            present = self._in_one_currency(of, policy, present)
        values = {account: one.values for account, one in spoken.items()}
        keys = {account: one.keys for account, one in spoken.items() if one.keys is not None}
        return FieldFrame(
            of,
            policy,
            values,
            present,
            _prior(self, of, policy, values) if has_prior else None,
            keys if len(keys) == len(spoken) else None,
            {account: one.present & not_compared[account] for account, one in spoken.items()}
            if of.name == TOTAL
            else {},
        )

    def keeps_other_money(self, of: Field, account: str, entity: int) -> bool:
        """Whether a total as others say it would be of another currency there: the account keeps the order in the shop's own."""
        return of.name == TOTAL and account in self._in_shops_money and bool(self._in_shops_money[account][entity])

    def _apart(self, of: Field, policy: FieldPolicy) -> dict[str, Mask]:
        """Account → where its amounts are not compared with those of others."""
        if is_of_an_order(of):
            self._of_orders = self._of_orders or {one: self.said(one, SAID) for one in self.cast.primary}
            self._in_shops_money = self._in_shops_money or in_shops_money(self._of_orders)
            return apart(of, policy, self._of_orders)
        return {account: np.zeros(len(self.cast.entity_ids), bool) for account in policy.accounts}

    def _in_one_currency(self, of: Field, policy: FieldPolicy, present: dict[str, Mask]) -> dict[str, Mask]:
        """Those who state the field in the currency of the first whose word counts; the others are counted."""
        said = {account: self.said(account, of.columns) for account in in_order(policy)}
        stated = {account: currencies(*(rows.column(name) for name in of.columns)) for account, rows in said.items()}
        apart = {account: present[account] & other for account, other in in_other_currencies(stated).items()}
        self.in_other_currencies += sum(int(other.sum()) for other in apart.values())
        return {account: mask & ~apart[account] for account, mask in present.items()}

    def remembered(self, of: Field, value: Original) -> str | None:
        """A remembered value, packed, its neighbours by their present ids."""
        if not self.renamed:
            return pack(of, value)
        if isinstance(value, list):
            return pack(of, [self._present_row(row) if isinstance(row, dict) else row for row in value])  # type: ignore[arg-type]  # all rows or all labels
        return pack(of, self._present_row(value) if isinstance(value, dict) else value)

    def _present_row(self, row: Row) -> Row:
        entity = row.get(RESOLVED, "")
        return {**row, RESOLVED: self.renamed[entity]} if entity in self.renamed else row

    def _spoken(self, of: Field, account: str) -> _Spoken:
        """What one account says of a field, in a form that can be compared."""
        rows, present = self.said(account, of.column_names), self._present(of, account)
        if of.refers_to is not None:
            referred = pack_references(of, account, rows.column(of.column_names[0]), self.neighbours)
            self._ask_again(present & referred.undecided)
            self.gone += [Gone(entity, account, of) for entity in np.flatnonzero(present & referred.gone).tolist()]
            return _Spoken(referred.packed, present & referred.can_tell)
        keys = money_keys(of, rows) if of.comparator is Comparator.MONEY else None
        return _Spoken(pack_columns(of, rows), present, keys)

    def _rows(self, of: Field, policy: FieldPolicy, not_compared: Mapping[str, Mask]) -> dict[str, _Spoken]:
        """What each account says of a field that is a set of rows: what a row is about may follow from another account. Where
        amounts are not compared, what was bought is."""
        columns = {account: self.said(account, [of.name]).column(of.name) for account in policy.accounts}
        spoken, told = {}, named_in_rows(of, columns, self.neighbours)
        for account, named in told.items():
            column, present = columns[account], self._present(of, account)
            self._ask_again(present & named.undecided)
            self.unheard.update(np.flatnonzero(present & named.unheard).tolist())
            self.gone += [Gone(entity, account, of, place) for entity, place in named.gone if present[entity]]
            packed, keys = pack_rows(of, column, named.resolved), row_keys(of, column, named.resolved)
            spoken[account] = _Spoken(packed, present & named.can_tell, keys)
        resolved = {account: named.resolved for account, named in told.items()}
        there = {account: one.present for account, one in spoken.items()}
        ordered = {account: columns[account] for account in in_order(policy)}
        self.unlike_goods += unlike_goods(of, ordered, resolved, not_compared, there)
        return spoken

    def _ask_again(self, where: Mask) -> None:
        self.undecided.update(np.flatnonzero(where).tolist())

    def _present(self, of: Field, account: str) -> Mask:
        """A primary record is there and nothing of the field is unknown."""
        there: Mask = self.cast.primary[account] >= 0
        if self.cast.rows.column("unknown").null_count == len(self.cast.rows):
            return there
        encoded = self.said(account, ["unknown"]).column("unknown").combine_chunks().dictionary_encode()
        texts = encoded.dictionary.to_pylist()
        hides = np.array([not set(of.column_names).isdisjoint(text.split(",")) for text in texts], bool)
        indices = pc.fill_null(encoded.indices, -1).to_numpy(zero_copy_only=False)
        visible: Mask = ~np.append(hides, False)[indices]
        return there & visible


@dataclass(frozen=True, slots=True)
class _Spoken:
    values: pa.ChunkedArray
    present: Mask
    keys: pa.ChunkedArray | None = None


def _prior(layout: Layout, of: Field, policy: FieldPolicy, values: dict[str, pa.ChunkedArray]) -> Prior:
    """What the stored documents remember of one field."""
    cast = layout.cast
    size = len(cast.entity_ids)
    cells = [document["fields"].get(of.name) if document else None for document in cast.prior]
    base = [layout.remembered(of, cell["base"]) if cell and cell["has_base"] else None for cell in cells]
    prior = Prior(
        has_base=np.array([bool(cell and cell["has_base"]) for cell in cells], bool),
        base=pa.array(base, pa.large_string()),
        has_held={},
        held={},
        accepted={},
        changed_at={},
        unsettled_since={},
    )
    for account in policy.accounts:
        memories = _memories(layout, of, account, cells, values[account].to_pylist())
        prior.has_held[account] = np.array([memory.has_held for memory in memories], bool)
        prior.held[account] = pa.array([memory.held for memory in memories], pa.large_string())
        prior.accepted[account] = np.array([memory.accepted for memory in memories], bool)
        prior.changed_at[account] = np.array([memory.changed_at for memory in memories], np.int64).reshape(size)
        prior.unsettled_since[account] = np.array([memory.since for memory in memories], np.int64).reshape(size)
    return prior


@dataclass(frozen=True, slots=True)
class _Memory:
    has_held: bool = False
    held: str | None = None
    accepted: bool = False
    changed_at: int = 0
    since: int = 0


_NOTHING = _Memory()


def _memories(
    layout: Layout, of: Field, account: str, cells: Sequence[Document | None], now_said: Sequence[str | None]
) -> list[_Memory]:
    record_ids = layout.said(account, ["record_id"]).column(0).to_pylist()
    found = []
    for cell, document, record_id, said in zip(cells, layout.cast.prior, record_ids, now_said, strict=True):
        if cell is None or document is None or record_id is None:
            found.append(_NOTHING)
            continue
        ref = f"{account}/{layout.kind.name}/{record_id}"
        before = document["representations"].get(account)
        changed = cell["changed"].get(ref, {"at": 0, "since": 0})
        if before is not None and before["record_id"] == record_id and _respelled(of, account, before, said):
            changed = {"at": layout.now_ms, "since": changed["since"] or layout.now_ms}
        found.append(
            _Memory(
                has_held=ref in cell["held"],
                held=layout.remembered(of, cell["held"].get(ref)),
                accepted=ref in cell["accepted"],
                changed_at=changed["at"],
                since=changed["since"],
            )
        )
    return found


def _respelled(of: Field, account: str, before: Document, said: str | None) -> bool:
    """The platform states something else than when the document was written."""
    was = pack(of, original(of, before, account))
    return stated(of, was) != stated(of, said)
