"""`sg reconcile`: the main job without Dagster."""

from __future__ import annotations

from typing import Annotated

import typer

from sg_pipelines.cli import screen
from sg_pipelines.cli.options import Client, Json
from sg_pipelines.cli.outcome import print_outcome
from sg_pipelines.errors import ConfigurationError
from sg_pipelines.operations.summary import CLASSES
from sg_pipelines.runtime.main_job import main_job
from sg_pipelines.runtime.session import open_session

FOUND = 3
FINDING = "finding"


def reconcile(
    client: Client = "demo",
    as_json: Json = False,
    full: Annotated[bool, typer.Option("--full", help="Pull every record, not only what changed")] = False,
    fail_on: Annotated[
        str | None, typer.Option(help=f"Exit {FOUND} when any of these classes, or `finding`, is open, comma separated")
    ] = None,
) -> None:
    """Pull what changed, link, compare and classify. Exit 0 also when discrepancies exist."""
    watched = _classes(fail_on)
    with open_session(client, to_pull=True) as session:
        report = main_job(session, full=full, progress=screen.progress)
    if as_json:
        screen.print_json(report.as_json())
    else:
        print_outcome(report)
    findings = {kind: sum(counts.values()) for kind, counts in report.findings.items()}
    counted = ({**counts, FINDING: findings[kind]} for kind, counts in report.discrepancies.items())
    if any(counts[watched_for] for counts in counted for watched_for in watched):
        raise typer.Exit(FOUND)


def _classes(fail_on: str | None) -> tuple[str, ...]:
    named = tuple(word.strip() for word in (fail_on or "").split(",") if word.strip())
    for word in named:
        if word not in (*CLASSES, FINDING):
            raise ConfigurationError(
                f"{word!r} is no class of discrepancy",
                where="--fail-on",
                remedy=f"Known: {', '.join((*CLASSES, FINDING))}",
            )
    return named
