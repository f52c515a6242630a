"""`sg notes`: what people say of an entity, beside what platforms say of it."""

from __future__ import annotations

import getpass
from collections.abc import Iterable
from typing import Annotated

import typer
from rich.text import Text

from sg_pipelines.cli import screen
from sg_pipelines.cli.options import Client, Json
from sg_pipelines.operations.annotations import NOTE, TAG, annotate, remove, standing
from sg_pipelines.ports.store import Document
from sg_pipelines.runtime.session import open_session

app = typer.Typer(
    help="Notes and tags on entities; they go with the records they were made about.", no_args_is_help=True
)

NameArgument = Annotated[str, typer.Argument(metavar="ENTITY|REF", help="An entity id, or hubspot/customer/501")]


@app.command()
def add(name: NameArgument, text: Annotated[str, typer.Argument()], client: Client = "demo") -> None:
    """Write a note on an entity."""
    _say(client, name, NOTE, text)


@app.command()
def tag(name: NameArgument, text: Annotated[str, typer.Argument(metavar="TAG")], client: Client = "demo") -> None:
    """Put a tag on an entity."""
    _say(client, name, TAG, text)


@app.command("remove")
def take_back(
    annotation: Annotated[str, typer.Argument(metavar="ID", help="As `sg notes list` shows it")],
    client: Client = "demo",
) -> None:
    """Take a note or a tag back; questions about the past still find it."""
    with open_session(client) as session:
        removed = remove(session.workspace, annotation, by=getpass.getuser())
    screen.out.print(Text(f"{removed['type']} removed from {removed['entity']}"))


@app.command("list")
def list_standing(
    client: Client = "demo",
    as_json: Json = False,
    limit: Annotated[int, typer.Option(min=1, help="At most so many")] = 50,
) -> None:
    """Notes and tags that stand, newest first."""
    with open_session(client) as session:
        found = standing(session.workspace, limit)
        total = session.workspace.store.count("annotations", {"open": True})
    if as_json:
        screen.print_json(found)
        return
    print_annotations(found)
    screen.out.print(Text(f"\n{total:,} stand" + (f", {total - len(found):,} not shown" if total > len(found) else "")))


def print_annotations(found: Iterable[Document], title: str | None = None) -> None:
    """A row per note or tag."""
    rows = [
        (one["_id"], one["entity"], one["type"], one["text"], one["author"], screen.when(one["made_at"]))
        for one in found
    ]
    screen.print_table(("id", "entity", "type", "text", "author", "since"), rows, title=title)


def _say(client: str, name: str, kind_of_it: str, text: str) -> None:
    with open_session(client) as session:
        said = annotate(session.workspace, name, kind_of_it, text, author=getpass.getuser())
    screen.out.print(
        Text(
            f"{said['type']} {said['_id']} stands on {said['kind']} {said['entity']}; tables show it after the next pulse"
        )
    )
