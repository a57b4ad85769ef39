"""A rule is found by its name: the module of its check is called as its page."""

from __future__ import annotations

from pathlib import Path

import pytest

RULES = Path(__file__).parents[2] / "rules"
PAGES = sorted(page for page in RULES.glob("*/PG*.md") if "kind: python" in page.read_text(encoding="utf-8"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_check_is_a_module_named_as_its_page(page: Path) -> None:
    name = page.stem.partition("-")[2].replace("-", "_")
    assert f"function: {page.parent.name}.{name}." in page.read_text(encoding="utf-8")
