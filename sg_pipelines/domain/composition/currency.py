"""Amounts in different currencies: what they state of one product, or of one order, are no statements about the same thing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from sg_pipelines.domain.composition.first_word import Mask, unlike_the_first


def currencies(amounts: Any, codes: Any) -> Any:
    """The ISO code of each amount; null where no amount is stated or no currency said."""
    code = pc.utf8_upper(pc.utf8_trim_whitespace(codes.cast(pa.string())))
    says = pc.and_(pc.not_equal(pc.fill_null(amounts.cast(pa.string()), ""), ""), pc.not_equal(code, ""))
    return pc.if_else(pc.fill_null(says, False), code, pa.scalar(None, pa.string()))


def in_other_currencies(stated: Mapping[str, Any]) -> dict[str, Mask]:
    """Account → where it states a price in another currency than the first account that states one.

    `stated`: account → one currency per entity, null where it states none, the account whose word counts most first;
    one that states none is taken at its word.
    """
    return unlike_the_first(stated)


def in_shop_currency(stated: Mapping[str, Any], shops: Mapping[str, Any]) -> dict[str, Mask]:
    """Account → where it states an order's amounts in the own currency of the shop, which took the order in another one.

    `stated`: account → the currency of its amounts; `shops`: account → the shop's own one, which a shop alone says; each one code
    per order, null where it says none.
    """
    own = pc.coalesce(*shops.values())
    taken = pc.coalesce(*(pc.if_else(pc.is_valid(shop), stated[name], None) for name, shop in shops.items()))
    is_foreign = pc.not_equal(taken, own)
    return {name: _mask(pc.and_(is_foreign, pc.equal(said, own))) for name, said in stated.items()}


def _mask(column: Any) -> Mask:
    found: Mask = pc.fill_null(column, False).to_numpy(zero_copy_only=False).astype(bool)
    return found
