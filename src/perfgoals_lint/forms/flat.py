"""The flat authoring form, for spreadsheets: one row an indicator, the project's columns filled in its first row.

``行类型`` says what a row is: 项目 begins a project (and may hold its first indicator), 指标 goes on with it, 任务 is a main
task of the year, 合计 a sum row, 分项目标 a narrative sub-goal, 待核对 what is to be compared with the original; the
last four have their name under 项目名称.
"""

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
_PLAN = compiled(r"^(?!\[)[^=；]+=[^=；]*(?:；[^=；]+=[^=；]*)*$")
_RISKY = compiled(r"^[=+\-@'\t\r]")
_QUOTED = compiled(r"^'(?=[=+\-@'\t\r])")
_TEXTS = [
    key
    for name, key in PROJECT_KEYS.items()
    if name
    not in {"period", "budget_yuan", "funding_yuan", "funding_tree", "fields", "unknown", "truncated"}
    | {"disbursement_plan", "tasks", "indicators", "headings", "header"}
]
_INDICATORS = [key for name, key in INDICATOR_KEYS.items() if name not in {"columns", "unknown", "truncated"}]
_BUDGET = "预算金额" + _YUAN
_CUT_PROJECT, _CUT_ROW = "项目截断", "行截断"
_PERIOD = ("起始年度", "起始月份", "到期年度", "到期月份")
_COLUMNS = "原表空白列"
_BETWEEN = {_COLUMNS: "\n"}
"""What stands between the entries of a list, elsewhere a comma; a header may hold one."""
_BLANK = "原表空白栏目"
_LISTS = {
    "项目": {"未读出": "项目未读出", _COLUMNS: _COLUMNS, _BLANK: _BLANK},
    "指标": {"未读出": "行未读出"},
}
"""The lists of the form that one cell holds, by kind of row, with their columns."""
_MAPS = {
    "资金来源": ("资金来源：", _YUAN),
    "资金来源明细": ("资金明细：", _YUAN),
    "其他栏目": ("栏目：", ""),
    "原表栏名": ("栏名：", ""),
    "其他列": ("列：", ""),
}
"""Parts of the form that have a column for every name in them: what stands before and behind that name. The parts of a
source have the source and a colon before theirs; a colon in the name of the source has a backslash in front of it."""
_SOURCE = compiled(r"((?:\\[\\：]|[^：])*+)：")
_COLON = compiled(r"[\\：]")
_MARKED = compiled(r"\\([\\：])")
_TOTAL = ("全表合计", "首项目", "末项目")
_GOAL = ("目标", "指标")
_DOUBT = "事项"
_CONTENT = "主要内容"
_NAME = "项目名称"


def _same(keys: Sequence[str]) -> dict[str, str]:
    return dict(zip(keys, keys, strict=True))


_PARTS = {
    "项目": _same(_TEXTS) | {"预算金额": _BUDGET, "截断": _CUT_PROJECT},
    "指标": _same(_INDICATORS) | {"截断": _CUT_ROW},
    "任务": {"任务名称": _NAME, "预算金额": _BUDGET, _CONTENT: _CONTENT},
    "合计": {"名称": _NAME, "总计": _BUDGET} | _same(_TOTAL),
    "分项目标": {"名称": _NAME} | _same(_GOAL),
    "待核对": {"何处": _NAME, _DOUBT: _DOUBT},
}
"""The kinds of rows: the keys of the form that each fills, with their columns."""
EXTRAS = {"合计": "合计", "分项目标": "分项绩效目标", "待核对": "待核对"}
"""Kinds of rows that belong to no project: their key in the form."""
_MAPS_OF = {
    "项目": ("资金来源", "资金来源明细", "其他栏目", "原表栏名"),
    "任务": ("资金来源",),
    "合计": ("资金来源",),
    "指标": ("其他列",),
}


def rows_of(document: Document) -> list[list[str]]:
    """The document as rows of the flat form, the header first. Columns that nothing fills are left out, the
    indicator columns and a project's name and goals never."""
    data = document_data(document)
    for project in data["项目"]:
        project[_BLANK] = [key for key, value in project.items() if value is None]
    return rows_from(data)


def rows_from(data: dict[str, Any]) -> list[list[str]]:
    """Data of the form as rows of the flat form; what is ``None`` has a column and nothing in it."""
    records = _records(data)
    mapped = [name for record in records for name in record if _part_of_map(name)]
    columns = [KIND, *_columns(list(dict.fromkeys(mapped)))]
    always = {KIND, _NAME, "年度目标", "一级指标", "三级指标", "年度指标值"}
    used = {key for record in records for key in record} | always
    columns = [column for column in columns if column in used]
    return [columns, *([record.get(column, "") for column in columns] for record in records)]


def _columns(mapped: Sequence[str]) -> list[str]:
    head = [key for key in _TEXTS if key not in ("资金用途", "实施周期总目标", "年度目标")]
    goals = ["资金用途", "实施周期总目标", "年度目标", "资金支出计划", *_LISTS["项目"].values(), _CUT_PROJECT]
    of_rows = [name for name in mapped if name.startswith(_MAPS["其他列"][0])]
    of_projects = [name for name in mapped if name not in of_rows]
    rows = [*_INDICATORS, *of_rows, *_LISTS["指标"].values(), _CUT_ROW]
    return [*head, *_PERIOD, _BUDGET, *of_projects, *goals, *rows, _CONTENT, *_TOTAL, *_GOAL, _DOUBT]


