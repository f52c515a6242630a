"""`python -m sg_pipelines.cli` is `sg`."""

from sg_pipelines.cli.main import run

run()
