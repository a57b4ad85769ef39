"""What checking costs as a table grows and as the rulebook grows: ratios within one run.

Prints the time of a table with twice the rows against one with once the rows, and of all rules against the first 34.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

from perfgoals_lint.lint.engine import Engine
from perfgoals_lint.model import Document, GoalTable, Indicator, Location
from perfgoals_lint.rulebook import rules as rulebook
from perfgoals_lint.rulebook.labels import classify
from perfgoals_lint.rulebook.rule import Rule

ROUNDS = 7
ROWS = 400
FIRST = ["PGC101", "PGC102", "PGC103", "PGC106", "PGC107", "PGC108", "PGC111", "PGC115", "PGC116", "PGR207", "PGR210", "PGA301", "PGA302", "PGA303", "PGA305", "PGF401", "PGF402", "PGF403", "PGF405", "PGF406", "PGN501", "PGN502", "PGN503", "PGN509", "PGK601", "PGK602", "PGK603", "PGK604", "PGK605", "PGK606", "PGK607", "PGK609", "PGK610", "PGK615"]  # fmt: skip
LEVELS = [("产出指标", "数量指标"), ("产出指标", "质量指标"), ("产出指标", "成本指标"), ("效益指标", "社会效益指标"), ("满意度指标", "服务对象满意度指标")]  # fmt: skip
VALUES = ["≥{n}家", "≥95%", "≤{n}万元", "有效提升", "≥90%"]


def document(rows: int) -> Document:
    """One table of made-up rows of every class."""
    indicators = []
    for number in range(rows):
        level1, level2 = LEVELS[number % len(LEVELS)]
        text = VALUES[number % len(VALUES)].format(n=number + 1)
        row = Indicator(
            level1=level1,
            level2=level2,
            level3=f"第{number}项走访企业情况",
            annual_value=text,
            cycle_value=text,
        )
        row.level1_class, row.level2_class = classify(level1, 1), classify(level2, 2)
        row.locations = {"level3": Location("made-up", line=number + 1)}
        indicators.append(row)
    goal = "申请50万元用于走访企业，每家0.1万元，共500家。每年50万元，三年合计150万元。"
    table = GoalTable(Location("made-up", line=1), "企业走访", annual_goal=goal, indicators=indicators)
    return Document("made-up", "text", "made-up", [table])


def seconds(work: Callable[[], object]) -> float:
    """The median CPU time of some work."""
    times = []
    for _ in range(ROUNDS):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return statistics.median(times)


def cost(rules: list[Rule], rows: int) -> float:
    """The time to check a table of so many rows, each of which is new to the engine."""
    made = document(rows)
    Engine(rules).check(made)
    return seconds(lambda: Engine(rules).check(made))


def main() -> None:
    book = rulebook.load()
    every, first = list(book), [book.rules[code] for code in FIRST]
    once, twice = cost(every, ROWS), cost(every, 2 * ROWS)
    print(f"{len(every)} rules, {ROWS} rows: {once * 1000:.1f} ms; {2 * ROWS} rows: {twice * 1000:.1f} ms")
    print(f"twice the rows: ratio {twice / once:.2f}")
    few = cost(first, ROWS)
    print(f"first {len(first)} rules: {few * 1000:.1f} ms; all rules: ratio {once / few:.2f}")
    slowest = sorted(((cost([rule], ROWS), rule.code) for rule in every), reverse=True)[:8]
    print("slowest: " + ", ".join(f"{code} {spent * 1000:.1f} ms" for spent, code in slowest))


if __name__ == "__main__":
    main()
