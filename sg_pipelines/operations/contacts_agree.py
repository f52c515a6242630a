"""A company and its contacts as a whole: a contact that different systems put in different companies is a finding on each of
those companies, with the contacts as evidence."""

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


def sync_company_contacts(workspace: Workspace, now_ms: int) -> None:
    """Make the open findings those that the open differences of contacts give. Costs what differs, not what there is."""
    if not {COMPANY.name, CUSTOMER.name} <= workspace.plans.keys():
        return
    kind = workspace.plans[COMPANY.name].kind
    sync_findings(workspace, kind, COMPANY_CONTACTS, _seen(workspace), now_ms, close_reason="resolved")


def _seen(workspace: Workspace) -> Iterator[Document]:
    disputed: dict[str, list[str]] = defaultdict(list)
    for one in workspace.store.find("discrepancies", {"kind": CUSTOMER.name, "open": True}):
        if one["field"] != FIELD:
            continue
        said = {account: value["entity"] for account, value in one["values"].items() if value and value.get("entity")}
        named = set(said.values())
        for company in named if len(named) > 1 else ():
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


def _where(said: Mapping[str, str], company: str) -> str:
    """Who puts a contact here, and who elsewhere."""
    here = ", ".join(sorted(account for account, named in said.items() if named == company))
    elsewhere = ", ".join(sorted(account for account, named in said.items() if named != company))
    return f"here by {here}, elsewhere by {elsewhere}"
