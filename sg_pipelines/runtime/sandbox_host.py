"""The sandbox of a client: found when it is already running, otherwise run inside this process for as long as needed."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

from sg_pipelines.config.client_file import ClientFile
from sg_pipelines.config.naming import CUSTOM
from sg_pipelines.connectors.certificates import trusted
from sg_pipelines.domain.model.order import ORDER
from sg_pipelines.errors import Unavailable
from sg_pipelines.sandbox.server import running

URL_VARIABLE = "SG_SANDBOX_URL"
URL_FILE = "sandbox.url"


class SandboxControl:
    """The sandbox's control API as the product uses it."""

    def __init__(self, url: str) -> None:
        self.url = url

    def get(self, path: str) -> Any:
        """GET /control/<path>, decoded. Unavailable when the sandbox is gone."""
        return self._send("GET", path, None)

    def post(self, path: str, body: Mapping[str, Any]) -> Any:
        """POST /control/<path>, decoded."""
        return self._send("POST", path, body)

    def _send(self, method: str, path: str, body: Mapping[str, Any] | None) -> Any:
        where = f"{self.url}/control/{path}"
        try:
            answer = httpx.request(method, where, json=body, timeout=600, verify=trusted())
        except httpx.HTTPError as error:
            raise Unavailable("the sandbox does not answer", where=where, remedy="Start it with `make run`") from error
        if answer.is_error:
            raise Unavailable(f"the sandbox refused ({answer.status_code}): {answer.text[:300]}", where=where)
        return answer.json()


def needs_sandbox(file: ClientFile) -> bool:
    """True when any account of the client is simulated."""
    return any(account.is_sandbox for account in file.accounts.values())


def sandbox_accounts(file: ClientFile) -> dict[str, str]:
    """Account → platform of the simulated ones."""
    return {name: account.platform for name, account in file.accounts.items() if account.is_sandbox}


def running_sandbox(folder: Path) -> SandboxControl | None:
    """The sandbox that another process keeps up for this data folder, if it answers."""
    candidates = [os.environ.get(URL_VARIABLE, "")]
    url_file = folder / URL_FILE
    if url_file.is_file():
        candidates.append(url_file.read_text(encoding="utf-8").strip())
    for url in filter(None, candidates):
        try:
            if httpx.get(f"{url}/control/status", timeout=5, verify=trusted()).is_success:
                return SandboxControl(url)
        except httpx.HTTPError:
            continue
    return None


@contextmanager
def sandbox_for(file: ClientFile, folder: Path) -> Iterator[SandboxControl | None]:
    """The client's sandbox with its world filled; None for a client without simulated accounts."""
    if not needs_sandbox(file):
        yield None
        return
    found = running_sandbox(folder)
    if found is not None:
        yield found
        return
    with running(folder / "sandbox", accounts=sandbox_accounts(file)) as host:
        yield SandboxControl(host.base_url)


def fill_world(control: SandboxControl, file: ClientFile) -> bool:
    """Fill the world once; True when this call did it (and people have not edited anything yet)."""
    _settle_objects(control, file)
    _settle_fields(control, file)
    status = control.get("status")
    if file.sandbox is None or status["people"] or status["filled"]:
        return False
    world = file.sandbox.model_dump()
    told = {"currency": file.currency, "kinds": list(file.entities), "foreign_edits": _foreign_edits(file)}
    control.post("world/baseline", {**world, **told})
    return True


def _foreign_edits(file: ClientFile) -> dict[str, str]:
    """What the client makes of changes by somebody who does not own the field, by `kind.field`."""
    return {
        f"{kind}.{field.replace('.', '_')}": str(settings.on_foreign_edit)
        for kind, entity in file.entities.items()
        for field, settings in entity.fields.items()
    }


def _settle_objects(control: SandboxControl, file: ClientFile) -> None:
    """Tell simulated accounts which of their objects holds orders, where they have a choice."""
    orders = file.entities.get(ORDER.name)
    for account in sandbox_accounts(file):
        if orders is not None and account in orders.on:
            control.post("settings", {"account": account, "order_object": orders.on[account]})


def _settle_fields(control: SandboxControl, file: ClientFile) -> None:
    """Tell simulated accounts what the client's custom fields are called there."""
    for account in sandbox_accounts(file):
        fields = [
            {
                "kind": kind,
                "attribute": field.replace(".", "_"),
                "name": settings.properties[account],
                "is_number": settings.type == "decimal",
                "is_instant": settings.type == "instant",
            }
            for kind, entity in file.entities.items()
            for field, settings in entity.fields.items()
            if field.startswith(CUSTOM) and account in settings.properties
        ]
        if fields:
            control.post("fields", {"account": account, "fields": fields})
