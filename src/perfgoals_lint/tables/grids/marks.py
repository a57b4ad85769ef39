"""Labels in a dump, also where they are broken over lines: box labels, column headers, level names."""

from collections.abc import Callable
from functools import cache, lru_cache
from typing import NamedTuple

from perfgoals_lint.money import UNIT_WORDS
from perfgoals_lint.rulebook import labels
from perfgoals_lint.rulebook.lexicons import words
from perfgoals_lint.rulebook.patterns import compiled
from perfgoals_lint.tables.grids.pieces import Dump, Gap

_REMARK = compiled(r"(?<=.)[（(][^（()）]{1,16}[)）](?=[:：]?$)")


@cache
def _field_of(text: str) -> str | None:
    """The field of a label, a remark in brackets behind it passed over; the unit of all amounts (单位：万元) is a label too."""
    known = labels.field_of(text) or labels.field_of(_REMARK.sub("", text))
    return known or ("aside" if MONEY_UNIT.fullmatch(text) else None)


_column_of = cache(labels.column_of)


@cache
def _is_listed(text: str) -> bool:
    """Is the text a name that the rulebook lists, a remark in brackets passed over?"""
    return labels.is_listed(text) or labels.is_listed(_REMARK.sub("", text))


MONEY_UNIT = compiled(rf"(?:金额|货币|资金)?单位[:：](?:人民币)?(?:{UNIT_WORDS})")
_FIELD_PIECES = 4
_LEVEL_PIECES = 6
_SHORT_LABEL = 3
_VALUE = compiled(r"^(?:19|20)\d\d年?度?$|^[\d.,，]+$|[≥≤><＞＜=＝%％。；]")
"""A year alone or a comparison is a value, and no part of the label on the next line."""


class Label(NamedTuple):
    """A label in the pieces ``start`` to ``end`` (exclusive); ``name`` is the field, column or class."""

    start: int
    end: int
    name: str
    text: str


def field_at(dump: Dump, index: int, end: int) -> Label | None:
    """The longest box label that begins with a piece, or ``None``."""
    return _longest(dump, index, end, _field_of)


def column_at(dump: Dump, index: int, end: int) -> Label | None:
    """The longest column name that begins with a piece and is not two names: 指标值 beside 单位 are two columns."""
    found = _longest(dump, index, end, _column_of)
    for stop in range(index + 1, found.end if found else 0):
        first, rest = dump.squeezed(index, stop), dump.squeezed(stop, found.end if found else 0)
        name, other = _column_of(first), _column_of(rest)
        # A name may be broken over lines (指标值 / 依据); 单位 below 指标值 is hardly that.
        apart = dump.gaps[stop - 1] != Gap.LINE or other == "value_unit" or "指标" in rest
        if name and other and name != other and apart:
            return Label(index, stop, name, first)
    return found


def _longest(dump: Dump, index: int, end: int, lookup: Callable[[str], str | None]) -> Label | None:
    """The longest label that begins with a piece, sought once: a dump is asked of every piece many times, and what stands
    further on than a label and a level name are long changes nothing."""
    asked = (index, min(end, index + 2 * _LEVEL_PIECES), lookup)
    if asked not in dump.labels:
        dump.labels[asked] = _find_longest(dump, *asked)
    label: Label | None = dump.labels[asked]
    return label


def _find_longest(dump: Dump, index: int, end: int, lookup: Callable[[str], str | None]) -> Label | None:
    """The longest label that begins with a piece. Two labels side by side are not one, unless a line end in running text
    stands between them (项目资金 / 主要用途)."""
    found = None
    text = ""
    for stop in range(index, min(index + _LEVEL_PIECES, end)):
        text += dump.pieces[stop].text
        if stop >= index + _FIELD_PIECES and len(text) > 2 * (stop + 1 - index):
            break  # more pieces only where a label stands upright, a character or two a line
        if stop > index and (dump.begins_cell(stop) or _level_begins(dump, stop, end)):
            break
        if len(text) > 30 or (stop > index and _VALUE.search(dump.pieces[index].text)):
            break
        name = lookup(text)
        joins = name is not None and _is_joined(dump, index, stop + 1)
        if stop > index and not joins and _is_own(dump, index + 1, stop + 1):
            break
        whole = found is not None and _is_listed(text) and _is_longer(dump, found, stop + 1)
        if name and (found is None or whole or joins or not _is_apart(dump, found.end, stop + 1)):
            found = Label(index, stop + 1, name, text)
    return found


def _is_joined(dump: Dump, start: int, stop: int) -> bool:
    """Does a word that joins two parts of a label stand where its last piece begins, or the one before it ends?"""
    joins = words("grids.label_joins")
    last = dump.pieces[stop - 1].text
    before = dump.pieces[stop - 2].text if stop - 1 > start else ""
    return bool(before) and (last[0] in joins or before[-1] in joins)


