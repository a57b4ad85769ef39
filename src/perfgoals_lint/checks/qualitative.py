"""Values in words: echoes of the name, bare judgements, statements without a criterion."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from perfgoals_lint.checks.ladder import is_acceptable, is_polar, rung
from perfgoals_lint.hits import Hit
from perfgoals_lint.similarity import echo_similarity, plain
from perfgoals_lint.wording import words

if TYPE_CHECKING:
    from perfgoals_lint.rulebook import Rule
    from perfgoals_lint.view import Row, Table, Value


def echo(row: Row, rule: Rule) -> Iterator[Hit]:
    """PGF403: a value in words says more than the indicator's name."""
    for value in _worded(row):
        if is_echo(value, float(rule.parameters["similarity"])) and not is_polar(value):
            yield Hit(row=row, field=value.field)
            return


def is_echo(value: Value, least: float) -> bool:
    """Does the value only repeat the name, fillers apart?"""
    return value.kind == "name" or echo_similarity(value.text, value.row.name) >= least


def vague_judgement(row: Row, rule: Rule) -> Iterator[Hit]:
    """PGF401: the whole value is a word that measures nothing."""
    if row.class1 == "satisfaction" or row.class2 == "service":
        return
    for value in _worded(row):
        if is_vague(value) and not is_acceptable(value):
            yield Hit(row=row, field=value.field, span=(0, len(value.text)))
            return


def is_vague(value: Value) -> bool:
    """Is the whole value a word of the list of vague ones?"""
    return plain(value.text) in words("vague")


def statement(row: Row, rule: Rule) -> Iterator[Hit]:
    """PGF404: an effect or a quality in words has a criterion."""
    if row.class1 != "benefit" and row.class2 != "quality":
        return
    for value in _worded(row):
        if value.kind in ("statement", "judgement", "name") and not is_vague(value) and rung(value) == "bare":
            yield Hit(row=row, field=value.field)
            return


def low_quantified_share(table: Table, rule: Rule) -> Iterator[Hit]:
    """PGF413: enough targets, and at least one of the benefits, have a number."""
    rows = table.filled_rows
    count = sum(row.has_number for row in rows)
    share = int(rule.parameters["share"])
    if len(rows) >= int(rule.parameters["least"]) and 100 * count < share * len(rows):
        missing = -(-share * len(rows) // 100) - count
        args = {"total": str(len(rows)), "count": str(count), "share": str(share), "missing": str(missing)}
        yield Hit(table=table, args=args)
        return
    benefits = [row for row in rows if row.class1 == "benefit" and row.class2 != "service"]
    if benefits and not any(row.has_number for row in benefits):
        yield Hit(table=table, case="benefit", args={"total": str(len(benefits))})


def _worded(row: Row) -> list[Value]:
    """The values of a filled row that have no number and are meant as a target."""
    if not row.filled:
        return []
    left_out = ("empty", "withheld", "not_applicable")
    return [value for value in row.values if not value.has_number and value.kind not in left_out]
