"""Which SuiteQL this account understands. Everything else is refused by name, never run as something similar.

Only judging is here; `suiteql_rewriting` turns what passed into SQLite's words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from sqlglot import exp

from sg_pipelines.sandbox.netsuite.database import Database
from sg_pipelines.sandbox.netsuite.schema import COLUMNS, CUSTOM, DATES, DAYS, INTEGERS, NUMBERS

ALLOWED: tuple[type[exp.Expr], ...] = (
    exp.Select, exp.Subquery, exp.From, exp.Join, exp.Where, exp.Order, exp.Ordered, exp.Group, exp.Having, exp.Table,
    exp.TableAlias, exp.Alias, exp.Column, exp.Identifier, exp.Star, exp.Literal, exp.Placeholder, exp.Null, exp.And,
    exp.Or, exp.Not, exp.Paren, exp.EQ, exp.NEQ, exp.LT, exp.LTE, exp.GT, exp.GTE, exp.In, exp.Between, exp.Like,
    exp.Escape, exp.Is, exp.Count, exp.Min, exp.Max, exp.Sum, exp.Coalesce, exp.Upper, exp.Lower, exp.ToChar,
    exp.StrToTime, exp.StrToDate, exp.Case, exp.If, exp.Distinct, exp.Tuple, exp.Neg, exp.Abs, exp.Add, exp.Sub,
    exp.Mul, exp.Fetch, exp.LimitOptions,
)  # fmt: skip
# On columns that are custom fields for dates.
_IS_DATE = "is_date"
_ROW_LIMITS = (exp.LT, exp.LTE)
_DATE_CALLS = ("ns_to_time", "ns_displayed")
_ARITHMETIC = (exp.Add, exp.Sub, exp.Mul, exp.Neg, exp.Abs, exp.Sum)


class Unsupported(Exception):
    """What a query asks for and this account does not offer."""


def check(tree: exp.Select, database: Database) -> None:
    """Unsupported names the first thing beyond the subset, or the field that this account does not have."""
    for part in tree.walk():
        _check_part(part)
    for select in tree.find_all(exp.Select):
        _check_columns(select, database)
        _check_grouping(select)
    if any(one.is_star for one in tree.selects):
        raise Unsupported("name the columns instead of *")


def is_rownum(part: exp.Expr | None) -> bool:
    """True for Oracle's row counter."""
    return isinstance(part, exp.Column) and not part.table and part.name.upper() == "ROWNUM"


def is_date(part: exp.Expr, among: frozenset[str] = DATES) -> bool:
    """True when the value is an instant or a day."""
    if isinstance(part, exp.Column):
        return part.name.lower() in among or (among is DATES and _IS_DATE in part.meta)
    if isinstance(part, exp.Anonymous):
        return part.name in _DATE_CALLS
    if isinstance(part, exp.Case):
        return any(is_date(one.args["true"], among) for one in part.args["ifs"])
    if isinstance(part, exp.StrToTime | exp.StrToDate):
        return True
    return isinstance(part, exp.Alias | exp.Paren | exp.Min | exp.Max | exp.Coalesce) and is_date(part.this, among)


def is_day(part: exp.Expr) -> bool:
    """True when it is a column that has no time of day."""
    return not isinstance(part, exp.StrToTime | exp.StrToDate) and is_date(part, DAYS)


def _check_part(part: exp.Expr) -> None:
    if not isinstance(part, ALLOWED) and not _is_display(part):
        raise Unsupported(f"{_named(part)} is not supported")
    for kinds, check_one in _CHECKS:
        if isinstance(part, kinds):
            check_one(part)
    if isinstance(part, exp.Column) and part.args.get("join_mark"):
        raise Unsupported("the join mark (+) is not supported; write LEFT JOIN")
    elif isinstance(part, exp.Placeholder) and part.args.get("this"):
        raise Unsupported("named parameters are not supported; write ?")
    elif isinstance(part, exp.Subquery) and not isinstance(part.parent, exp.In):
        raise Unsupported("a sub-select is supported in IN only")


def _is_display(part: exp.Expr) -> bool:
    """BUILTIN.DF of a custom field, from the outside or the inside."""
    call = part if isinstance(part, exp.Dot) else part.parent
    if not isinstance(call, exp.Dot) or not isinstance(call.expression, exp.Anonymous):
        return False
    said = f"{call.this.name}.{call.expression.name}".upper()
    of = call.expression.expressions
    is_custom = len(of) == 1 and isinstance(of[0], exp.Column) and CUSTOM.fullmatch(of[0].name.lower()) is not None
    return said == "BUILTIN.DF" and is_custom


def _check_arithmetic(part: exp.Expr) -> None:
    """Numbers only: what Oracle does to dates and texts, SQLite would do differently."""
    for operand in (part.this, part.args.get("expression")):
        is_text = isinstance(operand, exp.Column) and operand.name.lower() not in NUMBERS | INTEGERS
        if operand is not None and (is_text or is_date(operand)):
            raise Unsupported(f"{_named(part)} is not supported with {operand.sql()!r}, which is no number")