def _is_longer(dump: Dump, found: Label, stop: int) -> bool:
    """May a listed name be that of a label and of the pieces behind it: is the label not listed, or what follows none?"""
    rest = dump.squeezed(found.end, stop)
    return not _is_listed(found.text) or not (_field_of(rest) or _column_of(rest))


def _level_begins(dump: Dump, index: int, end: int) -> bool:
    """Does a line begin with the plain name of a level, whole or broken?"""
    return dump.begins[index] and any(
        is_plain(label) for level in (1, 2) for label in levels_at(dump, index, end, level)
    )


def _is_own(dump: Dump, at: int, stop: int) -> bool:
    """Are the pieces behind the first one a label by themselves? Over a line end a label may go on (项目资金 / 主要用途)
    where the whole is listed: what only the grammar puts together is a value and the label below it."""
    rest, whole = dump.squeezed(at, stop), dump.squeezed(at - 1, stop)
    last = dump.pieces[stop - 1].text
    if last.endswith("指标") and (labels.is_level1(last) or labels.is_level2(last)):
        return not _is_listed(whole)
    over_line = dump.gaps[at - 1] == Gap.LINE and not dump.one_a_line
    if over_line and _is_listed(whole):
        return False
    if not over_line and _is_listed(rest) and not _is_listed(whole):
        return True
    return len(rest) > _SHORT_LABEL and bool(_field_of(rest) or _column_of(rest))


def _is_apart(dump: Dump, at: int, stop: int) -> bool:
    """Do the pieces behind a label hold a label of their own, or a value?"""
    if dump.gaps[at - 1] == Gap.LINE and not dump.one_a_line:
        return False
    rest = dump.squeezed(at, stop)
    return bool(_field_of(rest) or _column_of(rest)) or rest[0] not in "(（:："


@cache
def _names_of(level: int) -> frozenset[str]:
    """The names of a level as forms print them: 数量指标, 数量, 数量值, 数量类指标."""
    known = labels.all_labels(level)
    bare = {name for name in known if not name.endswith(("指标", "目标"))}
    return known | {name + end for name in bare for end in ("值", "类", "类指标", "绩效指标")}


@cache
def _prefixes(level: int) -> frozenset[str]:
    return frozenset(name[:n] for name in _names_of(level) for n in range(1, len(name) + 1))


def may_begin_level(text: str) -> bool:
    """Is the text the begin of a level name, or all of one?"""
    return text in _prefixes(1) or text in _prefixes(2)


@lru_cache(8192)
def _level_class(text: str, level: int) -> str | None:
    return labels.classify(text, level)


def levels_at(dump: Dump, index: int, end: int, level: int) -> list[Label]:
    """Every level label of a level that begins with a piece, shortest first; ``name`` is its class."""
    found: list[Label] | None = dump.labels.get((index, level))
    if found is None:
        found = dump.labels[index, level] = _find_levels(dump, index, level)
    return [label for label in found if label.end <= end]


def _find_levels(dump: Dump, index: int, level: int) -> list[Label]:
    found: list[Label] = []
    text = ""
    for stop in range(index, min(index + _LEVEL_PIECES, len(dump.pieces))):
        text += dump.pieces[stop].text
        bare = labels.without_points(labels.without_ordinal(labels.split_code(text)[1]))
        bare = bare.replace("(", "（").replace(")", "）")
        if bare not in _prefixes(level) and text not in _prefixes(level) and bare:
            break
        name = _level_class(text, level)
        if name:
            found.append(Label(index, stop + 1, name, text))
    return found


def is_short(label: Label) -> bool:
    """Is the label a word that may as well be a value (其他, 部门, 金额)?"""
    return len(label.text) <= _SHORT_LABEL


def is_plain(label: Label) -> bool:
    """Is the text of a level label one that is hardly the name of an indicator?"""
    return label.text.endswith("指标") or len(label.text) > 4


@cache
def _tails(level: int) -> frozenset[str]:
    return frozenset(name[n:] for name in _names_of(level) for n in range(1, len(name)))


def is_tail(text: str) -> bool:
    """May the text be the end of a level name that is broken over lines?"""
    return text in _tails(1) or text in _tails(2)


def sure_levels(dump: Dump, spans: list[tuple[int, int]]) -> frozenset[int]:
    """The pieces with which a line begins that is, whole or up to a blank, a plain level name, or the label of the box
    in which the indicators stand (repeated on a new page). Where a level is called 服务对象满意度指标, 服务对象满意度 may be
    an indicator."""
    found: dict[int, set[str]] = {}
    for start, end in spans:
        for index in range(start, end):
            if not dump.begins[index]:
                continue
            names = {
                label.text
                for level in (1, 2)
                for label in levels_at(dump, index, end, level)
                if is_plain(label) and dump.gaps[label.end - 1] != Gap.SOFT
            }
            box = None if names else field_at(dump, index, end)
            if names or (box and box.name == "indicators" and dump.ends_line(box.end - 1)):
                found[index] = names
    called = set().union(*found.values())
    return frozenset(
        index
        for index, names in found.items()
        if not names or any(name.endswith("指标") or name + "指标" not in called for name in names)
    )
