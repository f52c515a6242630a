"""Environment variables named in client files, resolved at the last moment and never shown."""

from __future__ import annotations

import os
from pathlib import Path

from sg_pipelines.errors import ConfigurationError


def secret(reference: str | None, *, account: str, setting: str) -> str:
    """The value of `$NAME`. ConfigurationError says which variable to set, and never what it holds."""
    if reference is None:
        raise ConfigurationError(
            f"account {account!r} has no {setting}",
            where=f"accounts.{account}",
            remedy=f"Add `{setting}: $SOME_NAME` to the client file and set that environment variable",
        )
    name = reference.removeprefix("$")
    value = os.environ.get(name, "").strip()
    if not value:
        raise ConfigurationError(
            f"the environment variable {name} is not set",
            where=f"accounts.{account}.{setting}",
            remedy=f"export {name}=... before starting",
        )
    return value


def pem(reference: str, *, account: str) -> str:
    """A private key: the PEM text itself, or the path of a PEM file, from the variable."""
    value = secret(reference, account=account, setting="private_key")
    if value.startswith("-----BEGIN"):
        return value
    try:
        return Path(value).read_text(encoding="ascii")
    except OSError as error:
        raise ConfigurationError(
            f"the private key file cannot be read ({error.strerror})",
            where=f"accounts.{account}.private_key",
            remedy="Set the variable to the PEM text or to the path of a readable PEM file",
        ) from error
