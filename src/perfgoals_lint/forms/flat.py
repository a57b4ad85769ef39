"""The flat authoring form, for spreadsheets: one row an indicator, the project's columns filled in its first row.

``行类型`` says what a row is: 项目 begins a project (and may hold its first indicator), 指标 goes on with it, 任务 is a main
task of the year, 合计 a sum row, 分项目标 a narrative sub-goal, 待核对 what is to be compared with the original; the
last four have their name under 项目名称.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from typing import Any

from perfgoals_lint.forms.convert import document_data
from perfgoals_lint.forms.keys import INDICATOR_KEYS, PROJECT_KEYS, meant
from perfgoals_lint.forms.traits import KIND
from perfgoals_lint.model import SOURCES, Document
from perfgoals_lint.rulebook.patterns import compiled

_YUAN = "（元）"
_SOURCE = "资金来源："
_PLAN = compiled(r"^(?!\[)[^=；]+=[^=；]*(?:；[^=；]+=[^=；]*)*$")
_RISKY = compiled(r"^[=+\-@'\t\r]")
_QUOTED = compiled(r"^'(?=[=+\-@'\t\r])")
_TEXTS = [
    key
    for name, key in PROJECT_KEYS.items()
    if name
    not in {"period", "budget_yuan", "funding_yuan", "disbursement_plan", "tasks", "indicators", "truncated"}
]
_INDICATORS = [key for name, key in INDICATOR_KEYS.items() if name != "truncated"]
_CUT_PROJECT, _CUT_ROW = "项目截断", "行截断"
_TOTAL = ("全表合计", "首项目", "末项目")
_GOAL = ("目标", "指标")
_DOUBT = "事项"
_CONTENT = "主要内容"


def rows_of(document: Document) -> list[list[str]]:
    """The document as rows of the flat form, the header first. Columns that nothing fills are left out, the
    indicator columns and a project's name and goals never."""
    records = list(_records(document_data(document)))
    sources = [name for r in records for name in r if name.startswith(_SOURCE)]
    columns = [KIND, *_columns(list(dict.fromkeys(sources)))]
    always = {KIND, "项目名称", "年度目标", "一级指标", "三级指标", "年度指标值"}
    used = {key for record in records for key in record} | always
    columns = [column for column in columns if column in used]
    return [columns, *([record.get(column, "") for column in columns] for record in records)]


def _columns(sources: Sequence[str]) -> list[str]:
    head = [key for key in _TEXTS if key not in ("资金用途", "实施周期总目标", "年度目标")]
    goals = ["资金用途", "实施周期总目标", "年度目标", "资金支出计划", _CUT_PROJECT]
    money = ["起始年度", "到期年度", "预算金额" + _YUAN, *sources]
    return [*head, *money, *goals, *_INDICATORS, _CUT_ROW, _CONTENT, *_TOTAL, *_GOAL, _DOUBT]


def _records(data: dict[str, Any]) -> list[dict[str, str]]:
    records = []
    for project in data["项目"]:
        first = {KIND: "项目"} | _project_cells(project)
        rows = [_indicator_cells(row) for row in project.get("绩效指标", ())]
        records.append(first | (rows[0] if rows else {}))
        records += [{KIND: "指标"} | row for row in rows[1:]]
        records += [{KIND: "任务"} | _task_cells(task) for task in project.get("年度主要任务", ())]
    for total in data.get("合计", ()):
        cells = {KIND: "合计", "项目名称": total["名称"], "预算金额" + _YUAN: total.get("总计", "")}
        records.append(cells | _money_cells(total) | {key: str(total[key]) for key in _TOTAL if key in total})
    for goal in data.get("分项绩效目标", ()):
        records.append(
            {KIND: "分项目标", "项目名称": goal["名称"], **{k: goal[k] for k in _GOAL if k in goal}}
        )
    for doubt in data.get("待核对", ()):
        records.append({KIND: "待核对", "项目名称": doubt["何处"], _DOUBT: doubt[_DOUBT]})
    return records


def _project_cells(project: dict[str, Any]) -> dict[str, str]:
    cells = {key: str(project[key]) for key in _TEXTS if key in project}
    cells |= {key: str(year) for key, year in project.get("实施周期", {}).items()}
    if "预算金额" in project:
        cells["预算金额" + _YUAN] = project["预算金额"]
    if "截断" in project:
        cells[_CUT_PROJECT] = project["截断"]
    if "资金支出计划" in project:
        steps = [(step["时间"], step["比例"]) for step in project["资金支出计划"]]
        simple = "；".join(f"{when}={share}" for when, share in steps)
        exact = _PLAN.match(simple) and _steps(simple) == [list(step) for step in steps]
        cells["资金支出计划"] = simple if exact else json.dumps(steps, ensure_ascii=False)
    return cells | _money_cells(project)


def _task_cells(task: dict[str, Any]) -> dict[str, str]:
    cells = {
        "项目名称": task["任务名称"],
        "预算金额" + _YUAN: task.get("预算金额", ""),
        _CONTENT: task.get("主要内容", ""),
    }
    return cells | _money_cells(task)


