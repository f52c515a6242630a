"""The client file as Pydantic models: everything a consultant decides, nothing secret, nothing executable."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from sg_pipelines.config.accounts import PLATFORMS, Account
from sg_pipelines.config.quantities import (
    Cron,
    Currency,
    DatasetName,
    Duration,
    Owner,
    Region,
    Share,
    Slug,
    TimeZone,
    Whole,
)
from sg_pipelines.domain.survivorship.policy import OnBothChanged, OnForeignEdit

FIELD_WORDS = frozenset(
    {"owner", "on", "on_foreign_edit", "on_both_changed", "allow_clear", "tolerance", "type", "values"}
)


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class FieldSettings(_Model):
    """One field: who owns it, where it lives, how conflicts resolve. Account names map it to platform properties."""

    owner: Owner = Field(
        default=(),
        description="Accounts whose word counts, in order; `newest` (latest observed change; what one pulse sees at once is "
        "of one age); `any` (who moved)",
    )
    on: tuple[str, ...] | None = Field(default=None, description="Accounts that speak of the field; all unless told")
    on_foreign_edit: OnForeignEdit = Field(
        default=OnForeignEdit.CONFLICT, description="What a change by somebody who does not own the field means"
    )
    on_both_changed: OnBothChanged = Field(
        default=OnBothChanged.CONFLICT, description="What several different new values mean"
    )
    allow_clear: bool = Field(default=False, description="Emptying the field is a value like any other")
    tolerance: Decimal = Field(default=Decimal(0), ge=0, description="How far numbers may lie apart and still agree")
    type: Literal["text", "enum", "set", "decimal", "boolean", "instant", "exact"] | None = Field(
        default=None,
        description="Of a `custom.` field: how it is compared; text unless told. What is `boolean` may be written `true`, `T`, `yes` or `Sí`, and is true or false in datasets and conditions",
    )
    values: tuple[str, ...] = Field(default=(), description="Of an enum of a `custom.` field: what it may say")
    properties: dict[str, str] = Field(
        default_factory=dict,
        description="Account by account where a field lives: a property, `metafield:namespace.key`, or a custom column. "
        "A `custom.` field has no other places; any other field lives there instead, and without `on` on these accounts alone",
    )

    @model_validator(mode="before")
    @classmethod
    def _gather_properties(cls, data: Any) -> Any:
        """Every word that is not an option is the name of an account: `shopify: metafield:crm.tier`."""
        if not isinstance(data, dict):
            return data
        options = {key: value for key, value in data.items() if key in FIELD_WORDS}
        return {**options, "properties": {key: value for key, value in data.items() if key not in FIELD_WORDS}}


class EntitySettings(_Model):
    """One kind of entity: where it lives, where it must exist, and the truth policy of its fields."""

    on: dict[str, str] = Field(description="Account → the platform's object that holds the kind")
    expected_on: dict[str, str] = Field(
        default_factory=dict,
        description="Account → `always`, or a CEL condition; what it may read stands below, with the fields of each kind. "
        "One that cannot be answered, as what it reads is missing, expects nothing, and is counted",
    )
    keys: tuple[str, ...] | None = Field(
        default=None,
        description="What identifies one, beside ids of other accounts and what is alike; all there are unless told, none with `[]`: "
        "`external_id`, and `domain`, `tax_id` (company), `email`, `phone` (customer), `sku`, `barcode` (product), "
        "`number` (order)",
    )
    fields: dict[str, FieldSettings] = Field(default_factory=dict, description="Field → its settings")
    check_every: dict[str, Duration] = Field(
        default_factory=dict, description="Dimension → how often; checked, without effect yet"
    )


class SandboxSettings(_Model):
    """The simulated world behind accounts that are `at: sandbox`."""

    people: Whole = Field(default=2000, ge=10, le=20_000, description="How many live there")
    seed: Whole = Field(default=7, description="The same seed, the same world")
    locale: Literal["en_US", "es"] = Field(default="en_US", description="`es`: people and firms of Colombia and Spain")
    start: Literal["agreement", "mess"] = Field(
        default="agreement",
        description="`agreement`: accounts agree on the first day, what differs comes later; `mess`: nobody ever "
        "reconciled them",
    )


class Budgets(_Model):
    """How much drift is normal; `soft_drift_within_budget` warns above it."""

    soft_drift: Share = Field(default=0.05, description="Share of entities that may drift before the check warns")


class AutoApproval(_Model):
    """Plans that need no person."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    cls: Literal["soft_drift", "hard_conflict", "missing_representation"] = Field(
        alias="class", description="Of this class"
    )
    dimensions: tuple[str, ...] = Field(default=(), description="Of these dimensions alone; all unless told")
    at_most: Whole = Field(default=50, ge=0, description="Larger plans ask a person")


