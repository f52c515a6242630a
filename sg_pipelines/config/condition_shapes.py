"""What a piece of a condition stands for: of fields it is declared, of all else it follows."""

from __future__ import annotations

from dataclasses import dataclass

from sg_pipelines.config.condition_functions import FUNCTIONS, MACROS
from sg_pipelines.config.condition_names import Behind, readable
from sg_pipelines.config.condition_tree import Node
from sg_pipelines.domain.comparators.packing import parts_of
from sg_pipelines.domain.model.kinds import Kind

_COMPARES = frozenset({"==", "!=", "<", "<=", ">", ">=", "in", "&&", "||", "!"})
_NUMBERS = frozenset({"+", "-", "*", "/", "%"})


@dataclass(frozen=True, slots=True)
class Shape:
    """`what`: None where nobody can say; `words`: all it may say; `parts`: of a record, all texts; `of`: each element of a
    list."""

    what: Behind | None = None
    words: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    of: Shape | None = None


UNKNOWN = Shape()
_TEXT = Shape(Behind.TEXT)


def shapes(kind: Kind) -> dict[str, Shape]:
    """Name → its shape, of all that a condition may read."""
    fields = {field.name: field for field in kind.fields}
    found = {}
    for name, what in readable(kind).items():
        field = fields.get(name)
        parts = parts_of(field) if field is not None and what in (Behind.ROWS, Behind.RECORD) else ()
        of = {Behind.TEXTS: _TEXT, Behind.ROWS: Shape(Behind.RECORD, parts=parts)}.get(what)
        words = field.values if field is not None else ()
        found[name] = Shape(what, words, parts if what is Behind.RECORD else (), of)
    return found


def shape_of(node: Node, named: dict[str, Shape]) -> Shape:
    """What a piece stands for. `named`: fields, and elements that macros around it give a name to."""
    match node.does:
        case "name":
            return named.get(node.word, UNKNOWN)
        case "text":
            return UNKNOWN if node.word[0] in "bB" else _TEXT
        case "number":
            return Shape(Behind.NUMBER)
        case "constant":
            return UNKNOWN if node.word == "null" else Shape(Behind.YES_OR_NO)
        case "part" | "element":
            return _inside(node, named)
        case "call" | "method":
            return _answered(node, named)
        case _:
            return _made(node, named)


def within(node: Node, named: dict[str, Shape]) -> dict[str, Shape]:
    """The names that hold inside a macro: its own stands before a field's."""
    if node.gives is None:
        return named
    return named | {node.gives: shape_of(node.parts[0], named).of or UNKNOWN}


def _inside(node: Node, named: dict[str, Shape]) -> Shape:
    over = shape_of(node.parts[0], named)
    if node.does == "element":
        return over.of or UNKNOWN
    return _TEXT if node.word in over.parts else UNKNOWN


def _answered(node: Node, named: dict[str, Shape]) -> Shape:
    if node.gives is None:
        return Shape(FUNCTIONS.get(node.word))
    if node.word == "filter":
        return shape_of(node.parts[0], named)
    return _list_of(shape_of(node.parts[-1], within(node, named))) if node.word == "map" else Shape(MACROS[node.word])


def _made(node: Node, named: dict[str, Shape]) -> Shape:
    """Of operators and lists."""
    if node.does in _COMPARES:
        return Shape(Behind.YES_OR_NO)
    parts = [shape_of(part, named) for part in node.parts]
    if node.does == "list":
        return _list_of(parts[0] if parts and len({part.what for part in parts}) == 1 else UNKNOWN)
    if node.does == "?":
        return parts[1] if parts[1] == parts[2] else UNKNOWN
    is_number = node.does in _NUMBERS and all(part.what is Behind.NUMBER for part in parts)
    return Shape(Behind.NUMBER) if is_number else UNKNOWN


def _list_of(element: Shape) -> Shape:
    return Shape(Behind.TEXTS if element.what is Behind.TEXT else None, of=element)
