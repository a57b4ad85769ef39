"""Goal tables of units that do not exist, drawn from a seed, and their print in the three marked text layouts."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from decimal import Decimal

from perfgoals_lint.model import Document, Line, Location, Problem, Source, TextBlock
from perfgoals_lint.tables.account import UNKNOWN
from perfgoals_lint.tables.money_units import INFERRED

LEVELS = {
    "产出指标": ("1", {"数量指标": "11", "质量指标": "12", "时效指标": "13", "成本指标": "14"}),
    "效益指标": ("2", {"经济效益": "21", "社会效益": "22", "生态效益": "23", "可持续影响": "24"}),
    "满意度指标": ("3", {"服务对象满意度": "31"}),
}
SOURCES = ("财政拨款", "财政专户拨款", "其他资金")
_PLACES = ("青禾", "云洲", "临澜", "石桥", "北屿", "望溪")
_BODIES = ("水务局", "档案馆", "气象台", "园林服务中心", "渔政大队", "第二幼儿园", "市民活动中心")
_TOPICS = ("堤岸加固", "苗圃养护", "档案数字化", "雷达标校", "渔船巡查", "园舍修缮", "夜校讲座", "步道照明")
_KINDS = ("专项经费", "补助资金", "运维项目(2031)", "专题（二期，本级）", "A-7号工程", "经费")
_NAMES = (
    "巡查里程",
    "更换灯具数量（盏）",
    "讲座、培训和展览场次",
    "按期完成率",
    "3、4号闸门启闭次数",
    "单位:公里造价",
    "投诉办结率(%)",
    "新增绿地,补植树木",
    "居民满意度",
    "满意度",
    "20301188-采样点位数",
    "对“慢行系统”的改善作用",
)
_VALUES = (
    "≥90%",
    "100%",
    "12场",
    "不低于上年度",
    "长期",
    "3.5小时以内",
    "甲站=40万元，乙站=25万元",
    "东片≥6次、西片≥4次",
    "有效提升",
    "<0.3",
    "2032年12月底前",
    "大于等于85%(每季一次)",
    "4,500吨",
)
_GOALS = (
    "完成沿岸检修，消除隐患。",
    "保障设施全年平稳运行，为居民提供清洁、明亮的步道。",
    "1.完成年度任务。2.提高服务水平；形成3项制度。",
    "通过更新设备，缩短等候时间，提高办理效率。",
    "按2031年计划开展巡查，覆盖率达到95%以上。",
)


@dataclass
class Item:
    number: int
    level1: str
    level2: str
    name: str
    description: str
    cycle: str
    annual: str


@dataclass
class Project:
    name: str
    unit: str
    funding: dict[str, Decimal]
    goal: str
    purpose: str
    items: list[Item] = field(default_factory=list)

    @property
    def budget(self) -> Decimal:
        return sum(self.funding.values(), Decimal("0.00"))


@dataclass
class Unit:
    name: str
    projects: list[Project]

    @property
    def funding(self) -> dict[str, Decimal]:
        return total_of(self.projects)


def total_of(projects: list[Project]) -> dict[str, Decimal]:
    result: dict[str, Decimal] = {}
    for project in projects:
        for source, amount in project.funding.items():
            result[source] = result.get(source, Decimal("0.00")) + amount
    return result


def money(rng: random.Random) -> Decimal:
    return (
        Decimal(
            rng.choice([rng.randint(100, 9_999), rng.randint(10_000, 900_000), 100 * rng.randint(1, 900)])
        )
        / 100
    )


def items(rng: random.Random, count: int, restart: bool = False) -> list[Item]:
    result = []
    cut = rng.randint(1, count) if restart else count
    for index in range(count):
        level1 = rng.choice(list(LEVELS))
        level2 = rng.choice(list(LEVELS[level1][1]))
        number = index + 1 if index < cut else index - cut + 1
        name, annual = rng.choice(_NAMES), rng.choice(_VALUES)
        result.append(
            Item(number, level1, level2, name, rng.choice([name, "按台账统计"]), rng.choice(_VALUES), annual)
        )
    return result


def units(rng: random.Random, other_sources: bool = True) -> list[Unit]:
    place = rng.choice(_PLACES)
    result = []
    for body in rng.sample(_BODIES, rng.randint(1, 3)):
        name = f"{place}市{body}"
        projects = []
        for number in range(rng.randint(1, 4)):
            source = rng.choice(SOURCES) if other_sources and rng.random() < 0.2 else SOURCES[0]
            funding = {source: money(rng)}
            if other_sources and rng.random() < 0.15:
                funding[SOURCES[2]] = money(rng)
            title = f"{rng.choice(_TOPICS)}{number + 1}{rng.choice(_KINDS)}"
            ordered = {key: funding[key] for key in SOURCES if key in funding}
            goal = rng.choice(_GOALS)
            projects.append(
                Project(
                    title,
                    name,
                    ordered,
                    goal,
                    rng.choice(_GOALS),
                    items(rng, rng.randint(1, 13), rng.random() < 0.2),
                )
            )
        result.append(Unit(name, projects))
    return result


def printed(amount: Decimal, thousands: bool) -> str:
    return f"{amount:,.2f}" if thousands else f"{amount:.2f}"


def wrapped(text: str, width: int) -> list[str]:
    return [text[start : start + width] for start in range(0, len(text), width)]


def source_of(text: str) -> Source:
    lines = [Line(line, Location("t.txt", line=number)) for number, line in enumerate(text.split("\n"), 1)]
    return Source("t.txt", "text", [TextBlock(lines)])


def doubts(document: Document) -> list[Problem]:
    """The problems of a document, but for the notices of an inferred money unit and of unknown headings."""
    return [problem for problem in document.problems if problem.code not in (INFERRED, UNKNOWN)]
