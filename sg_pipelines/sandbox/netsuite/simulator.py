"""One simulated NetSuite account as the world sees it."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.types import ASGIApp

from sg_pipelines.sandbox.netsuite.app import NetSuiteApp
from sg_pipelines.sandbox.netsuite.signing_in import Gatekeeper
from sg_pipelines.sandbox.netsuite.suiteql_functions import teach
from sg_pipelines.sandbox.netsuite.tables import Tables
from sg_pipelines.sandbox.simulator import Attributes, Surroundings


class NetSuiteSimulator:
    """Customers of one account; `app` names its settings."""

    platform = "netsuite"

    def __init__(self, surroundings: Surroundings) -> None:
        self.account = surroundings.account
        teach(surroundings.connection)
        self._tables = Tables(surroundings.connection, self.account, surroundings.time)
        key_type = str(surroundings.settings.get("key_type", "ec"))
        self._gatekeeper = Gatekeeper(surroundings.connection, self.account, key_type=key_type)
        self.app: ASGIApp = NetSuiteApp(surroundings, self._tables, self._gatekeeper).app

    def credentials(self) -> Mapping[str, str]:
        """What lets a connector in."""
        return self._gatekeeper.credentials()

    def create_many(self, kind: str, rows: list[Attributes]) -> list[str]:
        """Make customers."""
        return [str(number) for number in self._tables.create(rows)]

    def edit(self, kind: str, record_id: str, attributes: Attributes) -> None:
        """Change a customer."""
        self._tables.edit(int(record_id), attributes)

    def archive(self, kind: str, record_id: str) -> None:
        """Make a customer inactive."""
        self._tables.set(int(record_id), {"isinactive": "T"})

    def delete(self, kind: str, record_id: str) -> None:
        """Delete a customer."""
        self._tables.delete(int(record_id))

    def merge(self, kind: str, *, winner: str, loser: str) -> str:
        """The loser is deleted, the winner stays. KeyError or ValueError when they are not two customers."""
        if winner == loser:
            raise ValueError(f"customer {winner} cannot be merged with itself")
        if self._tables.row(int(winner)) is None:
            raise KeyError(f"there is no customer {winner}")
        self._tables.delete(int(loser))
        return winner

    def read(self, kind: str, record_id: str) -> Attributes | None:
        """A customer in the world's words."""
        return self._tables.neutral(int(record_id))

    def ids(self, kind: str) -> list[str]:
        """Active ids."""
        return [str(number) for number in self._tables.ids()]
