"""`sg store`: which store a client has, moving it to another one, and keeping its change feed short."""

from __future__ import annotations

import os
from contextlib import closing
from typing import Annotated

import typer
from rich.text import Text

from sg_pipelines.cli import screen
from sg_pipelines.cli.only_one import only_one
from sg_pipelines.cli.options import Client, Json
from sg_pipelines.errors import ConfigurationError
from sg_pipelines.ports.store import FEED_KEPT
from sg_pipelines.runtime.home import find_home
from sg_pipelines.runtime.store_move import move
from sg_pipelines.runtime.stores import SQLITE, VARIABLE, open_store, store_at
from sg_pipelines.store.collections import NAMES

app = typer.Typer(help="Where a client's documents are kept: a SQLite file, or MongoDB.", no_args_is_help=True)


@app.command()
def status(client: Client = "demo", as_json: Json = False) -> None:
    """Which store, its schema, how many documents, and where its change feed stands."""
    home = find_home()
    home.client_file(client)
    with closing(open_store(client, home.folder(client))) as store:
        state = store.state()
        documents = {name: store.count(name) for name in NAMES}
        position = store.position()
    if as_json:
        screen.print_json(
            {
                "store": state.system,
                "location": state.location,
                "schema": state.schema,
                "documents": documents,
                "feed_position": position,
            }
        )
        return
    screen.out.print(Text(f"{state.system} at {state.location}, schema {state.schema}", style="bold"))
    screen.print_table(("collection", "documents"), [(name, f"{count:,}") for name, count in documents.items()])
    screen.out.print(Text(f"the change feed stands at {position}"))


@app.command()
def migrate(
    to: Annotated[
        str,
        typer.Option("--to", help="sqlite, a mongodb:// URI without a login, or $NAME of a variable that holds one"),
    ],
    client: Client = "demo",
    as_json: Json = False,
) -> None:
    """Copy everything from the present store into an empty one, and compare. The present one is left as it is. Not while the
    client is up."""
    if to.startswith("mongodb") and "@" in to:
        raise ConfigurationError(
            "a login does not belong on a command line, where everybody on the machine can read it",
            where="--to",
            remedy="Put the URI into an environment variable and name it: --to '$NAME'",
        )
    home = find_home()
    home.client_file(client)
    folder = home.folder(client)
    with (
        only_one(folder, client, f"being moved to another store (process {os.getpid()})"),
        closing(open_store(client, folder)) as source,
        closing(store_at(to, client, folder, said_in="--to")) as target,
    ):
        moved = move(source, target, screen.progress)
        state = target.state()
    if as_json:
        screen.print_json(
            {
                one.collection: {"documents": one.documents, "brought": one.brought, "checksum": one.checksum}
                for one in moved
            }
        )
        return
    rows = [(one.collection, f"{one.documents:,}", f"{one.brought:,}", one.checksum) for one in moved]
    screen.print_table(("collection", "documents", "brought now", "checksum on both sides"), rows)
    screen.out.print(Text(f"\nEverything is in {state.system} at {state.location}. {_next_step(to)}"))


@app.command()
def trim(
    client: Client = "demo",
    keep: Annotated[int, typer.Option(min=0, help="How many of the newest changes stay")] = FEED_KEPT,
) -> None:
    """Forget old changes of the feed. MongoDB's oplog does this by itself; there nothing goes."""
    home = find_home()
    home.client_file(client)
    with closing(open_store(client, home.folder(client))) as store:
        gone = store.trim_feed(keep)
    screen.out.print(Text(f"{gone:,} changes forgotten"))


def _next_step(to: str) -> str:
    if to == SQLITE:
        return f"Unset {VARIABLE} to work on it."
    return f"Set {VARIABLE} to its URI wherever this client is worked on."
