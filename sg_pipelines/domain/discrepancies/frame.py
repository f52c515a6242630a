"""One field of many entities as columns: what the comparison reads and what it answers."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from sg_pipelines.domain.discrepancies.cell import Outcome, Verdict
from sg_pipelines.domain.discrepancies.originals import Originals
from sg_pipelines.domain.model.kinds import Field
from sg_pipelines.domain.survivorship.policy import FieldPolicy

Mask = npt.NDArray[np.bool_]
Codes = npt.NDArray[np.int64]
OUTCOMES = (Outcome.CONSISTENT, Outcome.SOFT_DRIFT, Outcome.HARD_CONFLICT, Outcome.SETTLING, Outcome.ALONE)


@dataclass(slots=True)
class Prior:
    """What was agreed before, per entity; every array has the frame's length. Originals are packed.

    `changed_at` and `unsettled_since` are UTC milliseconds, 0 where the account still says what it held.
    """

    has_base: Mask
    base: pa.Array
    has_held: dict[str, Mask]
    held: dict[str, pa.Array]
    accepted: dict[str, Mask]
    changed_at: dict[str, Codes]
    unsettled_since: dict[str, Codes]


@dataclass(slots=True)
class FieldFrame:
    """One field of n entities. `values[account]`: packed originals, n long; `present[account]`: a live primary record
    carries the field and its value is known. `prior` None: nothing was ever compared. `keys`: where the same thing is
    rarely spelled alike, something per value that is equal only where values mean the same. `agreeing[account]`: where it is
    not present, as it says the same in words that cannot be compared."""

    field: Field
    policy: FieldPolicy
    values: dict[str, pa.ChunkedArray]
    present: dict[str, Mask]
    prior: Prior | None = None
    keys: dict[str, pa.ChunkedArray] | None = None
    agreeing: dict[str, Mask] = dataclasses.field(default_factory=dict)


@dataclass(slots=True)
class FieldResult:
    """The answer, per entity. `originals` are distinct packed originals that `value` points into (-1: null).

    `source`: position in the policy's accounts, `FROM_BASE` or `FROM_NOBODY`. `agreed`: the base becomes `value`
    and everyone present or agreeing now holds what it says. `said`, `present`, `agreeing` and `prior` are what went in.
    `verdicts`: (entity, subject, verdict) of what is not agreed; the
    subject is the field, or `field=element`. `cosmetic`: entities that differ in accents alone.
    """

    field: Field
    policy: FieldPolicy
    originals: Originals
    outcome: npt.NDArray[np.int8]
    value: Codes
    source: npt.NDArray[np.int8]
    confidence: npt.NDArray[np.float32]
    agreed: Mask
    said: dict[str, Codes]
    present: dict[str, Mask]
    agreeing: dict[str, Mask]
    prior: Prior | None = None
    verdicts: list[tuple[int, str, Verdict]] = dataclasses.field(default_factory=list)
    cosmetic: list[int] = dataclasses.field(default_factory=list)

    def original(self, code: int) -> str | None:
        """The packed original behind a code."""
        return self.originals[code]
