"""Which simulator plays which platform."""

from __future__ import annotations

from collections.abc import Callable

from sg_pipelines.sandbox.hubspot.simulator import HubSpotSimulator
from sg_pipelines.sandbox.netsuite.simulator import NetSuiteSimulator
from sg_pipelines.sandbox.shopify.simulator import ShopifySimulator
from sg_pipelines.sandbox.simulator import Simulator, Surroundings

SIMULATORS: dict[str, Callable[[Surroundings], Simulator]] = {
    "hubspot": HubSpotSimulator,
    "shopify": ShopifySimulator,
    "netsuite": NetSuiteSimulator,
}
