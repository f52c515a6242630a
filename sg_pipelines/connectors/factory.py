"""From a connection to its connector."""

from __future__ import annotations

from typing import assert_never

import httpx

from sg_pipelines.connectors.certificates import trusted
from sg_pipelines.connectors.connections import (
    AccountConnection,
    HubSpotConnection,
    NetSuiteConnection,
    ShopifyConnection,
)
from sg_pipelines.connectors.hubspot.connector import HubSpotConnector
from sg_pipelines.connectors.netsuite.connector import NetSuiteConnector
from sg_pipelines.connectors.shopify.connector import ShopifyConnector
from sg_pipelines.ports.platforms import Connector


def open_connector(connection: AccountConnection, *, http: httpx.AsyncClient | None = None) -> Connector:
    """A connector that owns its HTTP session (or uses the given one); close it with `aclose`."""
    session = http or httpx.AsyncClient(follow_redirects=False, verify=trusted())
    match connection:
        case HubSpotConnection():
            return HubSpotConnector(connection, session)
        case ShopifyConnection():
            return ShopifyConnector(connection, session)
        case NetSuiteConnection():
            return NetSuiteConnector(connection, session)
        case _:
            assert_never(connection)
