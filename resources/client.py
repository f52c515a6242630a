"""Dagster's face of one client: configuration in, a session out. No logic."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import dagster as dg

from resources.google import storage_client
from sg_pipelines.runtime.session import Session, open_session


class ClientResource(dg.ConfigurableResource):  # type: ignore[type-arg]  # generic only for IO managers
    """The client whose accounts, lake and store the assets of a code location work on."""

    client: str

    @contextmanager
    def session(self) -> Iterator[Session]:
        """Everything opened, and closed again at the end of the block."""
        with open_session(self.client, storage=storage_client) as session:
            yield session
