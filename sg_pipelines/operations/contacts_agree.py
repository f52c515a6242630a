"""A company and its contacts as a whole: a contact that one system puts in a company and another one does not is a finding on
every company named, with the contacts as evidence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from sg_pipelines.domain.model.company import COMPANY
from sg_pipelines.domain.model.customer import CUSTOMER
from sg_pipelines.operations.kept_findings import sync_findings
from sg_pipelines.operations.workspace import Workspace
from sg_pipelines.ports.store import Document

COMPANY_CONTACTS = "company_contacts"
FIELD = COMPANY.name
SHOWN = 5
NOWHERE = ""


def sync_company_contacts(workspace: Workspace, now_ms: int, *, close_reason: str) -> None:
    """Make the open findings those that the open differences of contacts give. Costs what differs, not what there is."""
    if not {COMPANY.name, CUSTOMER.name} <= workspace.plans.keys():
        return
    kind = workspace.plans[COMPANY.name].kind
    sync_findings(workspace, kind, COMPANY_CONTACTS, _seen(workspace), now_ms, close_reason=close_reason)


def _seen(workspace: Workspace) -> Iterator[Document]:
    disputed: dict[str, list[str]] = defaultdict(list)
    for one in workspace.store.find("discrepancies", {"kind": CUSTOMER.name, "open": True}):
        if one["field"] != FIELD:
            continue
        said = {account: value.get("entity") if value else NOWHERE for account, value in one["values"].items()}
        for company in {company for company in said.values() if company}:
            disputed[company].append(f"{one['entity']} ({_where(said, company)})")
    for company, contacts in sorted(disputed.items()):
        more = f" and {len(contacts) - SHOWN} more" if len(contacts) > SHOWN else ""
        yield {
            "key": f"{company}:{COMPANY_CONTACTS}",
            "kind": COMPANY.name,
            "type": COMPANY_CONTACTS,
            "class": COMPANY_CONTACTS,
            "entity": company,
            "ref": None,
            "detail": f"systems disagree whether these work here: {'; '.join(sorted(contacts)[:SHOWN])}{more}",
        }


def _where(said: Mapping[str, str | None], company: str) -> str:
    """Who puts a contact here, who elsewhere (in a company unknown here, too), and who in none."""
    by: dict[str, list[str]] = {"here": [], "elsewhere": [], "in no company": []}
    for account, named in sorted(said.items()):
        by["here" if named == company else "in no company" if named == NOWHERE else "elsewhere"].append(account)
    return ", ".join(f"{place} by {' and '.join(accounts)}" for place, accounts in by.items() if accounts)
