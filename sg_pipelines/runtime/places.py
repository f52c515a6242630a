"""Where a client's lake and datasets live: below its data folder, or in the bucket that `SG_LAKE` names.

Each bucket has a mirror of its own: what is not in a bucket is dropped from its mirror, never from the local lake.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sg_pipelines.errors import ConfigurationError
from sg_pipelines.lake.bucket import BucketFiles
from sg_pipelines.lake.datasets import Datasets
from sg_pipelines.lake.mirror import LocalFiles, Mirror
from sg_pipelines.lake.parquet import ParquetLake
from sg_pipelines.ports.clock import Clock

VARIABLE = "SG_LAKE"
SCHEME = "gs://"


@dataclass(frozen=True, slots=True)
class Places:
    """One client's files."""

    folder: Path
    mirror: Mirror

    def lake(self, clock: Clock) -> ParquetLake:
        """What platforms said."""
        return ParquetLake(self.folder / "lake", clock, self.mirror)

    def datasets(self) -> Datasets:
        """What data staff read."""
        return Datasets(self.folder / "datasets", self.mirror)


def places(client: str, folder: Path, *, storage: Any = None) -> Places:
    """`SG_LAKE=gs://bucket/prefix` puts them there, under the client's slug; a bare environment keeps them here.

    `storage` is a `google.cloud.storage.Client` somebody already has; otherwise one with the machine's own credentials.
    """
    url = os.environ.get(VARIABLE, "")
    if not url:
        return Places(folder, LocalFiles())
    if not url.startswith(SCHEME) or not url.removeprefix(SCHEME).strip("/"):
        raise ConfigurationError(
            f"{url!r} is no place for a lake", where=VARIABLE, remedy="Write gs://bucket or gs://bucket/prefix"
        )
    bucket, _, prefix = url.removeprefix(SCHEME).strip("/").partition("/")
    name = "/".join(part for part in (prefix, client) if part)
    mirror = folder / "buckets" / bucket / prefix
    return Places(mirror, BucketFiles(storage or _own_storage(), bucket, name, mirror))


def _own_storage() -> Any:
    from google.auth.exceptions import DefaultCredentialsError  # noqa: PLC0415  # slow to load, and few need it
    from google.cloud.storage import Client  # noqa: PLC0415

    try:
        return Client()
    except (DefaultCredentialsError, OSError) as error:
        raise ConfigurationError(
            "there are no Google credentials here",
            where=VARIABLE,
            remedy="Run `gcloud auth application-default login`, or set GOOGLE_APPLICATION_CREDENTIALS to a key file",
        ) from error
