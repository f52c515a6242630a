"""Accounts in a client file: which platform, where, and the names of the variables that hold credentials."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from sg_pipelines.config.quantities import (
    OLDEST_VERSION,
    ApiVersion,
    Currency,
    Duration,
    EnvironmentName,
    Place,
    ShopDomain,
    Whole,
)

SANDBOX = "sandbox"
PLATFORMS = ("hubspot", "shopify", "netsuite")


class _Account(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    at: Place | None = Field(default=None, description="`sandbox`, or a base URL other than the platform's own")
    overlap: Duration | None = Field(default=None, description="How far an incremental pull looks back (300s)")
    settling: Duration | None = Field(default=None, description="How long a change may settle before it counts (0s)")
    currency: Currency | None = Field(default=None, description="Of prices that carry none; the client's when absent")
    webhook_secret: EnvironmentName | None = Field(default=None, description="Of webhooks; without effect yet")

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

    platform: Literal["hubspot"] = Field(default="hubspot", description="Needed when the account is named otherwise")
    token: EnvironmentName | None = Field(default=None, description="A private app's access token")
    portal_id: str | None = Field(
        default=None, description="For links to records, in which `_` stands in its place when it is absent"
    )
    tier: Literal["free", "starter", "professional", "enterprise"] = Field(
        default="professional", description="The subscription; without effect yet"
    )


class ShopifyAccount(_Account):
    """A Shopify shop through the Admin GraphQL API."""

    platform: Literal["shopify"] = Field(default="shopify", description="Needed when the account is named otherwise")
    shop: ShopDomain | None = Field(default=None, description="acme.myshopify.com")
    token: EnvironmentName | None = Field(default=None, description="An Admin API access token")
    api_version: ApiVersion = Field(default=OLDEST_VERSION, description="Version of the Admin API, this or a later one")


class OAuth1(BaseModel):
    """NetSuite token-based authentication."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    consumer_key: EnvironmentName = Field(description="Of the integration record")
    consumer_secret: EnvironmentName = Field(description="Of the integration record")
    token_id: EnvironmentName = Field(description="Of the access token")
    token_secret: EnvironmentName = Field(description="Of the access token")


class OAuth2(BaseModel):
    """NetSuite machine-to-machine authentication with a certificate."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    client_id: EnvironmentName = Field(description="Of the integration record")
    certificate_id: EnvironmentName = Field(description="Of the uploaded certificate")
    private_key: EnvironmentName = Field(description="The PEM text, or the path of a PEM file")


class NetSuiteAccount(_Account):
    """A NetSuite account through SuiteTalk REST."""

    platform: Literal["netsuite"] = Field(default="netsuite", description="Needed when the account is named otherwise")
    account_id: str | None = Field(default=None, description="1234567, or 1234567_SB1 for a sandbox of NetSuite's own")
    oauth1: OAuth1 | None = Field(default=None, description="Token-based authentication")
    oauth2: OAuth2 | None = Field(default=None, description="Machine to machine with a certificate; preferred")
    concurrency: Whole = Field(default=5, ge=1, le=50, description="Requests at once that we may use of the account's")


Account = Annotated[HubSpotAccount | ShopifyAccount | NetSuiteAccount, Field(discriminator="platform")]
