"""The summary of a pulse, as a person reads it."""

from __future__ import annotations

from rich.text import Text

from sg_pipelines.cli import screen
from sg_pipelines.runtime.main_job import MainJobReport


def print_outcome(report: MainJobReport) -> None:
    """Entities, links by confidence, discrepancies by class, findings by type, what cannot be read, API calls against the
    bound, seconds."""
    for kind, entities in report.entities.items():
        screen.out.print(Text(f"\n{entities:,} {kind} entities", style="bold"))
        _line("links", report.links[kind])
        _line("discrepancies", report.discrepancies[kind])
        if report.findings[kind]:
            _line("findings", report.findings[kind])
    if any(report.unanswered.values()):
        screen.out.print()
        _line("no answer", {kind: count for kind, count in report.unanswered.items() if count})
        screen.out.print(Text("  what a condition of expected_on reads is missing: these are expected nowhere by it"))
    if report.quarantined:
        screen.out.print()
        _line("cannot be read", report.quarantined)
        screen.out.print(
            Text("  why: sg query \"select ref, detail from findings where type = 'quarantined' and open\"")
        )
    if report.api_calls:
        screen.out.print()
        screen.print_table(
            ("account", "API calls", "least possible", "throttled"),
            [
                (account, calls["made"], calls["lower_bound"], calls["throttled"])
                for account, calls in report.api_calls.items()
            ],
        )
    if report.seconds:
        screen.out.print()
        _line("seconds", {stage: f"{seconds:.2f}" for stage, seconds in report.seconds.items()})


def _line(title: str, counts: dict[str, int] | dict[str, str]) -> None:
    said = "   ".join(
        f"{name.replace('_', ' ')} {count:,}" if isinstance(count, int) else f"{name} {count}"
        for name, count in counts.items()
    )
    screen.out.print(Text(f"  {title:<14}{said}"))
