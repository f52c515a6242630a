"""Google's clients with the credentials of this machine, and what is wrong with those in a sentence."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sg_pipelines.errors import ConfigurationError

PROJECT = "SG_GCP_PROJECT"
LOGIN = "Run `gcloud auth application-default login`, or set GOOGLE_APPLICATION_CREDENTIALS to a key file"


def project() -> str | None:
    """The project that `SG_GCP_PROJECT` names; None when it names none: files of a bucket need none."""
    return os.environ.get(PROJECT) or None


def storage_client() -> Any:
    """A `google.cloud.storage.Client` for the lake. ConfigurationError without credentials."""
    from google.cloud.storage import Client  # noqa: PLC0415  # slow to load, and few need it

    with signed_in("SG_LAKE"):
        return Client(project=project())


@contextmanager
def signed_in(where: str) -> Iterator[None]:
    """ConfigurationError when a client made inside finds no credentials. `where`: what asks for Google."""
    from google.auth.exceptions import DefaultCredentialsError  # noqa: PLC0415

    try:
        yield
    except (DefaultCredentialsError, OSError) as error:
        said = "there are no Google credentials here that can be used"
        raise ConfigurationError(said, where=where, remedy=LOGIN) from error
