"""Two texts of the table that should fit each other: name and description, name and value, values of two rows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from perfgoals_lint.lint.violation import Hit
from perfgoals_lint.rulebook.lexicons import words
from perfgoals_lint.rulebook.policy import lexicon
from perfgoals_lint.rulebook.similarity import plain, similarity

if TYPE_CHECKING:
    from perfgoals_lint.lint.context import DocumentView, Row, Value
    from perfgoals_lint.rulebook.rules import Rule

_BRACKETED = re.compile(r"[（(][^（）()]*[)）]")
_HEAD = re.compile(r"[\u4e00-\u9fff]{2}[率度数]$")
_WORDED = frozenset({"statement", "judgement", "name"})


def description_contradicts(row: Row, rule: Rule) -> Iterator[Hit]:
    """PGK616: a description does not turn its name round, nor name another rate."""
    description = row.indicator.description
    if not row.name or not description:
        return
    name, told = (plain(_BRACKETED.sub("", text)) for text in (row.name, description))
    case = "negated" if _negates(name, told) or _negates(told, name) else None
    if case is None and _other_rate(name, told):
        case = "rates"
    if case:
        yield Hit(row=row, field="description", case=case, args={"description": description})


def _negates(name: str, told: str) -> bool:
    """Does a text end in the negation of what a name ends in (差错率, 无差错率)?"""
    head = _HEAD.search(name)
    if head is None or not told.endswith(head[0]):
        return False
    before = told[: -len(head[0])]
    signs = tuple(lexicon("pairs")["negations"])
    return before.endswith(signs) and not name[: head.start()].endswith(signs)


def _other_rate(name: str, told: str) -> bool:
    if not (name.endswith("率") and told.endswith("率")):
        return False
    stems = name[-3:-1], told[-3:-1]
    if len(stems[0]) < 2 or len(stems[1]) < 2 or name.endswith(tuple(words("false_rates"))):
        return False
    alike = any(stems[0] in group and stems[1] in group for group in lexicon("pairs")["same_rates"])
    # The same two words may stand in either order (及时完成率, 完成及时率).
    return not alike and not (stems[0] in told and stems[1] in name)


# --- names and values exchanged -----------------------------------------------------------------------------------


def swapped_cells(view: DocumentView, rule: Rule) -> Iterator[Hit]:
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


def _swap(first: Row, second: Row) -> Hit:
    return Hit(
        row=first,
        field=first.values[0].field,
        args={"other": second.name, "other_value": second.values[0].text},
        related=[("swapped", {"project": second.table.title}, second.place(second.values[0].field))],
    )


# --- names that list more than the value ----------------------------------------------------------------------------


def name_covers_more(row: Row, rule: Rule) -> Iterator[Hit]:
    """PGK629: a value that names some of the things that its name joins names them all."""
    things = joined(row.name)
    if len(things) < 2 or not row.filled:
        return
    for value in row.values:
        text = plain(value.text)
        named = [thing for thing in things if thing in text]
        missing = [thing for thing in things if not _hinted(thing, text)]
        if named and missing:
            yield Hit(row=row, field=value.field, args={"named": named, "missing": missing})
            return


def joined(name: str) -> list[str]:
    """The nouns that a name joins by 、 or 和 (安保、清洁的人数: 安保, 清洁); empty when there are none."""
    name = _BRACKETED.sub("", name)
    pieces = re.split("|".join(lexicon("pairs")["joints"]), name)
    if len(pieces) < 2:
        return []
    first, *middle, last = pieces
    things = [first.rpartition("的")[2], *middle, last.partition("的")[0]]
    ends = tuple(sorted(lexicon("pairs")["counted_ends"], key=len, reverse=True))
    tail = next((end for end in ends if things[-1].endswith(end)), "")
    things[-1] = things[-1].removesuffix(tail)
    lengths = lexicon("pairs")["thing"]
    fits = all(lengths["least"] <= len(thing) <= lengths["most"] for thing in things)
    return things if fits else []


def _hinted(thing: str, text: str) -> bool:
    """Does any two neighbouring characters of a noun stand in the text?"""
    return any(thing[index : index + 2] in text for index in range(len(thing) - 1))