def _part_of_map(name: str) -> tuple[str, ...]:
    """The path in the form of what a column of a map holds; empty for other columns."""
    for key, (before, behind) in _MAPS.items():
        if name.startswith(before):
            inner = name.removeprefix(before).removesuffix(behind)
            source = _SOURCE.match(inner) if key == "资金来源明细" else None
            return (key, _MARKED.sub(r"\1", source[1]), inner[source.end() :]) if source else (key, inner)
    return ()


def _records(data: dict[str, Any]) -> list[dict[str, str]]:
    records = []
    for project in data["项目"]:
        rows = [_cells("指标", row) for row in project.get("绩效指标", ())]
        records.append({KIND: "项目"} | _project_cells(project) | (rows[0] if rows else {}))
        records += [{KIND: "指标"} | row for row in rows[1:]]
        records += [{KIND: "任务"} | _cells("任务", task) for task in project.get("年度主要任务") or ()]
    for kind, key in EXTRAS.items():
        records += [{KIND: kind} | _cells(kind, part) for part in data.get(key, ())]
    return records


def _cells(kind: str, part: dict[str, Any]) -> dict[str, str]:
    """The cells of a part of the form by column."""
    cells = {column: _text(part[key]) for key, column in _PARTS[kind].items() if key in part}
    for key, column in _LISTS.get(kind, {}).items():
        if part.get(key):
            cells[column] = _BETWEEN.get(key, "、").join(part[key])
    for key in _MAPS_OF.get(kind, ()):
        before, behind = _MAPS[key]
        for name, value in (part.get(key) or {}).items():
            inner = (
                {_COLON.sub(r"\\\g<0>", name) + f"：{one}": amount for one, amount in value.items()}
                if isinstance(value, dict)
                else {name: value}
            )
            cells |= {f"{before}{one}{behind}": _text(text) for one, text in inner.items()}
    return cells


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _project_cells(project: dict[str, Any]) -> dict[str, str]:
    period = project.get("实施周期") or {}
    cells = _cells("项目", project) | {key: _text(year) for key, year in period.items()}
    if "资金支出计划" in project:
        steps = [(step["时间"], step["比例"]) for step in project["资金支出计划"] or ()]
        simple = "；".join(f"{when}={share}" for when, share in steps)
        exact = not steps or (_PLAN.match(simple) and _steps(simple) == [list(step) for step in steps])
        cells["资金支出计划"] = simple if exact else json.dumps(steps, ensure_ascii=False)
    return cells


def _steps(text: str) -> list[list[str]]:
    return [step.split("=", 1) for step in text.split("；")]


# --- back ---------------------------------------------------------------------------------------------------------

Texts = Mapping[str, str]
"""The filled cells of a row by column name."""


def is_column(name: str) -> bool:
    """Is this a column of the flat form?"""
    return name in _columns(()) or name == KIND or bool(_part_of_map(name))


def nearest_column(name: str) -> str:
    """The column that an unknown name probably means."""
    return meant(name, _columns([_MAPS["资金来源"][0] + source + _YUAN for source in SOURCES.values()]))


def parts_of(name: str) -> list[tuple[str, ...]]:
    """The keys of the form, inside a project, indicator or sum row, that a column fills."""
    if name in _PERIOD:
        return [("实施周期", name), ("实施周期",)]
    if path := _part_of_map(name):
        return [path, path[:1]]
    keys = [key for part in _PARTS.values() for key, column in part.items() if column == name]
    return [(keys[0] if keys else name,)]


def project_of(texts: Texts) -> dict[str, Any]:
    """The project's own part of a row, as data of the form."""
    project = part_of("项目", texts)
    period = {key: texts[key] for key in _PERIOD if key in texts}
    if period:
        project["实施周期"] = period
    if "资金支出计划" in texts:
        project["资金支出计划"] = _plan_of(texts["资金支出计划"])
    return project


def part_of(kind: str, texts: Texts) -> dict[str, Any]:
    """What a row of a kind says, as data of the form; what belongs to no project has a name, be it blank."""
    part: dict[str, Any] = {key: texts[column] for key, column in _PARTS[kind].items() if column in texts}
    if kind not in ("项目", "指标"):
        part.setdefault(next(iter(_PARTS[kind])), "")
    lists = {
        key: [one for one in texts.get(name, "").split(_BETWEEN.get(key, "、")) if one]
        for key, name in _LISTS.get(kind, {}).items()
    }
    blank = lists.pop(_BLANK, [])
    part |= {key: listed for key, listed in lists.items() if listed}
    for column, text in texts.items():
        match _part_of_map(column):
            case (key, name) if key in _MAPS_OF.get(kind, ()):
                part.setdefault(key, {})[name] = text
            case (key, name, inner) if key in _MAPS_OF.get(kind, ()):
                part.setdefault(key, {}).setdefault(name, {})[inner] = text
    return dict.fromkeys(blank) | part  # What was empty in the original may be filled in by now.


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
