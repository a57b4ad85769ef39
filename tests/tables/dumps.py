"""Invented goal forms with their truth, and what a text extractor makes of their print.

A print puts the lines of a cell one under the other, centred in the row; an extractor gives the pieces cell by cell
and begins a new line where the height on the page changes. That is all that a dump keeps of a table.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field

PLACES = ["青岚县", "柳溪区", "云岭市", "北汀镇", "望山县", "白石乡"]
OBJECTS = [
    "山塘水库巡查", "社区书屋", "农机驾驶培训", "古树名木养护", "渔船动态监测", "校园直饮水", "城市绿道照明", "公共厕所保洁",
    "种质资源普查", "电梯应急救援平台", "矛盾纠纷调解", "残疾人家庭无障碍改造", "菜市场快检室", "小流域清淤", "IC卡读写设备",
]  # fmt: skip
ASPECTS = [
    "数量", "完成率", "覆盖面", "验收合格率", "到位情况", "按期办结", "开展场次", "是否符合规范要求", "响应时间", "更新比例",
    "建设面积（含续建部分）", "服务人次", "运行是否稳定正常", "对周边居民生活便利程度的改善",
]  # fmt: skip
SHORT = ["有效", "及时", "长期", "是", "达标", "明显提升", "符合", "稳步提高", "基本满足需求"]
LONG = [
    "为基层站所顺利运转提供条件保障", "不低于上年同期水平", "居民办事更加方便快捷", "逐步形成常态化的管护机制",
    "减少设备故障停机造成的损失", "设施正常运行并定期巡检",
]  # fmt: skip
UNITS = ["个", "次", "场", "人", "套", "公里", "户", "台（套）"]
BASES = ["年度工作要点", "行业规范", "上年完成情况", "问卷调查", "部门职责", "历史数据"]
LEVELS = {
    "mof15": [
        ("产出指标", ["数量指标", "质量指标", "时效指标", "成本指标"]),
        ("效益指标", ["经济效益指标", "社会效益指标", "生态效益指标", "可持续影响指标"]),
        ("满意度指标", ["服务对象满意度指标"]),
    ],
    "mof21": [
        ("成本指标", ["经济成本指标", "社会成本指标", "生态环境成本指标"]),
        ("产出指标", ["数量指标", "质量指标", "时效指标"]),
        ("效益指标", ["经济效益指标", "社会效益指标", "生态效益指标", "可持续影响指标"]),
        ("满意度指标", ["服务对象满意度指标"]),
    ],
    "local": [
        ("产出指标", ["数量指标", "质量指标", "时效指标", "成本指标"]),
        ("效果指标", ["经济效益指标", "社会效益指标", "生态效益指标", "可持续性影响"]),
        ("满意度指标", ["服务对象满意度指标"]),
    ],
}
CLOSING = "，。、；：！？）】》”%"


@dataclass
class Form:
    """One project: header boxes (label, field, value), prose, and rows of level1, level2 and cells."""

    boxes: list[tuple[str, str, str]]
    prose: list[tuple[str, str, str]]
    rows: list[tuple[str, str, tuple[str | None, ...]]]
    budget: str = ""


@dataclass
class Style:
    """How a document is printed: columns with their headers, widths in em, what else the form has."""

    columns: list[tuple[str, str]]
    widths: list[float]
    level_widths: tuple[float, float]
    levels: str
    head: str
    labels: dict[str, str]
    title: list[str]
    page_rows: int
    budget_label: str
    budget_break: bool
    blank_lines: float
    box_label: bool = True
    order: list[str] = field(default_factory=list)
    prose_width: float = 42.0
    kinsoku: bool = True


def em(text: str) -> float:
    return sum(0.5 if character.isascii() else 1.0 for character in text)


def wrap(text: str, width: float, kinsoku: bool = True) -> list[str]:
    """Lines of at most ``width`` em; with ``kinsoku`` no line begins with closing punctuation."""
    lines = [""]
    for character in text:
        if em(lines[-1] + character) > width and lines[-1]:
            carry = ""
            if kinsoku and character in CLOSING and len(lines[-1]) > 1:
                carry, lines[-1] = lines[-1][-1], lines[-1][:-1]
            lines.append(carry + character)
        else:
            lines[-1] += character
    return lines


def value(rng: random.Random) -> tuple[str, str]:
    """A value of the whole period and one of the year."""
    kind = rng.random()
    number, unit = rng.choice([2, 5, 12, 30, 150, 2000]), rng.choice(UNITS)
    if kind < 0.2:
        return f"三年≥{number * 3}{unit}", f"≥{number}{unit}"
    if kind < 0.3:
        return f"三年合共{number * 3}{unit}", f"每年{number}{unit}"
    if kind < 0.5:
        text = rng.choice(["≥90%", "100%", "95%以上", "≤3%", "合格率≥98%", "满意度≥85%", "不低于92%"])
    elif kind < 0.75:
        text = rng.choice(SHORT)
    elif kind < 0.85:
        text = rng.choice(LONG)
    elif kind < 0.93:
        text = f"≥{number}{unit}"
    else:
        text = rng.choice(["2026年12月底前完成", "2026年底", "12月底前", "≤4小时"])
    return text, text


def cells(rng: random.Random, columns: list[str], level2: str) -> tuple[str | None, ...]:
    name = rng.choice(OBJECTS) + rng.choice(ASPECTS)
    if rng.random() < 0.3:
        name = rng.choice(PLACES) + name
    if rng.random() < 0.3:
        name = rng.choice(ASPECTS[:6]) if "满意" not in level2 else "受益群众满意度"
    cycle, annual = value(rng)
    content: dict[str, str | None] = {
        "level3": name,
        "description": name if rng.random() < 0.4 else f"反映{name}的情况",
        "cycle_value": cycle,
        "annual_value": annual,
        "basis": rng.choice(BASES),
        "weight": str(rng.choice([5, 10, 15, 20])),
    }
    if "description" in columns and rng.random() < 0.06:
        content["annual_value"] = None
    return tuple(content[column] for column in columns)


def style(rng: random.Random, described: bool = False) -> Style:
    if described:
        columns = [("三级指标", "level3"), ("绩效指标描述", "description"), ("指标值", "annual_value")]
        if rng.random() < 0.8:
            columns.append(("指标值确定依据", "basis"))
        widths = [rng.uniform(6, 13), rng.uniform(9, 24), rng.uniform(4.5, 10), rng.uniform(4, 9)]
    elif rng.random() < 0.25:
        columns = [("三级指标", "level3"), (rng.choice(["指标值", "年度指标值", "目标值"]), "annual_value")]
        widths = [rng.uniform(9, 22), rng.uniform(8, 18)]
    else:
        columns = [
            ("三级指标", "level3"),
            (rng.choice(["实施周期指标值", "实施期指标值"]), "cycle_value"),
            (rng.choice(["当年度指标值", "年度指标值"]), "annual_value"),
        ]
        widths = [rng.uniform(8, 20), rng.uniform(7, 14), rng.uniform(7, 14)]
    labels = {
        "project_name": "项目名称", "project_code": rng.choice(["项目编码", "项目代码"]), "project_type": "项目类型",
        "project_level": "项目等级", "department": rng.choice(["主管部门", "部门名称"]),
        "unit": rng.choice(["用款单位", "项目实施单位", "资金使用单位"]),
        "cycle_goal": rng.choice(["实施周期总目标", "实施期目标"]),
        "annual_goal": rng.choice(["2026年度目标", "年度目标"]),
    }  # fmt: skip
    order = ["project_name", "project_code", "project_type", "project_level", "department", "unit"]
    order = [name for name in order if name == "project_name" or rng.random() < 0.7]
    if rng.random() < 0.3:
        rng.shuffle(order)
    return Style(
        columns, widths[: len(columns)], (rng.choice([4.9, 5.5, 6.5]), rng.choice([4.9, 5.5, 6.5, 8.5])),
        rng.choice(list(LEVELS)), rng.choice(["表9", ""]), labels,
        rng.choice([["项目绩效目标表"], ["项目支出绩效目标表", "（2026年度）"], []]), rng.randint(5, 14),
        rng.choice(["2026年预算金额", "预算金额", "年度预算金额"]), rng.random() < 0.5, rng.choice([0.0, 0.3, 0.6]),
        rng.random() < 0.8, order, rng.uniform(30, 46), rng.random() < 0.7,
    )  # fmt: skip


def form(rng: random.Random, look: Style, number: int) -> Form:
    thing, place = rng.choice(OBJECTS), rng.choice(PLACES)
    content = {
        "project_name": f"{place}{thing}项目（第{number}期）",
        "project_code": str(rng.randint(100000000, 999999999)),
        "project_type": rng.choice(["其他运转类（综合类）", "特定目标类"]),
        "project_level": rng.choice(["一级项目", "二级项目"]),
        "department": f"{place}水务局",
        "unit": f"{place}{rng.choice(['水利管理站', '水务局本级'])}",
    }
    boxes = [(look.labels[name], name, content[name]) for name in look.order]
    goals = [
        f"围绕{thing}补齐短板，服务范围继续扩大，群众满意度稳步提升。计划分{number + 2}批实施，每批约1.5万元，三年合共90万元。",
        f"完成{thing}的采购和实施；二、项目验收合格；三、资金在年内支付完毕。",
    ]
    names = [name for _, name in look.columns]
    prose = [(look.labels["annual_goal"], "annual_goal", goals[1])]
    if "cycle_value" in names:
        prose.insert(0, (look.labels["cycle_goal"], "cycle_goal", goals[0]))
    rows = [
        (level1, level2, cells(rng, names, level2))
        for level1, children in LEVELS[look.levels]
        for level2 in children
        if rng.random() < 0.9
        for _ in range(rng.choice([1, 1, 1, 2, 2, 3]))
    ]
    return Form(boxes, prose, rows, f"{rng.choice([3, 25, 140]) * 10000:,}.00")


class _Page:
    """Pieces with their heights; the same height twice in a row is one line."""

    def __init__(self, rng: random.Random, blank: float) -> None:
        self.lines: list[str] = []
        self.height: float | None = None
        self._rng = rng
        self._blank = blank

    def put(self, text: str, height: float | None) -> None:
        if height is not None and height == self.height and self.lines:
            self.lines[-1] += " " + text
        else:
            if self.lines and self._rng.random() < self._blank:
                self.lines.append("")
            self.lines.append(text)
        self.height = height

    def cell(self, text: str | None, width: float, middle: float, kinsoku: bool) -> None:
        if text:
            lines = wrap(text, width, kinsoku)
            for index, line in enumerate(lines):
                self.put(line, middle - (len(lines) - 1) / 2 + index)


def dump(rng: random.Random, look: Style, forms: list[Form]) -> str:
    """The text that an extractor gives for the printed forms."""
    page = _Page(rng, look.blank_lines)
    for item in forms:
        for line in [look.head, *look.title]:
            if line:
                page.put(line, None)
        for label, _, content in item.boxes:
            page.put(f"{label} {content}", None)
        if any(name == "cycle_goal" for _, name, _ in item.prose):
            page.put("实施周期 起始年度 2025 到期年度 2027", None)
        if look.budget_break:
            page.put(look.budget_label, None)
            page.put("(元)", None)
            page.put(item.budget, None)
        else:
            page.put(f"{look.budget_label}（元） {item.budget}", None)
        for label, _, content in item.prose:
            page.put(label, None)
            for line in wrap(content, look.prose_width):
                page.put(line, None)
        for line in ["绩效", "指标"] if look.box_label else []:
            page.put(line, None)
        page.put(" ".join(["一级指标", "二级指标", *(header for header, _ in look.columns)]), None)
        for first in range(0, len(item.rows), look.page_rows):
            if first:
                for line in ["绩效", "指标"] if look.box_label else []:
                    page.put(line, None)
            _print_rows(page, look, item.rows[first : first + look.page_rows])
    return "\n".join(page.lines) + "\n"


def _print_rows(page: _Page, look: Style, rows: list[tuple[str, str, tuple[str | None, ...]]]) -> None:
    heights = [
        max(
            len(wrap(text or "", width, look.kinsoku))
            for text, width in zip(row[2], look.widths, strict=True)
        )
        for row in rows
    ]
    tops = [float(sum(heights[:index])) * 10 for index in range(len(rows) + 1)]

    def span(index: int, depth: int) -> int:
        stop = index
        while stop < len(rows) and rows[stop][:depth] == rows[index][:depth]:
            stop += 1
        return stop

    for index, (level1, level2, texts) in enumerate(rows):
        middle = (tops[index] + tops[index + 1]) / 2
        if index == 0 or rows[index - 1][0] != level1:
            page.cell(level1, look.level_widths[0], (tops[index] + tops[span(index, 1)]) / 2, False)
        if index == 0 or rows[index - 1][:2] != (level1, level2):
            page.cell(level2, look.level_widths[1], (tops[index] + tops[span(index, 2)]) / 2, False)
        for text, width in zip(texts, look.widths, strict=True):
            page.cell(text, width, middle, look.kinsoku)


def document(seed: int, described: bool = False, count: int | None = None) -> tuple[str, Style, list[Form]]:
    """A dump of some forms, how it was printed, and the forms."""
    rng = random.Random(seed)
    look = style(rng, described)
    forms = [form(rng, look, number + 1) for number in range(count or rng.randint(1, 12))]
    return dump(rng, look, forms), look, forms
