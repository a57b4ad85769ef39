"""Classes of the first level that are printed in the middle of their rows, as merged cells stand in text."""

from perfgoals_lint.model import GoalTable
from perfgoals_lint.rulebook.labels import classify, parent_of


def put_in_front(table: GoalTable) -> None:
    """Give a class that stands beside a row without one of the second level also to the rows above it whose classes of the
    second level belong to it and not to the class that they have; and the class of the last of them to the rows behind
    it: 数量指标 …, 产出指标 开设课程数量, 质量指标 …"""
    rows = table.indicators
    for at, row in enumerate(rows):
        own = classify(row.level1, 1)
        first = at
        while first and own and not row.level2 and _belongs(rows[first - 1].level2, own):
            if classify(rows[first - 1].level1, 1) == own:
                break
            first -= 1
        if first == at:
            continue
        place = row.locations.get("level1")
        for above in rows[first:at]:
            above.level1, above.level1_code = row.level1, row.level1_code
            if place:
                above.locations["level1"] = place
        for below in rows[at:]:
            if below.level2 or below.level1 != row.level1:
                break
            below.level2 = rows[at - 1].level2
            if second := rows[at - 1].locations.get("level2"):
                below.locations["level2"] = second


def _belongs(label: str | None, own: str) -> bool:
    """Is this a class of the second level below a class of the first?"""
    name = classify(label, 2)
    return name is not None and parent_of(name) == own
