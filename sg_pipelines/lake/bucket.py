"""Files that live in a Google Cloud Storage bucket; a local folder mirrors what was read or written here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from google.api_core.exceptions import GoogleAPIError, NotFound, RetryError
from google.auth.exceptions import GoogleAuthError, TransportError
from google.cloud.storage.retry import DEFAULT_RETRY

from sg_pipelines.errors import StorageFailed
from sg_pipelines.lake.mirror import Written, settle, unnamed

# How long a host that does not answer is asked again.
RETRY = DEFAULT_RETRY.with_timeout(20.0)
DATA = ".parquet"
# What is said, and what to do.
SILENT = ("the bucket's host does not answer", "Check the network and run again; nothing half-written is read")
REFUSED = (
    "the bucket cannot be used",
    "Check that it exists and that our account may list, read, write and delete objects there",
)


@dataclass(frozen=True, slots=True)
class BucketFiles:
    """`gs://<bucket>/<prefix>`, mirrored below `root`. `storage` is a `google.cloud.storage.Client`."""

    storage: Any
    bucket: str
    prefix: str
    root: Path

    def refresh(self, folder: Path, suffix: str) -> None:
        """Copy what is new or changed, drop what is gone and the data file beside it. What came here after we began to look
        is not gone: whoever published it had uploaded it before."""
        here = set(folder.rglob(f"*{suffix}")) if folder.is_dir() else set()
        with self._translated():
            found = {path: size for path, size in self._sizes(folder) if path.name.endswith(suffix)}
            for path, size in found.items():
                if not self._is_here(path, size):
                    self._download_if_there(path)
            for path in here - found.keys():
                path.unlink(missing_ok=True)
                path.with_suffix(DATA).unlink(missing_ok=True)

    def fetch(self, paths: Sequence[Path]) -> None:
        """Copy those that are not here yet."""
        with self._translated():
            for path in paths:
                if not path.exists():
                    self._download(path)

    def listed(self, folder: Path, suffix: str) -> list[Path]:
        """What the bucket holds."""
        with self._translated():
            return sorted(
                path for path, _ in self._sizes(folder) if path.parent == folder and path.name.endswith(suffix)
            )

    def publish(self, written: Sequence[Written]) -> None:
        """Upload all, each appears whole; then they have their names here, too. Who looks here meanwhile takes nothing of it
        away, as it is not here yet."""
        with self._translated():
            for temporary, path in written:
                blob = self.storage.bucket(self.bucket).blob(self._name(path))
                blob.upload_from_filename(str(temporary), retry=RETRY)
        for temporary, path in written:
            settle(temporary, path)

    def remove(self, paths: Sequence[Path]) -> None:
        """Delete there, then here."""
        with self._translated():
            self.storage.bucket(self.bucket).delete_blobs(
                [self._name(path) for path in paths], on_error=lambda blob: None, retry=RETRY
            )
        self.forget(paths)

    def forget(self, paths: Sequence[Path]) -> None:
        """Delete them here; who wants one copies it again."""
        for path in paths:
            path.unlink(missing_ok=True)

    def _sizes(self, folder: Path) -> Iterator[tuple[Path, int]]:
        blobs = self.storage.list_blobs(self.bucket, prefix=f"{self._name(folder)}/", retry=RETRY)
        return ((self._path(blob.name), blob.size) for blob in blobs)

    def _is_here(self, path: Path, size: int) -> bool:
        """Manifests change only by growing; a pointer keeps its length, so it is always read anew."""
        return path.suffix != "" and path.exists() and path.stat().st_size == size

    def _download_if_there(self, path: Path) -> None:
        """Somebody may have taken it away since it was listed."""
        try:
            self._download(path)
        except NotFound:
            path.unlink(missing_ok=True)

    def _download(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = unnamed(path)
        try:
            self.storage.bucket(self.bucket).blob(self._name(path)).download_to_filename(str(temporary), retry=RETRY)
            temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)

    def _name(self, path: Path) -> str:
        return "/".join(part for part in (self.prefix, path.relative_to(self.root).as_posix()) if part)

    def _path(self, name: str) -> Path:
        return self.root / name.removeprefix(self.prefix).lstrip("/")

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except (GoogleAPIError, GoogleAuthError, OSError) as error:
            is_silent = isinstance(error, RetryError | ConnectionError | TransportError)
            message, remedy = SILENT if is_silent else REFUSED
            where = f"gs://{self.bucket}/{self.prefix}"
            raise StorageFailed(f"{message} ({type(error).__name__})", where=where, remedy=remedy) from error
