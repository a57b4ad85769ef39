"""PGA355: a row in 其中 is not more than the row of its whole, nor are all of them together, or less where they are all of it."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import product

from perfgoals_lint import prose
from perfgoals_lint.lint import suspects
from perfgoals_lint.lint.checks import Row, Rule, Table, Value, Violation, Violations
from perfgoals_lint.lint.facts.period import least_of
from perfgoals_lint.money import shown
from perfgoals_lint.prose.cues import cues
from perfgoals_lint.prose.relations.relation import Relation, plain
from perfgoals_lint.rulebook.lexicons import contains_any, ends_with_any, expression, words
from perfgoals_lint.rulebook.similarity import agreeing
from perfgoals_lint.values.types import Quantity
from perfgoals_lint.values.units import measure_of

_BOTH = 2


def named_part_exceeds_whole(table: Table, rule: Rule) -> Violations:
    """PGA355: rows whose names begin with 其中 are held against the nearest row above that does not, each and together."""
    whole: Row | None = None
    parts: list[Row] = []
    for row in (*table.rows, None):
        if whole is not None and row is not None and row.class2 == whole.class2 and _is_part(row, parts):
            parts.append(row)
            continue
        if whole is not None and whole.filled:
            yield from _beyond(whole, [one for one in parts if one.filled])
        whole, parts = row, []


def _is_part(row: Row, parts: list[Row]) -> bool:
    """Is a row in 其中, or is it what is left beside the one above that is (其中：男, 女)?"""
    if expression("named_part.part").match(row.name):
        return True
    return bool(parts) and _pair([_sort(parts[-1].name), _sort(row.name)])[0]


def _pair(names: Sequence[str]) -> tuple[bool, bool]:
    """Do two names exclude each other by a pair of words that leaves nothing out (男, 女), and are they all of the whole? They
    do where they differ by those words alone: 新 and 旧 may be part of others (新能源车, 旧车置换); a man is no woman,
    whatever else he is."""
    for pair in cues().exhaustive:
        if all(sum(word in name for name in names) == 1 for word in pair):
            bare = {name.replace(word, "") for name, word in product(names, pair) if word in name}
            complete = len(names) == _BOTH and (len(bare) == 1 or "" in bare)
            return complete or words("figures.sexes").issuperset(pair), complete
    return False, False


def _divide(names: Sequence[str], money: bool) -> tuple[bool, bool]:
    """Do parts of these names exclude each other for sure, and are they all of the whole? Most sorts cut across others:
    one may be a woman and a member, skilled and senior."""
    if len(names) == _BOTH:
        if (pair := _pair(names))[0]:
            return pair
        if any(contains_any(name, "figures.others") for name in names):
            return True, True
    return money and all(ends_with_any(name, "figures.fees") for name in names), False


def _beyond(whole: Row, parts: list[Row]) -> Violations:
    """The parts that are more than their whole, else what is wrong with all of them together."""
    found = [hit for row in parts for hit in _larger(row, whole)]
    yield from found or (_unequal(whole, parts) if len(parts) > 1 else ())


def _unequal(whole: Row, parts: list[Row]) -> Violations:
    """Parts whose sum is not their whole, where they do not cut across each other: told as a sentence says it."""
    for value in whole.values:
        cells = [value, *(one for row in parts if (one := row.value(value.field)))]
        numbers = [one.quantity for one in cells]
        if len(cells) <= len(parts) or len({one.op for one in numbers if one}) != 1:
            continue
        money = value.quantity is not None and value.quantity.unit == "元"
        if not money and any(one is not None and one.op in ("<=", "<") for one in numbers):
            continue  # ceilings of counts may come to more, or to less
        relation = _told(cells)
        if relation is None or relation.certainty == "open":
            continue
        apart, complete = _divide([_sort(one.row.name) for one in cells[1:]], money)
        if not apart or (not complete and relation.computed < relation.result.value):
            continue
        exact = value.quantity is not None and value.quantity.op == "=" and relation.certainty == "sure"
        yield Violation(
            row=parts[0],
            field=value.field,
            span=cells[1].span,
            case="sum" if exact else "likely",
            args={"whole_name": whole.name, "whole": value.text, "expression": relation.expression},
            related=[("whole", {}, whole.place(value.field))],
            evidence={"expression": relation.expression},
            suspects=[suspects.cell(one.row, one.field, None, None) for one in cells],
        )
        return


def _told(cells: list[Value]) -> Relation | None:
    """The broken relation of a sentence that names the whole, the first of some cells, and its parts."""
    whole = cells[0].row.name
    said = [_said(one.row.name, whole if one.row is not cells[0].row else "", one.quantity) for one in cells]
    if not all(said):
        return None
    mark = expression("named_part.part").match(cells[1].row.name)
    text = prose.scan(f"{said[0]}（{mark[0] if mark else ''}{'，'.join(said[1:])}）")
    broken = (one for one in text.relations if one.kind == "parts" and one.holds is False)
    return next((one for one in broken if len(one.terms) == len(cells) - 1), None)


def _said(name: str, whole: str, quantity: Quantity | None) -> str:
    """A row as words in a sentence, without those that its ``whole`` begins with too; nothing for what is no plain number
    of something."""
    if quantity is None or quantity.value is None or not quantity.unit or quantity.per or quantity.change:
        return ""
    name = _sort(name)
    name = name[agreeing(name, whole) :] or name
    money = shown(quantity.value).replace(" ", "")
    amount = money if quantity.unit == "元" else f"{plain(quantity.value)}{quantity.unit}"
    return "" if any(one.isdigit() for one in name) else name + amount


def _sort(name: str) -> str:
    """The name of a part without what says that it is one, and which."""
    name = expression("named_part.part").sub("", name).strip("：:，, ）)】")
    return expression("named_part.ordinal").sub("", name)


def _larger(row: Row, whole: Row) -> Violations:
    for value in row.values:
        total = whole.value(value.field)
        if total is None:
            continue
        part, all_of_it = _least(value), _least(total)
        if part is not None and all_of_it is not None and part[1] == all_of_it[1] and part[0] > all_of_it[0]:
            yield Violation(
                row=row,
                field=value.field,
                span=value.span,
                args={"part": value.text, "whole_name": whole.name, "whole": total.text},
                related=[("whole", {}, whole.place(value.field))],
                evidence={"expression": f"{value.text} > {total.text}"},
                suspects=[
                    suspects.cell(row, value.field, None, all_of_it[0]),
                    suspects.cell(whole, value.field, part[0], None),
                ],
            )
            return


def _least(value: Value) -> tuple[Decimal, str | None] | None:
    """The lower bound of a count and its measure; ``None`` for rates, changes, ceilings and what is no figure."""
    low = least_of(value.quantity)
    return None if low is None or value.quantity is None else (low, measure_of(value.quantity.unit)[0])
