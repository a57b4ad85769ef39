"""Goal tables as data of the authoring form, and back."""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any, Literal

from perfgoals_lint.forms.keys import INDICATOR_KEYS, PROJECT_KEYS
from perfgoals_lint.forms.positions import Path
from perfgoals_lint.forms.schema import (
    INFERRED,
    DoubtForm,
    IndicatorForm,
    ProjectForm,
    SubGoalForm,
    TotalForm,
)
from perfgoals_lint.model import (
    Document,
    GoalTable,
    HeaderText,
    Indicator,
    Location,
    MoneyUnit,
    Period,
    Problem,
    SubGoal,
    Task,
    Total,
)
from perfgoals_lint.rulebook.labels import classify, field_of
from perfgoals_lint.tables.headings import column_role
from perfgoals_lint.text import squeeze

Form = Literal["project", "department", "self-evaluation"]
FORMS: dict[Form, Literal["项目", "整体支出", "自评"]] = {
    "project": "项目",
    "department": "整体支出",
    "self-evaluation": "自评",
}
_KINDS = {label: form for form, label in FORMS.items()}
_STATES: dict[str, Literal["filled", "blank_form", "example"]] = {
    "已填": "filled",
    "空白表": "blank_form",
    "示例": "example",
}
_DIRECTIONS: dict[str, Literal["higher", "lower"]] = {"正向": "higher", "反向": "lower"}
_READ_APART = frozenset(
    {"form", "period", "funding_yuan", "funding_tree", "state", "unknown", "money_unit", "headings", "header"}
    | {"disbursement_plan", "tasks", "indicators"}
)
"""Parts of a project that are not taken over as they are validated."""
DOUBTS = {"PGX103": "未识别", "PGX104": "单元格不清"}
"""Problems of the layout that stay true of what was taken from it; those of the file itself end with the file."""
Locate = Callable[[Path], Location]


def document_data(document: Document) -> dict[str, Any]:
    """A document as the form writes it: only what is filled or an empty box of a project, amounts as texts in 元."""
    data: dict[str, Any] = {"项目": [project_data(table) for table in document.tables]}
    if document.totals:
        data["合计"] = [_total_data(total) for total in document.totals]
    if document.subgoals:
        goals = document.subgoals
        data["分项绩效目标"] = [
            _filled({"名称": g.title, "目标": g.goal, "指标": g.indicators}) for g in goals
        ]
    doubts = [problem for problem in document.problems if problem.code in DOUBTS]
    if doubts:
        data["待核对"] = [{"事项": DOUBTS[p.code], "何处": p.args.get("where", "")} for p in doubts]
    return data


def project_data(table: GoalTable) -> dict[str, Any]:
    """One project as the form writes it; boxes that are printed and empty are there, as ``None``."""
    values = {"project_name": None} | {name: getattr(table, name) for name in PROJECT_KEYS}
    values["project_name"] = table.project_name or None
    values["form"] = None if table.form == "project" else FORMS[table.form]
    values["truncated"] = "是" if table.truncated else None
    values["budget_yuan"] = money(table.budget_yuan)
    values["funding_yuan"] = _funding(table.funding_yuan)
    values["funding_tree"] = {name: _funding(parts) for name, parts in table.funding_tree.items()} or None
    values["fields"] = table.fields or None
    values["money_unit"] = _unit_data(table.money_unit)
    values["headings"] = _headings(table) or None
    values["header"] = _blank_columns(table) or None
    values["state"] = None if table.state == "filled" else _named(_STATES, table.state)
    values["unknown"] = [PROJECT_KEYS[name] for name in table.unknown] or None
    values["period"] = _period_data(table)
    if table.disbursement_plan is not None:
        values["disbursement_plan"] = [
            {"时间": when, "比例": share} for when, share in table.disbursement_plan
        ]
    if table.tasks is not None:
        values["tasks"] = [_task_data(task) for task in table.tasks]
    values["indicators"] = [indicator_data(row) for row in table.indicators]
    said = {name: value for name, value in values.items() if value is not None or name in table.labels}
    return {PROJECT_KEYS[name]: value for name, value in said.items()}


def indicator_data(row: Indicator) -> dict[str, Any]:
    """One indicator as the form writes it."""
    values = {name: getattr(row, name) for name in INDICATOR_KEYS}
    values["truncated"] = "是" if row.truncated else None
    values["direction"] = _named(_DIRECTIONS, row.direction) if row.direction else None
    values["columns"] = row.columns or None
    values["unknown"] = [INDICATOR_KEYS[name] for name in row.unknown] or None
    return _filled({INDICATOR_KEYS[name]: value for name, value in values.items()})


def _unit_data(unit: MoneyUnit | None) -> str | None:
    """The unit of money of the boxes that are kept as printed."""
    return unit.unit + INFERRED * (unit.from_ == "inferred") if unit and unit.unit else None


def _headings(table: GoalTable) -> dict[str, str]:
    """The labels that the original prints for boxes of the form, where they are not the form's own."""
    keys = {PROJECT_KEYS[name]: label for name, label in table.headings.items() if name in PROJECT_KEYS}
    return {key: label for key, label in keys.items() if label != key}


def _blank_columns(table: GoalTable) -> list[str]:
    """The columns of the form's own of which no row has anything."""
    filled = {squeeze(label) for row in table.indicators for label in row.columns}
    return [
        text
        for text, role in ((squeeze(column.text), column.role) for column in table.header)
        if role not in INDICATOR_KEYS
        and role == (column_role(text) or "")
        and text not in filled
        and not field_of(text)
    ]


