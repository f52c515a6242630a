"""What a declaration of collections says: which fields can be asked for, what may stand in them, what indexes are called."""

from __future__ import annotations

from typing import Any

from sg_pipelines.errors import ConfigurationError
from sg_pipelines.ports.store import Collection, Document, Index
from sg_pipelines.store.documents import is_fit

_NESTED = (list, tuple, dict)


class Declared:
    """A declared collection with what is asked of its declaration for every document, found once.

    `columns` are the declared fields with one value, `multi` the array fields, each once.
    """

    __slots__ = ("collection", "columns", "multi", "name")

    def __init__(self, collection: Collection) -> None:
        columns: dict[str, None] = {}
        for index in collection.indexes:
            if not index.multi:
                columns |= dict.fromkeys((*index.fields, *(index.where or ())))
        self.collection, self.name = collection, collection.name
        self.columns = tuple(columns)
        self.multi = tuple(index.fields[0] for index in collection.indexes if index.multi)

    def single(self, field: str) -> str:
        """The field, when it can be compared and sorted by; ValueError otherwise."""
        if field != "_id" and field not in self.columns:
            raise ValueError(f"{self.name}.{field} is not a declared indexed field")
        return field

    def values(self, document: Document) -> list[Any]:
        """What the document has in `columns`. ValueError when a declared field holds what no index orders: something
        nested, or a null among elements."""
        values = [document.get(field) for field in self.columns]
        if any(isinstance(value, _NESTED) for value in values):
            field = next(field for field in self.columns if isinstance(document.get(field), _NESTED))
            raise ValueError(f"document {document['_id']}: {field} is declared to hold one value")
        for field in self.multi:
            if not _are_elements(document.get(field)):
                raise ValueError(f"document {document['_id']}: {field} is declared to hold a list of values")
        return values


def index_name(index: Index) -> str:
    """The same declaration always has the same name, two different ones of a collection never do."""
    words = ["_".join(index.fields)]
    if index.unique:
        words.append("unique")
    if index.where:
        words += ["where", *index.where]
    return "_".join(words)


def asked(field: str, value: Any, *, multi: bool) -> Any:
    """A condition's value: text, number, boolean or (not for an element) null. ValueError for anything nested."""
    if not is_fit(value) or (multi and value is None):
        raise ValueError(f"{field} cannot be compared with {type(value).__name__}")
    return value


def check_limit(limit: int | None) -> None:
    """ValueError for a negative limit."""
    if limit is not None and limit < 0:
        raise ValueError(f"a limit of {limit} means nothing")


def check_schema(found: Any, known: int, where: str) -> None:
    """ConfigurationError when the documents were written under another schema than this program's."""
    if not isinstance(found, int):
        raise ConfigurationError(
            "the store does not say which schema it has",
            where=where,
            remedy="Name a database that nothing else writes to, or start over: docs/runbooks/start-over.md",
        )
    if found > known:
        raise ConfigurationError(
            f"the store has schema {found}, this program knows {known}",
            where=where,
            remedy="Use the program that wrote it, or a newer one",
        )
    if found < known:
        raise ConfigurationError(
            f"the store has the old schema {found}, this program writes {known}",
            where=where,
            remedy="Use the program that wrote it, or start over: docs/runbooks/start-over.md",
        )


def _are_elements(value: Any) -> bool:
    if value is None:
        return True
    return isinstance(value, list | tuple) and not any(one is None or isinstance(one, _NESTED) for one in value)
