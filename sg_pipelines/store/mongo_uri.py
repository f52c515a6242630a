"""A MongoDB URI read, or told in a sentence what is wrong with it.

The driver's text may quote the URI, and with it the password: it is looked at for what it is about, and never repeated.
"""

from __future__ import annotations

from typing import Any

from pymongo.errors import PyMongoError
from pymongo.uri_parser import parse_uri

from sg_pipelines.errors import ConfigurationError

# Databases of the server itself.
RESERVED = frozenset({"admin", "config", "local"})
_FORM = "It looks like mongodb://user:password@host:27017/?replicaSet=rs0, special characters percent-encoded"
# What the driver's text is about, what that is, what to do.
_TROUBLES = (
    ("scheme", "it begins with neither mongodb:// nor mongodb+srv://", _FORM),
    (
        "dns",
        "its host is not found in DNS",
        "Check the host of the mongodb+srv URI; without DNS records write mongodb://",
    ),
    ("database name", "the database it names cannot have that name", "Leave it out, or use letters, digits and _"),
    ("port", "its port is no number from 1 to 65535", f"Write host:27017. {_FORM}"),
    (
        "escaped",
        "the user name or password has characters that must be encoded",
        "Percent-encode them: @ is %40, / is %2F",
    ),
    ("option", "it has an option that MongoDB does not have", "Check the names after the question mark"),
    ("must be", "an option has a value that it cannot have", "Check the values after the question mark"),
)

_OTHERWISE = "it has another form", _FORM


def parsed(uri: str, said_in: str) -> dict[str, Any]:
    """The URI's parts as the driver names them: `nodelist`, `database`, `options`. ConfigurationError when it cannot be
    used; `said_in` is where somebody corrects it."""
    try:
        parts = dict(parse_uri(uri))
    except (PyMongoError, ValueError, TypeError) as error:
        about = str(error).casefold()
        raise _refused(said_in, *next((told for sign, *told in _TROUBLES if sign in about), _OTHERWISE)) from None
    if parts["collection"]:
        raise _refused(
            said_in, "it names a collection as well", "Leave out what follows the dot after the database's name"
        )
    if parts["database"] in RESERVED:
        remedy = "Leave it out, and each client has a database of its own; authSource=admin says where the user lives"
        raise _refused(said_in, f"the database {parts['database']} is the server's own", remedy)
    if parts["options"].get("replicaSet") == "":
        raise _refused(said_in, "its replicaSet is empty", "Write the set's name, replicaSet=rs0, or leave it out")
    return parts


def _refused(said_in: str, why: str, remedy: str) -> ConfigurationError:
    return ConfigurationError(f"the MongoDB URI cannot be read: {why}", where=said_in, remedy=remedy)
