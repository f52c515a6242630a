"""Forms of texts that every platform writes alike."""

from __future__ import annotations

from typing import Annotated

from pydantic import StringConstraints

Whole = Annotated[str, StringConstraints(pattern=r"^\d+$")]
Number = Annotated[str, StringConstraints(pattern=r"^-?\d+(\.\d+)?$")]
Instant = Annotated[str, StringConstraints(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$")]
