"""Where an account is and how to be let in. Secrets never show in a repr."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

OVERLAP_SECONDS = 300


@dataclass(frozen=True, slots=True)
class Reading:
    """How one kind is read: the platform's object that holds it (`contacts`, `deals`), and the client's own columns →
    where they live on that platform."""

    object: str
    mapping: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Scope:
    """What is read of one account. `kinds`: kind → how; `others`: the client's other accounts, whose record ids may be
    written on ours; `currency`: of prices that carry none; `time_zone`: in which a day is a day (IANA name)."""

    kinds: Mapping[str, Reading] = field(default_factory=dict)
    others: tuple[str, ...] = ()
    currency: str = "USD"
    time_zone: str = "UTC"


@dataclass(frozen=True, slots=True)
class HubSpotConnection:
    """A private app of a HubSpot account."""

    account: str
    token: str = field(repr=False)
    base_url: str = "https://api.hubapi.com"
    overlap_seconds: int = OVERLAP_SECONDS
    portal_id: str | None = None
    scope: Scope = Scope()


@dataclass(frozen=True, slots=True)
class ShopifyConnection:
    """A shop's Admin API."""

    account: str
    shop: str
    token: str = field(repr=False)
    base_url: str | None = None
    api_version: str = "2026-07"
    overlap_seconds: int = OVERLAP_SECONDS
    scope: Scope = Scope()


@dataclass(frozen=True, slots=True)
class OAuth1Credentials:
    """Token-based authentication."""

    consumer_key: str = field(repr=False)
    consumer_secret: str = field(repr=False)
    token_id: str = field(repr=False)
    token_secret: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class OAuth2Credentials:
    """Machine-to-machine authentication with a certificate; `private_key` is PEM text."""

    client_id: str = field(repr=False)
    certificate_id: str = field(repr=False)
    private_key: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class NetSuiteConnection:
    """A NetSuite account."""

    account: str
    account_id: str
    credentials: OAuth1Credentials | OAuth2Credentials = field(repr=False)
    base_url: str | None = None
    concurrency: int = 5
    overlap_seconds: int = OVERLAP_SECONDS
    scope: Scope = Scope()


AccountConnection = HubSpotConnection | ShopifyConnection | NetSuiteConnection
