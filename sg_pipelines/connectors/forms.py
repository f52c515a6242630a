"""Forms of texts that every platform writes alike, and what they are read as."""

from __future__ import annotations

import re
from datetime import datetime, tzinfo
from decimal import Decimal
from typing import Annotated

from pydantic import StringConstraints

from sg_pipelines.connectors.quarantine import Unreadable

Whole = Annotated[str, StringConstraints(pattern=r"^\d+$")]
Number = Annotated[str, StringConstraints(pattern=r"^-?\d+(\.\d+)?$")]
Instant = Annotated[str, StringConstraints(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$")]
# No platform writes thousands marks or a decimal comma; exponents of three digits are no amounts of anything.
_DECIMAL = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,2})?\Z")


def number_of(text: str, place: str) -> Decimal:
    """The number that `text` writes. Unreadable names its `place` when it is none: `abc`, `1,5`, `NaN`."""
    if not _DECIMAL.match(text):
        raise Unreadable(f"{place} is no number")
    return Decimal(text)


def day_at(moment: datetime, zone: tzinfo) -> str:
    """The day of an instant where the clocks are the zone's. Unreadable when no calendar has it."""
    try:
        return moment.astimezone(zone).date().isoformat()
    except OverflowError as error:
        raise Unreadable("a day in it is in no calendar") from error
