"""Project lists without cell marks, drawn from a seed, must be read without a loss wherever their lines break."""

from __future__ import annotations

import random

import pytest

from perfgoals_lint.model import Document
from perfgoals_lint.tables.recognise import recognise
from tables.invented import LEVELS, SOURCES, Project, Unit, printed, source_of, total_of, units, wrapped


class Print:
    """How one invented unit prints its list."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.factor = rng.choice([10_000, 10_000, 1])
        self.thousands = rng.random() < 0.7
        self.colon = rng.choice([":", "："])
        self.mark = rng.choice(["；", "；", ";", "，"])
        self.number = rng.choice(["{}、", "{}.", "{} 、"])
        self.codes = rng.random() < 0.6
        self.cycle = rng.random() < 0.7
        self.stop = rng.choice(["。", "。", "。", ""])
        self.department = rng.random() < 0.7
        self.indent = rng.random() < 0.7
        self.name_width = rng.choice([9, 14, 40]) if self.indent or self.stop else 40
        self.list_width = rng.randint(18, 40)
        self.pages = rng.random() < 0.5
        self.same_line = rng.random() < 0.5
        self.kind = rng.random() < 0.2

    def item(self, item) -> str:
        code1, seconds = LEVELS[item.level1]
        first = f"{code1}-{item.level1}" if self.codes else item.level1
        second = f"{seconds[item.level2]}-{item.level2}" if self.codes else item.level2
        text = self.number.format(item.number) + self.mark.join([first, second, item.name])
        if self.cycle:
            text += f"{self.mark}实施周期指标值{self.colon}{item.cycle}"
        return f"{text}{self.mark}年度指标值{self.colon}{item.annual}{self.stop}"

    def amounts(self, funding) -> str:
        total = printed(sum(funding.values()), self.thousands)
        return " ".join(
            [total, *(printed(funding[key], self.thousands) for key in SOURCES if key in funding)]
        )

    def project(self, project: Project) -> list[str]:
        name = wrapped(project.name, self.name_width)
        if self.indent:
            name[0] = "    " + name[0]
        amounts = self.amounts(project.funding)
        if self.kind:
            amounts = "部门预算项目 " + amounts
        if len(name) == 1 or self.same_line or self.kind:
            name[-1] += " " + amounts
        else:
            name.append(amounts)
        listed = "".join(map(self.item, project.items))
        lines = [*name, *wrapped(project.goal, 23), "", *wrapped(listed, self.list_width)]
        return [line for text in lines for line in ([text, ""] if self.rng.random() < 0.3 else [text])]

    def text(self, found: list[Unit]) -> str:
        kind = ["项目类型"] if self.kind else []
        header = " ".join(["项目名称（资金使用单位）", *kind, "总计", *SOURCES, "绩效目标", "绩效指标"])
        about = f"部门名称{self.colon}临澜市财政局 " if self.department else ""
        top = [
            "项目支出绩效目标表",
            "",
            about + ("单位：元" if self.factor == 1 else "单位：万元"),
            "",
            header,
            "",
        ]
        whole = total_of([project for unit in found for project in unit.projects])
        lines = [*top, "合计 " + self.amounts(whole), ""]
        page = 1
        for unit in found:
            lines += [f"{unit.name} {self.amounts(unit.funding)}", ""]
            for project in unit.projects:
                printed_lines = self.project(project)
                if self.pages and self.rng.random() < 0.5:
                    at = self.rng.randint(0, len(printed_lines))
                    printed_lines[at:at] = ["", f"第 {page} 页", *top]
                    page += 1
                lines += printed_lines
        return "\n".join(lines)

    def check(self, document: Document, found: list[Unit]) -> None:
        assert document.layout == "project-list"
        projects = [project for unit in found for project in unit.projects]
        assert [table.project_name for table in document.tables] == [project.name for project in projects]
        for table, project in zip(document.tables, projects, strict=True):
            assert table.unit == project.unit
            assert table.department == ("临澜市财政局" if self.department else None)
            assert table.budget_yuan == project.budget * self.factor
            assert table.annual_goal == project.goal
            assert table.project_type == ("部门预算项目" if self.kind else None)
            assert not table.truncated
            assert [
                (row.number, row.level1, row.level2, row.level3, row.cycle_value, row.annual_value)
                for row in table.indicators
            ] == [
                (
                    item.number,
                    item.level1,
                    item.level2,
                    item.name,
                    item.cycle if self.cycle else None,
                    item.annual,
                )
                for item in project.items
            ]
            codes = [(row.level1_code, row.level2_code) for row in table.indicators]
            assert codes == [
                (LEVELS[item.level1][0], LEVELS[item.level1][1][item.level2]) if self.codes else (None, None)
                for item in project.items
            ]
        self.check_funding(document, projects)
        assert [total.name for total in document.totals] == ["合计", *(unit.name for unit in found)]
        for total, unit in zip(document.totals[1:], found, strict=True):
            assert total.total == sum(unit.funding.values()) * self.factor

    def check_funding(self, document: Document, projects: list[Project]) -> None:
        """Blank columns leave no mark: what the totals settle must be right, the rest must be marked or add up."""
        doubtful = {problem.args["where"] for problem in document.problems if problem.code == "PGX104"}
        whole = total_of(projects)
        for table, project in zip(document.tables, projects, strict=True):
            assert sum(table.funding_yuan.values()) == table.budget_yuan
            settled = SOURCES[0] in whole and (len(whole) == 1 or SOURCES[2] in whole)
            if settled and not doubtful & {project.name, project.unit, "合计"}:
                assert table.funding_yuan == {
                    key: amount * self.factor for key, amount in project.funding.items()
                }


@pytest.mark.parametrize("seed", range(150))
def test_an_invented_list_is_read_whole(seed):
    rng = random.Random(seed)
    found = units(rng)
    style = Print(rng)
    text = style.text(found)
    style.check(recognise(source_of(text)), found)
