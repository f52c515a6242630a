"""`sg links`: the review band, and a person's word on it."""

from __future__ import annotations

import getpass
from typing import Annotated

import typer
from rich.text import Text

from sg_pipelines.cli import screen
from sg_pipelines.cli.options import Client, Json
from sg_pipelines.domain.model.ref import Ref
from sg_pipelines.operations.review import ACCEPT, REJECT, decide, waiting
from sg_pipelines.runtime.session import open_session

app = typer.Typer(help="Pairs that wait for a person, and links that are wrong.", no_args_is_help=True)

RefArgument = Annotated[str, typer.Argument(metavar="REF", help="hubspot/customer/501")]
EntityArgument = Annotated[str, typer.Argument(metavar="ENTITY", help="The entity's id")]


@app.command("list")
def list_waiting(
    client: Client = "demo",
    as_json: Json = False,
    limit: Annotated[int, typer.Option(min=1, help="At most so many")] = 50,
) -> None:
    """Pairs that may be the same thing, most likely first."""
    with open_session(client) as session:
        candidates = waiting(session.workspace)
    if as_json:
        screen.print_json(candidates[:limit])
        return
    screen.print_table(
        ("record", "may belong to", "because of", "confidence", "evidence"),
        [
            (
                c["ref"],
                c["entity"],
                c["other_ref"],
                c["confidence"],
                "; ".join(item["detail"] for item in c["evidence"]),
            )
            for c in candidates[:limit]
        ],
    )
    left = max(0, len(candidates) - limit)
    screen.out.print(Text(f"\n{len(candidates):,} pairs wait" + (f", {left:,} not shown" if left else "")))


@app.command()
def accept(ref: RefArgument, entity: EntityArgument, client: Client = "demo") -> None:
    """This record is that entity: link it, for good."""
    _decide(client, ref, entity, ACCEPT)


@app.command()
def reject(ref: RefArgument, entity: EntityArgument, client: Client = "demo") -> None:
    """This record is not that entity: never link it, and unlink it now if it is."""
    _decide(client, ref, entity, REJECT)


def _decide(client: str, ref: str, entity: str, verdict: str) -> None:
    with open_session(client) as session:
        decide(session.workspace, ref, entity, verdict, by=getpass.getuser())
        kind = session.workspace.plans[Ref.parse(ref).kind].kind
        report = session.reconcile(kind)
        session.publish(kind)
    screen.out.print(
        Text(
            f"{verdict}ed. {report.entities_looked_at:,} entities compared again, "
            f"{report.opened} discrepancies opened, {report.closed} closed"
        )
    )
