"""A selector that names no rule is told what it may have meant, or what a selector can be."""

from __future__ import annotations

import pytest

from cli.commands import EXAMPLES, run
from perfgoals_lint.rulebook.rules import Rulebook, UnknownRuleError


def said(selector: str, lang: str) -> str:
    done = run("check", EXAMPLES / "small-form.txt", "--select", selector, "--lang", lang)
    assert done.returncode == 2
    line: str = done.stderr.decode().strip()
    assert "\n" not in line
    return line


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_unknown_word_gets_help(lang: str) -> None:
    for word in ("prose", "一致"):
        line = said(word, lang)
        assert ("是否指" if lang == "zh" else "did you mean") in line or "PGK601" in line, word


def test_a_part_of_a_name_leads_to_names_that_have_it() -> None:
    book = Rulebook.load()
    parts = {part for rule in book for part in rule.name.split("-") if len(part) > 2}
    helped = {}
    for part in parts:
        try:
            book.find(part)
        except UnknownRuleError as error:
            helped[part] = error.near
    assert helped
    assert all(helped.values()), helped
