"""How the command line speaks: results on standard output, progress on standard error, errors in one sentence."""

from __future__ import annotations

import csv
import io
import json
import math
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

PIPE_WIDTH = 220
out = Console(soft_wrap=True, highlight=False)
err = Console(stderr=True, soft_wrap=True, highlight=False)


def progress(line: str) -> None:
    """One line of what is going on."""
    err.print(Text(f"  {line}", style="dim"))


def print_json(value: Any) -> None:
    """JSON on standard output and nothing else."""
    sys.stdout.write(as_json(value, indent=2) + "\n")


def as_json(value: Any, indent: int | None = None) -> str:
    """Null where JSON has no number (infinite, undefined)."""
    return json.dumps(_finite(value), indent=indent, ensure_ascii=False, default=plain, allow_nan=False)


def _finite(value: Any) -> Any:
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, Mapping):
        return {name: _finite(part) for name, part in value.items()}
    return [_finite(part) for part in value] if isinstance(value, list | tuple) else value


def print_csv(names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Comma separated, header first, null as nothing; lists and parts as JSON."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(names)
    writer.writerows([_cell(value) for value in row] for row in rows)
    sys.stdout.write(text.getvalue())


def _cell(value: Any) -> Any:
    if isinstance(value, Mapping | list | tuple):
        return as_json(value)
    return plain(value) if isinstance(value, Decimal) else value


def print_table(names: Sequence[str], rows: Iterable[Sequence[Any]], *, title: str | None = None) -> None:
    """A table as wide as the terminal, or as wide as it likes when it goes elsewhere; nothing is cut off."""
    table = Table(title=title, title_justify="left", header_style="bold", box=None, pad_edge=False)
    for name in names:
        table.add_column(name, overflow="fold")
    for row in rows:
        table.add_row(*(Text(shown(value)) for value in row))
    Console(highlight=False, width=None if sys.stdout.isatty() else PIPE_WIDTH).print(table)


def plain(value: Any) -> str:
    """What JSON has no word for, as a text; a number without insignificant zeros."""
    return f"{value.normalize() + 0:f}" if isinstance(value, Decimal) else str(value)


def shown(value: Any) -> str:
    """A value as a person reads it; null is a dot."""
    if value is None:
        return "·"
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(value, Mapping):
        return _composite(value)
    if isinstance(value, list | tuple):
        return (
            "\n".join(map(_composite, value))
            if value and isinstance(value[0], Mapping)
            else ", ".join(map(str, value)) or "·"
        )
    if isinstance(value, float):
        return f"{value:,.2f}"
    return plain(value)


def _composite(value: Mapping[str, Any]) -> str:
    """A reference by its record; a row by what it is about and its numbers; parts of anything else one after the other."""
    if "record_id" in value:
        return f"{value['account']}/{value['record_id']}"
    hidden = {"entity", "product_id"} if value.get("sku") else {"entity"}
    said = [str(part) for name, part in value.items() if part is not None and name not in hidden]
    return (" ".join(said) if {"quantity"} & value.keys() else ", ".join(said)) or "·"


def when(milliseconds: int | None) -> str:
    """UTC milliseconds as date and time."""
    return shown(None if milliseconds is None else datetime.fromtimestamp(milliseconds / 1000, UTC))
