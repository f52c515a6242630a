"""Accounts of a client file turned into connections with credentials: from the environment, or the sandbox's own."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sg_pipelines.config.accounts import Account, HubSpotAccount, NetSuiteAccount, ShopifyAccount
from sg_pipelines.config.client_file import ClientFile
from sg_pipelines.config.policies import KindPlan
from sg_pipelines.connectors.connections import (
    AccountConnection,
    HubSpotConnection,
    NetSuiteConnection,
    OAuth1Credentials,
    OAuth2Credentials,
    Reading,
    Scope,
    ShopifyConnection,
)
from sg_pipelines.errors import ConfigurationError
from sg_pipelines.runtime.sandbox_host import SandboxControl
from sg_pipelines.runtime.secrets import pem, require_credentials, secret


def scope_of(name: str, file: ClientFile, plans: Iterable[KindPlan]) -> Scope:
    """What one account is read for."""
    kinds = {
        plan.kind.name: Reading(plan.objects[name], plan.mappings.get(name, {}))
        for plan in plans
        if name in plan.objects
    }
    others = tuple(other for other in file.accounts if other != name)
    return Scope(kinds, others, file.currency_of(name), file.time_zone)


def connection(name: str, settings: Account, scope: Scope, sandbox: SandboxControl | None) -> AccountConnection:
    """Where one account is and how to be let in. ConfigurationError names what is missing."""
    if settings.is_sandbox:
        return _simulated(name, settings, scope, sandbox)
    require_credentials(name, settings)
    if isinstance(settings, HubSpotAccount):
        return HubSpotConnection(
            account=name,
            token=secret(settings.token),
            scope=scope,
            **_hub_id(settings),
            **_common(settings),
        )
    if isinstance(settings, ShopifyAccount):
        return ShopifyConnection(
            account=name,
            shop=settings.shop or "",
            token=secret(settings.token),
            api_version=settings.api_version,
            scope=scope,
            **_common(settings),
        )
    return _netsuite(name, settings, scope)


def _netsuite(name: str, settings: NetSuiteAccount, scope: Scope) -> NetSuiteConnection:
    return NetSuiteConnection(
        account=name,
        account_id=settings.account_id or "",
        credentials=_netsuite_credentials(name, settings),
        concurrency=settings.concurrency,
        scope=scope,
        **_common(settings),
    )


def _netsuite_credentials(name: str, settings: NetSuiteAccount) -> OAuth1Credentials | OAuth2Credentials:
    if settings.oauth2 is not None:
        return OAuth2Credentials(
            client_id=secret(settings.oauth2.client_id),
            certificate_id=secret(settings.oauth2.certificate_id),
            private_key=pem(settings.oauth2.private_key, account=name),
        )
    words = ("consumer_key", "consumer_secret", "token_id", "token_secret")
    return OAuth1Credentials(**{word: secret(getattr(settings.oauth1, word)) for word in words})


def _simulated(name: str, settings: Account, scope: Scope, sandbox: SandboxControl | None) -> AccountConnection:
    if sandbox is None:
        raise ConfigurationError(f"account {name!r} is simulated and no sandbox is up", where=f"accounts.{name}")
    entry = sandbox.get("accounts")[name]
    given, base_url = entry["credentials"], sandbox.url + entry["base_url_path"]
    common = {**_common(settings), "base_url": base_url}
    if isinstance(settings, HubSpotAccount):
        return HubSpotConnection(
            account=name, token=given["token"], portal_id=given["portal_id"], scope=scope, **common
        )
    if isinstance(settings, ShopifyAccount):
        return ShopifyConnection(
            account=name,
            shop=given.get("shop", f"{name}.myshopify.com"),
            token=given["token"],
            api_version=settings.api_version,
            scope=scope,
            **common,
        )
    words = ("consumer_key", "consumer_secret", "token_id", "token_secret")
    return NetSuiteConnection(
        account=name,
        account_id=given["account_id"],
        credentials=OAuth1Credentials(**{word: given[word] for word in words}),
        concurrency=settings.concurrency,
        scope=scope,
        **common,
    )


def _common(settings: Account) -> dict[str, Any]:
    """What every connection may be told; left out where the platform's own default holds."""
    said: dict[str, Any] = {}
    if settings.base_url is not None:
        said["base_url"] = settings.base_url
    if settings.overlap is not None:
        said["overlap_seconds"] = round(settings.overlap.total_seconds())
    return said


def _hub_id(settings: HubSpotAccount) -> dict[str, Any]:
    return {} if settings.portal_id is None else {"portal_id": settings.portal_id}
