"""What the tables of a document hold, to tell whether a cell that was read is among it: a use of which nothing came is none."""

from collections.abc import Iterator
from decimal import Decimal
from operator import attrgetter

from perfgoals_lint.model import Document, GoalTable, Indicator, Location
from perfgoals_lint.money import UNITS
from perfgoals_lint.rulebook.patterns import compiled
from perfgoals_lint.tables.amounts import is_nothing, money_factor, yuan
from perfgoals_lint.tables.cells import Box, GridRow
from perfgoals_lint.tables.headings import is_class, is_name
from perfgoals_lint.tables.named_values import COUNT
from perfgoals_lint.tables.timespans import years_of
from perfgoals_lint.tables.titles import labelled
from perfgoals_lint.tables.words import is_unchanged
from perfgoals_lint.text import squeeze

_WORD = compiled(r"\d+(?:[.,，]\d+)*|[^\W\d_]+")
_DATES = compiled(
    r"[\d〇零○一二三四五六七八九十\s年度月日季旬个全上下半第初中底末前后内起止至到共零两又自开始结束终了完成为期限续长./~～—–－，,()（）-]+"
)
"""What a box of a period holds that says no more than its years and months."""
_DIGIT = compiled(r"\d")
_BETWEEN = compiled(r"\n|\s{2,}")
"""What stands between labels with their values in one cell."""
_MARK = compiled(
    rf"^\s*\d{{3,12}}\s?(?=[一-鿿])|(?<!\d)\d{{1,2}}[.．、）)-](?!\d(?!\d?月))|{COUNT}|^\s*其中[:：]?"
)
"""The code in front of a name, the number of an item, and what leads to a part."""
_LABEL = compiled(r"[^:：\d]{1,20}[:：]")
_DIRECTION = compiled(r"[正反逆负]向(?:指标)?")
_CODE = compiled(r"0\d+")
"""A number that counts nothing."""
_FACTORS = frozenset(UNITS.values())
_OF_ROW = attrgetter(
    *("level1", "level2", "level3", "description", "cycle_value", "annual_value", "basis", "weight"),
    *("level1_code", "level2_code", "sign", "unit"),
)
_MOST_SEARCHED = 500
"""Cells that are sought within all that a document holds; one that is still not found is not there."""


