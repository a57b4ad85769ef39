"""Labels of groups of amounts, or of goals, printed in the middle of their rows, put in front of them."""

from collections.abc import Sequence
from itertools import takewhile

from perfgoals_lint.model import Line
from perfgoals_lint.rulebook.labels import field_of
from perfgoals_lint.tables.amounts import is_amount
from perfgoals_lint.tables.grids.boxes import OF_MONEY, PROSE
from perfgoals_lint.tables.grids.head_rows import MONEY
from perfgoals_lint.tables.grids.lines import from_word, words_of

_GROUPS = MONEY | PROSE | {"aside"}
"""Fields whose label may be that of a group of boxes."""


def groups_in_front(lines: Sequence[Line]) -> list[Line]:
    """The lines with the label of a group of amounts, or of goals, that stands in the middle of its rows in front of them
    (资金总额 36; 项目资金 财政拨款 30; 其他资金 6): as many rows stand above it as below."""
    found = list(lines)
    for number, line in enumerate(lines):
        words = words_of(line)
        own = field_of(words[0].text) if words else None
        kind = PROSE if own in PROSE else MONEY
        if own not in _GROUPS or (words[1:] and not _is_row(words[1:], kind)):
            continue
        above, below = (_rows_beside(rows, kind) for rows in (lines[:number][::-1], lines[number + 1 :]))
        if above and (above == below if kind is MONEY else len(words) == above == 1):
            rest = from_word([line], words[1]) if words[1:] else []
            last = number + len(found) - len(lines)
            found[last - above : last + 1] = [words[0], *found[last - above : last], *rest]
    return found


def _rows_beside(lines: Sequence[Line], kind: frozenset[str]) -> int:
    return sum(1 for _ in takewhile(lambda line: _is_row(words_of(line), kind), lines))


def _is_row(words: Sequence[Line], kind: frozenset[str]) -> bool:
    """Do the words of a line begin with an amount behind its label, or are they labels, or amounts, alone?"""
    if kind is PROSE:
        return len(words) > 1 and all(field_of(word.text) in kind for word in words)
    own = ["" if is_amount(word.text) else field_of(word.text) for word in words]
    return len(own) > 1 and ((own[0] in OF_MONEY and own[1] == "") or {*own} <= OF_MONEY or {*own} == {""})
