"""The plug-in's pages, judged by the project's own tester."""

from qinghe_rules import PAGES

from perfgoals_lint.packs.testing import assert_pages


def test_pages() -> None:
    assert_pages(PAGES)
