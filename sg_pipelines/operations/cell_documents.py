"""One field of a stretch of entities as cell documents: the value shown, what was agreed, what each record held then."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sg_pipelines.domain.comparators.packing import Original, unpacker
from sg_pipelines.domain.discrepancies.frame import FieldResult, Prior
from sg_pipelines.domain.survivorship.master import FROM_BASE
from sg_pipelines.ports.store import Document


class Cells:
    """Entities `start` to before `stop` of one field's result; `place` counts from `start`."""

    def __init__(self, result: FieldResult, start: int, stop: int) -> None:
        part = slice(start, stop)
        unpack = unpacker(result.field)
        self._accounts = result.policy.accounts
        self._values = [unpack(one) for one in result.originals.many(result.value[part])]
        self._source, self._agreed = result.source[part].tolist(), result.agreed[part].tolist()
        self._confidence = [round(one, 2) for one in result.confidence[part].tolist()]
        self._said = {
            account: _Said(
                result.present[account][part].tolist(),
                (result.present[account] | result.agreeing.get(account, False))[part].tolist(),
                [unpack(one) for one in result.originals.many(result.said[account][part])],
            )
            for account in result.policy.accounts
        }
        self._changed = _changed(result.prior, part)

    def document(self, place: int, refs: Mapping[str, str], before: Document | None, now_ms: int) -> Document:
        """value, source, since, confidence; base, base_at; held, accepted, changed by ref."""
        value, source = self._values[place], self._source_of(self._source[place])
        if before and not any(said.present[place] for said in self._said.values()):
            value, source = before["value"], before["source"]  # nobody says anything, so nothing is said otherwise
        memory = (
            self._of_agreed(place, refs, before, now_ms) if self._agreed[place] else self._of_kept(place, refs, before)
        )
        return {
            "value": value,
            "source": source,
            "since": before["since"] if before and before["value"] == value else now_ms,
            "confidence": self._confidence[place],
            **memory,
        }

    def _source_of(self, source: int) -> str | None:
        if source >= 0:
            return self._accounts[source]
        return "base" if source == FROM_BASE else None

    def _of_agreed(self, place: int, refs: Mapping[str, str], before: Document | None, now_ms: int) -> dict[str, Any]:
        """The base becomes the agreed value, and everyone who speaks, or says the same otherwise, holds what it says."""
        base = self._values[place]
        held: dict[str, Original] = {}
        accepted = []
        for account, ref in refs.items():
            said = self._said.get(account)
            if said is not None and said.agrees[place]:
                held[ref] = said.values[place]
                if before and ref in before["accepted"] and before["held"].get(ref) == held[ref]:
                    accepted.append(ref)
            elif before and ref in before["held"]:
                held[ref] = before["held"][ref]
        same = before is not None and before["has_base"] and before["base"] == base
        return {
            "has_base": True,
            "base": base,
            "base_at": before["base_at"] if before and same else now_ms,
            "held": held,
            "accepted": accepted,
            "changed": {},
        }

    def _of_kept(self, place: int, refs: Mapping[str, str], before: Document | None) -> dict[str, Any]:
        """What is remembered of a cell that is not agreed upon: as it was, less what was unlinked."""
        if before is None:
            return {"has_base": False, "base": None, "base_at": None, "held": {}, "accepted": [], "changed": {}}
        known = set(refs.values())
        return {
            "has_base": before["has_base"],
            "base": before["base"],
            "base_at": before["base_at"],
            "held": {ref: value for ref, value in before["held"].items() if ref in known},
            "accepted": [ref for ref in before["accepted"] if ref in known],
            "changed": self._changes(place, refs),
        }

    def _changes(self, place: int, refs: Mapping[str, str]) -> dict[str, dict[str, int]]:
        """When each record that moved was first seen saying what it says now."""
        return {
            refs[account]: {"at": at[place], "since": since[place]}
            for account, (at, since) in self._changed.items()
            if at[place] and account in refs
        }


def _changed(prior: Prior | None, part: slice) -> dict[str, tuple[list[int], list[int]]]:
    """Account → when each changed, and since when it is unsettled; 0 where it says what it held."""
    if prior is None:
        return {}
    return {
        account: (at[part].tolist(), prior.unsettled_since[account][part].tolist())
        for account, at in prior.changed_at.items()
    }


class _Said:
    """What one account says in a stretch of entities."""

    __slots__ = ("agrees", "present", "values")

    def __init__(self, present: list[bool], agrees: list[bool], values: list[Original]) -> None:
        self.present, self.agrees, self.values = present, agrees, values
