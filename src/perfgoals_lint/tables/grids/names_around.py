"""Names of a header printed around its line, as text taken from a page has them: a wrapped name above and below it, the name
over several columns above it."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations

from perfgoals_lint.model import Line
from perfgoals_lint.rulebook.labels import column_of, field_of
from perfgoals_lint.rulebook.patterns import compiled
from perfgoals_lint.tables.grids.costs import content_cost
from perfgoals_lint.tables.grids.head_rows import LEVELS, PARTS, UNKNOWN
from perfgoals_lint.tables.grids.lines import joined, words_of
from perfgoals_lint.tables.roles import VALUES

_MOST = 3
"""Lines of a wrapped name above the header's."""
_TAIL = 4
"""Characters of the last line of a name that nobody knows, and"""
_WHOLE = 14
"""of the whole of it."""
_SAMPLE = 8
"""Rows that tell where a name stands."""
_NO_NAME = compiled(r"[\d：:。，；]|表$")


def around(
    above: Sequence[Line], header: Line, below: Sequence[Line], rows: Sequence[Sequence[Line]]
) -> tuple[list[Line], int, int]:
    """The header's line with the names around it in their places, and how many lines of those ``above`` and ``below`` are
    used; ``rows`` are the words of the rows without their classes."""
    names = _wrapped(above, below)
    used = len(names[0]) - 1 if names else 0
    texts = [Line("".join(part.text for part in name), name[0].location) for name in names]
    lower = _parts_of_value(below[used:]) if not names else []
    if lower and above:
        texts = _over(above[-1])
    if not texts:
        return [header], 0, 0
    words = words_of(header)
    roles = [[column_of(text.text) or UNKNOWN] for text in texts] if names else [lower]
    placed = list(_placed(words, texts, roles, rows))
    whole = joined(placed, [header])
    return whole, (used + 1) // 2 if names else 1, (used + 1) // 2 if names else 0


def _wrapped(above: Sequence[Line], below: Sequence[Line]) -> list[list[Line]]:
    """The parts of the names of which as many lines stand above the header as below."""
    for count in range(1, min(_MOST, len(above), len(below)) + 1):
        parts = [words_of(line) for line in (*above[-count:], *below[:count])]
        if not parts[0] or len({len(words) for words in parts}) > 1:
            continue
        names = [list(name) for name in zip(*parts, strict=True)]
        if all(_is_name(name) for name in names):
            return names
    return []


def _is_name(parts: Sequence[Line]) -> bool:
    text = "".join(part.text for part in parts)
    if _NO_NAME.search(text) or (column_of(parts[-1].text) and column_of(text) not in VALUES):
        return False
    short = len(parts[-1].text) <= _TAIL and len(text) <= _WHOLE
    return column_of(text) is not None or (short and not field_of(parts[0].text))


def _over(line: Line) -> list[Line]:
    """The name of a value alone in the line above a header."""
    words = words_of(line)
    return words if len(words) == 1 and column_of(words[0].text) in VALUES else []


def _parts_of_value(below: Sequence[Line]) -> list[str]:
    """The columns of the lower row of a header that names the parts, or the times, of a value."""
    names = [word.text for word in words_of(below[0])] if below else []
    return [column_of(name) or UNKNOWN for name in names] if is_lower(names) else []


def is_lower(names: Sequence[str]) -> bool:
    """Are the words of a line the parts of a value (指标性质 指标值 计量单位)?"""
    return len(names) > 1 and all(column_of(name) in PARTS for name in names)


def _placed(
    words: Sequence[Line],
    names: Sequence[Line],
    roles: Sequence[Sequence[str]],
    rows: Sequence[Sequence[Line]],
) -> Iterator[Line]:
    """The words of a header with the names in their places, as the rows suit them best."""
    total = len(words) + len(names)
    own = [column_of(word.text) or UNKNOWN for word in words]

    def cost(places: tuple[int, ...]) -> float:
        columns: list[str] = []
        rest, added = iter(own), iter(roles)
        for place in range(total):
            columns += next(added) if place in places else [next(rest)]
        columns = [role for role in columns if role not in LEVELS]
        fit = [row for row in rows if len(row) == len(columns)][:_SAMPLE]
        pairs = ((role, word.text) for row in fit for role, word in zip(columns, row, strict=True))
        return sum(content_cost(role, text, Counter()) for role, text in pairs)

    best = min(
        combinations(range(total), len(names)), key=lambda places: (cost(places), [-n for n in places])
    )
    rest, added = iter(words), iter(names)
    for place in range(total):
        yield next(added) if place in best else next(rest)
