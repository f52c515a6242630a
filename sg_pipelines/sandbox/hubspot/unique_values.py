"""Who has which value of the unique properties, so that nobody has to be asked one by one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping


class UniqueValues:
    """An index of live records. People type in the same value twice: then the oldest record answers for it."""

    def __init__(self, names: Iterable[str]) -> None:
        self._holders: dict[str, dict[str, list[int]]] = {name: {} for name in names}

    def add(self, number: int, properties: Mapping[str, str | None]) -> None:
        """A record became live, or says this now."""
        for name, holders in self._holders.items():
            if value := _key(properties.get(name)):
                holders.setdefault(value, []).append(number)

    def remove(self, number: int, properties: Mapping[str, str | None]) -> None:
        """A record said this until now."""
        for name, holders in self._holders.items():
            if value := _key(properties.get(name)):
                left = [one for one in holders[value] if one != number]
                if left:
                    holders[value] = left
                else:
                    del holders[value]

    def find(self, name: str, value: str) -> int | None:
        """The record with that value; None also for a property that is not unique."""
        return min(self._holders.get(name, {}).get(_key(value), ()), default=None)


def _key(value: str | None) -> str:
    return (value or "").strip().casefold()