def _named(part: exp.Expr) -> str:
    if isinstance(part, exp.Anonymous):
        return str(part.name).upper()
    return part.sql_name() if isinstance(part, exp.Func) else type(part).__name__.upper()


def _check_table(table: exp.Table) -> None:
    if table.name.lower() not in COLUMNS or table.db or table.catalog:
        raise Unsupported(f"the record {table.sql()!r} was not found")


def _check_join(join: exp.Join) -> None:
    if (
        join.side not in ("", "LEFT")
        or join.kind not in ("", "INNER", "OUTER")
        or join.method
        or join.args.get("using")
    ):
        raise Unsupported(
            f"{join.method or join.side or join.kind or 'USING'} JOIN is not supported; INNER and LEFT are"
        )


def _check_fetch(part: exp.Fetch) -> None:
    count, options = part.args.get("count"), part.args.get("limit_options")
    if part.find_ancestor(exp.In) or count is None or not count.is_int:
        raise Unsupported("FETCH FIRST is supported at the end of the query, with a number")
    if options is not None and (options.args.get("percent") or options.args.get("with_ties")):
        raise Unsupported("FETCH FIRST with PERCENT or TIES is not supported")


def _check_columns(select: exp.Select, database: Database) -> None:
    scope = _sources(select)
    aliases = {one.alias.lower() for one in select.selects if one.alias}
    for column in (one for one in select.find_all(exp.Column) if one.find_ancestor(exp.Select) is select):
        name, table = column.name.lower(), column.table.lower()
        if is_rownum(column):
            _check_rownum(select, column)
            continue
        searched = [scope.get(table, "")] if table else list(scope.values())
        is_alias = (
            not table and name in aliases and column.find_ancestor(exp.Order, exp.Select) is select.args.get("order")
        )
        if not is_alias and not any(database.has(one, name) for one in searched):
            raise Unsupported(f"the field {column.sql()!r} was not found")
        if any(database.date_fields.has(one, name) for one in searched):
            column.meta[_IS_DATE] = True


def _check_rownum(select: exp.Select, column: exp.Column) -> None:
    limit, where = column.parent, select.args.get("where")
    if select.parent or where is None or not any(limit is one for one in _conditions(where.this)):
        raise Unsupported("ROWNUM is supported among the AND conditions of the outermost WHERE only")
    if not isinstance(limit, _ROW_LIMITS) or limit.this is not column or not limit.expression.is_int:
        raise Unsupported("ROWNUM is supported as ROWNUM <= n or ROWNUM < n only")
    if any(select.args.get(word) for word in ("order", "group", "distinct")) or _has_aggregate(select):
        raise Unsupported("ROWNUM counts before ordering and grouping; use FETCH FIRST")


def _conditions(condition: exp.Expr) -> list[exp.Expr]:
    return list(condition.flatten()) if isinstance(condition, exp.And) else [condition]


def _check_grouping(select: exp.Select) -> None:
    """Oracle wants every plain column of a grouped query in GROUP BY; SQLite would pick any row's."""
    group = select.args.get("group")
    if group is None and not _has_aggregate(select):
        return
    grouped = {one.sql() for one in group.expressions} if group else set()
    having, order = select.args.get("having"), select.args.get("order")
    aliased = {one.alias.lower() for one in select.selects if one.alias}
    shown = [one.unalias() for one in select.selects] + ([having.this] if having else [])
    shown += [one.this for one in order.expressions if one.this.name.lower() not in aliased] if order else []
    for part in shown:
        for column in part.find_all(exp.Column):
            if not column.find_ancestor(exp.AggFunc) and not _is_grouped(column, grouped):
                raise Unsupported(f"{column.sql()!r} is neither in GROUP BY nor in an aggregate")


def _is_grouped(column: exp.Expr, grouped: set[str]) -> bool:
    part: exp.Expr | None = column
    while part is not None and not isinstance(part, exp.Select):
        if part.sql() in grouped:
            return True
        part = part.parent
    return False


def _has_aggregate(select: exp.Select) -> bool:
    return any(True for _ in _own(select, exp.AggFunc))


def _own(select: exp.Select, *kinds: type[exp.Expr]) -> Iterator[exp.Expr]:
    """Parts of this SELECT, those of its sub-selects left out."""
    return (part for part in select.find_all(*kinds) if part.find_ancestor(exp.Select) is select)


def _sources(select: exp.Select) -> dict[str, str]:
    """Alias → table; a sub-select sees the outer ones too."""
    outer = select.find_ancestor(exp.Select)
    found = _sources(outer) if outer is not None else {}
    for table in _own(select, exp.Table):
        found[table.alias_or_name.lower()] = table.name.lower()
    return found


_CHECKS: tuple[tuple[type[exp.Expr] | tuple[type[exp.Expr], ...], Callable[[Any], None]], ...] = (
    (exp.Table, _check_table),
    (exp.Join, _check_join),
    (exp.Fetch, _check_fetch),
    (_ARITHMETIC, _check_arithmetic),
)
