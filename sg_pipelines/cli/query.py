"""`sg query`: SQL over the published datasets, read-only."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer
from rich.text import Text

from sg_pipelines.cli import screen
from sg_pipelines.cli.options import Client
from sg_pipelines.runtime.asking import ask_client, read_instant

SHOWN_ROWS = 200


class Shape(StrEnum):
    """How the answer is printed."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"


def query(
    sql: Annotated[str, typer.Argument(help='One SELECT, for example "select * from customers limit 5"')],
    client: Client = "demo",
    output: Annotated[Shape, typer.Option("--output", "-o", help="table, csv or json")] = Shape.TABLE,
    as_of: Annotated[
        str | None, typer.Option("--as-of", help="The tables as they stood then: 2026-11-25T14:30, UTC unless told")
    ] = None,
    limit: Annotated[
        int | None, typer.Option(min=0, help="At most so many rows; a table shows 200 unless told")
    ] = None,
) -> None:
    """Ask the datasets. Tables: one per kind (customers, companies, products, orders), discrepancies, findings, links,
    annotations, verifications, snapshots, ingests."""
    at = None if as_of is None else read_instant(as_of)
    wanted = limit if limit is not None else (SHOWN_ROWS if output is Shape.TABLE else None)
    answer = ask_client(client, sql, as_of=at, limit=None if wanted is None else wanted + 1, notice=screen.progress)
    cut = wanted is not None and len(answer) > wanted
    answer = answer.slice(0, wanted)
    if output is Shape.JSON:
        screen.print_json(answer.to_pylist())
    elif output is Shape.CSV:
        screen.print_csv(answer.column_names, (row.values() for row in answer.to_pylist()))
    else:
        screen.print_table(answer.column_names, (row.values() for row in answer.to_pylist()))
    if cut:
        screen.err.print(Text(f"There is more than these {wanted:,} rows; --limit shows more", style="yellow"))
