"""Names of the authoring form as people write them: any alias of ``fields.yaml``, brought to the form's own keys."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from perfgoals_lint.forms.positions import Path
from perfgoals_lint.forms.schema import DocumentForm, IndicatorForm, PeriodForm, ProjectForm
from perfgoals_lint.forms.traits import has_boxes
from perfgoals_lint.model import SOURCES
from perfgoals_lint.rulebook.labels import column_of, field_of
from perfgoals_lint.tables.amounts import money_factor, unit_of
from perfgoals_lint.tables.texts import join_value
from perfgoals_lint.tables.timespans import months_of, period_of
from perfgoals_lint.text import nearest

PROJECT_KEYS = {name: info.alias or name for name, info in ProjectForm.model_fields.items()}
INDICATOR_KEYS = {name: info.alias or name for name, info in IndicatorForm.model_fields.items()}
DOCUMENT_KEYS = frozenset(info.alias or "" for info in DocumentForm.model_fields.values())
_LIKENESS = 0.4
_PERIOD = {"period_start": "起始年度", "period_end": "到期年度"}
_FIELD_NAMES = {"budget": "budget_yuan"}
_PARTS_OF_VALUE = {"operator": "sign", "value_unit": "unit"}
"""The fields of a row by the roles of their columns, where they have other names."""


@dataclass(slots=True)
class Unknown:
    """A key that the form does not know, where it stands, and the key that was probably meant."""

    key: str
    path: Path
    near: str


@dataclass(slots=True)
class FormProject:
    """One project with the form's own keys; ``paths`` says where each part came from, by its path in ``data``."""

    data: dict[str, Any] = field(default_factory=dict)
    paths: dict[Path, Path] = field(default_factory=dict)
    unknown: list[Unknown] = field(default_factory=list)

    def origin(self, path: Path) -> Path:
        """Where a part of ``data`` (or what holds it) was written."""
        while path and path not in self.paths:
            path = path[:-1]
        return self.paths.get(path, ())


def is_form(data: Any) -> bool:
    """Is the data a project, a list of projects or a document of the form, be a key of it misspelt?"""
    first = data[0] if isinstance(data, list) and data else data
    if not isinstance(first, dict):
        return False
    if any(isinstance(first.get(key), list) for key in DOCUMENT_KEYS):
        return True
    if any(field_of(key) == "project_name" or key == "表种" for key in first) and len(first) > 1:
        return True
    return has_boxes(first) or holds_projects(first)


def holds_projects(data: dict[str, Any]) -> bool:
    """Is this a document whose key for the list of projects is misspelt: a list of projects under one much like it?"""
    return any(
        isinstance(value, list)
        and bool(value)
        and isinstance(value[0], dict)
        and has_boxes(value[0])
        and bool(nearest(key, DOCUMENT_KEYS, 1, _LIKENESS))
        for key, value in data.items()
    )


def read_project(data: dict[str, Any], at: Path) -> FormProject:
    """A project as written, brought to the form's keys. ``at`` is where it stands in its file."""
    project = FormProject()
    project.paths[()] = at
    known = set(PROJECT_KEYS.values())
    for key, value in data.items():
        path = (*at, key)
        name = PROJECT_KEYS.get(_field_name(key) or "")
        if key in known:
            name = key
        if name == "绩效指标":
            _indicators(project, value, path)
        elif name == "实施周期":
            _put(project, name, _period(value), path)
        elif name == "资金来源" and isinstance(value, dict):
            for source, amount in value.items():
                _source(project, source, amount, (*path, source))
        elif name == "资金支出计划" and isinstance(value, dict):
            _put(project, name, [{"时间": when, "比例": share} for when, share in value.items()], path)
        elif name == "年度主要任务" and isinstance(value, list):
            _put(project, name, value, path)
            project.paths |= {(name, number): (*path, number) for number in range(len(value))}
        elif name is not None:
            _put(project, name, with_unit(key, value) if name == "预算金额" else value, path)
        elif (part := field_of(key)) in _PERIOD:
            project.data.setdefault("实施周期", {})[_PERIOD[part or ""]] = value
            project.paths[("实施周期", _PERIOD[part or ""])] = path
        elif part in SOURCES:
            _source(project, key, value, path)
        else:
            project.unknown.append(Unknown(key, path, meant(key, known)))
    return project


def _field_name(key: str) -> str | None:
    name = field_of(key)
    return _FIELD_NAMES.get(name, name) if name else None


def _put(project: FormProject, name: str, value: Any, path: Path) -> None:
    project.data[name] = value
    project.paths[(name,)] = path


def _source(project: FormProject, source: str, amount: Any, path: Path) -> None:
    name = SOURCES.get(field_of(source) or "", source)
    funding = project.data.setdefault("资金来源", {})
    funding[name] = with_unit(source, amount)
    project.paths[("资金来源", name)] = path
    project.paths.setdefault(("资金来源",), path)


def with_unit(key: str, value: Any) -> Any:
    """An amount with the money unit of its key: ``预算金额（万元）: 12`` is ``12万元``."""
    factor = money_factor(key)
    return (
        f"{value}{unit_of(factor)}" if factor and isinstance(value, str) and value[-1:].isdigit() else value
    )


def _period(value: Any) -> Any:
    """``2021年3月至2024年2月`` as first and last year and month; a mapping stays one, its keys brought to the form's."""
    if isinstance(value, str):
        years, months = period_of({"period": value}), months_of({"period": value})
        if years is None:
            return value
        named = {"起始年度": years.start, "到期年度": years.end}
        return named | (dict(zip(("起始月份", "到期月份"), months, strict=True)) if months else {})
    if isinstance(value, dict):
        names = {info.alias for info in PeriodForm.model_fields.values()}
        return {key if key in names else _PERIOD.get(field_of(key) or "", key): v for key, v in value.items()}
    return value


def _indicators(project: FormProject, value: Any, path: Path) -> None:
    project.paths[("绩效指标",)] = path
    if not isinstance(value, list):
        project.data["绩效指标"] = [] if value is None else value
        return
    rows = project.data["绩效指标"] = []
    for number, row in enumerate(value):
        place = (*path, number)
        project.paths[("绩效指标", number)] = place
        rows.append(_indicator(project, row, place, number) if isinstance(row, dict) else row)


def _indicator(project: FormProject, row: dict[str, Any], path: Path, number: int) -> dict[str, Any]:
    known = set(INDICATOR_KEYS.values())
    found: dict[str, Any] = {}
    for key, value in row.items():
        role = column_of(key) or ""
        name = key if key in known else INDICATOR_KEYS.get(_PARTS_OF_VALUE.get(role, role))
        if name is None:
            project.unknown.append(Unknown(key, (*path, key), meant(key, known)))
        else:
            found[name] = value
            project.paths[("绩效指标", number, name)] = (*path, key)
    sign, unit = (found.get(INDICATOR_KEYS[name]) for name in _PARTS_OF_VALUE.values())
    if (sign or unit) and isinstance(value := found.get("年度指标值"), str):
        found["年度指标值"] = join_value(sign, value, unit)
    return found


def meant(key: str, known: Iterable[str]) -> str:
    """The known key that is most like an unknown one, or all of them."""
    names = sorted(known)
    return "、".join(nearest(key, names, 1, _LIKENESS) or names)
