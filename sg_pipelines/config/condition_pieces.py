"""What is wrong with single pieces of a condition, also with those that an answer may never get to: calls of what is no
function, comparisons that are never true, parts and words that there are none of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import cel

from sg_pipelines.config.condition_functions import FUNCTIONS, HAS, MACROS
from sg_pipelines.config.condition_names import Behind
from sg_pipelines.config.condition_shapes import Shape, shape_of, within
from sg_pipelines.config.condition_tree import Node
from sg_pipelines.config.problem import nearest

INSTANT = "Write an instant as timestamp('2026-01-01T00:00:00Z')"
_ORDERS = frozenset({"<", "<=", ">", ">="})
_LITERAL = frozenset({"text", "number", "constant"})


@dataclass(frozen=True, slots=True)
class Misfit:
    """What is wrong, after *the condition*; what to write instead, where that can be said."""

    said: str
    remedy: str | None = None


def misfits(tree: Node, named: dict[str, Shape]) -> Iterator[Misfit]:
    """Of a condition and all it is made of, from left to right."""
    for node, names in _pieces(tree, named):
        if node.does in ("==", "!="):
            yield from _unlike(node.parts[0], node.parts[1], names)
        elif node.does == "in":
            yield from _not_among(node.parts[0], node.parts[1], names)
        elif node.does == "part":
            yield from _no_part(node, names)
        elif node.does in ("call", "method") and node.gives is None:
            yield from _no_call(node)


def unordered(tree: Node, named: dict[str, Shape]) -> Iterator[Misfit]:
    """Pieces of unlike types of which one is asked to be the greater one."""
    for node, names in _pieces(tree, named):
        if node.does in _ORDERS:
            yield from _no_order(node.parts[0], node.parts[1], names)


def _pieces(node: Node, named: dict[str, Shape]) -> Iterator[tuple[Node, dict[str, Shape]]]:
    """Every piece with the names that hold there, the smaller ones first."""
    inner = within(node, named)
    for position, part in enumerate(node.parts):
        if node.gives is None or position != 1:
            yield from _pieces(part, inner if position else named)
    yield node, named


def an(what: Behind) -> str:
    """With its article."""
    return f"an {what}" if what is Behind.INSTANT else f"a {what}"


def _unlike(left: Node, right: Node, named: dict[str, Shape]) -> Iterator[Misfit]:
    """Two pieces that are never the same; a literal is named second, however it stands."""
    one, other = (right, left) if left.does in _LITERAL else (left, right)
    ours, theirs = shape_of(one, named), shape_of(other, named)
    word = _text_of(other)
    if None not in (ours.what, theirs.what) and ours.what is not theirs.what:
        said = f"compares {_told(one, ours)} with {_told(other, theirs).removesuffix(',')}: they are never the same"
        yield Misfit(said, _made_alike((one, ours.what), (other, theirs.what)))
    elif ours.words and word is not None and word not in ours.words:
        said = f"compares {one.source} with {word!r}, which it never says: it is one of {', '.join(ours.words)}"
        yield Misfit(said, nearest(word, ours.words))


def _no_order(one: Node, other: Node, named: dict[str, Shape]) -> Iterator[Misfit]:
    ours, theirs = shape_of(one, named), shape_of(other, named)
    whats = {ours.what, theirs.what}
    if None in whats or len(whats) == 1:
        return
    text = one if ours.what is Behind.TEXT else other
    remedy = f"Make a number of the text: double({text.source})" if whats == {Behind.TEXT, Behind.NUMBER} else None
    if Behind.INSTANT in whats:
        remedy = _as_instant(text if Behind.TEXT in whats else None)
    yield Misfit(
        f"compares {_told(one, ours)} with {_told(other, theirs).removesuffix(',')}: neither is the greater one",
        remedy,
    )


def _not_among(one: Node, many: Node, named: dict[str, Shape]) -> Iterator[Misfit]:
    if many.does == "list":
        for other in many.parts:
            yield from _unlike(one, other, named)
        return
    sought, held = shape_of(one, named), shape_of(many, named)
    element = held.of.what if held.of is not None else None
    if held.what is None or None in (sought.what, element) or sought.what is element:
        return
    is_a_number = one.does == "number" and element is Behind.TEXT
    yield Misfit(
        f"looks for {_told(one, sought)} in {_told(many, held).removesuffix(',')}: it is never there",
        f"Write a text: '{one.word}' in {many.source}" if is_a_number else None,
    )


def _no_part(node: Node, named: dict[str, Shape]) -> Iterator[Misfit]:
    over = node.parts[0]
    parts = shape_of(over, named).parts
    if parts and node.word not in parts:
        yield Misfit(f"reads {node.source}: there is no {node.word!r} in {over.source}", nearest(node.word, parts))


def _no_call(node: Node) -> Iterator[Misfit]:
    if node.word in MACROS:
        yield Misfit(f"does not say what {node.word} asks about", f"Write one like: tags.{node.word}(t, t == 'vip')")
    elif node.word not in FUNCTIONS and (node.word, node.does) != (HAS, "call"):
        yield Misfit(f"calls {node.word!r}, which is no function", nearest(node.word, FUNCTIONS))
    elif node.does == "call" and node.parts and all(part.does in _LITERAL for part in node.parts):
        try:
            cel.evaluate(node.source)
        except (TypeError, ValueError, RuntimeError):
            yield Misfit(f"asks for {node.source}, which has no answer", INSTANT if node.word == "timestamp" else None)


def _told(node: Node, shape: Shape) -> str:
    what = an(shape.what) if shape.what is not None else "something"
    return what if node.does in _LITERAL else f"{node.source}, which is {what},"


def _text_of(node: Node) -> str | None:
    return str(cel.evaluate(node.source)) if node.does == "text" else None


def _as_instant(text: Node | None) -> str:
    """A field that is a text, as custom ones are that hold an instant, can be made one."""
    return (
        INSTANT if text is None or text.does in _LITERAL else f"Make an instant of the text: timestamp({text.source})"
    )


def _made_alike(one: tuple[Node, Behind | None], other: tuple[Node, Behind | None]) -> str | None:
    """What to write instead."""
    text, word = other[0], _text_of(other[0])
    match one[1], other[1]:
        case (Behind.INSTANT, Behind.TEXT) | (Behind.TEXT, Behind.INSTANT):
            return _as_instant(one[0] if one[1] is Behind.TEXT else text)
        case Behind.INSTANT, _:
            return INSTANT
        case Behind.TEXTS, Behind.TEXT:
            return f"Write {text.source} in {one[0].source}"
        case Behind.YES_OR_NO, Behind.TEXT if word is not None:
            return f"Write {one[0].source} == true, or false"
        case Behind.NUMBER, Behind.TEXT if word is not None and word.isdecimal():
            return f"Write the number without quotes: {word}"
        case Behind.TEXT, Behind.NUMBER if text.does == "number":
            return f"Write a text: '{text.source}'"
        case (Behind.TEXT, Behind.NUMBER) | (Behind.NUMBER, Behind.TEXT) if text.does not in _LITERAL:
            return f"Make a text of the number: string({(one if one[1] is Behind.NUMBER else other)[0].source})"
    return None
