"""Made-up runs, one for each thing that a report must be able to show."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from perfgoals_lint.lint.outcome import DocumentInfo
from perfgoals_lint.model import Edit, Finding, Fix, Location, Related
from perfgoals_lint.reports import writer
from perfgoals_lint.reports.run import Options, Reason, Report, RuleAccount, RuleInfo, Summary

TEXT = "预算/云溪县.txt"
BOOK = "预算/云溪县.xlsx"
SCAN = "预算/扫描件.pdf"

LINES = {
    (TEXT, 3): "预算金额：12万元",
    (TEXT, 8): "年度目标：修缮田间道路，每年3万元，三年共18万元，方便农户出行。",
    (TEXT, 12): "数量指标\t修缮道路长度\t大于20公里",
    (TEXT, 13): "质量指标\t验收合格率\t有效",
}


def line_text(path: str, line: int) -> str | None:
    """The text of a line of the made-up documents."""
    return LINES.get((path, line))


def rule(
    code: str, name: str, severity: Any, dimension: tuple[str, str], zh: str, en: str
) -> dict[str, RuleInfo]:
    """The rule in both languages, by language."""
    return {
        lang: RuleInfo(
            code,
            name,
            {"zh": zh, "en": en},
            severity,
            dimension[number],
            basis=None,
            precision="high" if severity == "error" else "medium",
            help=lambda: f"# {code} {zh}\n\n{en}.\n",
        )
        for number, lang in enumerate(("zh", "en"))
    }


RULES = {
    "PGC107": rule("PGC107", "empty-value", "error", ("完整性", "completeness"), "指标值为空", "Empty value"),
    "PGF401": rule(
        "PGF401", "bare-judgement", "warning", ("可行性", "feasibility"), "只有笼统判断", "Bare judgement"
    ),
    "PGK602": rule(
        "PGK602", "subtotal-rollup", "error", ("一致性", "consistency"), "合计对不上", "Totals disagree"
    ),
    "PGK605": rule(
        "PGK605", "multi-year-product", "error", ("一致性", "consistency"), "年数乘积不符", "Years × amount"
    ),
    "PGN509": rule(
        "PGN509", "operator-in-words", "info", ("规范性", "notation"), "用文字代替符号", "Operator in words"
    ),
}

ZH = {
    "empty": ("“{0}”没有填指标值。", "填写可以考核的指标值，或删去这一行。"),
    "judgement": ("指标值“有效”无法打分。", "改成数值，或者改成分级的标准。"),
    "product": (
        "每年3万元、三年应为9万元，文中写的是18万元，两处相差9万元。",
        "核对单价和年数，改正其中写错的一处。",
    ),
    "operator": ("“大于”应写成比较符号。", "改成 >20公里。"),
    "total": ("合计120万元，各项目相加为112万元。", "补上漏列的项目，或改正合计。"),
    "budget": "预算金额为12万元",
    "unread": "文件有密码，打不开",
    "layout": "没有认出任何绩效目标表。",
    "layout_advice": "请确认文件里有目标表，或换一种格式另存。",
    "form": "示范县项目绩效目标表",
    "reason": "表头有“实施周期指标值”",
    "crash": "KeyError: 'unit'",
    "not_checked": "没有预算年度",
    "not_applicable": "没有合计或小计行",
    "waived": "局里已同意按原样保留",
    "basis": "《中央部门项目支出核心绩效目标和指标设置及取值指引（试行）》（财预〔2021〕101号）",
    "dimensions": {"C": "完整性", "F": "可行性", "K": "一致性", "N": "规范性", "X": "读取"},
}
EN = {
    "empty": ("“{0}” has no value.", "Give a value that can be measured, or delete the row."),
    "judgement": ("The value “有效” cannot be scored.", "Give a number or a graded standard."),
    "product": (
        "3万元 a year over three years is 9万元, the text says 18万元.",
        "Correct the price, the years or the sum.",
    ),
    "operator": ("“大于” should be an operator.", "Write >20公里."),
    "total": (
        "The total is 120万元, the projects sum up to 112万元.",
        "Add what is missing or correct the total.",
    ),
    "budget": "the budget is 12万元",
    "unread": "the file has a password",
    "layout": "No goal table was recognised.",
    "layout_advice": "See that the file holds a goal table, or save it in another format.",
    "form": "model county form",
    "reason": "the header says 实施周期指标值",
    "crash": "KeyError: 'unit'",
    "not_checked": "fiscal year unknown",
    "not_applicable": "no total rows",
    "waived": "agreed with the bureau",
    "basis": "Guide to core goals and indicators (财预〔2021〕101号)",
    "dimensions": {
        "C": "completeness",
        "F": "feasibility",
        "K": "consistency",
        "N": "notation",
        "X": "reading",
    },
}
TEXTS: dict[str, dict[str, Any]] = {"zh": ZH, "en": EN}


def finding(lang: str, code: str, name: str, severity: Any, text: str, **members: Any) -> Finding:
    """A finding with the wording of ``text`` in a language."""
    message, advice = TEXTS[lang][text]
    level3 = (members.get("indicator") or {}).get("level3")
    given = {
        "message": message.format(level3),
        "advice": advice,
        "document": TEXT,
        "project_name": "田间道路修缮",
        "unit": "云溪县农业农村局",
        "table_index": 0,
        "fingerprint": f"{code.lower()}0123456789",
        **members,
    }
    dimension = TEXTS[lang]["dimensions"][code[2]]
    return Finding(code, name, severity, dimension, **given)


def row(level2: str, level3: str) -> dict[str, str | None]:
    """The identity of an indicator."""
    return {"level1": "产出指标", "level2": level2, "level3": level3}


def operator(lang: str, **members: Any) -> Finding:
    """A finding in a text file, with a span and a safe fix."""
    place = Location(TEXT, line=12, column=13)
    given: dict[str, Any] = {
        "indicator": row("数量指标", "修缮道路长度"),
        "field": "annual_value",
        "quote": "大于20公里",
        "span": (0, 2),
        "location": place,
        "fix": Fix(True, [Edit(place, "annual_value", "大于20公里", ">20公里")]),
        **members,
    }
    return finding(lang, "PGN509", "operator-in-words", "info", "operator", **given)


def product(lang: str) -> Finding:
    """A finding in the goal text, with a calculation, a basis and a related place."""
    return finding(
        lang,
        "PGK605",
        "multi-year-product",
        "error",
        "product",
        field="annual_goal",
        quote="修缮田间道路，每年3万元，三年共18万元，方便农户出行。",
        span=(7, 20),
        location=Location(TEXT, line=8, column=6),
        basis=TEXTS[lang]["basis"],
        evidence={"expression": "3 × 3 = 9 万元 ≠ 18 万元"},
        related=[Related(TEXTS[lang]["budget"], Location(TEXT, line=3))],
    )


def judgement(lang: str, **members: Any) -> Finding:
    """A warning on a row whose both values are known."""
    given: dict[str, Any] = {
        "indicator": row("质量指标", "验收合格率"),
        "values": {"cycle_value": "100%", "annual_value": "有效"},
        "field": "annual_value",
        "quote": "有效",
        "span": (0, 2),
        "location": Location(TEXT, line=13, column=12),
        **members,
    }
    return finding(lang, "PGF401", "bare-judgement", "warning", "judgement", **given)


def empty(lang: str) -> Finding:
    """An error in a workbook: there are no lines, the address is a cell."""
    return finding(
        lang,
        "PGC107",
        "empty-value",
        "error",
        "empty",
        document=BOOK,
        project_name="乡村书屋更新",
        unit=None,
        indicator=row("数量指标", "更新图书册数"),
        field="annual_value",
        location=Location(BOOK, sheet="表 1", cell="E7"),
    )


def total(lang: str) -> Finding:
    """An error that belongs to a document, not to a project."""
    return finding(
        lang,
        "PGK602",
        "subtotal-rollup",
        "error",
        "total",
        document=BOOK,
        project_name=None,
        unit=None,
        table_index=None,
        location=Location(BOOK, sheet="汇总", cell="B3"),
        evidence={"expression": "60 + 52 = 112 万元"},
    )


def unread(lang: str, document: str) -> Finding:
    """A finding on a whole file."""
    return Finding(
        "PGX101",
        "no-table-recognised",
        "error",
        TEXTS[lang]["dimensions"]["X"],
        TEXTS[lang]["layout"],
        document,
        advice=TEXTS[lang]["layout_advice"],
        location=Location(document),
        fingerprint="pgx1010123456789",
    )


def text_info(lang: str) -> DocumentInfo:
    """What is known of the text file."""
    form = TEXTS[lang]["reason"], TEXTS[lang]["form"]
    return DocumentInfo(TEXT, "text", "dump_form", "gd-dg", *form, tables=1, indicators=6)


BOOK_INFO = DocumentInfo(BOOK, "xlsx", "sheet_rows", "gd", tables=2, indicators=9)


def report(lang: str, findings: list[Finding], documents: list[DocumentInfo], **members: Any) -> Report:
    """A report whose summary fits its findings and documents."""
    active = [f for f in findings if f.suppressed is None and f.baseline_state in (None, "new")]
    counts = {
        severity: sum(f.severity == severity for f in active) for severity in ("error", "warning", "info")
    }
    summary = Summary(
        files=len(documents),
        tables=sum(d.tables for d in documents),
        indicators=sum(d.indicators for d in documents),
        findings=len(active),
        suppressed=sum(f.suppressed is not None for f in findings),
        baselined=sum(f.suppressed is None and f.baseline_state == "unchanged" for f in findings),
        unreadable=sum(d.unreadable for d in documents),
        **counts,
    )
    accounting = {code: RuleAccount("passed", {"passed": summary.tables}) for code in RULES}
    for code in {f.rule for f in active} & set(RULES):
        accounting[code] = RuleAccount("found", {"found": 1, "passed": max(summary.tables - 1, 0)})
    given: dict[str, Any] = {
        "rules": {code: entry[lang] for code, entry in RULES.items()},
        "accounting": accounting,
        "line_text": line_text,
        **members,
    }
    return Report(iter(findings), "1.2.3", "0a1b2c3d", lang, documents, summary, **given)


def nothing(lang: str) -> Report:
    """One file, nothing found; one rule did not apply."""
    made = report(lang, [], [text_info(lang)])
    reason = Reason("not_applicable", TEXTS[lang]["not_applicable"])
    inapplicable = RuleAccount("not_applicable", {"not_applicable": 1}, [reason])
    return replace(made, accounting={**made.accounting, "PGK602": inapplicable})


def one(lang: str) -> Report:
    """One error, in the goal text."""
    return report(lang, [product(lang)], [text_info(lang)])


def many(lang: str) -> Report:
    """Several files, severities and carriers."""
    findings = [product(lang), operator(lang), judgement(lang), total(lang), empty(lang)]
    made = report(lang, findings, [text_info(lang), BOOK_INFO])
    made.summary.account = {
        "figures": 45, "agree": 31, "contradict": 2, "alone": 8, "not_understood": 2, "context": 2,
    }  # fmt: skip
    return made


def whole_file(lang: str) -> Report:
    """A file without any table: the finding has no place inside it."""
    return report(lang, [unread(lang, TEXT)], [DocumentInfo(TEXT, "text")])


def unreadable(lang: str) -> Report:
    """A file that could not be opened, beside one that could."""
    broken = DocumentInfo(SCAN, "pdf", unreadable=True, reason=TEXTS[lang]["unread"])
    return report(lang, [operator(lang)], [text_info(lang), broken])


def crashed(lang: str) -> Report:
    """A rule that crashed and one that could not be checked."""
    made = report(lang, [operator(lang)], [text_info(lang)])
    broken = RuleAccount("crashed", {"crashed": 1}, [Reason("crashed", TEXTS[lang]["crash"])])
    unknown = RuleAccount(
        "not_checked", {"not_checked": 1}, [Reason("not_checked", TEXTS[lang]["not_checked"])]
    )
    return replace(made, accounting={**made.accounting, "PGK602": broken, "PGK605": unknown})


def suppressed(lang: str) -> Report:
    """One finding suppressed, one known before, one new."""
    waived = operator(lang, suppressed={"kind": "inline", "reason": TEXTS[lang]["waived"]})
    return report(
        lang,
        [
            waived,
            judgement(lang, baseline_state="unchanged"),
            judgement(lang, baseline_state="new", fingerprint="x-2"),
        ],
        [text_info(lang)],
    )


def blank_path(lang: str) -> Report:
    """A Chinese path with blanks and with what is special in commands and markup."""
    path = "2024 年度/表13 (终稿), 定:稿.txt"
    place = Location(path, line=12, column=13)
    found = operator(lang, document=path, location=place, fix=None)
    return report(lang, [found], [DocumentInfo(path, "text", "dump_form", "gd", tables=1, indicators=6)])


def astral(lang: str) -> Report:
    """Characters outside the basic plane in front of the marked part, and characters that must not get out raw."""
    path = "astral.txt"
    line = "𠮷野村\x1b[31m\u202e路\t<b>大于20公里</b>&@all"
    value = "<b>大于20公里</b>&@all"
    found = operator(
        lang,
        document=path,
        project_name="𠮷野村\x1b[31m\u202e道路",
        indicator=row("数量指标", "𠮷野村\x1b[31m\u202e路"),
        quote=value,
        span=(3, 5),
        location=Location(path, line=1, column=line.index("<") + 1),
        fix=None,
    )
    document = DocumentInfo(path, "text", "dump_form", "gd", tables=1, indicators=6)
    return report(lang, [found], [document], line_text=lambda _, number: line if number == 1 else None)


SCENARIOS: dict[str, Callable[[str], Report]] = {
    made.__name__: made
    for made in (nothing, one, many, whole_file, unreadable, crashed, suppressed, blank_path, astral)
}


def render(form: str, made: Report, **options: Any) -> str:
    """The report in a format, as text."""
    out = io.StringIO()
    writer(form)(made, out, Options(**options))
    return out.getvalue()
