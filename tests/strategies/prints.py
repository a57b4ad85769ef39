"""Invented goal forms and lists of many kinds with what they say, and prints of them with the noise of published text."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field

from strategies.print_maker import EXTRA, ROWS, Maker, Said
from tables.grids.printing import SHAPES, Table


@dataclass
class Print:
    """A document: its lines and what it says."""

    lines: list[str]
    said: list[Said]
    kind: str
    shape: str
    parts: list[Table] = field(default_factory=list)


def long_list(rng: random.Random) -> tuple[Table, list[Said]]:
    """A list with a row an indicator, what belongs to the project in merged cells in front."""
    maker = Maker(rng)
    maker.values, maker.numbered, maker.side = rng.choice(["one", "two", "parts"]), False, False
    projects = [maker.project() for _ in range(rng.choice([2, 3, 4]))]
    front = ["项目名称"]
    front += rng.sample(["主管部门", "项目编码"], rng.choice([0, 1]))
    front.append(rng.choice(["预算数（万元）", "预算金额（万元）", "年度预算（万元）"]))
    front.append(rng.choice(["年度绩效目标", "绩效目标", "年度目标"]))
    names, _ = maker.columns()
    table = Table(len(front) + 2 + len(names))
    table.header = 0
    table.row(*front, "一级指标", "二级指标", *names)
    if rng.random() < 0.4:
        total = sum(float(texts["total"]) for _, texts in projects)
        table.row("合计", *[""] * (front.index(front[-2]) - 1), f"{total:g}", *[""] * (3 + len(names)))
    for said, texts in projects:
        keys = {"项目名称": "name", "主管部门": "department", "项目编码": "code"}
        for name in front:
            field_name = {"主管部门": "department", "项目编码": "project_code"}.get(name)
            if field_name:
                said.heads[field_name] = texts[keys[name]]
        said.heads["budget_yuan"] = f"{float(texts['total']) * 10000:g}"
        previous: tuple[str | None, str | None] = (None, None)
        rows = list(said.rows)
        for n, (first, second, *_) in enumerate(rows):
            row: list[str | tuple[str, int, int]] = []
            if n == 0:
                for name in front:
                    key = keys.get(name) or ("goal" if "目标" in name else "total")
                    row.append((texts[key], 1, len(rows)))
            if first != previous[0]:
                row.append((first or "", 1, sum(other[0] == first for other in rows)))
            if (first, second) != previous:
                row.append((second or "", 1, sum(other[:2] == (first, second) for other in rows)))
            previous = (first, second)
            table.row(*row, *maker.cells(said, n))
    return table, [said for said, _ in projects]


def wide_list(rng: random.Random) -> tuple[Table, list[Said]]:
    """A list with a row a project and a column a class, the cells as ``1.名称：值``."""
    maker = Maker(rng)
    projects = [maker.project() for _ in range(rng.choice([2, 3]))]
    classes = list(ROWS)
    one = rng.random() < 0.5
    money = ["预算数（万元）"]
    table = Table(3 + len(money) + len(classes))
    if one:
        table.row("项目名称", "项目单位", *money, "绩效目标", *[second for _, second in classes])
    else:
        firsts = list(dict.fromkeys(first for first, _ in classes))
        table.row(("项目名称", 1, 2), ("项目单位", 1, 2), (money[0], 1, 2), ("绩效目标", 1, 2),
                  *[(first, sum(other == first for other, _ in classes), 1) for first in firsts])  # fmt: skip
        table.row(*[second for _, second in classes])
    for said, texts in projects:
        rows = list(said.rows)
        cells = []
        for first, second in classes:
            own = [row for row in rows if row[:2] == (first, second)]
            cells.append(
                "".join(
                    f"{n}.{row[2]}：{row[4]}" + ("；" if rng.random() < 0.5 else "")
                    for n, row in enumerate(own, 1)
                )
            )
        if one:
            said.rows = [(None, *row[1:]) for row in said.rows]
        said.heads |= {"unit": texts["unit"], "budget_yuan": f"{float(texts['total']) * 10000:g}"}
        table.row(texts["name"], texts["unit"], texts["total"], texts["goal"], *cells)
    return table, [said for said, _ in projects]


def one_level(rng: random.Random) -> tuple[Table, list[Said]]:
    """A form whose indicators have a class and a name only."""
    maker = Maker(rng)
    said, texts = maker.project()
    said.rows = [(None, *row[1:]) for row in said.rows]
    extra = rng.choice([[], ["指标说明"], ["分值"], ["评分标准"]])
    table = Table(4 + len(extra))
    wide = table.columns - 1
    table.row("项目名称", (texts["name"], wide))
    table.row(rng.choice(["项目单位", "实施单位"]), (texts["unit"], wide))
    table.row(rng.choice(["预算金额（万元）", "申报预算数（万元）"]), (texts["total"], wide))
    table.row("年度绩效目标", (texts["goal"], wide))
    table.header = table.rows
    names = rng.choice(
        [
            ["二级指标", "三级指标", "指标值"],
            ["指标类型", "指标名称", "目标值"],
            ["指标类别", "指标内容", "指标值"],
        ]
    )
    table.row("序号", *names, *extra)
    for number, row in enumerate(said.rows, 1):
        other = [rng.choice(EXTRA.get(name, ["5", "10"])) for name in extra]
        table.row(str(number), row[1] or "", row[2], row[4] or "", *other)
    said.heads |= {"unit": texts["unit"], "budget_yuan": f"{float(texts['total']) * 10000:g}"}
    return table, [said]


def department(rng: random.Random) -> tuple[Table, list[Said]]:
    """The form of a whole department with its main tasks."""
    maker = Maker(rng)
    maker.values, maker.numbered, maker.weight = rng.choice(["one", "two"]), False, False
    maker.side = True
    said, texts = maker.project()
    table = Table(max(maker.width, 6))
    wide = table.columns
    table.row(rng.choice(["部门（单位）名称", "部门名称"]), (texts["department"], wide - 1))
    tasks = [
        ("人员与公用经费", "保障机构运转"),
        ("设施管护", "开展设施巡查维护"),
        ("宣传培训", "组织培训十二期"),
    ]
    spare = wide - 5
    table.row(
        ("年度主要任务", 1, 2 + len(tasks)),
        ("任务名称", 1, 2),
        ("主要内容", 1, 2),
        ("预算金额（万元）", 3 + spare, 1),
    )
    table.row("总额", "财政拨款", ("其他资金", 1 + spare))
    sums = [0.0, 0.0, 0.0]
    for name, what in tasks:
        one, two = rng.randint(100, 2000) / 10, rng.randint(10, 90) / 10
        amounts = [one + two, one, two]
        sums = [a + b for a, b in zip(sums, amounts, strict=True)]
        table.row(name, what, f"{amounts[0]:.2f}", f"{one:.2f}", (f"{two:.2f}", 1 + spare))
    table.row(("金额合计", 3), f"{sums[0]:.2f}", f"{sums[1]:.2f}", (f"{sums[2]:.2f}", 1 + spare))
    table.row("年度总体目标", (texts["goal"], wide - 1))
    maker.extra = maker.extra[: max(wide - (maker.width - len(maker.extra)), 0)]
    maker.indicators(table, said)
    said.heads = {
        "department": texts["department"],
        "annual_goal": texts["goal"],
        "budget_yuan": f"{round(sums[0] * 10000, 2):g}",
    }
    said.heads["project_name"] = texts["department"]
    return table, [said]


KINDS: dict[str, Callable[[random.Random], tuple[Table, list[Said]]]] = {
    f.__name__: f for f in (long_list, wide_list, one_level, department)
}


def noisy(rng: random.Random, table: Table, shape: Callable[[Table], list[str]]) -> list[str]:
    """The lines of a print with what published text adds to it."""
    from tables.grids.printing import paged

    lines = shape(table)
    if rng.random() < 0.3 and "序号" not in (cell for cell, _, _ in table.cells.values()):
        lines = paged(lines, table, shape)
    if rng.random() < 0.3 and shape.__name__ != "word":
        lines = [part for line in lines for part in ((line, "") if rng.random() < 0.3 else (line,))]
    return lines


def document(seed: int, shape: str | None = None, kind: str | None = None) -> Print:
    """A document of one to three forms of one kind with titles, page numbers and signatures."""
    rng = random.Random(seed)
    name = shape or rng.choice(sorted(SHAPES))
    if kind is not None:
        table, said = KINDS[kind](rng)
        title = (
            "部门整体支出绩效目标表"
            if kind == "department"
            else rng.choice(["项目支出绩效目标表", "项目绩效目标申报表"])
        )
        lines = [
            title,
            *([rng.choice(["（2026年度）", "2026年度"])] * rng.choice([0, 1])),
            *SHAPES[name](table),
        ]
        lines += rng.choice([[], ["填表人：林×"], ["注：本表按项目填报。", "- 1 -"]])
        return Print(lines, said, kind, name, [table])
    maker = Maker(rng)
    found = Print([], [], maker.values, name)
    for number in range(rng.choice([1, 1, 1, 2, 3])):
        table, said = maker.form()
        title = rng.choice(
            [
                "项目支出绩效目标表",
                "项目绩效目标申报表",
                f"附件{number + 1}\n项目支出绩效目标批复表",
                "预算项目绩效目标公开表",
            ]
        )
        found.lines += title.split("\n")
        if rng.random() < 0.5:
            found.lines.append(rng.choice(["（2026年度）", "单位：万元", "2026年度"]))
        found.lines += noisy(rng, table, SHAPES[name])
        if rng.random() < 0.3:
            found.lines.append(
                rng.choice(["填表人：林× 联系电话：5550", "注：本表按项目填报。", "单位负责人：杜×"])
            )
        if rng.random() < 0.3:
            found.lines.append(rng.choice([f"- {number + 1} -", f"第 {number + 1} 页"]))
        found.said.append(said)
        found.parts.append(table)
    return found
