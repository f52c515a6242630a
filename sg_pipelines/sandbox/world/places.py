"""Where the world's things can be known: the accounts of a client and the platform of each."""

from __future__ import annotations

from collections.abc import Mapping

HUBSPOT, SHOPIFY, NETSUITE = "hubspot", "shopify", "netsuite"
EVERYWHERE = (HUBSPOT, SHOPIFY, NETSUITE)
CREATED_FIRST = (SHOPIFY, NETSUITE, HUBSPOT)


class Places:
    """Accounts by platform, in the order in which the client names them.

    HubSpot and NetSuite accounts know every thing their platform knows; of several shops each knows a part. Policies
    are those of the demonstration client, each platform standing for its accounts in order; nothing is expected in
    every one of several shops.
    """

    def __init__(self, platforms: Mapping[str, str]) -> None:
        self.platforms = dict(platforms)

    def on(self, platform: str) -> tuple[str, ...]:
        """The accounts of a platform."""
        return tuple(account for account, its in self.platforms.items() if its == platform)

    @property
    def are_complete(self) -> bool:
        """True when no platform is missing."""
        return set(self.platforms.values()) >= set(EVERYWHERE)

    @property
    def created_first(self) -> tuple[str, ...]:
        """Accounts in the order in which records are made: a later record can name an earlier one's id."""
        return tuple(account for platform in CREATED_FIRST for account in self.on(platform))

    def voice(self, account: str) -> str:
        """What decides how an account spells: its platform, or its own name when it has sisters."""
        platform = self.platforms[account]
        return platform if len(self.on(platform)) == 1 else account

    def known(self, platforms: tuple[str, ...], shops: tuple[str, ...]) -> dict[str, str]:
        """Account → platform of a thing known on these platforms and, among the shops, in these."""
        return {
            account: platform
            for platform in platforms
            for account in (shops if platform == SHOPIFY else self.on(platform))
        }

    def expecting(self, platforms: tuple[str, ...]) -> tuple[str, ...]:
        """Accounts of these platforms on which absence means something: not several shops."""
        return tuple(
            account
            for platform in platforms
            for account in self.on(platform)
            if platform != SHOPIFY or len(self.on(SHOPIFY)) == 1
        )


ONE_EACH = Places({platform: platform for platform in EVERYWHERE})
