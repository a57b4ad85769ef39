"""Empty authoring forms with a framework's levels laid out, ready to be filled in."""

from typing import Any

from perfgoals_lint.forms import Format
from perfgoals_lint.forms.convert import indicator_data
from perfgoals_lint.forms.flat import rows_from, to_csv
from perfgoals_lint.forms.keys import INDICATOR_KEYS
from perfgoals_lint.forms.text import yaml_text
from perfgoals_lint.forms.writer import xlsx
from perfgoals_lint.model import Indicator
from perfgoals_lint.rulebook.policy import framework_data

_ROW = ("description", "cycle_value", "annual_value", "basis", "weight")
_HEAD = ("项目名称", "项目编码", "项目类型", "主管部门", "用款单位", "预算年度")


def framework_levels(name: str) -> list[Indicator]:
    """A blank row for each level-2 slot of a framework (level 1 where it prints no level 2) in printed order, labels and codes
    as printed. Raises ``KeyError`` for an unknown framework."""
    return [
        Indicator(
            level1=first["label"],
            level2=second.get("label"),
            level1_code=first.get("code"),
            level2_code=second.get("code"),
        )
        for first in profile_of(name)["levels"]
        for second in first.get("children") or [{}]
    ]


def printed_words() -> dict[str, Any]:
    """What forms print beside the columns and classes of their profile (``rules/frameworks/forms.yaml``)."""
    data: dict[str, Any] = framework_data("forms")
    return data


def profile_of(name: str) -> dict[str, Any]:
    """The profile of a framework with what holds for all. Raises ``KeyError`` for an unknown one."""
    data = framework_data("profiles")
    profile: dict[str, Any] = data["defaults"] | data["profiles"][name]
    return profile


def template(framework: str, fmt: Format) -> str | bytes:
    """An empty form: text for YAML, JSON and CSV, bytes for XLSX. Raises ``KeyError`` for an unknown framework."""
    profile = profile_of(framework)
    project = _empty_project(framework, profile)
    if fmt == "yaml":
        head: str = printed_words()["head"]
        return head.format(**profile["title"]) + "\n" + yaml_text(project)
    if fmt == "json":
        import json

        return json.dumps(project, ensure_ascii=False, indent=2) + "\n"
    rows = rows_from({"项目": [project | dict.fromkeys(project.keys() & {"资金支出计划"})]})
    return to_csv(rows) if fmt == "csv" else xlsx(rows)


def _empty_project(framework: str, profile: dict[str, Any]) -> dict[str, Any]:
    project: dict[str, Any] = {}
    if profile["form"] == "department":
        project["表种"] = "整体支出"
    project |= dict.fromkeys(_HEAD)
    if profile["cycle"]:
        project["实施周期"] = {"起始年度": None, "到期年度": None}
    project |= {"预算金额": None, "资金来源": dict.fromkeys(("财政拨款", "其他资金")), "资金用途": None}
    if profile["cycle"]:
        project["实施周期总目标"] = None
    project["年度目标"] = None
    if "disbursement_plan" in profile["mandatory"]["fields"]:
        project["资金支出计划"] = [{"时间": step, "比例": ""} for step in printed_words()["steps"]]
    columns = [name for name, _ in profile["columns"] if name in _ROW]
    project["绩效指标"] = [
        indicator_data(row) | {INDICATOR_KEYS[name]: None for name in ("level3", *columns)}
        for row in framework_levels(framework)
    ]
    return project
