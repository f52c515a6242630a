"""A client file turned into what the domain reads: kinds with custom fields, truth policies, expectations, mappings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sg_pipelines.config.client_file import ClientFile, EntitySettings, FieldSettings
from sg_pipelines.config.conditions import Condition, compile_condition
from sg_pipelines.config.naming import CUSTOM
from sg_pipelines.domain.matching.by_kind import KEYS
from sg_pipelines.domain.model.catalogue import KINDS
from sg_pipelines.domain.model.kinds import Comparator, Dimension, Field, Kind
from sg_pipelines.domain.survivorship.policy import FieldPolicy, KindPolicy, Ownership


@dataclass(frozen=True, slots=True)
class KindPlan:
    """Everything one kind of one client is reconciled by. `keys`: columns that identify a record; `objects`: account →
    the platform's object that holds the kind; `mappings`: account → column → platform property; `currencies`: account → that of amounts without one."""

    kind: Kind
    policy: KindPolicy
    keys: tuple[str, ...]
    expected_on: dict[str, Condition]
    objects: dict[str, str]
    mappings: dict[str, dict[str, str]]
    currencies: dict[str, str]
    soft_drift_budget: float


def kind_plans(file: ClientFile) -> tuple[KindPlan, ...]:
    """One plan per kind the file names, each after the kinds it refers to."""
    return tuple(_plan(file, name, file.entities[name]) for name in KINDS if name in file.entities)


def kind_of(file: ClientFile, name: str) -> Kind:
    """A kind as the file keeps it: with the client's own fields, less references to kinds that are left out."""
    own = (one for one in file.entities[name].fields.items() if one[0].startswith(CUSTOM))
    kept = KINDS[name].without_neighbours(file.entities)
    return kept.with_fields(tuple(_custom_field(written, settings) for written, settings in own))


def _plan(file: ClientFile, name: str, settings: EntitySettings) -> KindPlan:
    kind = kind_of(file, name)
    accounts = tuple(settings.on)
    policies = tuple(
        _field_policy(field, settings.fields.get(_written(field.name, settings), FieldSettings()), accounts)
        for field in kind.fields
    )
    mappings: dict[str, dict[str, str]] = {account: {} for account in accounts}
    for written, field_settings in settings.fields.items():
        for account, platform_property in field_settings.properties.items():
            mappings[account][written.replace(".", "_")] = platform_property
    return KindPlan(
        kind=kind,
        policy=KindPolicy(
            kind=name,
            accounts=accounts,
            fields=policies,
            settling={account: file.accounts[account].settling or timedelta(0) for account in accounts},
            region=file.region,
        ),
        keys=KEYS[name] if settings.keys is None else settings.keys,
        expected_on={account: compile_condition(source) for account, source in settings.expected_on.items()},
        objects=dict(settings.on),
        mappings=mappings,
        currencies={account: file.currency_of(account) for account in accounts},
        soft_drift_budget=file.budgets.soft_drift,
    )


def _written(field: str, settings: EntitySettings) -> str:
    """How the client file spells a field: custom ones carry a dot there."""
    dotted = field.replace("custom_", CUSTOM, 1) if field.startswith("custom_") else field
    return dotted if dotted in settings.fields else field


def _custom_field(written: str, settings: FieldSettings) -> Field:
    return Field(
        name=written.replace(".", "_"),
        comparator=Comparator(settings.type or "text"),
        dimension=Dimension.CONTENT,
        personal=False,
        values=settings.values,
        description=f"Custom field {written.removeprefix(CUSTOM)}",
    )


def _field_policy(field: Field, settings: FieldSettings, accounts: tuple[str, ...]) -> FieldPolicy:
    speaking = settings.on if settings.on is not None else (tuple(settings.properties) or accounts)
    ownership, owners = _ownership(settings)
    return FieldPolicy(
        field=field.name,
        accounts=tuple(account for account in accounts if account in speaking),
        ownership=ownership,
        owners=owners,
        on_foreign_edit=settings.on_foreign_edit,
        on_both_changed=settings.on_both_changed,
        allow_clear=settings.allow_clear,
        tolerance=settings.tolerance,
    )


def _ownership(settings: FieldSettings) -> tuple[Ownership, tuple[str, ...]]:
    if settings.owner == "newest":
        return Ownership.NEWEST, ()
    if settings.owner == "any":
        return Ownership.ANY, ()
    if isinstance(settings.owner, str):
        return Ownership.LISTED, (settings.owner,)
    return Ownership.LISTED, settings.owner
