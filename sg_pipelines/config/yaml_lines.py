"""YAML with a memory: plain data plus the line every value stands on. Knows nothing of what the data mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from sg_pipelines.errors import ConfigurationError

KeyPath = tuple[str | int, ...]
# What a file may hold, aliases written out; nobody writes as many by hand.
MOST_VALUES = 100_000

MERGE = "tag:yaml.org,2002:merge"


@dataclass(frozen=True, slots=True)
class LinedYaml:
    """A parsed file: `data` as plain Python values, `lines` from key path to 1-based line."""

    path: Path
    data: Any
    lines: Mapping[KeyPath, int]

    def line_of(self, location: Sequence[str | int]) -> int:
        """The line of the deepest known key on the way to `location`; keys the file lacks are passed over."""
        known: KeyPath = ()
        for part in location:
            if (*known, part) in self.lines:
                known = (*known, part)
        return self.lines[known]


def read_lined(path: Path) -> LinedYaml:
    """Parse one YAML file. ConfigurationError for a missing file, another encoding, broken YAML, a key that stands
    twice, a value that is none, or what nests without end."""
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise ConfigurationError(
            f"the file cannot be read ({error.strerror})",
            where=str(path),
            remedy="Check the name; client files live in clients/<slug>.yaml",
        ) from error
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise ConfigurationError(
            "the file is not written in UTF-8", where=f"{path}:{line}", remedy="Save it as UTF-8"
        ) from error
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
        return _read(root, path)
    except RecursionError as error:
        raise ConfigurationError(
            "something nests too deep here, or holds itself", where=f"{path}:1", remedy="Write it out, without aliases"
        ) from error
    except yaml.reader.ReaderError as error:
        line = text[: error.position].count("\n") + 1
        raise ConfigurationError(
            f"a character that no text holds (U+{ord(text[error.position]):04X})",
            where=f"{path}:{line}",
            remedy="Take it out",
        ) from error
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        raise ConfigurationError(
            f"not readable as YAML: {error.problem}", where=f"{path}:{line}", remedy="Check indentation and brackets"
        ) from error


def _read(root: yaml.Node | None, path: Path) -> LinedYaml:
    if root is None:
        raise ConfigurationError("the file is empty", where=f"{path}:1", remedy="Start from clients/demo.yaml")
    lines: dict[KeyPath, int] = {}
    data = _plain(root, (), lines, path)
    return LinedYaml(path, data, lines)


def _plain(node: yaml.Node, at: KeyPath, lines: dict[KeyPath, int], path: Path) -> Any:
    line = lines.setdefault(at, node.start_mark.line + 1)
    if len(lines) > MOST_VALUES:
        raise ConfigurationError(
            f"more than {MOST_VALUES:,} values", where=f"{path}:{line}", remedy="Write it out, without aliases"
        )
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, at, lines, path)
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item, (*at, index), lines, path) for index, item in enumerate(node.value)]
    try:
        return yaml.SafeLoader("").construct_object(node)
    except ValueError as error:
        raise ConfigurationError(
            "this looks like a day or a number and is none",
            where=f"{path}:{line}",
            remedy="Put it in quotes, or mend it",
        ) from error


def _mapping(node: yaml.MappingNode, at: KeyPath, lines: dict[KeyPath, int], path: Path) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for key_node, value_node in node.value:
        line = key_node.start_mark.line + 1
        if not isinstance(key_node, yaml.ScalarNode):
            said = "a list or settings stand where a name belongs"
            raise ConfigurationError(said, where=f"{path}:{line}", remedy="Write one word and a colon: hubspot:")
        if key_node.tag == MERGE:
            said = "lines are not merged by `<<`"
            raise ConfigurationError(said, where=f"{path}:{line}", remedy="Write them out, or name the whole: `*alias`")
        key = str(key_node.value)
        if key in result:
            raise ConfigurationError(f"{key!r} stands twice here", where=f"{path}:{line}", remedy="Keep one of them")
        lines[(*at, key)] = line
        result[key] = _plain(value_node, (*at, key), lines, path)
    return result
