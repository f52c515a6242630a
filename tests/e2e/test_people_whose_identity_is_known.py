"""The same job on 30,000 records whose true identity is known (crm_10k), filled into the sandbox."""

import json

import pytest
from typer.testing import CliRunner

from sg_pipelines.cli.main import app


@pytest.mark.xdist_group("large")
def test_the_job_on_known_people_prints_a_precision_and_a_recall_worth_having(make_home, shared):
    folder = shared("data/identity/crm_10k")
    make_home(people=200)
    runner = CliRunner()
    assert runner.invoke(app, ["sandbox", "fill", str(folder)]).exit_code == 0
    assert runner.invoke(app, ["reconcile", "--json"]).exit_code == 0
    scored = json.loads(runner.invoke(app, ["sandbox", "score", "--json"]).stdout)
    assert scored["precision"] >= 0.97
    assert scored["f1"] >= 0.94
