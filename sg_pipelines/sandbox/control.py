"""The control API: what a rehearsal needs beyond the platforms' own interfaces."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sg_pipelines.sandbox.clock import SandboxClock
from sg_pipelines.sandbox.faults import Faults
from sg_pipelines.sandbox.filling import fill_from
from sg_pipelines.sandbox.requests import RequestLedger
from sg_pipelines.sandbox.simulator import CustomField, FaultKind, HasCustomFields, Simulator
from sg_pipelines.sandbox.world.population import making_from
from sg_pipelines.sandbox.world.world import World, WorldRefused


class Control:
    """Endpoints under `/control`; `docs/sandbox.md` shows each with a curl line."""

    def __init__(
        self,
        simulators: Mapping[str, Simulator],
        world: World,
        clock: SandboxClock,
        faults: Faults,
        requests: RequestLedger,
        settings: Mapping[str, dict[str, Any]],
    ) -> None:
        self._simulators, self._world, self._clock = simulators, world, clock
        self._faults, self._requests, self._settings = faults, requests, settings
        self._agree_on_currency()

    def routes(self) -> list[Route]:
        """Everything under `/control`."""
        gets: dict[str, Callable[[], Any]] = {
            "status": self._world.status,
            "accounts": self._accounts,
            "time": lambda: {"now_ms": self._clock.now_ms()},
            "requests": self._requests.told,
            "ledger": self._world.ledger.entries,
            "truth": self._world.ledger.truth,
        }
        posts: dict[str, Callable[[dict[str, Any]], Any]] = {
            "advance": lambda asked: {"now_ms": self._clock.advance(float(asked["seconds"]))},
            "world/baseline": self._baseline,
            "world/edit": lambda asked: self._world.edit(),
            "records/{deed}": self._record,
            "faults": self._ask_fault,
            "settings": self._set,
            "fields": self._make_fields,
            "fill": self._fill,
            "requests/clear": lambda asked: self._requests.clear(),
        }
        routes = [Route(f"/{path}", _get(answer), methods=["GET"]) for path, answer in gets.items()]
        return routes + [Route(f"/{path}", _post(answer), methods=["POST"]) for path, answer in posts.items()]

    def _accounts(self) -> dict[str, Any]:
        return {
            account: {
                "platform": simulator.platform,
                "base_url_path": f"/{account}",
                "credentials": dict(simulator.credentials()),
            }
            for account, simulator in self._simulators.items()
        }

    def _baseline(self, asked: dict[str, Any]) -> Any:
        status = self._world.baseline(making_from(asked))
        self._agree_on_currency()
        return status

    def _agree_on_currency(self) -> None:
        """Accounts that were told no currency keep their books in the world's."""
        currency = self._world.currency
        for told in self._settings.values() if currency else ():
            told.setdefault("currency", currency)

    def _record(self, asked: dict[str, Any]) -> Any:
        simulator, kind, deed = self._simulators[asked["account"]], asked.get("kind", "customer"), asked["deed"]
        if deed == "create":
            return {"record_ids": simulator.create_many(kind, asked.get("rows") or [asked["attributes"]])}
        if deed == "merge":
            return {"record_id": simulator.merge(kind, winner=asked["winner"], loser=asked["loser"])}
        if deed == "edit":
            simulator.edit(kind, asked["record_id"], asked["attributes"])
        elif deed == "archive":
            simulator.archive(kind, asked["record_id"])
        elif deed == "delete":
            simulator.delete(kind, asked["record_id"])
        else:
            raise ValueError(f"no deed {deed!r}: create, edit, archive, delete, merge")
        return {"record": simulator.read(kind, asked["record_id"])}

    def _ask_fault(self, asked: dict[str, Any]) -> Any:
        kind = FaultKind(asked["kind"])
        self._faults.ask(asked["account"], kind, int(asked.get("count", 1)), asked.get("path_contains", ""))
        return {"asked": kind.value}

    def _set(self, asked: dict[str, Any]) -> Any:
        self._settings[asked["account"]].update({name: value for name, value in asked.items() if name != "account"})
        return self._settings[asked["account"]]

    def _make_fields(self, asked: dict[str, Any]) -> Any:
        simulator = self._simulators[asked["account"]]
        fields = [
            CustomField(
                one["kind"],
                one["attribute"],
                one["name"],
                is_number=one.get("is_number") is True,
                is_instant=one.get("is_instant") is True,
            )
            for one in asked["fields"]
        ]
        if isinstance(simulator, HasCustomFields):
            simulator.make_fields(fields)
        return {"fields": [f"{one.kind}.{one.attribute}" for one in fields]}

    def _fill(self, asked: dict[str, Any]) -> Any:
        return self._world.fill(lambda: fill_from(Path(asked["folder"]), self._simulators, self._world.ledger))


def _get(answer: Callable[[], Any]) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        return JSONResponse(answer())

    return endpoint


def _post(answer: Callable[[dict[str, Any]], Any]) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        body = await request.body()
        try:
            said = await request.json() if body else {}
            if not isinstance(said, dict):
                raise ValueError("the body is no object")
            return JSONResponse(answer({**said, **request.path_params}))
        except WorldRefused as error:
            return JSONResponse({"error": str(error)}, 409)
        except KeyError as error:
            return JSONResponse({"error": f"not given, or unknown: {error}"}, 400)
        except (ValueError, OSError) as error:
            return JSONResponse({"error": str(error)}, 400)

    return endpoint
