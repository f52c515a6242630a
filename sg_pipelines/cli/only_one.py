"""One of a kind at a time: who is up already is told apart by a lock that ends with its process."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sg_pipelines.errors import ConfigurationError

LOCK = "up.lock"


@contextmanager
def only_one(folder: Path, client: str, told: str) -> Iterator[None]:
    """Hold a client's folder; `told` is what the next one is told of this one. ConfigurationError while another holds it."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / LOCK).open("a+", encoding="utf-8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            raise ConfigurationError(
                f"{client} is up already ({lock.read().strip()})",
                where=str(folder),
                remedy="Use that one or end it first; two of one client would share their sandbox and Dagster's instance",
            ) from None
        lock.truncate(0)
        lock.write(told)
        lock.flush()
        yield
