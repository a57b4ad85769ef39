from collections.abc import Iterable, Iterator

from perfgoals_lint.lint.checks import DocumentView, Row, Rule, Value, Violation, Violations
from perfgoals_lint.rulebook.similarity import plain, similarity

_WORDED = frozenset({"statement", "judgement", "name"})


def swapped_cells(view: DocumentView, rule: Rule) -> Violations:
    """PGK621: no two rows have their names and values exchanged."""
    least, most = float(rule.parameters["similarity"]), int(rule.parameters["rows"])
    rows = [row for table in view.tables if not table.withheld for row in table.filled_rows if _text(row)]
    groups: dict[tuple[str, object], list[Row]] = {}
    for row in rows:
        groups.setdefault(("table", row.table.index), []).append(row)
        groups.setdefault(("class", row.class2 or row.class1), []).append(row)
    reported: set[tuple[int, int]] = set()
    for (kind, _), members in groups.items():
        pairs = _close(members[:most], least) if kind == "table" else _exact(members, least, most)
        for row, other in pairs:
            first, second = sorted((row, other), key=_place)
            if not {_place(first), _place(second)} & reported:
                reported |= {_place(first), _place(second)}
                yield _swap(first, second)


def _place(row: Row) -> tuple[int, int]:
    return row.table.index, row.index


def _text(row: Row) -> Value | None:
    """The row's first value, when it is words that a name might be."""
    value = row.values[0] if row.values else None
    return value if value and value.kind in _WORDED and len(plain(value.text)) >= 4 else None


def _swapped(row: Row, other: Row, least: float) -> bool:
    here, there = row.values[0].text, other.values[0].text
    return (
        similarity(here, other.name) >= least
        and similarity(there, row.name) >= least
        and similarity(row.name, here) < least
    )


def _close(rows: list[Row], least: float) -> Iterator[tuple[Row, Row]]:
    for index, row in enumerate(rows):
        for other in rows[index + 1 :]:
            if _swapped(row, other, least):
                yield row, other


def _exact(rows: Iterable[Row], least: float, most: int) -> Iterator[tuple[Row, Row]]:
    """Across projects one of the two texts must be the same, so that the rest is soon found; of many equal rows only
    the first ones are looked at."""
    named: dict[str, dict[tuple[str, int], Row]] = {}
    kept = list(rows)
    for row in kept:
        bearers = named.setdefault(plain(row.name), {})
        if len(bearers) < most:
            bearers.setdefault((plain(row.values[0].text), row.table.index), row)
    tried: set[tuple[str, str]] = set()
    for row in kept:
        texts = (plain(row.name), plain(row.values[0].text))
        if texts in tried:
            continue
        tried.add(texts)
        for other in named.get(texts[1], {}).values():
            if other.table is not row.table and _swapped(row, other, least):
                yield row, other


def _swap(first: Row, second: Row) -> Violation:
    return Violation(
        row=first,
        field=first.values[0].field,
        args={"other": second.name, "other_value": second.values[0].text},
        related=[("swapped", {"project": second.table.title}, second.place(second.values[0].field))],
    )