def _money_cells(part: dict[str, Any]) -> dict[str, str]:
    return {f"{_SOURCE}{name}{_YUAN}": amount for name, amount in part.get("资金来源", {}).items()}


def _indicator_cells(row: dict[str, Any]) -> dict[str, str]:
    cells = {key: str(row[key]) for key in _INDICATORS if key in row}
    return cells | ({_CUT_ROW: row["截断"]} if "截断" in row else {})


def _steps(text: str) -> list[list[str]]:
    return [step.split("=", 1) for step in text.split("；")]


# --- back ---------------------------------------------------------------------------------------------------------

Texts = Mapping[str, str]
"""The filled cells of a row by column name."""


def is_column(name: str) -> bool:
    """Is this a column of the flat form?"""
    return name in _columns(()) or name == KIND or name.startswith(_SOURCE)


def nearest_column(name: str) -> str:
    """The column that an unknown name probably means."""
    return meant(name, _columns([_SOURCE + source + _YUAN for source in SOURCES.values()]))


def parts_of(name: str) -> list[tuple[str, ...]]:
    """The keys of the form, inside a project, indicator or sum row, that a column fills."""
    if name in ("起始年度", "到期年度"):
        return [("实施周期", name), ("实施周期",)]
    if name.startswith(_SOURCE):
        return [("资金来源", name.removeprefix(_SOURCE).removesuffix(_YUAN)), ("资金来源",)]
    renamed = {"预算金额" + _YUAN: "预算金额", _CUT_PROJECT: "截断", _CUT_ROW: "截断"}
    return [(renamed.get(name, name),)]


def project_of(texts: Texts) -> dict[str, Any]:
    """The project's own part of a row, as data of the form."""
    project: dict[str, Any] = {key: texts[key] for key in _TEXTS if key in texts}
    period = {key: texts[key] for key in ("起始年度", "到期年度") if key in texts}
    if period:
        project["实施周期"] = period
    if "预算金额" + _YUAN in texts:
        project["预算金额"] = texts["预算金额" + _YUAN]
    if funding := funding_of(texts):
        project["资金来源"] = funding
    if _CUT_PROJECT in texts:
        project["截断"] = texts[_CUT_PROJECT]
    if "资金支出计划" in texts:
        project["资金支出计划"] = _plan_of(texts["资金支出计划"])
    return project


def _plan_of(text: str) -> Any:
    steps: Any = _steps(text)
    if text.startswith("["):
        try:
            steps = json.loads(text)
        except (ValueError, RecursionError):
            return text
    if isinstance(steps, list) and all(isinstance(step, list) and len(step) == 2 for step in steps):
        return [{"时间": when, "比例": share} for when, share in steps]
    return text


def funding_of(texts: Texts) -> dict[str, str]:
    """The sources of funds of a row."""
    named = {name: text for name, text in texts.items() if name.startswith(_SOURCE)}
    return {name.removeprefix(_SOURCE).removesuffix(_YUAN): text for name, text in named.items()}


def indicator_of(texts: Texts) -> dict[str, Any]:
    """The indicator of a row, as data of the form; blank when the row has none."""
    row = {key: texts[key] for key in _INDICATORS if key in texts}
    if _CUT_ROW in texts:
        row["截断"] = texts[_CUT_ROW]
    return row


def task_of(texts: Texts) -> dict[str, Any]:
    """A main task of the year, as data of the form."""
    task: dict[str, Any] = {"任务名称": texts.get("项目名称", "")}
    if "预算金额" + _YUAN in texts:
        task["预算金额"] = texts["预算金额" + _YUAN]
    if _CONTENT in texts:
        task[_CONTENT] = texts[_CONTENT]
    funding = funding_of(texts)
    return task | ({"资金来源": funding} if funding else {})


def total_of(texts: Texts) -> dict[str, Any]:
    """A sum row, as data of the form."""
    total: dict[str, Any] = {"名称": texts.get("项目名称", "")}
    if "预算金额" + _YUAN in texts:
        total["总计"] = texts["预算金额" + _YUAN]
    return total | {"资金来源": funding_of(texts)} | {key: texts[key] for key in _TOTAL if key in texts}


def subgoal_of(texts: Texts) -> dict[str, Any]:
    """A narrative sub-goal, as data of the form."""
    name = {"名称": texts.get("项目名称", "")}
    return name | {key: texts[key] for key in _GOAL if key in texts}


def doubt_of(texts: Texts) -> dict[str, Any]:
    """What is to be compared with the original, as data of the form."""
    return {"何处": texts.get("项目名称", ""), _DOUBT: texts.get(_DOUBT, "")}


# --- csv ----------------------------------------------------------------------------------------------------------


def to_csv(rows: Sequence[Sequence[str]]) -> str:
    """Rows as CSV for spreadsheets: with a byte-order mark, and what a spreadsheet would take for a formula with an
    apostrophe in front, as spreadsheets themselves mark text."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerows([["'" + text if _RISKY.match(text) else text for text in row] for row in rows])
    return "\ufeff" + out.getvalue()


def unmarked(text: str) -> str:
    """A CSV field without the apostrophe that marks it as text."""
    return _QUOTED.sub("", text)
