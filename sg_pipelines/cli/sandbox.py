"""`sg sandbox`: what the simulated world knows, held against what we found."""

from __future__ import annotations

import typer
from rich.text import Text

from sg_pipelines.cli import screen
from sg_pipelines.cli.options import Client, Json
from sg_pipelines.errors import ConfigurationError
from sg_pipelines.operations.audit import audit
from sg_pipelines.runtime.session import open_session

app = typer.Typer(help="The simulated world behind accounts that are `at: sandbox`.", no_args_is_help=True)


@app.command()
def verify(client: Client = "demo", as_json: Json = False) -> None:
    """Hold open discrepancies against the world's ledger, entity by entity. Exit 1 when any is missing or unexpected."""
    with open_session(client) as session:
        if session.control is None:
            raise ConfigurationError(
                "no account of this client is simulated", where=client, remedy="Set `at: sandbox` on its accounts"
            )
        found = audit(session.workspace, session.control.get("ledger"), session.control.get("truth"))
    if as_json:
        screen.print_json(found.counts())
    else:
        for line in found.lines():
            screen.out.print(Text(line))
    if found.missing or found.unexpected:
        raise typer.Exit(1)