class Approval(_Model):
    """Who must say yes to a plan."""

    auto: tuple[AutoApproval, ...] = Field(default=(), description="Plans that need no person")
    four_eyes_above: Whole | None = Field(
        default=None, ge=1, description="Operations from which two persons must agree"
    )


class Breakers(_Model):
    """When to stop and ask."""

    max_share: Share = Field(default=0.10, description="Share of records a plan may touch")
    max_records: Whole = Field(default=1000, ge=1, description="Records a plan may touch")
    deletions: Literal["never", "ask"] = Field(default="never", description="Whether a plan may delete")
    clearing: Literal["never", "ask"] = Field(default="never", description="Whether a plan may empty a field")


class Freshness(_Model):
    """How old the picture may be, and how often pulses run."""

    full: Cron = Field(default="0 3 * * *", description="Cron of the full pulse, UTC")
    incremental: Cron = Field(default="*/15 * * * *", description="Cron of the incremental pulse, UTC")
    warn_after: Duration = Field(default=timedelta(hours=26), description="Age at which an asset is late")
    fail_after: Duration = Field(default=timedelta(hours=50), description="Age at which an asset has failed")


class Warehouse(_Model):
    """Where datasets are copied for analysts."""

    bigquery: DatasetName = Field(description="project.dataset")
    location: str = Field(default="US", description="Where that dataset lies")


class ClientFile(_Model):
    """One client: its accounts, its kinds, and how each is kept right."""

    client: Slug = Field(description="The slug: the file's name, first part of keys")
    region: Region = Field(default="US", description="Of telephones and addresses without a country")
    currency: Currency = Field(default="USD", description="Of amounts that carry none (ISO 4217)")
    time_zone: TimeZone = Field(default="UTC", description="In which a day is a day (Europe/Madrid)")
    sandbox: SandboxSettings | None = Field(default=None, description="The world behind accounts `at: sandbox`")
    accounts: dict[str, Account] = Field(description="Name → one login at a platform")
    entities: dict[str, EntitySettings] = Field(description="company, customer, product, order → how it is kept right")
    approval: Approval = Field(default=Approval(), description="Who must say yes to a plan; without effect yet")
    breakers: Breakers = Field(default=Breakers(), description="When to stop and ask; without effect yet")
    budgets: Budgets = Field(default=Budgets(), description="How much drift is normal")
    warehouse: Warehouse | None = Field(default=None, description="Copies the datasets to BigQuery")
    freshness: Freshness = Field(default=Freshness(), description="How old the picture may be, when pulses run")

    def currency_of(self, account: str) -> str:
        """Of an account's amounts that carry none."""
        return self.accounts[account].currency or self.currency

    @model_validator(mode="before")
    @classmethod
    def _name_platforms(cls, data: Any) -> Any:
        """An account is named like its platform unless it says `platform:` itself."""
        if not isinstance(data, dict) or not isinstance(data.get("accounts"), dict):
            return data
        named = {
            name: {"platform": name, **account} if isinstance(account, dict) and name in PLATFORMS else account
            for name, account in data["accounts"].items()
        }
        return {**data, "accounts": named}
