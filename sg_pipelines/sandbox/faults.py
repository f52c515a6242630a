"""Faults asked for through the control API, each used up as often as it was asked for."""

from __future__ import annotations

from dataclasses import dataclass

from sg_pipelines.sandbox.simulator import FaultKind


@dataclass(slots=True)
class _Wanted:
    account: str
    kind: FaultKind
    left: int
    path_contains: str


class Faults:
    """`FaultBoard` in memory: faults do not outlive the sandbox."""

    def __init__(self) -> None:
        self._wanted: list[_Wanted] = []

    def ask(self, account: str, kind: FaultKind, count: int, path_contains: str = "") -> None:
        """The next `count` requests of that account whose path contains this suffer it."""
        self._wanted.append(_Wanted(account, kind, count, path_contains))

    def take(self, account: str, path: str) -> FaultKind | None:
        """The fault of this request, oldest wish first."""
        for wanted in self._wanted:
            if wanted.left and wanted.account == account and wanted.path_contains in path:
                wanted.left -= 1
                return wanted.kind
        return None
