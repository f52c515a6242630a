"""Amounts of an order that are no statements about the same thing as what the others say, and are not compared with it."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from sg_pipelines.domain.comparators.money import money_of
from sg_pipelines.domain.comparators.numbers import decimal_key
from sg_pipelines.domain.composition.currency import currencies, in_shop_currency
from sg_pipelines.domain.composition.tax import told_otherwise
from sg_pipelines.domain.discrepancies.frame import Mask
from sg_pipelines.domain.model.kinds import Field
from sg_pipelines.domain.model.order import CURRENCY, ORDER, SHOP_CURRENCY, SHOP_TOTAL, TAX_INCLUDED, TOTAL
from sg_pipelines.domain.survivorship.master import in_order
from sg_pipelines.domain.survivorship.policy import FieldPolicy

_TOTAL_AMOUNT = ORDER.field(TOTAL).columns[0]
SAID = (TAX_INCLUDED, CURRENCY, SHOP_CURRENCY, SHOP_TOTAL, _TOTAL_AMOUNT)
SAID_SCHEMA = pa.schema([pa.field(name, pa.bool_() if name == TAX_INCLUDED else pa.string()) for name in SAID])
Said = Mapping[str, pa.Table]


def is_of_an_order(of: Field) -> bool:
    """Whether a field is an amount of an order, or rows of such."""
    return of.may_contain_tax or CURRENCY in of.columns


def apart(of: Field, policy: FieldPolicy, said: Said) -> dict[str, Mask]:
    """Account that speaks of the field → where its amounts are not compared. `said`: every account → the columns `SAID`, one
    row per order."""
    speaking = {account: said[account] for account in in_order(policy)}
    in_shops = kept_in_shop_currency(of, policy, said)
    return {account: there | in_shops[account] for account, there in with_or_without_tax(of, speaking).items()}


def with_or_without_tax(of: Field, said: Said) -> dict[str, Mask]:
    """Account → where they contain tax and those of the first account do not, or the other way round. `said`: the account whose
    word counts most first."""
    words = {account: one.column(TAX_INCLUDED) for account, one in said.items()}
    found = told_otherwise(words)
    return found if of.may_contain_tax else {account: there & False for account, there in found.items()}


def kept_in_shop_currency(of: Field, policy: FieldPolicy, said: Said) -> dict[str, Mask]:
    """Account → where they are in the own currency of the shop that took the order in another one; of totals only those that
    are the shop's own total, as far as the field's tolerance goes."""
    found = in_shops_money(said)
    if of.name != TOTAL:
        return found
    total = pc.coalesce(*(one.column(SHOP_TOTAL) for one in said.values()))
    for account, there in found.items():
        rows = np.flatnonzero(there)
        amounts = (column.take(pa.array(rows)).to_pylist() for column in (said[account].column(_TOTAL_AMOUNT), total))
        there[rows] = [_are_near(one, other, policy.tolerance) for one, other in zip(*amounts, strict=True)]
    return found


def in_shops_money(said: Said) -> dict[str, Mask]:
    """Account → where it keeps an order in the own currency of the shop that took it in another one."""
    stated = {account: _code(one, CURRENCY) for account, one in said.items()}
    return in_shop_currency(stated, {account: _code(one, SHOP_CURRENCY) for account, one in said.items()})


def _are_near(one: str | None, other: str | None, tolerance: Decimal) -> bool:
    amounts = [money_of(decimal_key(text or "")) for text in (one, other)]
    known = [amount.amount for amount in amounts if amount is not None]
    return len(known) == len(amounts) and abs(known[0] - known[1]) <= tolerance


def _code(said: pa.Table, name: str) -> pa.ChunkedArray:
    return currencies(said.column(name), said.column(name))
