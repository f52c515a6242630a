"""Can we work on this shop?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sg_pipelines.connectors.answers import decoded, documented
from sg_pipelines.connectors.probing import clock_probe, fullness_probe
from sg_pipelines.connectors.shopify import queries, shapes
from sg_pipelines.connectors.shopify.pulls import NodePulls
from sg_pipelines.connectors.shopify.session import ShopifySession
from sg_pipelines.ports.platforms import Probe, ProbeStatus, PullReport

SAMPLE = 10


async def examine(session: ShopifySession, pulls: Mapping[str, NodePulls], currency: str) -> Sequence[Probe]:
    """Ask for the shop and our scopes, read a page of each kind. `pulls`: plural → how; `currency`: what the client file
    takes the shop's prices for."""
    report = PullReport()
    answer = await session.examine(queries.EXAMINE, report)
    where = f"{session.account} GraphQL"
    body = documented(shapes.EXAMINE, decoded(answer, where), where)
    scopes = {scope["handle"] for scope in body["data"]["currentAppInstallation"]["accessScopes"]}
    shop, bucket = body["data"]["shop"], body["extensions"]["cost"]["throttleStatus"]
    probes = [
        Probe("reachability", ProbeStatus.OK, f"{shop['myshopifyDomain']} answers"),
        Probe("credentials", ProbeStatus.OK, "the access token is accepted"),
        _scopes({scope for one in pulls.values() for scope in one.scopes}, scopes),
        _currency(shop["currencyCode"], currency),
        clock_probe(answer),
        Probe(
            "limits", ProbeStatus.OK, f"{bucket['maximumAvailable']:.0f} points, {bucket['restoreRate']:.0f} a second"
        ),
    ]
    for plural, one in pulls.items():
        if set(one.scopes) <= scopes:
            page = await one.sample(SAMPLE, report)
            sampled = len(page.records) + len(page.quarantined)
            probes.append(fullness_probe(page.records, one.columns, plural, sampled))
    return probes


def _scopes(needed: set[str], granted: set[str]) -> Probe:
    missing = sorted(needed - granted)
    if not missing:
        return Probe("scopes", ProbeStatus.OK, f"{', '.join(sorted(needed))}: granted")
    remedy = "Add the scopes to the app and install it again"
    return Probe("scopes", ProbeStatus.FAILED, f"not granted: {', '.join(missing)}", remedy)


def _currency(shops: str, ours: str) -> Probe:
    if shops == ours:
        return Probe("currency", ProbeStatus.OK, f"prices are in {shops}")
    remedy = f"Write `currency: {shops}` in the account, or prices will be compared in the wrong currency"
    return Probe("currency", ProbeStatus.WARNING, f"the shop's is {shops}, the client file says {ours}", remedy)
