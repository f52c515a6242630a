"""Arguments that several commands share."""

from __future__ import annotations

from typing import Annotated

import typer

Client = Annotated[str, typer.Option("--client", "-c", help="Which client file: clients/<client>.yaml")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON and nothing else")]
