"""Project lists with tabs, drawn from a seed with the variations that other units print, must be read without a loss."""

from __future__ import annotations

import random
import re

import pytest

from perfgoals_lint.model import Document
from perfgoals_lint.tables.recognise import recognise
from tables.invented import LEVELS, SOURCES, Project, Unit, printed, source_of, total_of, units


class Print:
    """How one invented unit prints its list."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.factor = rng.choice([10_000, 10_000, 1])
        self.thousands = rng.random() < 0.7
        self.colon = rng.choice([":", "："])
        self.comma = rng.choice([",", "，", ";", "；"])
        self.number = rng.choice(["{}、", "{}.", "{}．", "{} 、"])
        self.level2 = rng.choice(["none", "none", "dash", "colon", "coded"])
        self.cycle = rng.random() < 0.3
        self.stop = rng.choice(["。", "。", "；", ""])
        self.department = rng.random() < 0.7
        self.extra = rng.sample(["项目类型", "主管部门"], rng.randint(0, 2))
        self.purpose = rng.random() < 0.3
        self.vanish = not self.extra and rng.random() < 0.5
        self.join = rng.random() < 0.3
        self.header_again = rng.random() < 0.5
        self.blanks = rng.random() < 0.5

    def item(self, item) -> str:
        code1, seconds = LEVELS[item.level1]
        level = {
            "none": item.level1,
            "dash": f"{item.level1}-{item.level2}",
            "colon": f"{item.level1}{self.colon}{item.level2}",
            "coded": f"{code1}-{item.level1}{self.colon}{seconds[item.level2]}-{item.level2}",
        }[self.level2]
        text = f"{self.number.format(item.number)}{level}{self.colon}{item.name}"
        if self.cycle:
            text += f"{self.comma}实施周期指标值{self.colon}{item.cycle}"
        return f"{text}{self.comma}年度指标值{self.colon}{item.annual}{self.stop}"

    def broken(self, text: str, width: int) -> str:
        """As recognition leaves a wrapped cell: a blank at every line break between two Chinese characters."""
        if not self.blanks:
            return text
        return "".join(
            piece
            + (" " if re.search(r"[一-鿿]$", piece) and re.match("[一-鿿]", text[end : end + 1]) else "")
            for end, piece in (
                (start + width, text[start : start + width]) for start in range(0, len(text), width)
            )
        )

    def amounts(self, funding) -> list[str]:
        total = printed(sum(funding.values()), self.thousands)
        return [total, *(printed(funding[key], self.thousands) if key in funding else "" for key in SOURCES)]

    def row(self, project: Project, gone: set[int]) -> str:
        extra = ["其他特定目标类" if name == "项目类型" else "云洲市财政局" for name in self.extra]
        amounts = [text for index, text in enumerate(self.amounts(project.funding)) if index not in gone]
        listed = "".join(map(self.item, project.items))
        goal = self.broken(project.goal, 23)
        purpose = [project.purpose] if self.purpose else []
        end = (
            [goal + (" " if self.blanks else "") + listed] if self.join and not self.cycle else [goal, listed]
        )
        return "\t".join([self.broken(project.name, 7), *extra, *amounts, *purpose, *end])

    def total(self, name: str, funding, gone: set[int]) -> str:
        amounts = [text for index, text in enumerate(self.amounts(funding)) if index not in gone]
        return "\t".join([name, *("" for _ in self.extra), *amounts, *([""] if self.purpose else []), "", ""])

    def text(self, found: list[Unit]) -> str:
        header = ["项目名称(资金 使用单位)", *self.extra, "总计", "财政拨款", "财政专户 拨款", "其他资金"]
        header += [*(["项目概况"] if self.purpose else []), "绩效目标", "绩效指标"]
        lines = ["项目支出绩效目标表", ""]
        about = [f"部门名称{self.colon}临澜市财政局"] if self.department else []
        lines += [" ".join([*about, "单位：元" if self.factor == 1 else "单位：万元"]), "", "\t".join(header)]
        whole = total_of([project for unit in found for project in unit.projects])
        lines.append(self.total("合计", whole, set()))
        gone = {index + 1 for index, key in enumerate(SOURCES) if key not in whole} if self.vanish else set()
        page = 1
        for unit in found:
            lines.append(self.total(unit.name, unit.funding, gone))
            for project in unit.projects:
                lines.append(self.row(project, gone))
                if self.rng.random() < 0.3:
                    lines += ["", f"- {page} -"]
                    page += 1
                    if self.header_again:
                        lines += ["项目支出绩效目标表", "\t".join(header)]
        lines += ["", "注：本表按编报时情况填列。"]
        return "\n".join(lines)

    def check(self, document: Document, found: list[Unit]) -> None:
        assert document.layout == "project-list"
        projects = [project for unit in found for project in unit.projects]
        assert [table.project_name for table in document.tables] == [project.name for project in projects]
        for table, project in zip(document.tables, projects, strict=True):
            assert table.unit == project.unit
            assert table.department == (
                "云洲市财政局" if "主管部门" in self.extra else "临澜市财政局" if self.department else None
            )
            assert table.budget_yuan == project.budget * self.factor
            assert table.funding_yuan == {
                key: amount * self.factor for key, amount in project.funding.items()
            }
            assert table.annual_goal == project.goal
            assert table.purpose == (project.purpose if self.purpose else None)
            assert table.project_type == ("其他特定目标类" if "项目类型" in self.extra else None)
            assert not table.truncated
            assert [
                (row.number, row.level1, row.level2, row.level3, row.cycle_value, row.annual_value)
                for row in table.indicators
            ] == [
                (
                    item.number,
                    item.level1,
                    None if self.level2 == "none" else item.level2,
                    item.name,
                    item.cycle if self.cycle else None,
                    item.annual,
                )
                for item in project.items
            ]
        assert [total.name for total in document.totals] == ["合计", *(unit.name for unit in found)]
        start = 0
        for total, unit in zip(document.totals[1:], found, strict=True):
            assert total.total == sum(unit.funding.values()) * self.factor
            assert total.funding_yuan == {
                key: unit.funding[key] * self.factor for key in SOURCES if key in unit.funding
            }
            assert (total.first, total.last) == (start, start + len(unit.projects) - 1)
            start += len(unit.projects)
        assert document.totals[0].grand
        assert (document.totals[0].first, document.totals[0].last) == (0, len(projects) - 1)


@pytest.mark.parametrize("seed", range(150))
def test_an_invented_project_list_is_read_whole(seed):
    rng = random.Random(seed)
    found = units(rng)
    style = Print(rng)
    text = style.text(found)
    style.check(recognise(source_of(text)), found)
