"""`sg client`: check a client file, and what may stand in one."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from sg_pipelines.cli import screen
from sg_pipelines.config.load import check_client_file
from sg_pipelines.config.policies import kind_plans
from sg_pipelines.config.reference import json_schema, reference_page

app = typer.Typer(help="Client files: check one, or see what may stand in one.", no_args_is_help=True)


@app.command()
def check(file: Annotated[Path, typer.Argument(help="clients/acme.yaml")]) -> None:
    """Say everything that is wrong with a client file, line by line; nothing is connected."""
    read = check_client_file(file)
    accounts = ", ".join(f"{name} ({account.platform})" for name, account in read.accounts.items())
    kinds = ", ".join(plan.kind.plural for plan in kind_plans(read))
    screen.out.print(Text(f"{file} is right: client {read.client}; accounts {accounts}; {kinds}"))


@app.command()
def schema() -> None:
    """The JSON Schema of client files, for editors."""
    screen.print_json(json_schema())


@app.command()
def reference() -> None:
    """The page `docs/client-file.md`."""
    screen.out.file.write(reference_page())
