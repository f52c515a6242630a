"""Where a client's lake and datasets live: below its data folder, or in the bucket that `SG_LAKE` names.

Each bucket has a mirror of its own: what is not in a bucket is dropped from its mirror, never from the local lake.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sg_pipelines.errors import ConfigurationError
from sg_pipelines.lake.bucket import BucketFiles
from sg_pipelines.lake.datasets import Datasets
from sg_pipelines.lake.mirror import LocalFiles, Mirror
from sg_pipelines.lake.parquet import ParquetLake
from sg_pipelines.ports.clock import Clock
from sg_pipelines.runtime.google import storage_client

VARIABLE = "SG_LAKE"
SCHEME = "gs://"
# What Google allows as the name of a bucket, and what a folder of a mirror can be called.
_BUCKET = re.compile(r"[a-z0-9][a-z0-9_.-]{1,220}[a-z0-9]\Z")
_PART = re.compile(r"(?!\.{1,2}\Z)[^\s?#*\[\]\\\x00-\x1f]+\Z")
Storage = Callable[[], Any]


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


def places(client: str, folder: Path, *, storage: Storage = storage_client) -> Places:
    """`SG_LAKE=gs://bucket/prefix` puts them there, under the client's slug; a bare environment keeps them here.

    `storage` gives a `google.cloud.storage.Client`, and is asked only when there is a bucket; ConfigurationError without
    credentials.
    """
    url = os.environ.get(VARIABLE, "")
    if not url:
        return Places(folder, LocalFiles())
    bucket, *parts = url.removeprefix(SCHEME).removesuffix("/").split("/")
    if not url.startswith(SCHEME) or not _BUCKET.match(bucket) or not all(map(_PART.match, parts)):
        raise ConfigurationError(
            f"{url!r} is no place for a lake", where=VARIABLE, remedy="Write gs://bucket or gs://bucket/prefix"
        )
    mirror = folder.joinpath("buckets", bucket, *parts)
    return Places(mirror, BucketFiles(storage(), bucket, "/".join([*parts, client]), mirror))
