"""Text of a converter that knows no merged cells and prints one again for every row and column that it covers."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from perfgoals_lint.model import Line, TextBlock
from perfgoals_lint.rulebook.labels import column_of, field_of
from perfgoals_lint.rulebook.patterns import compiled

_WORDS = compiled(r"[一-鿿]{4}")
_FEWEST = 3
"""Times that a cell is printed where no chance does so."""
_LONGEST_LABEL = 16
_MARK = compiled(r"\t|(?<!\\)\|")
_APART = compiled(r"\t|(?<!\\)\||\S\s{2,}\S")
"""What stands between two cells of a line."""
_BESIDE = "indicators"
"""The field whose label stands beside the rows."""


def without_repeats(block: TextBlock) -> TextBlock:
    """A block of text in which a cell a line is printed once above the indicators, and the label beside them in their first
    row alone, where they are repeated."""
    return TextBlock(_without_labels(_without_lines(block.lines)))


def _without_lines(lines: Sequence[Line]) -> list[Line]:
    runs = [list(run) for _, run in groupby(lines, lambda line: line.text.strip())]
    many = (len(run) >= _FEWEST and _is_cell(run[0].text) for run in runs)
    if not any(many):
        return list(lines)
    names = {number for number, run in enumerate(runs) if _heads_names(run[0].text.strip())}
    if not names:
        return list(lines)
    kept: list[Line] = []
    times = 0  # that names are printed, as the header says
    for number, run in enumerate(runs):
        text = run[0].text.strip()
        if number in names:
            times = max(times, len(run))
        # Two labels and two equal texts are two boxes.
        beside = len(run) == _FEWEST - 1 and number > 1 and all(map(_is_box, runs[number - 2 : number]))
        again = len(run) == times > 1 if times else len(run) > 1 and not beside
        kept += run[:1] if again and _is_cell(text) else run
    return kept


def _heads_names(text: str) -> bool:
    """Does a line head the column of names?"""
    return _is_label(text) and column_of(text) == "level3"


def _is_label(text: str) -> bool:
    return len(text.strip()) < _LONGEST_LABEL


def _is_box(run: Sequence[Line]) -> bool:
    """Is a run one line, the label of a box?"""
    return len(run) == 1 and _is_label(run[0].text) and field_of(run[0].text.strip()) is not None


def _is_cell(text: str) -> bool:
    """Is a line one cell of words? Rows may be equal."""
    return _WORDS.search(text) is not None and _APART.search(text) is None


def _without_labels(lines: Sequence[Line]) -> list[Line]:
    """The lines, a label beside all rows of indicators with blanks in its place where the row above begins with it too."""
    firsts = [_first(line.text) for line in lines]
    widths = {len(_MARK.findall(line.text)) for line, first in zip(lines, firsts, strict=True) if first}
    firsts = firsts if len(widths) > 1 else []
    kept = list(lines)
    for number in range(1, len(firsts)):
        if _is_again(firsts, number):
            end = len(firsts[number])
            kept[number] = replace(lines[number], text=" " * end + lines[number].text[end:])
    return kept


def _is_again(firsts: Sequence[str], number: int) -> bool:
    label = firsts[number].strip(" |")
    if not label or firsts[number - 1].strip(" |") != label or len(label) >= _LONGEST_LABEL:
        return False
    return field_of(label) == _BESIDE and column_of(label) is None


def _first(text: str) -> str:
    """What a line holds up to the mark behind its first cell, none where nothing follows."""
    start = len(text) - len(text.lstrip(" |"))
    end = _MARK.search(text, start)
    return text[: end.end() - (end[0] == "\t")] if end and text[end.end() :].strip() else ""
