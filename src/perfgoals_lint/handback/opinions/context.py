"""What a form is filled with: plain texts by the names of their placeholders, and lists of such for repeated parts."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cache
from typing import Any

from perfgoals_lint.handback.entries import FindingEntry
from perfgoals_lint.handback.opinions.bookmarks import FINGERPRINT
from perfgoals_lint.handback.opinions.subjects import Subject
from perfgoals_lint.handback.wording import HandbackWords
from perfgoals_lint.model import SEVERITIES
from perfgoals_lint.rulebook.policy import rules_dir

Value = str | list[dict[str, Any]]
Context = dict[str, Any]


@cache
def questions() -> dict[str, Any]:
    """The questions of ``rules/opinions/questions.yaml``."""
    import yaml

    text = (rules_dir() / "opinions" / "questions.yaml").read_text(encoding="utf-8")
    data: dict[str, Any] = yaml.safe_load(text)
    return data


def question_of(code: str) -> str | None:
    """The question to which a finding of a rule gives an answer: that with the longest code it begins with."""
    best: tuple[int, str | None] = (0, None)
    for question in questions()["questions"]:
        for prefix in question["codes"]:
            if code.startswith(prefix) and len(prefix) > best[0]:
                best = (len(prefix), question["name"])
    return best[1]


def context_of(subjects: Sequence[Subject], words: HandbackWords, ruleset: str) -> Context:
    """The context of a form over some projects. Grade, signature and date are people's: they have no placeholder."""
    named = [subject for subject in subjects if subject.project]
    units = list(dict.fromkeys(subject.unit for subject in subjects if subject.unit))
    budgets = [subject.budget for subject in named if subject.budget is not None]
    total = Subject("", "", "", budget=sum(budgets, Decimal(0))) if budgets else None
    entries = [entry for subject in subjects for entry in subject.entries]
    return {
        "单位": words("address.list").join(units) or words("opinion.no_unit"),
        "项目数": str(len(named)),
        "预算金额": total.budget_shown if total else "",
        "规则版本": ruleset,
        "问题数": str(len(entries)),
        "项目": [_project(subject, words) for subject in subjects],
        "问题": [_problem(number, entry, words) for number, entry in enumerate(entries, 1)],
    }


def _project(subject: Subject, words: HandbackWords) -> Context:
    context: Context = {
        "项目名称": subject.project or words("opinion.no_project"),
        "项目编码": subject.code,
        "单位": subject.unit or words("opinion.no_unit"),
        "预算金额": subject.budget_shown,
        "文件": subject.document,
        "问题数": str(len(subject.entries)),
        "问题": [_problem(number, entry, words) for number, entry in enumerate(subject.entries, 1)],
    }
    by_question: dict[str, list[FindingEntry]] = {}
    for entry in subject.entries:
        by_question.setdefault(question_of(entry.rule) or "", []).append(entry)
    for question in questions()["questions"]:
        context[question["name"]] = _answer(question, by_question.get(question["name"], []), words)
    blocks = {question["name"]: question["block"] for question in questions()["questions"]}
    for column, held in questions()["columns"].items():
        found = [e for e in subject.entries if blocks.get(question_of(e.rule) or "") in held]
        context[f"{column}审核"] = sentences(found, words) or words("opinion.passed")
    counts = {severity: sum(e.severity == severity for e in subject.entries) for severity in SEVERITIES}
    context["小结"] = words("summary.join").join(
        words(f"summary.{severity}", n=count) for severity, count in counts.items() if count
    ) or words("opinion.passed")
    return context


def _answer(question: Mapping[str, Any], entries: Sequence[FindingEntry], words: HandbackWords) -> str:
    """A first opinion on one question; where rules reach only a part of it or none, people are asked."""
    if question["reach"] == "none":
        return words("opinion.human", ask=question["ask"])
    text = sentences(entries, words) or words("opinion.none")
    return text if question["reach"] == "full" else f"{text}\n{words('opinion.partly')}"


def sentences(entries: Sequence[FindingEntry], words: HandbackWords) -> str:
    """The findings as numbered sentences, one a line: place, printed text, problem, how to write."""
    lines = []
    for number, entry in enumerate(entries, 1):
        key = "opinion.printed" if entry.printed and entry.printed not in entry.problem else "opinion.where"
        where = words(key, place=entry.place, printed=entry.printed)
        advice = words("opinion.advice", advice=entry.advice) if entry.advice else ""
        lines.append(words("opinion.sentence", n=number, where=where, problem=entry.problem, advice=advice))
    return "\n".join(lines)


def _problem(number: int, entry: FindingEntry, words: HandbackWords) -> Context:
    return {
        "序号": str(number),
        "级别": words(f"severity.{entry.severity}"),
        "审核内容": entry.dimension,
        "文件": entry.document,
        "位置": entry.place,
        "单位": entry.unit,
        "项目": entry.project,
        "指标": entry.indicator,
        "原文": entry.printed,
        "问题": entry.problem,
        "建议": entry.advice,
        "依据": entry.basis,
        "规则": entry.rule,
        FINGERPRINT: entry.fingerprint,
    }
