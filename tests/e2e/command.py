"""`sg` as somebody types it, in this process."""

from typer.testing import CliRunner

from sg_pipelines.cli.main import app
from sg_pipelines.errors import SgError


def sg(*words, code=0):
    """What it prints; what it says was wrong is raised."""
    result = CliRunner().invoke(app, list(words))
    if isinstance(result.exception, SgError):
        raise result.exception
    assert result.exit_code == code, result.output
    return result.stdout
