"""Read a client file and say everything that is wrong with it, line by line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from sg_pipelines.config.client_file import ClientFile
from sg_pipelines.config.credentials import Environment, lacking
from sg_pipelines.config.problem import Problem, nearest
from sg_pipelines.config.semantics import problems_of
from sg_pipelines.config.yaml_lines import LinedYaml, read_lined
from sg_pipelines.errors import ConfigurationError, SgError, together


def load_client_file(path: Path, environment: Environment | None = None) -> ClientFile:
    """The validated file. ConfigurationError lists every problem as `file:line: what. What to do`; given an environment,
    also what accounts lack there to be let in."""
    return _loaded(path, () if environment is None else (partial(lacking, environment=environment),))


def check_client_file(path: Path) -> ClientFile:
    """The validated file, of which every account names the credentials it needs; which of them are there is not asked."""
    return _loaded(path, (partial(lacking, environment=None),))


def _loaded(path: Path, demands: Sequence[Callable[[ClientFile], Iterable[Problem]]]) -> ClientFile:
    lined = read_lined(path)
    try:
        file = ClientFile.model_validate(lined.data)
    except ValidationError as error:
        raise _refusal(lined, [_from_pydantic(details) for details in error.errors()]) from None
    problems = list(problems_of(file))
    if path.stem != file.client:
        problems.append(Problem(("client",), f"the file is named {path.name}", f"Rename it to {file.client}.yaml"))
    for demand in demands:
        problems += demand(file)
    if problems:
        raise _refusal(lined, problems)
    return file


def _refusal(lined: LinedYaml, problems: Sequence[Problem]) -> SgError:
    placed = sorted({(lined.line_of(problem.location), problem.message, problem.remedy) for problem in problems})
    return together([ConfigurationError(m, where=f"{lined.path}:{line}", remedy=r) for line, m, r in placed])


def _from_pydantic(details: ErrorDetails) -> Problem:
    location, kind = details["loc"], details["type"]
    if kind == "extra_forbidden":
        return Problem(location, f"{location[-1]!r} is not known here", _known_words(location))
    if kind == "missing":
        return Problem(location[:-1], f"{location[-1]!r} is missing", f"Add `{location[-1]}:` here")
    if kind in ("union_tag_invalid", "union_tag_not_found"):
        remedy = "An account is named hubspot, shopify or netsuite, or says `platform: shopify`"
        return Problem(location, f"{location[-1]!r} is no platform", remedy)
    message = details["msg"].removeprefix("Value error, ")
    return Problem(location, f"{location[-1] if location else 'the file'}: {message}")


def _known_words(location: Sequence[str | int]) -> str:
    if len(location) == 1:
        return nearest(str(location[0]), ClientFile.model_fields)
    return "See docs/client-file.md for what may stand here"
