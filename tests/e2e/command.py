"""`sg` as somebody types it, in this process."""

from typer.testing import CliRunner

from sg_pipelines.cli.main import app


def sg(*words, code=0):
    """What it prints; what it says was wrong is raised."""
    result = CliRunner().invoke(app, list(words))
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == code, result.output
    return result.stdout
