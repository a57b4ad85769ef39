"""The authoring form: goal tables as people write them in YAML or JSON, with Chinese keys.

The only module of the form that imports pydantic. Keys are the standard names of ``fields.yaml``; every other name of a
field there is understood too (``keys.py``). Amounts are in 元 unless the text carries a unit.
"""

from decimal import Decimal, InvalidOperation
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

from perfgoals_lint.money import UNIT_WORDS
from perfgoals_lint.tables.amounts import yuan

INFERRED = "（推定）"
"""What stands behind a unit of money that nobody printed."""
_WIDE = str.maketrans("()", "（）")


def read_amount(value: object) -> object:
    """A plain number is in 元; ``12.5万元`` is read with its unit. Anything else is left for pydantic to refuse."""
    if not isinstance(value, str) or not value.strip():
        return value or None
    try:
        plain = Decimal(value)
    except InvalidOperation:
        printed = yuan(value, 1)
        return value if printed is None else printed
    return plain if plain.is_finite() else value


def _blank(value: object) -> object:
    return None if value == "" else value


def _unit(value: object) -> object:
    """A unit of money as the form writes it, whatever stands around it and however wide its brackets are."""
    return value.strip().translate(_WIDE) or None if isinstance(value, str) else value


def _yes(value: object) -> object:
    return (
        {"是": True, "否": False, "": False, None: False}.get(value, value)
        if isinstance(value, str | None)
        else value
    )


Text = Annotated[str | None, BeforeValidator(_blank), WithJsonSchema({"type": ["string", "number", "null"]})]
MoneyUnitText = Annotated[
    str | None, Field(pattern=rf"^(?:{UNIT_WORDS})(?:{INFERRED})?$"), BeforeValidator(_unit)
]
Number = Annotated[int | None, BeforeValidator(_blank)]
Flag = Annotated[bool, BeforeValidator(_yes), WithJsonSchema({"enum": [True, False, "是", "否", None]})]
Name = Annotated[
    str, BeforeValidator(lambda value: value or ""), WithJsonSchema({"type": ["string", "null"]})
]
Yuan = Annotated[
    Decimal | None, BeforeValidator(read_amount), WithJsonSchema({"type": ["string", "number", "null"]})
]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid")


class IndicatorForm(_Part):
    """One row of the indicator table."""

    number: Number = Field(None, alias="序号")
    level1_code: Text = Field(None, alias="一级编码")
    level1: Text = Field(None, alias="一级指标")
    level2_code: Text = Field(None, alias="二级编码")
    level2: Text = Field(None, alias="二级指标")
    level3: Text = Field(None, alias="三级指标")
    description: Text = Field(None, alias="绩效指标描述")
    cycle_value: Text = Field(None, alias="实施周期指标值")
    annual_value: Text = Field(None, alias="年度指标值")
    basis: Text = Field(None, alias="指标值确定依据")
    weight: Text = Field(None, alias="权重")
    sign: Text = Field(None, alias="符号")
    unit: Text = Field(None, alias="计量单位")
    direction: Literal["正向", "反向"] | None = Field(None, alias="方向")
    columns: dict[str, str] = Field(default_factory=dict, alias="其他列")
    unknown: list[str] = Field(default_factory=list, alias="未读出")
    truncated: Flag = Field(False, alias="截断")


class PeriodForm(_Part):
    """First and last year and their months, all included."""

    start: Number = Field(None, alias="起始年度")
    first_month: Number = Field(None, alias="起始月份", ge=1, le=12)
    end: Number = Field(None, alias="到期年度")
    last_month: Number = Field(None, alias="到期月份", ge=1, le=12)


class StepForm(_Part):
    """One step of the disbursement plan."""

    when: str = Field(alias="时间")
    share: str = Field(alias="比例")


class TaskForm(_Part):
    """One of the year's main tasks in a whole-department form."""

    name: str = Field(alias="任务名称")
    content: Text = Field(None, alias="主要内容")
    amount_yuan: Yuan = Field(None, alias="预算金额")
    funding_yuan: dict[str, Yuan] | None = Field(None, alias="资金来源")


