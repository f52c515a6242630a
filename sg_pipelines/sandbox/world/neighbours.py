"""What a record says of other records: the ids of its neighbours at the same account, and of its own kind elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sg_pipelines.sandbox.world.places import NETSUITE, Places
from sg_pipelines.sandbox.world.things import COMPANY, CUSTOMER, ORDER, Line, Link, Thing, told_amount

IdOf = Callable[[Thing, str], str | None]


def known_ref(thing: Thing, account: str) -> str | None:
    """The record id of a thing that has been made."""
    return thing.refs.get(account)


def named_columns(thing: Thing, account: str, kinds: tuple[str, ...], id_of: IdOf = known_ref) -> dict[str, Any]:
    """The columns in which a record names its neighbours."""
    if thing.kind == CUSTOMER:
        return {"company_id": _named(thing, COMPANY, account, id_of)} if COMPANY in kinds else {}
    if thing.kind != ORDER:
        return {}
    is_net = thing.accounts[account] == NETSUITE
    return {
        "customer_id": _named(thing, CUSTOMER, account, id_of),
        "company_id": _named(thing, COMPANY, account, id_of),
        "lines": [line_row(line, account, id_of, is_net=is_net) for line in thing.lines],
    }


def line_row(line: Line, account: str, id_of: IdOf = known_ref, *, is_net: bool = False) -> dict[str, str | None]:
    """One line of an order as an account has it; `is_net`: one whose amounts never contain tax."""
    return {
        "product_id": id_of(line.product, account),
        "sku": line.product.said["sku"],
        "name": line.product.said["name"],
        "quantity": str(line.quantity),
        "amount": told_amount(line.amount if line.net is None or not is_net else line.net),
    }


def line_subject(product: Thing) -> str:
    """What the ledger calls an order's line: by its product, or by the unit where products have no records."""
    return f"lines={product.name if product.refs else 'sku:' + product.said['sku'].casefold()}"


def cross_ids(thing: Thing, account: str, places: Places, id_of: IdOf = known_ref) -> dict[str, str]:
    """Ids of the thing's records made before this one, by account."""
    if thing.link is not Link.CROSS_ID:
        return {}
    found = {}
    for other in places.created_first:
        if other == account:
            break
        record_id = id_of(thing, other) if other in thing.accounts else None
        if record_id is not None:
            found[other] = record_id
    return found


def _named(thing: Thing, kind: str, account: str, id_of: IdOf) -> str | None:
    neighbour = thing.named.get(kind)
    return None if neighbour is None else id_of(neighbour, account)
