"""What the contracts of the sandbox and of the connectors are both held against."""

import pytest
from graphql import build_schema


@pytest.fixture(scope="session")
def official(shared):
    """Shopify's own schema."""
    text = shared("platforms/shopify/admin_2026-07.graphql").read_text(encoding="utf-8")
    return build_schema(text, assume_valid=True)
