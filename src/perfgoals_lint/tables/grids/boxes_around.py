"""Boxes of a form printed around their middle, as text taken from a page has them: lines of prose above and below their
label, a wrapped label above and below the line of its value."""

from collections.abc import Iterator, Sequence

from perfgoals_lint.model import Line
from perfgoals_lint.rulebook.labels import column_of, field_of
from perfgoals_lint.tables.amounts import is_amount
from perfgoals_lint.tables.grids.boxes import PROSE
from perfgoals_lint.tables.grids.lines import part, words_of
from perfgoals_lint.text import width_of

_LONG = 15.0
"""The least width of a line of prose (em)."""
_PART = 5
"""Characters of a part of a label at the most."""
_OF_PROSE = PROSE | {"aside"}


def boxes_in_order(lines: Sequence[Line]) -> list[Line]:
    """The lines above a table with every label whole and in front of what stands in its box."""
    return _prose_in_order(list(_whole_labels(lines)))


def _whole_labels(lines: Sequence[Line]) -> Iterator[Line]:
    """The lines with the parts of labels put together."""
    at = 0
    while at < len(lines):
        rows = [words_of(line) for line in lines[at : at + 3]]
        alone = (
            len(rows) == 3 and len(rows[0]) == len(rows[2]) == 1 and rows[1] and not field_of(rows[1][0].text)
        )
        if alone and (label := _label(rows[0][0], rows[2][0])):
            yield from (label, lines[at + 1])
            at += 3
            continue
        if (
            len(rows) > 1
            and len(rows[0]) > 1
            and len(rows[1]) > 1
            and (label := _label(rows[0][0], rows[1][0]))
        ):
            yield from (label, _behind(lines[at], rows[0]), _behind(lines[at + 1], rows[1]))
            at += 2
            continue
        yield lines[at]
        at += 1


def _behind(line: Line, words: Sequence[Line]) -> Line:
    return part(line, (words[1].location.column or 1) - (line.location.column or 1))


def _label(upper: Line, lower: Line) -> Line | None:
    """The label that two parts are; a part is none."""
    short = len(upper.text) <= 2 * _PART and len(lower.text) <= _PART
    if not short or field_of(upper.text) or field_of(lower.text) or column_of(lower.text):
        return None
    text = upper.text + lower.text
    return Line(text, upper.location) if field_of(text) else None


def _prose_in_order(lines: list[Line]) -> list[Line]:
    """The lines with the label of a box of prose in front of those that stand around it: as many above it as below. A label
    with none above it has all those below it."""
    found: list[Line] = []
    free = 0
    in_order = False
    at = 0
    while at < len(lines):
        words = words_of(lines[at])
        own = field_of(words[0].text) if words else None
        if own not in _OF_PROSE:
            in_order = in_order and own is None
            free = free + 1 if words and own is None and is_prose(words) and not in_order else 0
            found.append(lines[at])
            at += 1
            continue
        below = next((n for n, line in enumerate(lines[at + 1 :]) if not _goes_on(line)), len(lines) - at - 1)
        rest = [_behind(lines[at], words)] if words[1:] else []
        if free and below >= free and (rest or len(words) == 1):
            above = found[len(found) - free :]
            found[len(found) - free :] = [words[0], *above, *rest]
            below = free
        else:
            in_order = below > 0 or not rest  # what stands below a label is all its own
            found.append(lines[at])
        found += lines[at + 1 : at + 1 + below]
        at += 1 + below
        free = 0
    return found


def is_prose(words: Sequence[Line]) -> bool:
    """May a line be one of a text: one long word, which is no label?"""
    return len(words) == 1 and width_of(words[0].text) >= _LONG and not field_of(words[0].text)


def _goes_on(line: Line) -> bool:
    """May a line belong to the text above it: does it begin with no label, and hold no amount?"""
    words = [word.text for word in words_of(line)]
    return bool(words) and field_of(words[0]) is None and not is_amount(words[-1])
