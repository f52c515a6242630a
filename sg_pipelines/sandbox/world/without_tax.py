"""An order whose prices contain tax, as the ERP keeps it: its lines, subtotal and discount without; tax and total the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sg_pipelines.sandbox.world.locale import Columns
from sg_pipelines.sandbox.world.things import Line, told_amount


def net_lines(lines: Sequence[Line], said: Columns, tax_pct: int) -> tuple[Line, ...]:
    """The lines with what each comes to without tax; what rounding leaves is on the last."""
    nets = [_net(line.amount, tax_pct) for line in lines]
    nets[-1] += _net_subtotal(said, tax_pct) - sum(nets)
    return tuple(replace(line, net=net) for line, net in zip(lines, nets, strict=True))


def net_columns(said: Columns, tax_pct: int) -> Columns:
    """The amounts that differ."""
    discount = said["off_shipping"] + _net(_off_goods(said), tax_pct)
    return {"subtotal_amount": told_amount(_net_subtotal(said, tax_pct)), "discount_amount": told_amount(discount)}


def _net_subtotal(said: Columns, tax_pct: int) -> int:
    subtotal: int = said["subtotal"] - _off_goods(said) - said["tax"] + _net(_off_goods(said), tax_pct)
    return subtotal


def _off_goods(said: Columns) -> int:
    off: int = said["discount"] - said["off_shipping"]
    return off


def _net(amount: int, tax_pct: int) -> int:
    return round(amount * 100 / (100 + tax_pct))