def _named(names: Mapping[str, str], value: str) -> str:
    """The form's own word for a value of the model."""
    return next(name for name, meant in names.items() if meant == value)


def _period_data(table: GoalTable) -> dict[str, Any] | None:
    """The first and the last year and month, where one of them is printed."""
    start, end = (table.period.start, table.period.end) if table.period else (None, None)
    first, last = table.months or (None, None)
    return _filled({"起始年度": start, "起始月份": first, "到期年度": end, "到期月份": last}) or None


def _task_data(task: Task) -> dict[str, Any]:
    funding = _funding(task.funding_yuan)
    parts = {"主要内容": task.content, "预算金额": money(task.amount_yuan), "资金来源": funding}
    return {"任务名称": task.name} | _filled(parts)


def _total_data(total: Total) -> dict[str, Any]:
    return {"名称": total.name} | _filled(
        {
            "总计": money(total.total),
            "资金来源": _funding(total.funding_yuan) or None,
            "全表合计": "是" if total.grand else None,
            "首项目": None if total.first is None else total.first + 1,
            "末项目": None if total.last is None else total.last + 1,
        }
    )


def money(amount: Decimal | None) -> str | None:
    """An amount in 元 with the precision that it was printed with."""
    return None if amount is None else format(amount, "f")


def _funding(funding: dict[str, Decimal] | None) -> dict[str, str] | None:
    return None if funding is None else {name: format(amount, "f") for name, amount in funding.items()}


def _filled(values: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value is not None}


# --- back ---------------------------------------------------------------------------------------------------------


def table_of(form: ProjectForm, locate: Locate) -> GoalTable:
    """The goal table of a project; ``locate`` gives the place of a part by its path in the form's data."""
    table = GoalTable(locate(()))
    for name in PROJECT_KEYS:
        if name not in _READ_APART:
            setattr(table, name, getattr(form, name))
    table.form, table.state = _KINDS[form.form], _STATES[form.state]
    table.unknown = _names(PROJECT_KEYS, form.unknown)
    table.headings = {name: form.headings[key] for name, key in PROJECT_KEYS.items() if key in form.headings}
    table.header = [HeaderText(text, column_role(text) or "") for text in form.header]
    if form.money_unit:
        unit = form.money_unit.removesuffix(INFERRED)
        table.money_unit = MoneyUnit(unit, "note" if unit == form.money_unit else "inferred")
    if (period := form.period) is not None:
        if (period.start, period.end) != (None, None):
            table.period = Period(period.start, period.end)
        if period.first_month is not None and period.last_month is not None:
            table.months = period.first_month, period.last_month
    table.funding_yuan = _amounts(form.funding_yuan)
    table.funding_tree = {name: _amounts(parts) or {} for name, parts in form.funding_tree.items()}
    if form.disbursement_plan is not None:
        table.disbursement_plan = [(step.when, step.share) for step in form.disbursement_plan]
    if form.tasks is not None:
        table.tasks = [
            Task(
                task.name,
                locate(("年度主要任务", number)),
                task.content,
                task.amount_yuan,
                _amounts(task.funding_yuan),
            )
            for number, task in enumerate(form.tasks)
        ]
    for name, key in PROJECT_KEYS.items():
        if name in ("indicators", "tasks", "form", "state", "money_unit", "headings", "header"):
            continue
        if _is_given(getattr(table, name)):
            table.locations[name] = locate((key,))
        elif name in form.model_fields_set:
            table.labels[name] = locate((key,))
    table.locations |= {label: locate((PROJECT_KEYS["fields"], label)) for label in table.fields}
    table.indicators = [_indicator(row, locate, number) for number, row in enumerate(form.indicators)]
    return table


def _is_given(value: object) -> bool:
    """Is a part of the form filled in? An amount of nought is."""
    return value is not None and value is not False and value not in ("", {}, [])


def _amounts(funding: dict[str, Decimal | None] | None) -> dict[str, Decimal] | None:
    return (
        None if funding is None else {name: amount for name, amount in funding.items() if amount is not None}
    )


def _names(keys: Mapping[str, str], written: Iterable[str]) -> list[str]:
    """The fields of the model that are written under these keys of the form."""
    return [name for name, key in keys.items() if key in written]


def _indicator(form: IndicatorForm, locate: Locate, number: int) -> Indicator:
    row = Indicator()
    for name, key in INDICATOR_KEYS.items():
        value = getattr(form, name)
        setattr(row, name, value)
        if _is_given(value):
            row.locations[name] = locate(("绩效指标", number, key))
    row.locations |= {
        label: locate(("绩效指标", number, INDICATOR_KEYS["columns"], label)) for label in row.columns
    }
    row.direction = _DIRECTIONS[form.direction] if form.direction else None
    row.unknown = _names(INDICATOR_KEYS, form.unknown)
    row.level1_class, row.level2_class = classify(row.level1, 1), classify(row.level2, 2)
    return row


def total_of(form: TotalForm, location: Location, offset: int) -> Total:
    """A sum row; ``offset`` is how many projects stand before those that it counts."""
    total = Total(form.name, location, form.total, _amounts(form.funding_yuan) or {}, form.grand)
    total.first = None if form.first is None else form.first - 1 + offset
    total.last = None if form.last is None else form.last - 1 + offset
    return total


def doubt_of(form: DoubtForm, location: Location) -> Problem:
    """A part that is to be compared with the original."""
    code = next(code for code, kind in DOUBTS.items() if kind == form.kind)
    return Problem(code, location, {"where": form.where})


def subgoal_of(form: SubGoalForm, location: Location) -> SubGoal:
    """A narrative sub-goal."""
    return SubGoal(form.title, form.goal, form.indicators, location)
