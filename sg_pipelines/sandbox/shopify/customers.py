"""Customers as Shopify keeps them: its own spelling of phones, e-mails and tags; a deleted one reads as null."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sg_pipelines.sandbox.shelf import Body, Shelf
from sg_pipelines.sandbox.simulator import Attributes, SandboxTime

LIVE, DELETED, MERGED = "live", "deleted", "merged"
CONSENT = {"granted": "SUBSCRIBED", "denied": "UNSUBSCRIBED"}
PLAIN = ("first_name", "last_name", "company_name", "external_id", "orders_count", "total_spent")
ADDRESS = (
    "address_street",
    "address_street2",
    "address_city",
    "address_region",
    "address_postal_code",
    "address_country",
)
CROSS_IDS = {"hubspot": "hubspot_id", "netsuite": "netsuite_id"}


def normalised(attributes: Attributes) -> dict[str, Any]:
    """Neutral attributes as the shop would store them; what it has no place for is left out."""
    kept = {name: attributes[name] for name in (*PLAIN, *ADDRESS, "custom_loyalty_tier") if name in attributes}
    if "email" in attributes:
        kept["email"] = re.sub(r"\s+", "", attributes["email"]) if attributes["email"] else None
    if "phone" in attributes:
        kept["phone"] = e164(attributes["phone"]) if attributes["phone"] else None
    if "tags" in attributes:
        kept["tags"] = sorted({tag.casefold(): tag for tag in reversed(attributes["tags"] or [])}.values())
    if "marketing_consent" in attributes:
        kept["marketing_consent"] = CONSENT.get(attributes["marketing_consent"], "NOT_SUBSCRIBED")
    if "cross_ids" in attributes:
        kept["cross_ids"] = {to: other for to, other in attributes["cross_ids"].items() if to in CROSS_IDS}
    return kept


def e164(phone: str) -> str:
    """A North American number as +1..., anything else as plus and digits."""
    digits = re.sub(r"\D", "", phone)
    return f"+1{digits}" if len(digits) == 10 else f"+{digits}"


class Customers:
    """The customers of one shop. `before` is what the search index knew before the last change."""

    def __init__(self, shelf: Shelf, time: SandboxTime) -> None:
        self._shelf, self._time = shelf, time

    def create(self, rows: Iterable[Attributes]) -> list[int]:
        """Make customers."""
        now = self._time.now_ms()
        return self._shelf.add(
            {
                "state": LIVE,
                "said": normalised(row),
                "created": int(row.get("created_at_ms", row.get("modified_at_ms", now))),
                "updated": int(row.get("modified_at_ms", now)),
                "changed": int(row.get("modified_at_ms", now)),
                "before": None,
            }
            for row in rows
        )

    def edit(self, number: int, attributes: Attributes) -> None:
        """Change what is named."""
        body = self._must(number)
        self._change(number, body, said={**body["said"], **normalised(attributes)})

    def remove(self, number: int, state: str) -> None:
        """Deleted, or gone into another: null from now on."""
        self._change(number, self._must(number), state=state)

    def get(self, number: int) -> Body | None:
        """The live customer, else None."""
        body = self._shelf.get(number)
        return body if body is not None and body["state"] == LIVE else None

    def any(self, number: int) -> Body | None:
        """Whatever its state."""
        return self._shelf.get(number)

    def live(self) -> Iterator[tuple[int, Body]]:
        """Live ones, ids ascending."""
        return ((number, body) for number, body in self._shelf.items() if body["state"] == LIVE)

    def indexed(self, lag_ms: int) -> Iterator[tuple[int, Body]]:
        """What search knows by now."""
        now = self._time.now_ms()
        for number, body in self._shelf.items():
            if now - body["changed"] < lag_ms:
                if body["before"] is not None and body["before"]["state"] == LIVE:
                    yield number, body["before"]
            elif body["state"] == LIVE:
                yield number, body

    def neutral(self, number: int) -> dict[str, Any] | None:
        """A customer in the world's words."""
        body = self._shelf.get(number)
        if body is None:
            return None
        words = {state: word for word, state in CONSENT.items()}
        said: Mapping[str, Any] = body["said"]
        consent = words.get(said.get("marketing_consent", ""))
        return {"tags": [], "cross_ids": {}, **said, "marketing_consent": consent, "state": body["state"]}

    def _must(self, number: int) -> Body:
        body = self._shelf.get(number)
        if body is None:
            raise KeyError(f"there is no customer {number}")
        return body

    def _change(self, number: int, body: Body, **fields: Any) -> None:
        now = self._time.now_ms()
        before = {key: value for key, value in body.items() if key != "before"}
        self._shelf.put(number, {**body, **fields, "updated": now, "changed": now, "before": before})
