"""Tabbed forms drawn from a seed: whatever the order of columns and boxes, every cell must come back."""

from __future__ import annotations

import random

import pytest

from perfgoals_lint.model import Document
from perfgoals_lint.tables.recognise import recognise
from tables.invented import LEVELS, SOURCES, Item, Project, Unit, printed, source_of, units

HEADERS = {
    "level1": "一级指标",
    "level2": "二级指标",
    "level3": "三级指标",
    "description": "绩效指标描述",
    "cycle_value": "实施周期指标值",
    "annual_value": "指标值",
    "basis": "指标值确定依据",
    "weight": "权重",
}


class Print:
    """How one invented unit prints its forms."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.factor = rng.choice([10_000, 10_000, 1])
        self.thousands = rng.random() < 0.5
        self.style = rng.choice(["one", "one", "one", "tabs", "bare tabs"])
        extra = rng.sample(["description", "cycle_value", "basis", "weight"], rng.randint(0, 3))
        tail = ["annual_value", *extra]
        rng.shuffle(tail)
        self.columns = ["level1", "level2", "level3", *tail]
        if rng.random() < 0.2 and self.style == "one":
            self.columns = ["level1", "level2", tail[0], "level3", *tail[1:]]
        self.group = rng.random() < 0.3
        self.blank1 = rng.random() < 0.7
        self.blank2 = rng.random() < 0.4
        self.bookmark = rng.random() < 0.5
        self.title = self.bookmark or rng.random() < 0.6
        self.code = rng.random() < 0.5
        self.department = rng.random() < 0.4
        self.period = rng.random() < 0.4
        self.unit_box = rng.random() < 0.3
        self.gap = rng.random() < 0.3
        self.again = rng.random() < 0.3
        self.restarted = self.style == "one" and rng.random() < 0.3

    def value(self, column: str, item: Item) -> str:
        return {
            "level1": item.level1,
            "level2": item.level2,
            "level3": item.name,
            "description": item.description,
            "cycle_value": item.cycle,
            "annual_value": item.annual,
            "basis": "年度工作方案",
            "weight": "10",
        }[column]

    def row(self, cells: list[str], gaps: bool = False) -> list[str]:
        if self.style == "one":
            lines = []
            for cell in cells:
                lines += ["\t" + cell, *(["", ""] if gaps and self.rng.random() < 0.2 and cell else [])]
            while lines and not lines[-1]:
                lines.pop()
            return [*lines, ""]
        return [("\t" if self.style == "tabs" else "") + "\t".join(cells)]

    def boxes(self, project: Project) -> list[str]:
        rows = [["项目名称", project.name]]
        if self.code:
            rows[0] += ["项目编码", "44010031P000001"]
        if self.department:
            rows.append(["主管部门", "临澜市财政局"])
        if self.unit_box:
            rows.append(["实施单位", project.unit])
        if self.period:
            rows.append(["起始年度", "2031", "到期年度", "2033"])
        funds = [
            printed(project.funding[key], self.thousands) if key in project.funding else " "
            for key in SOURCES
        ]
        budget = printed(project.budget, self.thousands)
        rows.append(
            [
                "预算规模及资金用途",
                "预算数",
                budget,
                "其中：财政    资金",
                funds[0],
                "财政专户拨款",
                funds[1],
                "其他资金",
                funds[2],
            ]
        )
        rows.append(["", project.purpose])
        lines = [line for row in rows for line in self.row(row)]
        half = len(project.goal) // 2
        if self.style == "one":
            return [*lines, "\t绩效目标", "\t" + project.goal[:half], project.goal[half:], "", "", " "]
        return [*lines, *self.row(["绩效目标", project.goal])]

    def table(self, project: Project) -> list[str]:
        group = ["绩效指标"] if self.group else []
        header = self.row([*group, *(HEADERS[column] for column in self.columns)])
        lines = list(header)
        above = None
        for item in project.items:
            cells = [self.value(column, item) for column in self.columns]
            if above is not None and item.level1 == above.level1:
                if self.blank1:
                    cells[0] = ""
                if self.blank2 and item.level2 == above.level2:
                    cells[1] = ""
            lines += self.row([*([""] if group else []), *cells], self.gap)
            above = item
            if self.again and self.rng.random() < 0.1:
                lines += ["— 3 —", *header]
        return lines

    def text(self, found: list[Unit]) -> str:
        lines = []
        for number, project in enumerate((project for unit in found for project in unit.projects), 1):
            if self.title:
                mark = f"[bookmark: _Toc_4_{number:08}]" if self.bookmark else ""
                lines.append(f" {mark}{number}.{project.name}绩效目标表")
            lines += [
                f"\t301{number:03}{project.unit}",
                "\t单位：" + ("元" if self.factor == 1 else "万元"),
                "",
            ]
            lines += self.boxes(project) + self.table(project) + ["", "", " "]
        return "\n".join(lines)

    def check(self, document: Document, found: list[Unit]) -> None:
        assert document.layout == "tabs"
        assert not document.problems
        projects = [project for unit in found for project in unit.projects]
        assert [table.project_name for table in document.tables] == [project.name for project in projects]
        for number, (table, project) in enumerate(zip(document.tables, projects, strict=True), 1):
            assert table.unit == (project.unit if self.unit_box else f"301{number:03}{project.unit}")
            assert table.department == ("临澜市财政局" if self.department else None)
            assert table.project_code == ("44010031P000001" if self.code else None)
            assert (table.period is not None) == self.period
            if table.period:
                assert (table.period.start, table.period.end) == (2031, 2033)
            assert table.budget_yuan == project.budget * self.factor
            assert table.funding_yuan == {
                key: amount * self.factor for key, amount in project.funding.items()
            }
            assert table.annual_goal == project.goal
            assert table.purpose == project.purpose
            assert table.fiscal_year is None
            assert not table.truncated
            for row, item in zip(table.indicators, project.items, strict=True):
                assert {column: getattr(row, column) for column in self.columns} == {
                    column: self.value(column, item) for column in self.columns
                }


@pytest.mark.parametrize("seed", range(150))
def test_an_invented_form_is_read_whole(seed):
    rng = random.Random(seed)
    found = units(rng)
    style = Print(rng)
    text = style.text(found)
    style.check(recognise(source_of(text)), found)


def test_the_class_labels_of_the_generator_are_known():
    assert set(LEVELS) == {"产出指标", "效益指标", "满意度指标"}
