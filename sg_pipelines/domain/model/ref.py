"""`Ref`: the one way to name a record anywhere in the product."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Ref:
    """One account's representation of a thing: account `hubspot`, kind `customer`, record_id `"501"`.

    `str(ref)` is `account/kind/record_id`, used as document key and shown to people. `record_id` is the
    platform's own short id: HubSpot object id, the numeric tail of a Shopify gid, NetSuite internal id.
    """

    account: str
    kind: str
    record_id: str

    def __str__(self) -> str:
        return f"{self.account}/{self.kind}/{self.record_id}"

    @classmethod
    def parse(cls, text: str) -> Ref:
        """Read `account/kind/record_id`; ValueError says which part is missing."""
        parts = text.split("/", 2)
        if len(parts) != 3 or not all(parts):
            raise ValueError(f"a ref reads account/kind/record_id, for example hubspot/customer/501; got {text!r}")
        return cls(*parts)
