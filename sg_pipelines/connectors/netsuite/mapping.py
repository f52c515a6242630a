"""NetSuite customer columns ↔ canonical columns, and the SELECT that reads them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime

from sg_pipelines.connectors.netsuite.wire import CustomerRow
from sg_pipelines.domain.model.kinds import Kind
from sg_pipelines.domain.model.record import CellValue, Record, RecordState

PLAIN = {
    "first_name": "c.firstname",
    "last_name": "c.lastname",
    "email": "c.email",
    "phone": "c.phone",
    "company_name": "c.companyname",
    "address_street": "a.addr1",
    "address_street2": "a.addr2",
    "address_city": "a.city",
    "address_region": "a.state",
    "address_postal_code": "a.zip",
    "address_country": "a.country",
}
STAGES = {"lead": "lead", "prospect": "prospect", "customer": "customer"}
CROSS_IDS = {"shopify": "custentity_shopify_id", "hubspot": "custentity_hubspot_id"}
FORMAT = "YYYY-MM-DD HH24:MI:SS"
_PARSED = "%Y-%m-%d %H:%M:%S"


class CustomerMapping:
    """One account's mapping: the documented columns and the client's custom ones."""

    def __init__(self, kind: Kind, custom: Mapping[str, str]) -> None:
        known = {column.name for column in kind.columns()}
        self._columns = {**PLAIN, **{column: f"c.{name}" for column, name in custom.items() if column in known}}
        self.columns = (*self._columns, "lifecycle", "created_at")

    @property
    def version(self) -> str:
        """Changes with the mapping."""
        said = repr((sorted(self._columns.items()), sorted(STAGES.items()), sorted(CROSS_IDS.items())))
        return hashlib.blake2b(said.encode(), digest_size=6).hexdigest()

    @property
    def select(self) -> str:
        """The SELECT up to and with its FROM; the caller adds conditions on `c`."""
        named = [
            "c.id AS id",
            f"TO_CHAR(c.lastmodifieddate, '{FORMAT}') AS modified",
            f"TO_CHAR(c.datecreated, '{FORMAT}') AS created",
            "c.isinactive AS isinactive",
            "c.externalid AS externalid",
            "c.searchstage AS searchstage",
            *(f"c.{column} AS {column}" for column in CROSS_IDS.values()),
            *(f"{column} AS {name}" for name, column in self._columns.items()),
        ]
        return (
            f"SELECT {', '.join(named)} FROM customer c LEFT JOIN entityaddress a ON a.nkey = c.defaultbillingaddress"
        )

    def record(self, row: CustomerRow) -> Record:
        """A customer in canonical columns; an inactive one is archived."""
        modified = instant(row["modified"])
        if row.get("isinactive") == "T":
            return Record(row["id"], RecordState.ARCHIVED, modified, payload=dict(row))
        columns: dict[str, CellValue] = {name: row.get(name) or None for name in self._columns}
        columns["lifecycle"] = STAGES.get(row.get("searchstage", "").casefold())
        columns["created_at"] = instant(row["created"]) if row.get("created") else None
        return Record(
            record_id=row["id"],
            state=RecordState.LIVE,
            modified_at=modified,
            payload=dict(row),
            columns=columns,
            cross_ids={account: other for account, name in CROSS_IDS.items() if (other := row.get(name))},
            external_id=row.get("externalid"),
        )


def instant(text: str) -> datetime:
    """TO_CHAR's form; the integration's user has UTC as time zone."""
    return datetime.strptime(text, _PARSED).replace(tzinfo=UTC)


def written(moment: datetime) -> str:
    """The way back."""
    return moment.astimezone(UTC).strftime(_PARSED)
