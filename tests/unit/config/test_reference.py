"""The page and the schema in the repository are what the models say."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sg_pipelines.cli.main import app
from sg_pipelines.config.client_file import ClientFile
from sg_pipelines.config.reference import json_schema, reference_page

ROOT = Path(__file__).resolve().parents[3]
CLIENTS = sorted((ROOT / "clients").glob("*.yaml"))


def test_the_reference_page_is_the_one_the_models_give():
    assert (ROOT / "docs" / "client-file.md").read_text(encoding="utf-8") == reference_page()


def test_the_schema_for_editors_is_the_one_the_models_give():
    assert json.loads((ROOT / "clients" / "schema.json").read_text(encoding="utf-8")) == json_schema()


def test_every_line_of_the_file_has_a_meaning():
    assert all(field.description for field in ClientFile.model_fields.values())
    assert "| None |" not in reference_page()


@pytest.mark.parametrize("path", CLIENTS, ids=lambda path: path.stem)
def test_client_files_that_ship_are_right(path):
    answer = CliRunner().invoke(app, ["client", "check", str(path)])
    assert answer.exit_code == 0, answer.output
    assert "is right" in answer.output


def test_a_field_may_name_accounts_in_the_schema():
    field = json_schema()["$defs"]["FieldSettings"]
    assert field["additionalProperties"]["type"] == "string"
    assert "owner" in field["properties"]
