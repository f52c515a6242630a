"""What goes into the matcher and what comes out of it."""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa

PRIMARY, DUPLICATE = "primary", "duplicate"
ACCEPT, REJECT = "accept", "reject"

EVIDENCE = pa.list_(
    pa.struct([pa.field("type", pa.string()), pa.field("detail", pa.string()), pa.field("weight", pa.int32())])
)
DECISIONS = pa.schema([pa.field(name, pa.string()) for name in ("account", "record_id", "entity", "verdict")])
COMMONNESS = pa.schema([pa.field("part", pa.string()), pa.field("token", pa.string()), pa.field("times", pa.int64())])
PAIR = ("account_a", "record_a", "account_b", "record_b")


@dataclass(frozen=True, slots=True)
class MatchSettings:
    """Thresholds on the summed weights. At `automatic` and above a pair is linked; from `review` on a person is asked.
    `duplicate` is what two records of one account need to count as the same person twice. Blocks larger than
    `block_limit` say too little and are not searched."""

    automatic: int = 72
    review: int = 50
    duplicate: int = 130
    block_limit: int = 40


@dataclass(frozen=True, slots=True)
class LinkOutcome:
    """Who is who.

    assignments: account, record_id, cluster (dense int64), prior_entity (the entity the cluster keeps, null: mint
    one; each entity is kept by at most one cluster), role, confidence 0..1, evidence. One row per input record.
    candidates: account_a, record_a, account_b, record_b, confidence, evidence: the review band.
    duplicates: account, record_id, primary_record_id, cluster, confidence.
    conflicts: account_a, record_a, account_b, record_b, reason: explicit statements that cannot both hold.
    common: COMMONNESS by which pairs were weighed: counted among these records unless told.
    """

    assignments: pa.Table
    candidates: pa.Table
    duplicates: pa.Table
    conflicts: pa.Table
    common: pa.Table
