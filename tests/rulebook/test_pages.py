"""Every rule page's own samples: a bad sample must give the marked findings and no other, a good one none."""

from __future__ import annotations

import pytest

from perfgoals_lint.packs.testing import page_failures
from perfgoals_lint.rulebook import policy
from perfgoals_lint.rulebook import rules as rulebook
from perfgoals_lint.rulebook.policy import lexicon

BOOK = rulebook.load()


@pytest.mark.parametrize("rule", list(BOOK), ids=lambda rule: rule.code)
def test_page(rule: rulebook.Rule) -> None:
    assert page_failures(rule) == []
    for text in (rule.title, rule.message):
        assert set(text) == {"zh", "en"}
    assert str(rule.page).split("/")[1] == f"{rule.code}-{rule.name}.md"


def test_codes_and_names_are_used_once() -> None:
    names = [rule.name for rule in BOOK]
    assert len(set(names)) == len(names)
    pages = list(policy.rules_dir().rglob("*.md"))
    assert len(pages) == len(BOOK.rules)


def test_index_is_current() -> None:
    assert policy.index()["digest"] == policy.digest_of(policy.rules_dir())


def test_every_rule_says_why_it_has_its_severity() -> None:
    """By a kind of reason that stands for that very severity."""
    kinds = lexicon("severities")
    wrong = {
        rule.code: rule.because or ""
        for rule in rulebook.load()
        if kinds.get(rule.because or "", {}).get("severity") != rule.severity
    }
    assert wrong == {}


def test_every_basis_is_a_known_document() -> None:
    known = lexicon("sources")
    assert {name for rule in rulebook.load() for name in rule.basis} - known.keys() == set()
    assert {rule.code for rule in rulebook.load() if not rule.basis} == set()
