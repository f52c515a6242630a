"""A checked SuiteQL query in SQLite's words, over one account's tables.

What differs between Oracle and SQLite is evened out here: dates, LIKE, where nulls sort, ROWNUM and FETCH FIRST.
"""

from __future__ import annotations

from collections.abc import Callable

from sqlglot import exp

from sg_pipelines.sandbox.netsuite.numbers import PLACES
from sg_pipelines.sandbox.netsuite.schema import NEVER_NULL
from sg_pipelines.sandbox.netsuite.suiteql_dates import offered, strftime_codes
from sg_pipelines.sandbox.netsuite.suiteql_subset import Unsupported, is_date, is_day, is_rownum

TableName = Callable[[str], str]
_COMPARISONS = (exp.EQ, exp.NEQ, exp.LT, exp.LTE, exp.GT, exp.GTE)


def rewrite(tree: exp.Select, table_name: TableName) -> exp.Select:
    """Changes the tree in place, inner parts first, and returns it. Unsupported says what cannot be said."""
    _limit_rows(tree)
    for part in reversed(list(tree.walk())):
        _even_out(part)
    for table in list(tree.find_all(exp.Table)):
        real = exp.to_table(table_name(table.name.lower()), dialect="sqlite")
        table.replace(exp.alias_(real, table.alias_or_name, table=True))
    return tree


def _even_out(part: exp.Expr) -> None:
    if isinstance(part, exp.Dot):
        part.replace(_call("ns_names", part.expression.expressions[0]))
    elif isinstance(part, exp.ToChar):
        part.replace(_to_char(part))
    elif isinstance(part, exp.Sum):
        # sums of binary fractions are a hair off
        part.replace(exp.func("round", part.copy(), exp.Literal.number(PLACES)))
    elif isinstance(part, exp.StrToTime | exp.StrToDate):
        part.replace(_to_time(part))
    elif isinstance(part, exp.Like) and not isinstance(part.parent, exp.Escape):
        part.replace(_call("ns_like", part.this, part.expression, exp.Null()))
    elif isinstance(part, exp.Escape):
        part.replace(_call("ns_like", part.this.this, part.this.expression, part.expression))
    elif isinstance(part, exp.Ordered) and _is_never_null(part.this):
        # said as SQLite's own default, so that an index can serve the order
        part.set("nulls_first", not part.args.get("desc"))
    else:
        _compare_dates(part)


def _is_never_null(ordered: exp.Expr) -> bool:
    select = ordered.find_ancestor(exp.Select)
    if not isinstance(ordered, exp.Column) or select is None or ordered.name.lower() not in NEVER_NULL:
        return False
    optional = {join.alias_or_name.lower() for join in select.args.get("joins") or [] if join.side == "LEFT"}
    return not optional or (ordered.table != "" and ordered.table.lower() not in optional)


def _call(name: str, *arguments: exp.Expr) -> exp.Anonymous:
    return exp.Anonymous(this=name, expressions=[one.copy() for one in arguments])


def _to_char(part: exp.ToChar) -> exp.Expr:
    form = part.args.get("format")
    if form is None and is_day(part.this):
        return _call("ns_day", part.this)
    if is_date(part.this):
        return _call("ns_to_char", part.this, _codes(form) if form else exp.Null())
    if form is not None:
        raise Unsupported("TO_CHAR with a format is supported for dates only")
    return _call("ns_text", part.this)


def _to_time(part: exp.Expr) -> exp.Expr:
    form = part.args.get("format")
    return _call("ns_displayed", part.this) if form is None else _call("ns_to_time", part.this, _codes(form))


def _codes(form: exp.Expr) -> exp.Literal:
    """The format as strftime codes, to which the parser has already turned those of TO_DATE in upper case."""
    if not isinstance(form, exp.Literal):
        raise Unsupported("a date format must be written out")
    try:
        return exp.Literal.string(offered(form.name) if "%" in form.name else strftime_codes(form.name))
    except ValueError as error:
        raise Unsupported(str(error)) from error


def _compare_dates(part: exp.Expr) -> None:
    """Where a date meets a text, the text is in the display format, as in Oracle's implicit conversion."""
    if isinstance(part, _COMPARISONS):
        sides = [part.this, part.expression]
    elif isinstance(part, exp.Between):
        sides = [part.this, part.args["low"], part.args["high"]]
    elif isinstance(part, exp.In):
        sides = [part.this, *part.expressions]
    else:
        return
    if not any(is_date(side) for side in sides):
        return
    for side in sides:
        if isinstance(side, exp.Placeholder) or (isinstance(side, exp.Literal) and side.is_string):
            side.replace(_call("ns_displayed", side))
        elif not is_date(side) and not isinstance(side, exp.Null):
            raise Unsupported(f"{side.sql()!r} is compared with a date and is none")


def _limit_rows(tree: exp.Select) -> None:
    """FETCH FIRST and ROWNUM become LIMIT."""
    fetch, counts = tree.args.get("limit"), []
    if fetch is not None:
        counts.append(int(fetch.args["count"].name))
    for limit in [one for one in tree.find_all(exp.LT, exp.LTE) if is_rownum(one.this)]:
        counts.append(int(limit.expression.name) - isinstance(limit, exp.LT))
        limit.replace(exp.EQ(this=exp.Literal.number(1), expression=exp.Literal.number(1)))
    if counts:
        tree.set("limit", exp.Limit(expression=exp.Literal.number(max(0, min(counts)))))
