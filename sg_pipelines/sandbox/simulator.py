"""The seam between the world and the simulators: what each platform simulator is given and what it offers.

A simulator speaks its platform's wire format on `app`, and to the world it speaks a neutral vocabulary: the kinds
`company`, `customer`, `product`, `order`, and as attributes the column names of the kind in `domain.model`
(`first_name`, `tags`, `custom_loyalty_tier`, `price_amount`, `orders_count`, ...) plus `external_id` (str) and
`cross_ids` (account → record id). What a platform has no place for it leaves out. All values are texts, but tags (list
of texts), counts (int), `tax_included` (bool), and these:

* `customer_id`, `company_id` and the `product_id` of a line are record ids of the same account;
* `lines` is a list of `{product_id, sku, name, quantity, amount}`: quantity and amount as decimal texts, the amount
  being quantity x price before discounts; replacing it is an edit of the order;
* `inventory` is a list of `{location, quantity}`: locations by name, made when first named;
* a product may carry `product_group` and `option`: rows of one group are variants of one product where a platform has
  variants (the group's text names the product, `name` elsewhere is `group - option`);
* `placed_on` is an ISO date; `created_at_ms` and `modified_at_ms` are milliseconds;
* `tip_amount`, `duties_amount` and `fees_amount` are parts of an order's total that only a shop keeps;
* `refunded` is an amount given back: it changes no other attribute;
* `custom_...` is a field of the client's own; what an account calls it may be told (`HasCustomFields`).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Protocol, runtime_checkable

from starlette.types import ASGIApp

Attributes = Mapping[str, Any]
ADDRESS = (
    "address_street",
    "address_street2",
    "address_city",
    "address_region",
    "address_postal_code",
    "address_country",
)


class FaultKind(StrEnum):
    """What can be made to go wrong on the next matching requests."""

    THROTTLE = "throttle"
    SERVER_ERROR = "server_error"
    TIMEOUT = "timeout"
    MALFORMED_RECORD = "malformed_record"
    TRUNCATED_PAGE = "truncated_page"
    UNAUTHORIZED = "unauthorized"
    FORBIDDEN = "forbidden"


class SandboxTime(Protocol):
    """The sandbox's clock: wall time plus what the control API advanced it by. Authentication uses wall time."""

    def now_ms(self) -> int:
        """Milliseconds since the epoch."""
        ...


class FaultBoard(Protocol):
    """Faults asked for through the control API; each is used up as often as it was asked for."""

    def take(self, account: str, path: str) -> FaultKind | None:
        """The fault this request must suffer, if any."""
        ...


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What every simulator is given.

    `connection` is the sandbox's one SQLite file (autocommit, WAL), in which a simulator keeps tables of its own,
    prefixed with its account name. `settings` are per account: `index_lag_seconds`, `rate_limit` and the like; each
    simulator documents its own. Rate limits count wall (monotonic) time, record times the sandbox's clock.
    """

    account: str
    connection: sqlite3.Connection
    time: SandboxTime
    faults: FaultBoard
    settings: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CustomField:
    """A field of the client's own: `attribute` is the world's word for it, `name` what the account calls it."""

    kind: str
    attribute: str
    name: str
    is_number: bool = False
    is_instant: bool = False


class Simulator(Protocol):
    """One simulated account."""

    account: str
    platform: str
    app: ASGIApp

    def credentials(self) -> Mapping[str, str]:
        """What a connector needs to be let in, by the setting names of the client file."""
        ...

    def create_many(self, kind: str, rows: list[Attributes]) -> list[str]:
        """Make records as people would; returns their ids in order. Fast: used for 20,000 people at once.
        A row may carry `modified_at_ms` and `created_at_ms`; otherwise the clock's now."""
        ...

    def edit(self, kind: str, record_id: str, attributes: Attributes) -> None:
        """Change what is named, as a person in the platform's own pages would; None clears."""
        ...

    def archive(self, kind: str, record_id: str) -> None:
        """HubSpot: archive. NetSuite: make inactive. Shopify: a product with its variants; of other kinds ValueError."""
        ...

    def delete(self, kind: str, record_id: str) -> None:
        """Remove for good."""
        ...

    def merge(self, kind: str, *, winner: str, loser: str) -> str:
        """Merge two records; returns the surviving id, which may be new (HubSpot)."""
        ...

    def read(self, kind: str, record_id: str) -> Attributes | None:
        """The record in the neutral vocabulary plus `state` (live, archived, deleted, merged); None: never was."""
        ...

    def ids(self, kind: str) -> list[str]:
        """Live record ids, ascending."""
        ...


@runtime_checkable
class HasCustomFields(Protocol):
    """A simulator of a platform where a custom field must be made before a record can say something there."""

    def make_fields(self, fields: Sequence[CustomField]) -> None:
        """Have these fields, empty until somebody writes them. A name that no custom field of the platform can have is
        passed over: it is as unknown here as it would be there."""
        ...
