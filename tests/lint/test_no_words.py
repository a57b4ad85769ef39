"""What checks recognise in Chinese stands in the rulebook, where it says why, and not in their code."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from perfgoals_lint import lint
from perfgoals_lint.rulebook.lexicons import expression, words
from perfgoals_lint.rulebook.policy import lexicon

LINT = Path(lint.__file__).parent
CHINESE = re.compile("[\u4e00-\u9fff]")
UNITS = {"元", "万元", "年", "年度", "天", "人", "个", "分", "点"}
NUMERALS = {"万亿", "万亿百千", "一二三四"}
HEADS = {"率", "比", "数", "量", "数量", "指标", "满意", "单位"}
"""What the end of a name is called by in the grammar of names itself."""
PARTICLES = {"的", "每", "均", "化"}


def literals(path: Path) -> Iterator[str]:
    """The texts of a module, its docstrings aside."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    told = {
        id(statement.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        for statement in node.body
        if isinstance(statement, ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            yield node.value


def test_checks_hold_no_words_of_their_own() -> None:
    paths = sorted(LINT.rglob("*.py"))
    assert len(paths) > 100
    found = {
        f"{path.relative_to(LINT)}: {text}"
        for path in paths
        for text in literals(path)
        if CHINESE.search(text) and text not in UNITS | NUMERALS | HEADS | PARTICLES
    }
    assert not found


def test_every_expression_of_the_rulebook_can_be_read_and_is_asked_for() -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in LINT.parent.rglob("*.py"))
    for group, entries in lexicon("expressions").items():
        for name in entries:
            expression(f"{group}.{name}")
            assert f"{group}.{name}" in code or f"{group}.{{" in code, f"nothing asks for {group}.{name}"


def test_a_list_in_an_expression_stands_for_any_of_its_words() -> None:
    done = expression("stale_year.done")
    for word in words("years.finished"):
        found = done.match(f"年3月底{word}")
        assert found is not None
        assert found["verb"] == word
