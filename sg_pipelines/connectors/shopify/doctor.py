"""Can we work on this shop?"""

from __future__ import annotations

from collections.abc import Sequence

from sg_pipelines.connectors.probing import clock_probe, fullness_probe
from sg_pipelines.connectors.shopify import queries
from sg_pipelines.connectors.shopify.mapping import CustomerMapping
from sg_pipelines.connectors.shopify.pulls import CustomerPulls
from sg_pipelines.connectors.shopify.session import ShopifySession
from sg_pipelines.domain.model.record import Record
from sg_pipelines.ports import Probe, ProbeStatus, PullReport

SCOPE = "read_customers"
LONG_AGO = "1970-01-01T00:00:00Z"


async def examine(session: ShopifySession, mapping: CustomerMapping, pulls: CustomerPulls) -> Sequence[Probe]:
    """Ask for the shop and our scopes, read a page."""
    report = PullReport()
    answer = await session.examine(queries.EXAMINE, report)
    body = answer.json()
    scopes = {scope["handle"] for scope in body["data"]["currentAppInstallation"]["accessScopes"]}
    shop, bucket = body["data"]["shop"], body["extensions"]["cost"]["throttleStatus"]
    return [
        Probe("reachability", ProbeStatus.OK, f"{shop['myshopifyDomain']} answers"),
        Probe("credentials", ProbeStatus.OK, "the access token is accepted"),
        _scope(scopes),
        clock_probe(answer),
        Probe(
            "limits", ProbeStatus.OK, f"{bucket['maximumAvailable']:.0f} points, {bucket['restoreRate']:.0f} a second"
        ),
        fullness_probe(await _sample(session, mapping, pulls), mapping.columns),
    ]


async def _sample(session: ShopifySession, mapping: CustomerMapping, pulls: CustomerPulls) -> list[Record]:
    variables = {"first": 50, "after": None, "query": f"updated_at:>='{LONG_AGO}'"}
    data = await session.ask(
        queries.changed_customers(mapping.metafields), variables, PullReport(), cost=500.0, counts=False
    )
    return list(pulls.page(data["customers"]["nodes"], PullReport()).records)


def _scope(scopes: set[str]) -> Probe:
    if SCOPE in scopes:
        return Probe("scopes", ProbeStatus.OK, f"{SCOPE} is granted")
    return Probe(
        "scopes", ProbeStatus.FAILED, f"{SCOPE} is not granted", "Add the scope to the app and install it again"
    )
