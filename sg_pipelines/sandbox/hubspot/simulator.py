"""One simulated HubSpot account as the world sees it."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.types import ASGIApp

from sg_pipelines.sandbox.hubspot.app import HubSpotApp
from sg_pipelines.sandbox.hubspot.contacts import LIVE, Contacts
from sg_pipelines.sandbox.shelf import Shelf
from sg_pipelines.sandbox.simulator import Attributes, Surroundings

FIRST_ID = 101
PORTAL_ID = 20_000_001


class HubSpotSimulator:
    """Contacts of one account; see `HubSpotApp` for its settings."""

    platform = "hubspot"

    def __init__(self, surroundings: Surroundings) -> None:
        self.account = surroundings.account
        self._token = f"pat-sandbox-{self.account}"
        shelf = Shelf(surroundings.connection, f"{self.account}_contacts", first_id=FIRST_ID)
        self._contacts = Contacts(shelf, surroundings.time)
        self.app: ASGIApp = HubSpotApp(surroundings, self._contacts, self._token, PORTAL_ID).app

    def credentials(self) -> Mapping[str, str]:
        """What lets a connector in."""
        return {"token": self._token, "portal_id": str(PORTAL_ID)}

    def create_many(self, kind: str, rows: list[Attributes]) -> list[str]:
        """Make contacts."""
        return [str(number) for number in self._contacts.create(rows)]

    def edit(self, kind: str, record_id: str, attributes: Attributes) -> None:
        """Change a contact."""
        self._contacts.edit(int(record_id), attributes)

    def archive(self, kind: str, record_id: str) -> None:
        """Archive a contact."""
        self._contacts.archive(int(record_id))

    def delete(self, kind: str, record_id: str) -> None:
        """Delete a contact for good."""
        self._contacts.delete(int(record_id))

    def merge(self, kind: str, *, winner: str, loser: str) -> str:
        """Merge; the survivor has a new id."""
        return str(self._contacts.merge(int(winner), int(loser)))

    def read(self, kind: str, record_id: str) -> Attributes | None:
        """A contact in the world's words."""
        return self._contacts.neutral(int(record_id))

    def ids(self, kind: str) -> list[str]:
        """Live ids."""
        return [str(number) for number, body in self._contacts.live() if body["state"] == LIVE]
