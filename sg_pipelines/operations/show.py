"""One entity laid open: what each account says, what was agreed, who moved, why the records hang together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pyarrow as pa

from sg_pipelines.config.policies import KindPlan
from sg_pipelines.domain.composition.currency import currencies, in_other_currencies
from sg_pipelines.domain.model.kinds import Field, Kind
from sg_pipelines.domain.model.order import ORDER, TAX_INCLUDED
from sg_pipelines.domain.survivorship.master import in_order
from sg_pipelines.domain.survivorship.policy import FieldPolicy
from sg_pipelines.operations.annotations import annotations_of
from sg_pipelines.operations.apart import SAID_SCHEMA, is_of_an_order, kept_in_shop_currency, with_or_without_tax
from sg_pipelines.operations.composition import RECORDS, gaps_of
from sg_pipelines.operations.derived import Ordered
from sg_pipelines.operations.lookup import entity_called
from sg_pipelines.operations.master_table import quality_of
from sg_pipelines.operations.originals import original
from sg_pipelines.operations.own_counts import keeps_orders, orders_of
from sg_pipelines.operations.representations import representation_rows
from sg_pipelines.operations.workspace import Workspace
from sg_pipelines.ports.store import Document


def show(workspace: Workspace, name: str) -> dict[str, Any]:
    """Everything about the entity of that id, or of that ref (`hubspot/customer/501`).

    Values are real ones: this is the place to see them. Returns `entity`, `kind`, `state`, `reached_by` (an old id
    or ref that led here), `representations`, `fields`, `derived` (what platforms count), `ordered` (what our orders say; None
    where none are kept, or the kind does not order), `quality`, `annotations`, `links`, `discrepancies`, `findings`, `sums` (of an order: those that do not
    come out, and why), `history`, `candidates`. Instants are UTC milliseconds.
    QueryRejected when there is no such entity or record.
    """
    document = entity_called(workspace, name)
    plan = workspace.plans[document["kind"]]
    entity = document["_id"]
    links = sorted(workspace.store.find("links", {"entity": entity}), key=lambda link: (not link["open"], link["ref"]))
    return {
        "entity": entity,
        "kind": document["kind"],
        "state": document["state"],
        "reached_by": None if name == entity else name,
        "representations": document["representations"],
        "duplicates": document["duplicates"],
        "fields": [_cell(field, document, plan) for field in plan.kind.fields],
        "derived": document["derived"],
        "ordered": _ordered(workspace, document, plan.kind),
        "quality": quality_of(document, plan.kind),
        "annotations": annotations_of(workspace, entity),
        "links": links,
        "discrepancies": sorted(
            workspace.store.find("discrepancies", {"entity": entity}),
            key=lambda found: (not found["open"], found["subject"], found["first_seen_at"]),
        ),
        "findings": sorted(
            workspace.store.find("findings", {"entity": entity}),
            key=lambda found: (not found["open"], found["type"], found["key"]),
        ),
        "sums": list(_sums(document, plan.kind)),
        "candidates": list(workspace.store.find("candidates", {"entity": entity, "status": "open"})),
        "history": sorted(workspace.store.find("history", {"entity": entity}), key=lambda change: change["seen_at"]),
        "updated_at": document["updated_at"],
    }


def _ordered(workspace: Workspace, document: Document, kind: Kind) -> dict[str, Any] | None:
    """Orders counted, money spent and the last day, as the datasets have them."""
    if not keeps_orders(workspace, kind):
        return None
    entity = document["_id"]
    row = orders_of(workspace, kind, [entity]).get(entity, Ordered()).row()
    last = row["last_order_at"]
    return row | {"last_order_at": None if last is None else last.isoformat()}


def _sums(document: Document, kind: Kind) -> Iterator[dict[str, Any]]:
    """Sums of an order's records that do not come out; `rule` is why, None where nothing explains it."""
    if kind.name != ORDER.name:
        return
    rows = list(representation_rows(document, kind))
    for row, gap in gaps_of(pa.Table.from_pylist(rows, schema=RECORDS))[0]:
        yield {
            "account": rows[row]["account"],
            "record_id": rows[row]["record_id"],
            "type": gap.type,
            "rule": gap.rule.value if gap.rule else None,
            "detail": gap.detail,
        }


def _with_tax(field: Field, said: Mapping[str, pa.Table]) -> dict[str, bool]:
    """Accounts whose amounts are not compared, as they contain tax (True) and others do not, or the other way round."""
    found = with_or_without_tax(field, said) if said else {}
    return {name: said[name].column(TAX_INCLUDED)[0].as_py() for name, (is_apart,) in found.items() if is_apart}


def _of_order(document: Document, accounts: Sequence[str]) -> dict[str, pa.Table]:
    """What decides whether an account's amounts are compared, as one row."""
    live = {name: one["columns"] for name, one in document["representations"].items() if one["state"] == "live"}
    return {name: pa.Table.from_pylist([live[name]], schema=SAID_SCHEMA) for name in accounts if name in live}


def _in_other_currencies(field: Field, document: Document, policy: FieldPolicy) -> list[str]:
    """Accounts whose price is not compared, as it is in another currency than that of the first whose word counts, or whose
    amount of an order is not, as it is in the shop's own and the order is not."""
    if is_of_an_order(field):
        said = _of_order(document, list(document["representations"]))
        apart = kept_in_shop_currency(field, policy, said) if said else {}
        return [name for name, (there,) in apart.items() if there and name in policy.accounts]
    if not field.has_own_currency:
        return []
    live = {name: one["columns"] for name, one in document["representations"].items() if one["state"] == "live"}
    ordered = [account for account in in_order(policy) if account in live]
    stated = {
        name: currencies(*(pa.array([live[name].get(column)], pa.string()) for column in field.columns))
        for name in ordered
    }
    apart = in_other_currencies(stated) if stated else {}
    return [name for name, (is_apart,) in apart.items() if is_apart]


def _cell(field: Field, document: Document, plan: KindPlan) -> dict[str, Any]:
    cell = document["fields"].get(field.name, {})
    policy = next(policy for policy in plan.policy.fields if policy.field == field.name)
    owner = ", ".join(policy.owners) or policy.ownership.value
    return {
        "field": field.name,
        "value": cell.get("value"),
        "source": cell.get("source"),
        "confidence": cell.get("confidence"),
        "base": cell.get("base"),
        "has_base": cell.get("has_base", False),
        "base_at": cell.get("base_at"),
        "owner": owner if policy.owners or policy.ownership.value != "listed" else "nobody",
        "speaks": list(policy.accounts),
        "with_tax": _with_tax(field, _of_order(document, in_order(policy))) if field.may_contain_tax else {},
        "in_other_currencies": _in_other_currencies(field, document, policy),
        "originals": {
            account: original(field, stored, account)
            for account, stored in document["representations"].items()
            if stored["state"] == "live" and account in policy.accounts
        },
    }