class Kept:
    """The texts, amounts and years of a document's tables and totals."""

    def __init__(self, document: Document) -> None:
        self._whole = frozenset(squeeze(text) for text in {*_texts(document)} if text)
        self._text = "\n".join(self._whole)
        self._words: frozenset[str] | None = None
        self._amounts = frozenset(_amounts(document))
        self._years = frozenset(_years(document))
        self._numbers = {row.number for table in document.tables for row in table.indicators}
        self._directed = any(row.direction for table in document.tables for row in table.indicators)
        self._searched = 0
        self._heads = frozenset(
            squeeze(text) for table in document.tables for text in _of_table(table) if text
        )
        self._placed: dict[Location, list[Indicator]] = {}
        for one in (one for table in document.tables for one in table.indicators):
            for place in {*one.locations.values(), *one.blank.values()}:
                self._placed.setdefault(place, []).append(one)

    def is_in_place(self, box: Box, row: GridRow) -> bool:
        """Does an indicator say that a cell of its table is where one of its texts stands, or hold all words of the cell while others of
        its row say so? That another row prints the same (100%, 万元) is no proof. Names of projects, classes and boxes are said of many."""
        if (
            box.location() in self._placed
            or box.key in self._heads
            or _CODE.fullmatch(box.key)
            or is_class(box.key)
            or is_name(box.key)
            or is_nothing(box.key)
        ):
            return True
        found = {id(one): one for other in row.filled for one in self._placed.get(other.location(), ())}
        text = "\n".join(squeeze(text) for one in found.values() for text in _of_row(one) if text)
        words = {*_WORD.findall(text)}
        return bool(text) and all(
            word in words or (word in text and not word[0].isdecimal()) for word in _WORD.findall(box.key)
        )

    def holds(self, box: Box) -> bool:
        """Is the text of a box in a field, alone or as a part, or what its amount or its years come to? Names of boxes that
        stand within a cell are in no field, nor are marks between items, so that its figures and half of the rest are
        enough, of the whole and of each line or labelled part."""
        key = box.key
        if key in self._whole or is_nothing(key) or is_class(key) or is_unchanged(key):
            return True
        if self._is_made_of(box.text):
            return True
        lines = box.text.splitlines()
        whole = self._has_half("".join(lines)) and (len(lines) == 1 or all(map(self._has_half, lines)))
        if whole or not any(labelled(box.text)):
            return whole
        parts = [part for part in _BETWEEN.split(box.text) if part.strip()]
        return all(self._is_made_of(part) or self._has_half(part) for part in parts)

    def _has_half(self, text: str) -> bool:
        """Are all figures of a text and most of its words, names of boxes aside, in the tables? A money unit without a figure
        is in the amounts. A part of a word is that of a cell which a page breaks, one of a figure only at its edges."""
        if money_factor(text) is not None and not _DIGIT.search(text):
            return True
        if self._words is None:
            self._words = frozenset(_WORD.findall(self._text))
        words = [word for word in _WORD.findall(_MARK.sub(" ", text)) if not is_name(word)]
        missing = [word for word in words if word not in self._words and not self._is_amount(word)]
        self._searched += bool(missing)
        if missing and self._searched <= _MOST_SEARCHED:
            whole = words[1:-1] if len(words) > 1 else words
            inner = {word for word in whole if word[0].isdecimal()}
            missing = [word for word in missing if word in inner or word not in self._text]
        if any(word[0].isdecimal() for word in missing):
            return False
        return 2 * sum(map(len, missing)) <= sum(map(len, words))

    def _is_made_of(self, text: str) -> bool:
        """Do the amount, the years or the direction that a text says stand in the tables?"""
        text = text.strip()
        if label := _LABEL.match(text):
            text = text[label.end() :].strip()  # a cell may say its own label: 资金总额：58
        if self._directed and _DIRECTION.fullmatch(text):
            return True
        years = years_of(text)
        if (years or len(text) == 1) and self._years.issuperset(years) and _DATES.fullmatch(text):
            return True
        amount = yuan(text)
        return amount is not None and (not amount or self._has_amount(amount))

    def _is_amount(self, word: str) -> bool:
        """Is a word in digits the number of a row, or an amount in some unit?"""
        if not word[0].isdecimal() or word.count(".") > 1:
            return False
        number = Decimal(word.replace("，", ",").replace(",", ""))
        return number in self._numbers or self._has_amount(number)

    def _has_amount(self, amount: Decimal) -> bool:
        return any(amount * factor in self._amounts for factor in _FACTORS)


def _texts(document: Document) -> list[str | None]:
    texts: list[str | None] = []
    for table in document.tables:
        texts += _of_table(table)
        for row in table.indicators:
            texts += _of_row(row)
    for total in document.totals:
        texts += (total.name, *total.funding_yuan)
    for problem in document.problems:
        texts += problem.args.values()
    return texts


def _of_row(row: Indicator) -> tuple[str | None, ...]:
    return (*_OF_ROW(row), *row.columns.values())


def _of_table(table: GoalTable) -> Iterator[str | None]:
    yield from (table.project_name, table.project_code, table.project_type, table.project_level)
    yield from (table.department, table.unit, table.purpose, table.cycle_goal, table.annual_goal, table.title)
    for kept in (table.fields, table.headings):
        yield from (*kept, *kept.values())
    for when, share in table.disbursement_plan or ():
        yield from (when, share)
    for task in table.tasks or ():
        yield from (task.name, task.content, *(task.funding_yuan or ()))
    yield from table.funding_yuan or ()
    for source, parts in table.funding_tree.items():
        yield from (source, *parts)
    yield from (column.text for column in table.header)


def _amounts(document: Document) -> Iterator[Decimal]:
    for table in document.tables:
        yield from (table.funding_yuan or {}).values()
        for parts in table.funding_tree.values():
            yield from parts.values()
        for task in (*(table.tasks or ()), *([table.sum_of_tasks] if table.sum_of_tasks else ())):
            yield from (task.funding_yuan or {}).values()
            if task.amount_yuan is not None:
                yield task.amount_yuan
        if table.budget_yuan is not None:
            yield table.budget_yuan
    for total in document.totals:
        yield from total.funding_yuan.values()
        if total.total is not None:
            yield total.total


def _years(document: Document) -> Iterator[int]:
    for table in document.tables:
        if table.fiscal_year is not None:
            yield table.fiscal_year
        if table.period is not None:
            yield from (year for year in (table.period.start, table.period.end) if year is not None)
