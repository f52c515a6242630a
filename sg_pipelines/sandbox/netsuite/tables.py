"""The tables of a simulated account. SuiteQL runs on them, so what it can name is what is here."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from sg_pipelines.sandbox.instants import iso_seconds
from sg_pipelines.sandbox.simulator import Attributes, SandboxTime

COLUMNS: dict[str, tuple[str, ...]] = {
    "customer": (
        "id", "entityid", "externalid", "isperson", "isinactive", "firstname", "lastname", "companyname", "email",
        "phone", "searchstage", "datecreated", "lastmodifieddate", "defaultbillingaddress", "defaultshippingaddress",
        "subsidiary", "custentity_loyalty_tier", "custentity_shopify_id", "custentity_hubspot_id",
    ),
    "entityaddress": ("nkey", "addr1", "addr2", "city", "state", "zip", "country"),
    "deletedrecord": ("deleteddate", "recordid", "recordtypeid", "type", "name"),
    "currency": ("id", "name", "symbol"),
    "subsidiary": ("id", "name", "isinactive"),
}  # fmt: skip
VIEWS: dict[str, dict[str, str]] = {
    "entity": {
        "id": "id", "entityid": "entityid", "type": "'CustJob'", "isperson": "isperson", "isinactive": "isinactive",
        "email": "email", "phone": "phone", "datecreated": "datecreated", "lastmodifieddate": "lastmodifieddate",
    },
}  # fmt: skip
QUERYABLE = COLUMNS | {name: tuple(columns) for name, columns in VIEWS.items()}
INDEXES = {
    "customer": ("lastmodifieddate, id", "externalid"),
    "deletedrecord": ("deleteddate, recordid", "recordid"),
}
INTEGERS = frozenset({"id", "nkey", "defaultbillingaddress", "defaultshippingaddress", "subsidiary", "recordid"})
KEYS = {"customer": "id", "entityaddress": "nkey", "currency": "id", "subsidiary": "id"}
DATES = frozenset({"datecreated", "lastmodifieddate", "deleteddate"})
NEVER_NULL = DATES | {"id", "nkey", "recordid"}
STAGES = {"lead": "Lead", "prospect": "Prospect", "customer": "Customer"}
PLAIN = {
    "first_name": "firstname",
    "last_name": "lastname",
    "company_name": "companyname",
    "email": "email",
    "phone": "phone",
    "external_id": "externalid",
    "custom_loyalty_tier": "custentity_loyalty_tier",
}
ADDRESS = {
    "address_street": "addr1",
    "address_street2": "addr2",
    "address_city": "city",
    "address_region": "state",
    "address_postal_code": "zip",
    "address_country": "country",
}
CROSS_IDS = {"shopify": "custentity_shopify_id", "hubspot": "custentity_hubspot_id"}
FIRST_ID = 1001
ADDRESS_IDS_FROM = 1_000_000


class Tables:
    """Customers, their billing addresses and what was deleted. Times have whole seconds, as NetSuite's have."""

    def __init__(self, connection: sqlite3.Connection, account: str, time: SandboxTime) -> None:
        self.connection, self._time = connection, time
        self._prefix = account
        for name, columns in COLUMNS.items():
            connection.execute(f"create table if not exists {self.name(name)} ({_columns(name, columns)})")
        self._make_views_and_indexes()
        connection.execute(f"insert or ignore into {self.name('currency')} values (1, 'US Dollar', 'USD')")
        connection.execute(f"insert or ignore into {self.name('subsidiary')} values (1, 'Parent Company', 'F')")

    def name(self, table: str) -> str:
        """The real name of a table."""
        return f'"{self._prefix}_{table}"'

    def _make_views_and_indexes(self) -> None:
        for name, columns in VIEWS.items():
            shown = ", ".join(f"{source} as {column}" for column, source in columns.items())
            self.connection.execute(
                f"create view if not exists {self.name(name)} as select {shown} from {self.name('customer')}"
            )
        for name, indexes in INDEXES.items():
            for number, columns_of_index in enumerate(indexes):
                index = f'"{self._prefix}_{name}_{number}"'
                self.connection.execute(f"create index if not exists {index} on {self.name(name)} ({columns_of_index})")

    @contextmanager
    def _whole(self) -> Iterator[None]:
        """All of what is done inside, or nothing."""
        with self.connection:
            self.connection.execute("begin")
            yield

    def create(self, rows: Iterable[Attributes]) -> list[int]:
        """Make customers from neutral attributes; all or none."""
        made = []
        now = self._time.now_ms()
        with self._whole():
            for number, row in enumerate(rows, start=self._next_id()):
                modified = int(row.get("modified_at_ms", now))
                created = int(row.get("created_at_ms", modified))
                times = {"datecreated": iso_seconds(created), "lastmodifieddate": iso_seconds(modified)}
                self._insert(number, {**times, **_customer_values(row)})
                self._write_address(number, row)
                made.append(number)
        return made

    def add(self, values: Mapping[str, Any]) -> int:
        """Make one customer from column values."""
        now = iso_seconds(self._time.now_ms())
        number = self._next_id()
        self._insert(number, {"datecreated": now, "lastmodifieddate": now, **values})
        return number

    def _insert(self, number: int, values: Mapping[str, Any]) -> None:
        usual = {"entityid": f"CUST{number}", "isperson": "T", "isinactive": "F", "subsidiary": 1}
        self._write("insert", "customer", {"id": number, **usual, **values})

    def _next_id(self) -> int:
        """Ids are never given twice."""
        latest = self.connection.execute(f"select max(id) from {self.name('customer')}").fetchone()[0]
        gone = self.connection.execute(f"select max(recordid) from {self.name('deletedrecord')}").fetchone()[0]
        return max(int(latest or 0), int(gone or 0), FIRST_ID - 1) + 1

    def edit(self, number: int, attributes: Attributes) -> None:
        """Change what is named; None clears. KeyError when there is no such customer."""
        with self._whole():
            self.set(number, _customer_values(attributes))
            self._write_address(number, attributes)

    def set(self, number: int, values: Mapping[str, Any]) -> None:
        """Change columns; the modification time moves."""
        if self.row(number) is None:
            raise KeyError(f"there is no customer {number}")
        stamped = {**values, "lastmodifieddate": iso_seconds(self._time.now_ms())}
        assigned = ", ".join(f"{column} = ?" for column in stamped)
        self.connection.execute(
            f"update {self.name('customer')} set {assigned} where id = ?", [*stamped.values(), number]
        )

    def delete(self, number: int) -> None:
        """Gone from its table, known to `deletedrecord`."""
        row = self.row(number)
        if row is None:
            raise KeyError(f"there is no customer {number}")
        when = iso_seconds(self._time.now_ms())
        with self._whole():
            self.connection.execute(
                f"delete from {self.name('entityaddress')} where nkey = ?", (row["defaultbillingaddress"],)
            )
            self.connection.execute(f"delete from {self.name('customer')} where id = ?", (number,))
            self.connection.execute(
                f"insert into {self.name('deletedrecord')} values (?, ?, ?, ?, ?)",
                (when, number, "-2", "customer", row["entityid"]),
            )

    def row(self, number: int) -> dict[str, Any] | None:
        """A customer's columns."""
        return self._one("customer", "id", number)

    def address(self, number: int) -> dict[str, Any] | None:
        """Its default billing address."""
        row = self.row(number)
        return None if row is None else self._one("entityaddress", "nkey", row["defaultbillingaddress"])

    def by_external_id(self, external_id: str) -> int | None:
        """The customer with that external id."""
        found = self._one("customer", "externalid", external_id)
        return None if found is None else int(found["id"])

    def was_deleted(self, number: int) -> bool:
        """True when it once was there."""
        return self._one("deletedrecord", "recordid", number) is not None

    def ids(self) -> list[int]:
        """Active ones, ascending."""
        sql = f"select id from {self.name('customer')} where isinactive = 'F' order by id"
        return [row[0] for row in self.connection.execute(sql)]

    def matching(
        self, where: str, parameters: Sequence[str | int], *, limit: int, offset: int
    ) -> tuple[list[int], int]:
        """A page of ids that fulfil a condition, ascending, and how many there are in all."""
        source = f"from {self.name('customer')} where {where}"
        total = self.connection.execute(f"select count(*) {source}", parameters).fetchone()[0]
        sql = f"select id {source} order by id limit ? offset ?"
        return [row[0] for row in self.connection.execute(sql, [*parameters, limit, offset])], int(total)

    def neutral(self, number: int) -> dict[str, Any] | None:
        """A customer in the world's words."""
        row = self.row(number)
        if row is None:
            return {"state": "deleted"} if self.was_deleted(number) else None
        address = self.address(number) or {}
        stages = {stage: word for word, stage in STAGES.items()}
        named = {account: row[column] for account, column in CROSS_IDS.items()}
        return {
            **{name: row[column] for name, column in PLAIN.items()},
            **{name: address.get(column) for name, column in ADDRESS.items()},
            "lifecycle": stages.get(row["searchstage"]),
            "cross_ids": {account: other for account, other in named.items() if other},
            "state": "archived" if row["isinactive"] == "T" else "live",
        }

    def _write_address(self, number: int, attributes: Attributes) -> None:
        given = {column: attributes[name] or None for name, column in ADDRESS.items() if name in attributes}
        if not given:
            return
        customer = self.name("customer")
        sql = f"select defaultbillingaddress from {customer} where id = ?"
        key = self.connection.execute(sql, (number,)).fetchone()[0]
        if key is None:
            # a key of its own, so that a query that joins by the customer's id finds nothing, as it would for real
            key = ADDRESS_IDS_FROM + number
            self._write("insert", "entityaddress", {"nkey": key})
            sql = f"update {customer} set defaultbillingaddress = ?, defaultshippingaddress = ? where id = ?"
            self.connection.execute(sql, (key, key, number))
        assigned = ", ".join(f"{column} = ?" for column in given)
        self.connection.execute(
            f"update {self.name('entityaddress')} set {assigned} where nkey = ?", [*given.values(), key]
        )

    def _write(self, verb: str, table: str, values: Mapping[str, Any]) -> None:
        marks = ", ".join("?" * len(values))
        self.connection.execute(
            f"{verb} into {self.name(table)} ({', '.join(values)}) values ({marks})", list(values.values())
        )

    def _one(self, table: str, column: str, value: Any) -> dict[str, Any] | None:
        found = self.connection.execute(f"select * from {self.name(table)} where {column} = ?", (value,)).fetchone()
        return None if found is None else dict(zip(COLUMNS[table], found, strict=True))


def _columns(table: str, columns: Iterable[str]) -> str:
    def declared(column: str) -> str:
        kind = "integer" if column in INTEGERS else "text"
        return f"{column} {kind}{' primary key' if KEYS.get(table) == column else ''}"

    return ", ".join(declared(column) for column in columns)


def _customer_values(attributes: Attributes) -> dict[str, Any]:
    # an empty text is null to Oracle
    values: dict[str, Any] = {column: attributes[name] or None for name, column in PLAIN.items() if name in attributes}
    if "lifecycle" in attributes:
        values["searchstage"] = STAGES.get(attributes["lifecycle"])
    for account, other in (attributes.get("cross_ids") or {}).items():
        if account in CROSS_IDS:
            values[CROSS_IDS[account]] = other
    return values
