"""What one server says of itself when it is asked alone, whatever replica set the URI names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pymongo import MongoClient
from pymongo.errors import PyMongoError

from sg_pipelines.ports.store import Document

# `hello` needs no login: of the URI's options only those that say how to reach a server go along.
_HOW_TO_REACH = ("tls", "ssl")
SELECTION_MILLISECONDS = 2_000


def is_standalone(host: tuple[str, int | None], options: Mapping[str, Any]) -> bool:
    """Whether this server answers and is a member of no set. `options`: of the URI, as the driver read them."""
    name, port = host
    reach = {option: value for option, value in options.items() if option.lower().startswith(_HOW_TO_REACH)}
    try:
        with MongoClient[Document](
            name, port, directConnection=True, serverSelectionTimeoutMS=SELECTION_MILLISECONDS, **reach
        ) as asked:
            said = asked.admin.command("hello")
    except PyMongoError:
        return False
    return not said.get("setName") and said.get("msg") != "isdbgrid"
