"""Accounts in a client file: which platform, where, and the names of the variables that hold credentials."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from sg_pipelines.config.quantities import Duration, EnvironmentName

SANDBOX = "sandbox"
PLATFORMS = ("hubspot", "shopify", "netsuite")


class _Account(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    at: str | None = Field(default=None, description="`sandbox`, or a base URL other than the platform's own")
    overlap: Duration | None = Field(default=None, description="How far an incremental pull looks back (300s)")
    settling: Duration | None = Field(default=None, description="How long a change may settle before it counts (0s)")
    currency: str | None = Field(
        default=None, pattern=r"^[A-Z]{3}$", description="Of prices that carry none; the client's when absent"
    )
    webhook_secret: EnvironmentName | None = None

    @property
    def is_sandbox(self) -> bool:
        """True when this account is one of the sandbox's."""
        return self.at == SANDBOX

    @property
    def base_url(self) -> str | None:
        """A base URL other than the platform's own, if the file names one."""
        return None if self.at in (None, SANDBOX) else self.at


class HubSpotAccount(_Account):
    """A HubSpot private app."""

    platform: Literal["hubspot"] = "hubspot"
    token: EnvironmentName | None = None
    portal_id: str | None = Field(default=None, description="For links to records; asked of HubSpot when absent")
    tier: Literal["free", "starter", "professional", "enterprise"] = "professional"


class ShopifyAccount(_Account):
    """A Shopify shop through the Admin GraphQL API."""

    platform: Literal["shopify"] = "shopify"
    shop: str | None = Field(default=None, description="acme.myshopify.com")
    token: EnvironmentName | None = None
    api_version: str = "2026-07"


class OAuth1(BaseModel):
    """NetSuite token-based authentication."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    consumer_key: EnvironmentName
    consumer_secret: EnvironmentName
    token_id: EnvironmentName
    token_secret: EnvironmentName


class OAuth2(BaseModel):
    """NetSuite machine-to-machine authentication with a certificate."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    client_id: EnvironmentName
    certificate_id: EnvironmentName
    private_key: EnvironmentName = Field(description="The PEM text, or the path of a PEM file")


class NetSuiteAccount(_Account):
    """A NetSuite account through SuiteTalk REST."""

    platform: Literal["netsuite"] = "netsuite"
    account_id: str | None = None
    oauth1: OAuth1 | None = None
    oauth2: OAuth2 | None = None
    concurrency: int = Field(default=5, ge=1, le=50)


Account = Annotated[HubSpotAccount | ShopifyAccount | NetSuiteAccount, Field(discriminator="platform")]
