"""Read a client file and say everything that is wrong with it, line by line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path

from pydantic import ValidationError

from sg_pipelines.config.client_file import ClientFile
from sg_pipelines.config.credentials import Environment, lacking
from sg_pipelines.config.problem import Problem
from sg_pipelines.config.semantics import problems_of
from sg_pipelines.config.shapes import misshapen
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
        raise _refusal(lined, [misshapen(details) for details in error.errors()]) from None
    problems = list(problems_of(file))
    if path.stem != file.client:
        problems.append(
            Problem(
                ("client",),
                f"the file is named {path.name}",
                f"Write `client: {path.stem}`, or rename it to {file.client}.yaml",
            )
        )
    for demand in demands:
        problems += demand(file)
    if problems:
        raise _refusal(lined, problems)
    return file


def _refusal(lined: LinedYaml, problems: Sequence[Problem]) -> SgError:
    placed = sorted({(lined.line_of(problem.location), problem.message, problem.remedy) for problem in problems})
    return together([ConfigurationError(m, where=f"{lined.path}:{line}", remedy=r) for line, m, r in placed])