class ProjectForm(_Part):
    """One project."""

    form: Literal["项目", "整体支出", "自评"] = Field("项目", alias="表种")
    title: Text = Field(None, alias="表名")
    project_name: Name = Field("", alias="项目名称")
    project_code: Text = Field(None, alias="项目编码")
    project_type: Text = Field(None, alias="项目类型")
    project_level: Text = Field(None, alias="项目等级")
    department: Text = Field(None, alias="主管部门")
    unit: Text = Field(None, alias="用款单位")
    fiscal_year: Number = Field(None, alias="预算年度")
    period: PeriodForm | None = Field(None, alias="实施周期")
    budget_yuan: Yuan = Field(None, alias="预算金额")
    funding_yuan: dict[str, Yuan] | None = Field(None, alias="资金来源")
    funding_tree: dict[str, dict[str, Yuan]] = Field(default_factory=dict, alias="资金来源明细")
    purpose: Text = Field(None, alias="资金用途")
    cycle_goal: Text = Field(None, alias="实施周期总目标")
    annual_goal: Text = Field(None, alias="年度目标")
    disbursement_plan: list[StepForm] | None = Field(None, alias="资金支出计划")
    tasks: list[TaskForm] | None = Field(None, alias="年度主要任务")
    fields: dict[str, str] = Field(default_factory=dict, alias="其他栏目")
    state: Literal["已填", "空白表", "示例"] = Field("已填", alias="填写状态")
    unknown: list[str] = Field(default_factory=list, alias="未读出")
    truncated: Flag = Field(False, alias="截断")
    money_unit: MoneyUnitText = Field(None, alias="原表金额单位")
    headings: dict[str, str] = Field(default_factory=dict, alias="原表栏名")
    header: list[str] = Field(default_factory=list, alias="原表空白列")
    indicators: list[IndicatorForm] = Field(default_factory=list, alias="绩效指标")


class TotalForm(_Part):
    """A sum row; ``首项目`` and ``末项目`` count projects from 1."""

    name: str = Field(alias="名称")
    total: Yuan = Field(None, alias="总计")
    funding_yuan: dict[str, Yuan] | None = Field(None, alias="资金来源")
    grand: Flag = Field(False, alias="全表合计")
    first: Number = Field(None, alias="首项目", ge=1)
    last: Number = Field(None, alias="末项目", ge=1)


class SubGoalForm(_Part):
    """A narrative sub-goal outside the tables."""

    title: str = Field(alias="名称")
    goal: Text = Field(None, alias="目标")
    indicators: Text = Field(None, alias="指标")


class DoubtForm(_Part):
    """A part of the original that could not be read for sure, named by the project or text that it belongs to."""

    kind: Literal["未识别", "单元格不清"] = Field(alias="事项")
    where: Name = Field("", alias="何处")


class DocumentForm(_Part):
    """A file: its projects, sum rows, narrative sub-goals, and what is to be compared with the original."""

    projects: list[ProjectForm] = Field(default_factory=list, alias="项目")
    totals: list[TotalForm] = Field(default_factory=list, alias="合计")
    subgoals: list[SubGoalForm] = Field(default_factory=list, alias="分项绩效目标")
    doubts: list[DoubtForm] = Field(default_factory=list, alias="待核对")


def json_schema() -> dict[str, Any]:
    """The JSON Schema of the form, for editors: one project, a list of projects, or a whole document."""
    schema = DocumentForm.model_json_schema(by_alias=True, ref_template="#/$defs/{model}")
    definitions = schema.pop("$defs")
    definitions["DocumentForm"] = schema
    project: dict[str, Any] = {"$ref": "#/$defs/ProjectForm"}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "perfgoals-lint authoring form",
        "anyOf": [project, {"type": "array", "items": project}, {"$ref": "#/$defs/DocumentForm"}],
        "$defs": definitions,
    }
