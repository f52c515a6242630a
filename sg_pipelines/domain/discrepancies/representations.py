"""Why an expected representation is not there."""

from __future__ import annotations

from enum import StrEnum

from sg_pipelines.domain.model.record import RecordState


class MissingReason(StrEnum):
    """What happened to the representation that ought to exist."""

    NEVER_CREATED = "never_created"
    DELETED = "deleted"
    ARCHIVED = "archived"
    MERGED_AWAY = "merged_away"
    CANDIDATE = "candidate_below_threshold"


_BY_STATE = {
    RecordState.DELETED: MissingReason.DELETED,
    RecordState.ARCHIVED: MissingReason.ARCHIVED,
    RecordState.MERGED: MissingReason.MERGED_AWAY,
}


def missing_reason(last_state: RecordState | None, *, has_candidate: bool) -> MissingReason:
    """`last_state`: what became of the record we knew there, None when there never was one. A record that is gone
    explains more than one that might fit."""
    if last_state in _BY_STATE:
        return _BY_STATE[last_state]
    return MissingReason.CANDIDATE if has_candidate else MissingReason.NEVER_CREATED
