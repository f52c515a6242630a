"""Metafields: where the words of the world that Shopify has no field for are kept, and what apps write beside them.

`crm.external_id` is the external id, `crm.{account}_id` the record id at that account, `crm.domain` a company's domain,
`crm.{name}` the custom field of that name. Everything else is kept as it was written.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

NAMESPACE = "crm"
EXTERNAL_ID, DOMAIN = "external_id", "domain"
TEXT, TEXTS, IDENTIFIER = "single_line_text_field", "list.single_line_text_field", "id"
_CUSTOM, _CROSS = "custom_", "_id"
Said = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Metafield:
    """One value beside a record."""

    namespace: str
    key: str
    value: str
    type: str

    @property
    def digest(self) -> str:
        """Changes with the value."""
        return hashlib.sha256(f"{self.type}:{self.value}".encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Places:
    """Which metafields of a type of record stand for words of the world."""

    external_id: bool = True
    domain: bool = False

    def of(self, said: Said) -> Iterator[Metafield]:
        """Every metafield of a record."""
        if self.external_id and said.get(EXTERNAL_ID):
            yield Metafield(NAMESPACE, EXTERNAL_ID, said[EXTERNAL_ID], IDENTIFIER)
        if self.domain and said.get(DOMAIN):
            yield Metafield(NAMESPACE, DOMAIN, said[DOMAIN], TEXT)
        for account, other in said.get("cross_ids", {}).items():
            yield Metafield(NAMESPACE, f"{account}{_CROSS}", other, TEXT)
        for name, value in said.items():
            if name.startswith(_CUSTOM) and value not in (None, "", []):
                yield _custom(name.removeprefix(_CUSTOM), value)
        for name, kept in said.get("metafields", {}).items():
            namespace, _, key = name.rpartition(".")
            yield Metafield(namespace, key, kept["value"], kept["type"])

    def one(self, said: Said, namespace: str, key: str) -> Metafield | None:
        """The metafield of that name."""
        return next((one for one in self.of(said) if (one.namespace, one.key) == (namespace, key)), None)

    def written(self, said: Said, field: Metafield) -> dict[str, Any]:
        """What a record says once this is written to it; an empty value takes it away."""
        word = self._word(said, field)
        if word is not None:
            return {**said, word: _unpacked(field) or None}
        if field.namespace == NAMESPACE and field.key.endswith(_CROSS) and field.key != EXTERNAL_ID:
            return {**said, "cross_ids": _with(said.get("cross_ids", {}), field.key.removesuffix(_CROSS), field.value)}
        kept = {"value": field.value, "type": field.type} if field.value else None
        name = f"{field.namespace}.{field.key}"
        return {**said, "metafields": _with(said.get("metafields", {}), name, kept)}

    def _word(self, said: Said, field: Metafield) -> str | None:
        if field.namespace != NAMESPACE:
            return None
        if field.key == EXTERNAL_ID:
            return EXTERNAL_ID if self.external_id else None
        if field.key == DOMAIN and self.domain:
            return DOMAIN
        custom = _CUSTOM + field.key
        return custom if custom in said or not field.key.endswith(_CROSS) else None


def _custom(key: str, value: Any) -> Metafield:
    if isinstance(value, list):
        return Metafield(NAMESPACE, key, json.dumps(value, ensure_ascii=False), TEXTS)
    return Metafield(NAMESPACE, key, str(value), TEXT)


def _unpacked(field: Metafield) -> Any:
    return json.loads(field.value) if field.type == TEXTS and field.value else field.value


def _with(kept: Mapping[str, Any], name: str, value: Any) -> dict[str, Any]:
    others = {key: one for key, one in kept.items() if key != name}
    return {**others, name: value} if value else others
