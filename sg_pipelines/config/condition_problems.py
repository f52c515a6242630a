"""What is wrong with the conditions of expectations: they must be read, name what there is, and have an answer."""

from __future__ import annotations

from collections.abc import Iterator

from sg_pipelines.config.client_file import ClientFile, EntitySettings
from sg_pipelines.config.condition_names import COUNTED, composites, counted, readable
from sg_pipelines.config.condition_types import misfit
from sg_pipelines.config.conditions import Condition, compile_condition
from sg_pipelines.config.problem import Problem, nearest
from sg_pipelines.domain.model.kinds import Kind
from sg_pipelines.domain.model.order import ORDER

# Derived attributes that some platforms tell alone.
TOLD_BY = dict.fromkeys(
    ("orders_count", "total_spent", "shop_total", "shop_currency", "charges", "refunded"), frozenset({"shopify"})
)
_EXAMPLES = {"product": "price_amount > 0", "order": "status != 'cancelled'"}


def condition_problems(
    file: ClientFile, entity: EntitySettings, accounts: frozenset[str], kind: Kind, at: tuple[str, ...]
) -> Iterator[Problem]:
    """`accounts`: those that a line of this kind may name; `kind`: as the client file keeps it."""
    one_like_this = f"Write always, or one like: {_EXAMPLES.get(kind.name, 'orders_count > 0')}"
    for account, source in entity.expected_on.items():
        here = (*at, "expected_on", account)
        if account not in accounts:
            yield Problem(here, f"{kind.plural} do not live on {account!r}", nearest(account, accounts))
        try:
            condition = compile_condition(source)
        except ValueError as error:
            yield Problem(here, f"the condition is not valid CEL: {error}", one_like_this)
            continue
        unread = [*_unknown(condition, kind, here), *_untold(file, entity, condition, kind, here)]
        yield from unread
        wrong = None if unread else misfit(condition, kind)
        if wrong is not None:
            yield Problem(here, f"the condition for {account} {wrong.said}", wrong.remedy or one_like_this)


def _unknown(condition: Condition, kind: Kind, at: tuple[str, ...]) -> Iterator[Problem]:
    known, whole = readable(kind).keys(), composites(kind)
    for variable in sorted(condition.variables - known):
        said, remedy = "is no field", nearest(variable, known)
        if variable in whole:
            said, remedy = "is several values", f"Read one of them: {', '.join(whole[variable])}"
        yield Problem(at, f"the condition reads {variable!r}, which {said}", remedy)


def _untold(
    file: ClientFile, entity: EntitySettings, condition: Condition, kind: Kind, at: tuple[str, ...]
) -> Iterator[Problem]:
    """What nobody tells, so that there would never be an answer."""
    platforms = {file.accounts[account].platform for account in entity.on if account in file.accounts}
    ours = set() if ORDER.name not in file.entities else counted(kind).keys()
    read_only = {column.name for column in kind.read_only} | counted(kind).keys()
    for variable in sorted(condition.variables & read_only - ours):
        tellers = frozenset() if variable == "last_order_at" else TOLD_BY.get(variable, platforms)
        if not tellers & platforms:
            remedy = "Keep orders: add `order:` to `entities`" if variable in COUNTED else "Ask about something else"
            yield Problem(at, f"the condition reads {variable!r}, which no account of this kind tells", remedy)
