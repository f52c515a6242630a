"""Things worth a person's eye that are no discrepancy: duplicates inside an account, accents, contradicting ids,
amounts that do not add up, other goods where amounts are not compared."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from sg_pipelines.domain.comparators.named_in_rows import UNIT
from sg_pipelines.domain.matching.types import LinkOutcome
from sg_pipelines.domain.model.kinds import Kind
from sg_pipelines.operations.frames import Gone
from sg_pipelines.operations.judgement import Judgement
from sg_pipelines.ports.store import Document

UNLIKE_GOODS = "unlike_goods"


def findings(judgement: Judgement, outcome: LinkOutcome, kind: Kind) -> dict[int, list[Document]]:
    """By the entity's position."""
    found: dict[int, list[Document]] = defaultdict(list)
    cast = judgement.cast
    for pair in outcome.duplicates.to_pylist():
        entity = int(pair["cluster"])
        ref = f"{pair['account']}/{kind.name}/{pair['record_id']}"
        detail = f"the same as {pair['account']}/{kind.name}/{pair['primary_record_id']}"
        found[entity].append(_finding(cast.entity_ids[entity], "duplicate", ref, detail, kind))
    for result in judgement.results.values():
        for entity in result.cosmetic:
            detail = f"{result.field.name} differs in accents alone"
            found[entity].append(_finding(cast.entity_ids[entity], "cosmetic", result.field.name, detail, kind))
    for entity, gaps in judgement.composition.findings.items():
        found[entity] += gaps
    for entity, document in _gone_neighbours(judgement, kind):
        found[entity].append(document)
    for unlike in judgement.layout.unlike_goods:
        ref = _ref(judgement, unlike.entity, unlike.account, kind)
        document = _finding(cast.entity_ids[unlike.entity], UNLIKE_GOODS, ref, unlike.detail, kind)
        found[unlike.entity].append(document)
    if len(outcome.conflicts):
        _conflicts(found, judgement, outcome, kind)
    return found


def _ref(judgement: Judgement, entity: int, account: str, kind: Kind) -> str:
    (row,) = judgement.layout.said(account, ["record_id"], entity, entity + 1).to_pylist()
    return f"{account}/{kind.name}/{row['record_id']}"


def _conflicts(found: dict[int, list[Document]], judgement: Judgement, outcome: LinkOutcome, kind: Kind) -> None:
    cast = judgement.cast
    records = zip(cast.rows.column("account").to_pylist(), cast.rows.column("record_id").to_pylist(), strict=True)
    row_of = {record: row for row, record in enumerate(records)}
    for pair in outcome.conflicts.to_pylist():
        entity = int(cast.entity_of_row[row_of[pair["account_a"], pair["record_a"]]])
        ref = f"{pair['account_a']}/{kind.name}/{pair['record_a']}"
        other = f"{pair['account_b']}/{kind.name}/{pair['record_b']}"
        document = _finding(
            cast.entity_ids[entity], "contradiction", ref, f"{pair['reason']}: {other} claims the same", kind
        )
        found[entity].append(document | {"key": f"{document['key']}:{other}"})


def _gone_neighbours(judgement: Judgement, kind: Kind) -> Iterator[tuple[int, Document]]:
    """Records name a neighbour that is not there: no matter whether others say the same, or there are no others. Yields
    (entity, document)."""
    yield from ((gone.entity, _gone(judgement, gone, kind)) for gone in judgement.layout.gone if gone.place is None)
    yield from _gone_in_rows(judgement, kind)


def _gone(judgement: Judgement, gone: Gone, kind: Kind) -> Document:
    (column,) = gone.field.column_names
    (row,) = judgement.layout.said(gone.account, ["record_id", column], gone.entity, gone.entity + 1).to_pylist()
    neighbour = f"{gone.account}/{gone.field.refers_to}/{row[column]}"
    document = _finding(judgement.cast.entity_ids[gone.entity], "gone_neighbour", neighbour, "", kind)
    detail = f"its {gone.field.name} is {neighbour}, which is not there any more"
    return document | {"ref": f"{gone.account}/{kind.name}/{row['record_id']}", "detail": detail}


def _gone_in_rows(judgement: Judgement, kind: Kind) -> Iterator[tuple[int, Document]]:
    """Rows that name the same one with the same unit are one finding, as rows have no names of their own and change
    places."""
    in_rows = [gone for gone in judgement.layout.gone if gone.place is not None]
    for (entity, account, field), some in groupby(in_rows, key=lambda gone: (gone.entity, gone.account, gone.field)):
        (row,) = judgement.layout.said(account, ["record_id", field.name], entity, entity + 1).to_pylist()
        named: dict[tuple[str, str], list[int]] = defaultdict(list)
        for place in (gone.place for gone in some if gone.place is not None):
            said = row[field.name][place]
            named[said[field.parts[0]], said.get(UNIT) or ""].append(place + 1)
        for (record_id, unit), places in named.items():
            neighbour = f"{account}/{field.rows_refer_to}/{record_id}"
            subject = f"{neighbour}:{unit}" if unit else neighbour
            document = _finding(judgement.cast.entity_ids[entity], "gone_neighbour", subject, "", kind)
            which = ", ".join(map(str, places)) + (f" ({UNIT} {unit})" if unit else "")
            detail = f"its {field.name} name {neighbour}, which is not there: number {which}"
            yield entity, document | {"ref": f"{account}/{kind.name}/{row['record_id']}", "detail": detail}


def _finding(entity: str, of_type: str, subject: str, detail: str, kind: Kind) -> dict[str, Any]:
    return {
        "key": f"{entity}:{of_type}:{subject}",
        "kind": kind.name,
        "type": of_type,
        "class": of_type,
        "entity": entity,
        "ref": subject if "/" in subject else None,
        "detail": detail,
    }
