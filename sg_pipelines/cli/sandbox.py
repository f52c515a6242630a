"""`sg sandbox`: what the simulated world knows, held against what we found."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from sg_pipelines.cli import screen
from sg_pipelines.cli.options import Client, Json
from sg_pipelines.config.load import load_client_file
from sg_pipelines.errors import ConfigurationError
from sg_pipelines.operations.audit import audit
from sg_pipelines.operations.score import score as score_links
from sg_pipelines.runtime.home import find_home
from sg_pipelines.runtime.sandbox_host import SandboxControl, sandbox_for
from sg_pipelines.runtime.session import Session, open_session

app = typer.Typer(help="The simulated world behind accounts that are `at: sandbox`.", no_args_is_help=True)


@app.command()
def verify(client: Client = "demo", as_json: Json = False) -> None:
    """Hold open discrepancies against the world's ledger, entity by entity. Exit 1 when any is missing or unexpected."""
    with open_session(client) as session:
        control = _simulated(session.control, client)
        if not control.get("status")["people"]:
            raise ConfigurationError(
                "the records here came from files: nothing was planted in them",
                where=client,
                remedy="`sg sandbox score` holds the links against the truth where it is known",
            )
        found = audit(session.workspace, control.get("ledger"), control.get("truth"))
    if as_json:
        screen.print_json(found.counts())
    else:
        for line in found.lines():
            screen.out.print(Text(line))
    if found.missing or found.unexpected:
        raise typer.Exit(1)


@app.command()
def fill(
    folder: Annotated[
        Path, typer.Argument(help="People whose identity is known, two shops' catalogues, or rows of real accounts")
    ],
    client: Client = "demo",
) -> None:
    """Fill an empty sandbox from files instead of the generated world. docs/sandbox.md says what a folder may hold."""
    home = find_home()
    file = load_client_file(home.client_file(client))
    with sandbox_for(file, home.folder(client)) as control:
        made = _simulated(control, client).post("fill", {"folder": str(folder.resolve())})
    for account, records in made.items():
        screen.out.print(Text(f"{account}: {records:,} records"))


@app.command()
def score(client: Client = "demo", as_json: Json = False) -> None:
    """How well records were linked, against the sandbox's truth: precision, recall, F1 over pairs of accounts."""
    with open_session(client) as session:
        found = score_links(session.workspace, _truth(session, client))
    if as_json:
        screen.print_json(found)
    else:
        for name, value in found.items():
            screen.out.print(Text(f"{name}: {value:,}"))


def _truth(session: Session, client: str) -> dict[str, dict[str, list[str]]]:
    truth: dict[str, dict[str, list[str]]] = _simulated(session.control, client).get("truth")
    if not truth:
        raise ConfigurationError(
            "nobody knows who is who among these records",
            where=client,
            remedy="Fill the sandbox from files with a truth",
        )
    return truth


def _simulated(control: SandboxControl | None, client: str) -> SandboxControl:
    if control is None:
        raise ConfigurationError(
            "no account of this client is simulated", where=client, remedy="Set `at: sandbox` on its accounts"
        )
    return control
