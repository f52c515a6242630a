"""Environment variables named in client files, resolved at the last moment and never shown."""

from __future__ import annotations

import os
from pathlib import Path

from sg_pipelines.config.accounts import Account
from sg_pipelines.config.credentials import lacked_by, value_of
from sg_pipelines.errors import ConfigurationError, together


def require_credentials(name: str, account: Account) -> None:
    """ConfigurationError with everything the account lacks: which settings to add, which variables to set."""
    problems = list(lacked_by(name, account, os.environ))
    if problems:
        raise together(
            [
                ConfigurationError(problem.message, where=".".join(map(str, problem.location)), remedy=problem.remedy)
                for problem in problems
            ]
        )


def secret(reference: str | None) -> str:
    """The value of `$NAME`, of which `require_credentials` has made sure."""
    return value_of(reference or "", os.environ)


def pem(reference: str, *, account: str) -> str:
    """A private key: the PEM text itself, or the path of a PEM file, from the variable."""
    value = secret(reference)
    if value.startswith("-----BEGIN"):
        return value
    try:
        return Path(value).read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError) as error:
        said = error.strerror if isinstance(error, OSError) else "it is no PEM text"
        raise ConfigurationError(
            f"the private key file cannot be read ({said})",
            where=f"accounts.{account}.oauth2.private_key",
            remedy="Set the variable to the PEM text or to the path of a readable PEM file",
        ) from error
