"""What every operation is given: one client's lake, store, clock and plans. Built by `runtime`, holds no logic."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sg_pipelines.config.policies import KindPlan
from sg_pipelines.ports.clock import Clock
from sg_pipelines.ports.lake import Lake
from sg_pipelines.ports.store import DocumentStore


@dataclass(frozen=True, slots=True)
class Workspace:
    """One client, ready to work. `mint(n)` returns n new, ascending entity ids."""

    client: str
    plans: Mapping[str, KindPlan]
    platforms: Mapping[str, str]
    lake: Lake
    store: DocumentStore
    clock: Clock
    mint: Callable[[int], list[str]]
