"""Shopify customers ↔ canonical columns."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sg_pipelines.connectors.shopify.wire import CustomerNode, record_id
from sg_pipelines.domain.model.kinds import Kind
from sg_pipelines.domain.model.record import CellValue, Record, RecordState

METAFIELD = "metafield:"
CONSENTS = {"SUBSCRIBED": "granted", "UNSUBSCRIBED": "denied"}
CROSS_IDS = {"hubspot": "crm.hubspot_id", "netsuite": "crm.netsuite_id"}
EXTERNAL_ID = "crm.external_id"
ADDRESS = {
    "address_street": "address1",
    "address_street2": "address2",
    "address_city": "city",
    "address_region": "provinceCode",
    "address_postal_code": "zip",
    "address_country": "countryCodeV2",
}
OWN = (
    "first_name",
    "last_name",
    "email",
    "phone",
    "company_name",
    *ADDRESS,
    "marketing_consent",
    "tags",
    "orders_count",
    "total_spent",
    "created_at",
)


class CustomerMapping:
    """One shop's mapping: the documented fields and the client's metafields."""

    def __init__(self, kind: Kind, custom: Mapping[str, str]) -> None:
        known = {column.name for column in kind.columns()}
        self._custom = {
            column: name.removeprefix(METAFIELD)
            for column, name in custom.items()
            if column in known and name.startswith(METAFIELD)
        }
        self.columns = (*OWN, *self._custom)

    @property
    def metafields(self) -> dict[str, str]:
        """Alias → namespace.key of everything read through metafields."""
        named = {f"x_{account}_id": name for account, name in CROSS_IDS.items()}
        return {**self._custom, **named, "x_external_id": EXTERNAL_ID}

    @property
    def version(self) -> str:
        """Changes with the mapping."""
        said = repr((sorted(self.metafields.items()), sorted(ADDRESS.items()), sorted(CONSENTS.items())))
        return hashlib.blake2b(said.encode(), digest_size=6).hexdigest()

    def record(self, node: CustomerNode, raw: Mapping[str, Any]) -> Record:
        """A customer in canonical columns."""
        email, phone, address = node["defaultEmailAddress"], node["defaultPhoneNumber"], node["defaultAddress"]
        columns: dict[str, CellValue] = {
            "first_name": node["firstName"] or None,
            "last_name": node["lastName"] or None,
            "email": email["emailAddress"] if email else None,
            "phone": phone["phoneNumber"] if phone else None,
            "company_name": (address["company"] or None) if address else None,
            "marketing_consent": CONSENTS.get(email["marketingState"]) if email else None,
            "tags": list(node["tags"]),
            "orders_count": int(node["numberOfOrders"]),
            "total_spent": node["amountSpent"]["amount"],
            "created_at": datetime.fromisoformat(node["createdAt"]),
        }
        wire: Mapping[str, Any] = address or {}
        columns |= {column: wire.get(name) or None for column, name in ADDRESS.items()}
        columns |= {column: _value(raw, column) for column in self._custom}
        return Record(
            record_id=record_id(node["id"]) or "",
            state=RecordState.LIVE,
            modified_at=datetime.fromisoformat(node["updatedAt"]),
            payload=dict(raw),
            columns=columns,
            cross_ids={account: other for account in CROSS_IDS if (other := _value(raw, f"x_{account}_id"))},
            external_id=_value(raw, "x_external_id"),
        )


def _value(raw: Mapping[str, Any], alias: str) -> str | None:
    found = raw.get(alias)
    return found.get("value") or None if isinstance(found, dict) else None


def deleted(number: str) -> Record:
    """A customer that reads as null: deleted, or merged away, which reads alike."""
    return Record(number, RecordState.DELETED, None, payload={})
