"""One at a time of what needs a client for itself: a lock that ends with its process tells who has it."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sg_pipelines.errors import ConfigurationError

LOCK = "up.lock"


@contextmanager
def only_one(folder: Path, client: str, doing: str) -> Iterator[None]:
    """Hold a client's folder; `doing` is what the next one is told that the client is. ConfigurationError while another
    holds it."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / LOCK).open("a+", encoding="utf-8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            raise ConfigurationError(
                f"{client} is {lock.read().strip()}",
                where=str(folder),
                remedy="Use that one, or let it end first; two at once would share a store, a sandbox and Dagster's instance",
            ) from None
        lock.truncate(0)
        lock.write(doing)
        lock.flush()
        yield
