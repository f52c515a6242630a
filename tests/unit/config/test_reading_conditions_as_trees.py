"""What is read of a condition as a tree is what the library compiles."""

import cel
from hypothesis import given
from hypothesis import strategies as st

from sg_pipelines.config.condition_tree import free_names, read_tree

NAMES = st.sampled_from(("email", "tags", "orders_count", "lines", "intrigue", "nullable", "in_stock"))
LITERALS = st.sampled_from(
    ("1", "-2.5", ".5e3", "0x1Fu", "'a'", '"it\'s"', "r'\\d+'", "'''x\n'y'''", "b'z'", "true", "null")
)
SIGNS = st.sampled_from(("||", "&&", "==", "!=", "<", ">=", "in", "+", "-", "*", "/", "%"))
SPACES = st.sampled_from((" ", "  ", "\n", " // said aside\n"))


def pieces(smaller):
    bracketed = smaller.map("({})".format)
    inner = st.one_of(smaller, bracketed)
    return st.one_of(
        st.builds("{}{}{}{}{}".format, inner, SPACES, SIGNS, SPACES, inner),
        # Between ? and : another choice stands in brackets.
        st.builds("({}) ? {} : {}".format, smaller, st.one_of(NAMES, LITERALS, bracketed), inner),
        st.builds("!({})".format, smaller),
        st.builds("-({})".format, smaller),
        st.builds("[{}, {}]".format, smaller, smaller),
        st.builds("{{'k': {}}}".format, smaller),
        st.builds("({}).part".format, smaller),
        st.builds("({})[{}]".format, smaller, smaller),
        st.builds("size({})".format, smaller),
        st.builds("({}).contains({})".format, smaller, smaller),
        st.builds("({}).exists(t, t == {})".format, smaller, smaller),
        st.builds("({}).map(t, t)".format, smaller),
    )


CONDITIONS = st.recursive(st.one_of(NAMES, LITERALS), pieces, max_leaves=8)


@given(CONDITIONS)
def test_whatever_compiles_reads_as_a_tree_with_the_same_names(source):
    program = cel.compile(source)
    assert free_names(read_tree(source)) == frozenset(program.variables()) - {"t"}


NUMBERS = st.recursive(
    st.sampled_from(("1", "2", "-3", "7")),
    lambda smaller: st.builds(
        "{} {} {}".format, smaller, st.sampled_from(("+", "-", "*", "/", "%", "<", "==")), smaller
    ),
    max_leaves=6,
)


@given(NUMBERS)
def test_operators_bind_as_they_do_in_the_library(source):
    assert answer(bracketed(read_tree(source))) == answer(source)


def bracketed(node):
    if node.does == "number":
        return node.source
    if len(node.parts) == 1:
        return f"({node.does}{bracketed(node.parts[0])})"
    return f"({bracketed(node.parts[0])} {node.does} {bracketed(node.parts[1])})"


def answer(source):
    try:
        return cel.evaluate(source)
    except (TypeError, ValueError, RuntimeError, ArithmeticError) as error:
        return type(error)
