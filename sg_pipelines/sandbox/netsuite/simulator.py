"""One simulated NetSuite account as the world sees it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from starlette.types import ASGIApp

from sg_pipelines.sandbox.netsuite.app import NetSuiteApp
from sg_pipelines.sandbox.netsuite.attributes import make_fields
from sg_pipelines.sandbox.netsuite.customers import COMPANY, PERSON, Customers
from sg_pipelines.sandbox.netsuite.database import Database
from sg_pipelines.sandbox.netsuite.named_lists import NamedLists
from sg_pipelines.sandbox.netsuite.orders import Orders
from sg_pipelines.sandbox.netsuite.products import Products
from sg_pipelines.sandbox.netsuite.signing_in import Gatekeeper
from sg_pipelines.sandbox.netsuite.suiteql_functions import teach
from sg_pipelines.sandbox.simulator import Attributes, CustomField, Surroundings


class _Kind(Protocol):
    """Records of one kind in the world's words, by number."""

    def create(self, rows: Sequence[Attributes]) -> list[int]: ...
    def edit(self, number: int, attributes: Attributes) -> None: ...
    def archive(self, number: int) -> None: ...
    def delete(self, number: int) -> None: ...
    def neutral(self, number: int) -> dict[str, Any] | None: ...
    def ids(self) -> list[int]: ...


class NetSuiteSimulator:
    """Companies, customers, products and orders of one account; `app` names its settings."""

    platform = "netsuite"

    def __init__(self, surroundings: Surroundings) -> None:
        self.account = surroundings.account
        teach(surroundings.connection)
        self._database = database = Database(surroundings.connection, self.account, surroundings.time)
        lists = NamedLists(database, str(surroundings.settings.get("currency", "USD")))
        self._merging = {"customer": Customers(database, PERSON), "company": Customers(database, COMPANY)}
        others: dict[str, _Kind] = {"product": Products(database, lists), "order": Orders(database, lists)}
        self._kinds: dict[str, _Kind] = {**self._merging, **others}
        key_type = str(surroundings.settings.get("key_type", "ec"))
        self._gatekeeper = Gatekeeper(surroundings.connection, self.account, key_type=key_type)
        self.app: ASGIApp = NetSuiteApp(surroundings, database, lists, self._gatekeeper).app

    def credentials(self) -> Mapping[str, str]:
        """What lets a connector in."""
        return self._gatekeeper.credentials()

    def create_many(self, kind: str, rows: list[Attributes]) -> list[str]:
        """Make records; all or none."""
        return [str(number) for number in self._kind(kind).create(rows)]

    def edit(self, kind: str, record_id: str, attributes: Attributes) -> None:
        """Change a record. KeyError when there is none."""
        self._kind(kind).edit(int(record_id), attributes)

    def archive(self, kind: str, record_id: str) -> None:
        """Make a record inactive; ValueError for an order, which cannot be."""
        self._kind(kind).archive(int(record_id))

    def delete(self, kind: str, record_id: str) -> None:
        """Delete a record."""
        self._kind(kind).delete(int(record_id))

    def merge(self, kind: str, *, winner: str, loser: str) -> str:
        """The loser is deleted, the winner stays. KeyError or ValueError when they are not two that can be merged."""
        if kind not in self._merging:
            raise ValueError(f"NetSuite merges customers and companies, and no {kind}")
        return str(self._merging[kind].merge(int(winner), int(loser)))

    def read(self, kind: str, record_id: str) -> Attributes | None:
        """A record in the world's words."""
        return self._kind(kind).neutral(int(record_id))

    def ids(self, kind: str) -> list[str]:
        """Active ids."""
        return [str(number) for number in self._kind(kind).ids()]

    def make_fields(self, fields: Sequence[CustomField]) -> None:
        """Custom fields of these names."""
        for field in fields:
            self._kind(field.kind)
        make_fields(self._database, fields)

    def _kind(self, kind: str) -> _Kind:
        if kind not in self._kinds:
            raise ValueError(f"NetSuite keeps {', '.join(self._kinds)}, and no {kind}")
        return self._kinds[kind]
