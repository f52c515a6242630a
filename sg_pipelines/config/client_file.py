"""The client file as Pydantic models: everything a consultant decides, nothing secret, nothing executable."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from sg_pipelines.config.accounts import PLATFORMS, Account
from sg_pipelines.config.quantities import Duration, Share, TimeZone
from sg_pipelines.domain.survivorship.policy import OnBothChanged, OnForeignEdit

FIELD_WORDS = frozenset(
    {"owner", "on", "on_foreign_edit", "on_both_changed", "allow_clear", "tolerance", "type", "values"}
)


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class FieldSettings(_Model):
    """One field: who owns it, where it lives, how conflicts resolve. Account names map it to platform properties."""

    owner: Literal["newest", "any"] | str | tuple[str, ...] = ()
    on: tuple[str, ...] | None = None
    on_foreign_edit: OnForeignEdit = OnForeignEdit.CONFLICT
    on_both_changed: OnBothChanged = OnBothChanged.CONFLICT
    allow_clear: bool = False
    tolerance: Decimal = Field(default=Decimal(0), ge=0, description="How far numbers may lie apart and still agree")
    type: Literal["text", "enum", "set", "decimal", "instant", "exact"] | None = None
    values: tuple[str, ...] = ()
    properties: dict[str, str] = Field(default_factory=dict)

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

    on: dict[str, str]
    expected_on: dict[str, str] = Field(default_factory=dict)
    keys: tuple[str, ...] = ("external_id",)
    fields: dict[str, FieldSettings] = Field(default_factory=dict)
    check_every: dict[str, Duration] = Field(default_factory=dict)


class SandboxSettings(_Model):
    """The simulated world behind accounts that are `at: sandbox`."""

    people: int = Field(default=2000, ge=10, le=20_000)
    seed: int = 7


class Budgets(_Model):
    """How much drift is normal; `soft_drift_within_budget` warns above it."""

    soft_drift: Share = 0.05


class AutoApproval(_Model):
    """Plans that need no person."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    cls: Literal["soft_drift", "hard_conflict", "missing_representation"] = Field(alias="class")
    dimensions: tuple[str, ...] = ()
    at_most: int = Field(default=50, ge=0)


class Approval(_Model):
    """Who must say yes to a plan."""

    auto: tuple[AutoApproval, ...] = ()
    four_eyes_above: int | None = Field(default=None, ge=1)


class Breakers(_Model):
    """When to stop and ask."""

    max_share: Share = 0.10
    max_records: int = Field(default=1000, ge=1)
    deletions: Literal["never", "ask"] = "never"
    clearing: Literal["never", "ask"] = "never"


class Freshness(_Model):
    """How old the picture may be, and how often pulses run."""

    full: str = Field(default="0 3 * * *", description="Cron of the full pulse, UTC")
    incremental: str = Field(default="*/15 * * * *", description="Cron of the incremental pulse, UTC")
    warn_after: Duration = timedelta(hours=26)
    fail_after: Duration = timedelta(hours=50)


class ClientFile(_Model):
    """One client. `docs/clients.md` explains every line."""

    client: str = Field(pattern=r"^[a-z][a-z0-9_]{1,30}$")
    region: str = Field(default="US", pattern=r"^[A-Z]{2}$")
    currency: str = Field(default="USD", pattern=r"^[A-Z]{3}$")
    time_zone: TimeZone = "UTC"
    sandbox: SandboxSettings | None = None
    accounts: dict[str, Account]
    entities: dict[str, EntitySettings]
    approval: Approval = Approval()
    breakers: Breakers = Breakers()
    budgets: Budgets = Budgets()
    freshness: Freshness = Freshness()

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
