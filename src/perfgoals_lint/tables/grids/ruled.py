"""Tables drawn with lines: the lines are left out, what stands between them is set apart by bars."""

from __future__ import annotations

from dataclasses import replace

from perfgoals_lint.model import TextBlock
from perfgoals_lint.rulebook.patterns import compiled

_DRAWN = str.maketrans({"│": "|", "┃": "|", "║": "|", "\uff5c": "|", "￨": "|"})
_RULE = compiled(r"[\s|+\u2500-\u257f:=-]*(?:[\u2500-\u257f]{3}|\+[-=]{3,}\+)[\s|+\u2500-\u257f:=-]*")
"""A line that is nothing but drawn, corners and crossings included."""
_PART = compiled(r"[+├┼╠╬][-=\u2500-\u257f]{3,}[-=+\u2500-\u257f]*")
"""A rule beside a cell that goes on below it."""


def without_rules(block: TextBlock) -> TextBlock:
    """A block of text with bars between its cells and blank lines between its rows, where tables are drawn with lines."""
    if not any(_RULE.fullmatch(line.text) for line in block.lines):
        return block
    lines = (
        ""
        if _RULE.fullmatch(line.text)
        else _PART.sub(lambda rule: f"|{' ' * (len(rule[0]) - 1)}", line.text.translate(_DRAWN))
        for line in block.lines
    )
    return TextBlock([replace(line, text=text) for line, text in zip(block.lines, lines, strict=True)])
