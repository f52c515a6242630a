"""Manifests as JSON files: what makes a snapshot file exist."""

from __future__ import annotations

import json
from dataclasses import asdict, fields
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from sg_pipelines.domain.model.record import Quarantined
from sg_pipelines.errors import StorageFailed
from sg_pipelines.ports.lake import Manifest
from sg_pipelines.ports.platforms import PullMode, PullReport

SUFFIX = ".json"


def report_numbers(report: PullReport) -> dict[str, Any]:
    """A pull's report as a manifest keeps it."""
    numbers = asdict(report)
    watermark = numbers.pop("watermark")
    return {**numbers, "watermark": watermark.isoformat() if watermark else None}


def to_json(manifest: Manifest, folded: list[Manifest]) -> str:
    """The manifest's text; a compaction carries the manifests it folded."""
    return json.dumps({**_plain(manifest), "folded": [_plain(one) for one in folded]}, indent=1, ensure_ascii=False)


def read_all(folder: Path) -> list[tuple[Manifest, list[Manifest]]]:
    """Every manifest of a folder with those it folded, oldest first. One that goes while we look is in another by now."""
    before: list[Path] = []
    while True:
        paths = sorted(folder.glob(f"*{SUFFIX}"))
        try:
            return [read(path) for path in paths]
        except FileNotFoundError as error:
            if paths == before:  # a link to nowhere
                raise _unreadable(str(error.filename)) from error
            before = paths


def read(path: Path) -> tuple[Manifest, list[Manifest]]:
    """A manifest and those it folded. StorageFailed when the file is not one of ours, FileNotFoundError when it is gone."""
    found = path.stat()
    return _read(path, found.st_mtime_ns, found.st_size)


@lru_cache(maxsize=10_000)
def _read(path: Path, written_at: int, size: int) -> tuple[Manifest, list[Manifest]]:
    """Once for what is written there: `written_at` in nanoseconds, `size` in bytes."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        return _manifest(data), [_manifest(one) for one in data["folded"]]
    except (ValueError, KeyError, TypeError) as error:
        raise _unreadable(str(path)) from error


def _unreadable(path: str) -> StorageFailed:
    return StorageFailed(
        "this manifest cannot be read", where=path, remedy="Move it away; the next full pulse reads anew"
    )


def _plain(manifest: Manifest) -> dict[str, Any]:
    plain = {field.name: getattr(manifest, field.name) for field in fields(manifest)}
    for name in ("started_at", "finished_at", "watermark"):
        plain[name] = plain[name].isoformat() if plain[name] is not None else None
    aside = [asdict(one) for one in manifest.quarantined]
    return {**plain, "mode": manifest.mode.value, "report": dict(manifest.report), "quarantined": aside}


def _manifest(data: dict[str, Any]) -> Manifest:
    told = {"quarantined": [], **data}  # earlier manifests do not speak of them
    known = {field.name: told[field.name] for field in fields(Manifest)}
    for name in ("started_at", "finished_at", "watermark"):
        known[name] = datetime.fromisoformat(known[name]) if known[name] is not None else None
    for name in ("columns", "files", "replaces"):
        known[name] = tuple(known[name])
    aside = tuple(Quarantined(**one) for one in known["quarantined"])
    return Manifest(**{**known, "mode": PullMode(known["mode"]), "quarantined": aside})
