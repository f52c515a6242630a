"""Where things are: the folder of client files and the folder of data."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from sg_pipelines.errors import ConfigurationError

CHECKOUT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Home:
    """`clients` holds `<slug>.yaml`; `data/<slug>` holds everything we keep for that client."""

    clients: Path
    data: Path

    def client_file(self, client: str) -> Path:
        """The file of a client. ConfigurationError names the clients there are."""
        path = self.clients / f"{client}.yaml"
        if not path.is_file():
            known = ", ".join(self.client_names()) or "none"
            raise ConfigurationError(
                f"there is no client {client!r}", where=str(self.clients), remedy=f"Known clients: {known}"
            )
        return path

    def client_names(self) -> list[str]:
        """Slugs of all client files, sorted."""
        return sorted(path.stem for path in self.clients.glob("*.yaml"))

    def folder(self, client: str) -> Path:
        """The client's data folder, made when absent."""
        folder = self.data / client
        folder.mkdir(parents=True, exist_ok=True)
        return folder


def find_home() -> Home:
    """`SG_HOME` when set, else the checkout this code runs from, else the current folder. `SG_DATA` moves data.
    ConfigurationError when `SG_HOME` has no client files."""
    base = Path(os.environ["SG_HOME"]).absolute() if "SG_HOME" in os.environ else CHECKOUT
    if not (base / "clients").is_dir():
        if "SG_HOME" in os.environ:
            raise ConfigurationError(
                "there is no folder `clients` here", where=f"SG_HOME={base}", remedy="Correct it, or leave it out"
            )
        base = Path.cwd()
    return Home(clients=base / "clients", data=Path(os.environ.get("SG_DATA", base / "data")).absolute())
