"""Narrative sub-goals: numbered titles, each with a goal line and an indicator line, outside of tables."""

from collections.abc import Iterable
from itertools import takewhile

from perfgoals_lint.model import Grid, Line, SubGoal, TextBlock
from perfgoals_lint.rulebook.patterns import compiled
from perfgoals_lint.tables.texts import join_lines

_TITLE = compiled(r"[（(][一二三四五六七八九十]+[)）]")
_HEADING = compiled(r"[一二三四五六七八九十]+、")
_PARTS = ("绩效目标", "绩效指标")
_PART = compiled(r"(绩效目标|绩效指标)[:：]")


def narrative_subgoals(blocks: Iterable[Grid | TextBlock]) -> list[SubGoal]:
    """The narrative sub-goals in the prose in front of the first table: a numbered title, then a goal line and an indicator line, each
    of which may run on."""
    above = takewhile(lambda block: not isinstance(block, Grid), blocks)
    lines = [line for block in above if isinstance(block, TextBlock) for line in block.lines]
    found: list[SubGoal] = []
    title: Line | None = None
    parts: dict[str, list[str]] = {}
    for line in [*lines, None]:
        text = line.text.strip() if line else ""
        label = _PART.match(text)
        if line is None or _TITLE.match(text) or _HEADING.match(text):
            if title and parts:
                goal, indicators = (join_lines(parts[name]) if name in parts else None for name in _PARTS)
                found.append(SubGoal(title.text.strip(), goal, indicators, title.location))
            title, parts = (line if _TITLE.match(text) else None), {}
        elif label:
            parts[label[1]] = [text[label.end() :]]
        elif parts:
            next(reversed(parts.values())).append(text)
    return found
