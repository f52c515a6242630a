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
    UNREAD = "perhaps_quarantined"


_BY_STATE = {
    RecordState.DELETED: MissingReason.DELETED,
    RecordState.ARCHIVED: MissingReason.ARCHIVED,
    RecordState.MERGED: MissingReason.MERGED_AWAY,
}


def missing_reason(last_state: RecordState | None, *, has_candidate: bool, has_unread: bool = False) -> MissingReason:
    """`last_state`: what became of the record we knew there, None when there never was one. A record that is gone
    explains more than one that might fit, and that more than one that nobody could read (`has_unread`)."""
    if last_state in _BY_STATE:
        return _BY_STATE[last_state]
    if has_candidate:
        return MissingReason.CANDIDATE
    return MissingReason.UNREAD if has_unread else MissingReason.NEVER_CREATED
