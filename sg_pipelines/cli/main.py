"""The words of `sg` and the one place where errors become a sentence and an exit code."""

from __future__ import annotations

import logging
import os
import sys

import typer
from rich.text import Text

from sg_pipelines.cli import screen
from sg_pipelines.cli.client import app as client
from sg_pipelines.cli.doctor import doctor
from sg_pipelines.cli.links import app as links
from sg_pipelines.cli.notes import app as notes
from sg_pipelines.cli.query import query
from sg_pipelines.cli.reconcile import reconcile
from sg_pipelines.cli.sandbox import app as sandbox
from sg_pipelines.cli.show import show
from sg_pipelines.cli.store import app as store
from sg_pipelines.cli.up import up
from sg_pipelines.errors import ConfigurationError, SgError

INTERRUPTED = 130

app = typer.Typer(
    name="sg",
    help="Keeps a business's data right across HubSpot, Shopify and NetSuite.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
app.command()(up)
app.command()(reconcile)
app.command()(show)
app.command()(query)
app.command()(doctor)
app.add_typer(client, name="client")
app.add_typer(links, name="links")
app.add_typer(notes, name="notes")
app.add_typer(sandbox, name="sandbox")
app.add_typer(store, name="store")


def run() -> None:
    """Run one command. An operator's mistake ends in a sentence on standard error, never in a traceback."""
    try:
        logging.basicConfig(level=_log_level(), format="%(asctime)s %(message)s")
        app()
    except SgError as error:
        screen.err.print(Text(str(error), style="bold red"))
        sys.exit(error.exit_code)
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        screen.err.print(Text(f"{where}{error.strerror or error}", style="bold red"))
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)


def _log_level() -> str:
    said = os.environ.get("SG_LOG", "WARNING").upper()
    known = logging.getLevelNamesMapping()
    if said not in known:
        raise ConfigurationError(
            f"{said!r} is no level of logging", where="SG_LOG", remedy=f"Known: {', '.join(sorted(known))}"
        )
    return said
