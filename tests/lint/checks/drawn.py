"""Small goal tables drawn as text, and what single rules say of them."""

from __future__ import annotations

from perfgoals_lint.lint.engine import Engine
from perfgoals_lint.model import Document, Finding
from perfgoals_lint.packs.samples import samples_of
from perfgoals_lint.rulebook import rules as rulebook

HEADER = "| 一级 | 二级 | 三级 | 年度值 |\n|---|---|---|---|\n"
CYCLE = "| 一级 | 二级 | 三级 | 周期值 | 年度值 |\n|---|---|---|---|---|\n"
KITES = "- 项目名称：风筝节"
ROW = "产出|数量|场次|≥3场"


def drawn(*lines: str, header: str = HEADER) -> Document:
    """The document that lines in the notation of the rule pages stand for; rows are written ``产出|数量|名称|值``."""
    text: list[str] = []
    for line in lines:
        if line.startswith("- "):
            text.append(line)
        else:
            if not text or text[-1].startswith("- "):
                text.append(header.rstrip())
            text.append(f"| {' | '.join(line.split('|'))} |")
    return samples_of("## 正例\n" + "\n".join(text) + "\n", "drawn")[0].document


def found(code: str, *lines: str, framework: str = "mof15", header: str = HEADER) -> list[Finding]:
    """The findings of one rule on a drawn document; a crash fails the test."""
    findings = (
        Engine(rulebook.load().find(code), framework=framework, forced=frozenset({code}))
        .check(drawn(*lines, header=header))
        .findings
    )
    assert all(finding.rule == code for finding in findings), [finding.message for finding in findings]
    return findings


def names(findings: list[Finding]) -> list[str | None]:
    """The level-3 names of the rows that findings are about; ``None`` for findings on a project."""
    return [finding.indicator["level3"] if finding.indicator else None for finding in findings]


def goal(code: str, text: str, *, cycle: str | None = None, rows: tuple[str, ...] = (ROW,)) -> list[Finding]:
    """The findings of a rule on an annual goal (and a cycle goal) of the fiscal year 2025."""
    goals = [f"- 年度目标：{text}", *([f"- 周期目标：{cycle}"] if cycle else [])]
    return found(code, KITES, "- 预算年度：2025", *goals, *rows, framework="gd-dg")
