"""Things worth a person's eye that are no discrepancy: duplicates inside an account, accents, contradicting ids,
amounts that do not add up."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from sg_pipelines.domain.matching.types import LinkOutcome
from sg_pipelines.domain.model.kinds import Kind
from sg_pipelines.operations.frames import Gone
from sg_pipelines.operations.judgement import Judgement
from sg_pipelines.ports.store import Document


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
    for gone in judgement.layout.gone:
        found[gone.entity].append(_gone(judgement, gone, kind))
    if len(outcome.conflicts):
        _conflicts(found, judgement, outcome, kind)
    return found


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


def _gone(judgement: Judgement, gone: Gone, kind: Kind) -> Document:
    """A record names a neighbour that is not there: no matter whether others say the same, or there are no others."""
    (column,) = gone.field.column_names
    (row,) = judgement.layout.said(gone.account, ["record_id", column], gone.entity, gone.entity + 1).to_pylist()
    neighbour = f"{gone.account}/{gone.field.refers_to}/{row[column]}"
    document = _finding(judgement.cast.entity_ids[gone.entity], "gone_neighbour", neighbour, "", kind)
    detail = f"its {gone.field.name} is {neighbour}, which is not there any more"
    return document | {"ref": f"{gone.account}/{kind.name}/{row['record_id']}", "detail": detail}


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
