"""The demonstration client with a line of it changed."""

from __future__ import annotations

from pathlib import Path

DEMO = Path(__file__).resolve().parents[3] / "clients" / "demo.yaml"


def a_client_file(folder: Path, *, replace: str = "", by: str = "") -> Path:
    text = DEMO.read_text(encoding="utf-8")
    assert replace in text
    path = folder / "demo.yaml"
    path.write_text(text.replace(replace, by, 1), encoding="utf-8")
    return path


def line_of(words: str) -> int:
    lines = DEMO.read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if words in line)
