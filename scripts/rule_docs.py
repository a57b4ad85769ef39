"""Write the rule reference ``docs/rules/`` (zh and en) from the rule pages; ``--check`` only says whether it is current."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from perfgoals_lint.rulebook import rules as rulebook
from perfgoals_lint.rulebook.measured import measured, shares
from perfgoals_lint.rulebook.messages import message
from perfgoals_lint.rulebook.policy import lexicon
from perfgoals_lint.rulebook.rule import Rule

DOCS = Path(__file__).parents[1] / "docs" / "rules"
ZH = ("检查什么", "为什么", "反例", "正例", "例外")
EN = {
    "What it checks": "What it checks",
    "Why": "Why",
    "反例": "Bad",
    "正例": "Good",
    "Exceptions": "Exceptions",
}
WORDS = {
    "zh": {"index": "规则一览", "code": "代码", "title": "规则", "severity": "级别", "dimension": "维度", "basis": "依据", "off": "默认关闭", "because": "级别的理由: {reason}", "measured": "评测: 准确率 {precision}，查出率 {recall}（{rows} 条标注样本）"},
    "en": {"index": "Rules", "code": "Code", "title": "Rule", "severity": "Severity", "dimension": "Dimension", "basis": "Basis", "off": "off by default", "because": "Why this severity: {reason}", "measured": "Measured: precision {precision}, recall {recall} ({rows} labelled rows)"},
}  # fmt: skip


def sections(page: str) -> dict[str, str]:
    """The sections of a page by heading."""
    parts = re.split(r"^## (.+)$", page, flags=re.MULTILINE)
    return {heading: body.strip() for heading, body in zip(parts[1::2], parts[2::2], strict=True)}


def rule_page(rule: Rule, lang: str) -> str:
    """The reference page of one rule in one language."""
    found = sections(rulebook.page_text(rule))
    words = WORDS[lang]
    sources = lexicon("sources")
    basis = "；".join(sources[name][lang] for name in rule.basis)
    facts = [
        f"{words['dimension']}: {message('engine', f'dimensions.{rule.letter}', lang)}",
        f"{words['severity']}: {rule.severity}" + ("" if rule.is_on else f" ({words['off']})"),
    ]
    if reason := rulebook.why_severe(rule, lang):
        facts.append(words["because"].format(reason=reason))
    figures = measured(rule.code)
    if figures:
        facts.append(words["measured"].format(**shares(figures)))
    lines = [f"# {rule.code} {rule.name}", rule.text("title", lang) or "", "  \n".join(facts)]
    if basis:
        lines.append(f"{words['basis']}: {basis}")
    for heading, shown in {name: name for name in ZH}.items() if lang == "zh" else EN.items():
        lines.append(f"## {shown}\n\n{found[heading]}")
    return "\n\n".join(lines) + "\n"


def index_page(book: rulebook.Rulebook, lang: str) -> str:
    """The list of all rules in one language."""
    words = WORDS[lang]
    rows = [
        f"| [{rule.code}]({rule.code}.md) | {rule.text('title', lang)} | {rule.severity} "
        f"| {message('engine', f'dimensions.{rule.letter}', lang)} |"
        for rule in book
    ]
    head = f"| {words['code']} | {words['title']} | {words['severity']} | {words['dimension']} |\n|---|---|---|---|"
    return f"# {words['index']}\n\n{head}\n" + "\n".join(rows) + "\n"


def pages() -> dict[Path, str]:
    """Every file of the reference and what it should hold."""
    book = rulebook.load()
    found = {}
    for lang in WORDS:
        found[DOCS / lang / "README.md"] = index_page(book, lang)
        for rule in book:
            found[DOCS / lang / f"{rule.code}.md"] = rule_page(rule, lang)
    return found


def main() -> int:
    wanted = pages()
    present = {path: path.read_text(encoding="utf-8") for path in DOCS.rglob("*.md")}
    if present == wanted:
        return 0
    if "--check" in sys.argv:
        stale = sorted(
            str(path.name) for path in {*wanted, *present} if wanted.get(path) != present.get(path)
        )
        print(f"docs/rules is not current ({', '.join(stale[:5])} …): run python scripts/rule_docs.py")
        return 1
    for path in present.keys() - wanted.keys():
        path.unlink()
    for path, text in wanted.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
