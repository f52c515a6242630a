"""HubSpot contact properties ↔ canonical columns."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime

from sg_pipelines.connectors.hubspot.wire import ContactRow
from sg_pipelines.domain.model.kinds import Kind
from sg_pipelines.domain.model.record import CellValue, Record, RecordState

PLAIN: dict[str, str] = {
    "first_name": "firstname",
    "last_name": "lastname",
    "email": "email",
    "phone": "phone",
    "company_name": "company",
    "address_street": "address",
    "address_street2": "address_line_2",
    "address_city": "city",
    "address_region": "state",
    "address_postal_code": "zip",
    "address_country": "country",
    "marketing_consent": "marketing_consent",
}
LIFECYCLES: dict[str, str] = {
    "lead": "lead",
    "subscriber": "lead",
    "marketingqualifiedlead": "lead",
    "salesqualifiedlead": "prospect",
    "opportunity": "prospect",
    "customer": "customer",
    "evangelist": "customer",
}
CROSS_IDS = {"shopify": "shopify_customer_id", "netsuite": "netsuite_customer_id"}
SYSTEM = ("createdate", "lastmodifieddate", "hs_object_id", "hs_merged_object_ids", "external_id")


class ContactMapping:
    """One account's mapping: the documented properties and the client's own."""

    def __init__(self, kind: Kind, custom: Mapping[str, str]) -> None:
        known = {column.name for column in kind.columns()}
        self._plain = {column: name for column, name in {**PLAIN, **custom}.items() if column in known}
        self._sets = {column.name for column in kind.columns() if column.type == "texts"}
        self.columns = (*self._plain, "lifecycle", "tags", "created_at")
        self.properties = (*self._plain.values(), "lifecyclestage", "tags", *CROSS_IDS.values(), *SYSTEM)

    @property
    def version(self) -> str:
        """Changes with the mapping."""
        said = repr((sorted(self._plain.items()), sorted(LIFECYCLES.items()), sorted(CROSS_IDS.items())))
        return hashlib.blake2b(said.encode(), digest_size=6).hexdigest()

    def record(self, row: ContactRow) -> Record:
        """A contact in canonical columns; an empty property is null."""
        said = {name: value or None for name, value in row["properties"].items()}
        if row["archived"]:
            return self.gone(row["id"], RecordState.ARCHIVED, instant(row.get("archivedAt") or row["updatedAt"]))
        columns: dict[str, CellValue] = {column: said.get(name) for column, name in self._plain.items()}
        for column in self._sets & columns.keys():
            columns[column] = _elements(said.get(self._plain[column]))
        columns["lifecycle"] = LIFECYCLES.get((said.get("lifecyclestage") or "").casefold())
        columns["tags"] = _elements(said.get("tags"))
        columns["created_at"] = instant(said.get("createdate") or row["createdAt"])
        return Record(
            record_id=row["id"],
            state=RecordState.LIVE,
            modified_at=instant(said.get("lastmodifieddate") or row["updatedAt"]),
            payload=dict(row),
            columns=columns,
            cross_ids={to: other for to, name in CROSS_IDS.items() if (other := said.get(name))},
            external_id=said.get("external_id"),
        )

    @staticmethod
    def gone(
        record_id: str, state: RecordState, modified_at: datetime | None = None, merged_into: str | None = None
    ) -> Record:
        """A contact that is not live any more."""
        return Record(record_id, state, modified_at, payload={}, merged_into=merged_into)


def merged_ids(row: ContactRow) -> list[str]:
    """Ids of the contacts that went into this one."""
    told = row["properties"].get("hs_merged_object_ids") or ""
    return [one.strip() for one in told.split(";") if one.strip()]


def instant(text: str) -> datetime:
    """ISO 8601, or milliseconds; whole milliseconds, UTC."""
    if text.isdigit():
        return datetime.fromtimestamp(int(text) / 1000, UTC)
    parsed = datetime.fromisoformat(text)
    return parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)


def _elements(joined: str | None) -> list[str]:
    return [one.strip() for one in (joined or "").split(";") if one.strip()]
