"""The architecture's guide leads to places that exist, and so do links between documents."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
DOCUMENTS = sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])
CODE = re.compile(r"`([a-z_]+(?:/[A-Za-z_]+)+(?:\.py|/))`")
LINK = re.compile(r"\]\(([^)#:]+)(?:#[^)]*)?\)")


def test_every_path_that_the_architecture_names_exists():
    named = CODE.findall((ROOT / "docs" / "architecture.md").read_text(encoding="utf-8"))
    lost = [path for path in named if not any((base / path).exists() for base in (ROOT, ROOT / "sg_pipelines"))]
    assert len(named) > 30
    assert lost == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_of_a_document_leads_somewhere(document):
    named = LINK.findall(document.read_text(encoding="utf-8"))
    assert [path for path in named if not (document.parent / path).exists()] == []
