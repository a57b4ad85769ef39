"""The vocabulary of goal forms: class labels, box names and column headers, with their aliases.

Everything here is looked up in ``rules/frameworks/labels.yaml`` and ``fields.yaml``.
"""

import hashlib
import json
import re
from functools import cache, cached_property, lru_cache
from typing import Any, Literal

from perfgoals_lint.money import BEFORE_UNIT, UNIT_WORDS
from perfgoals_lint.rulebook.edges import Characters, edges, either, found_by, may
from perfgoals_lint.rulebook.lexicons import pattern_of, words
from perfgoals_lint.rulebook.patterns import compiled
from perfgoals_lint.rulebook.policy import built, framework_data
from perfgoals_lint.rulebook.traditional import in_both, simplified
from perfgoals_lint.text import squeeze

_CODE = compiled(r"^(\d{1,3})\s*[-－—–]\s*(?=\D)")
_LABEL_END = compiled(r"(?<=.)(?:类?(?:绩效)?(?:指标|目标)|值|类)(?:[（(][^（）()]{1,8}[)）])?$")
_REMARK_END = compiled(r"\s*[（(][^（）()]{1,30}[)）]\s*[:：]?\s*$")
_LEVEL = compiled(r"[（(]([一二三])级(?:指标)?[)）]\s*$")
"""The level that a bracket names behind a name which says of no level that it is its own."""
_CLOSING = frozenset(")）:：元")
"""What may stand behind a name and is no part of it."""
_OPENING = frozenset("*＊★☆※▲其（(一二三四五六七八九十")
"""What may stand in front of a name and is no part of it, or the digit of an ordinal or a year."""
_LONGEST_NAME = 200
"""Characters, layout blanks included, of a text that may be a label."""
_ORDINAL = compiled(
    r"^(?:[（(][一二三四五六七八九十\d]{1,2}[)）]|[一二三四五六七八九十\d]{1,2}[)）]?[、.．])\s*(?=\D)"
)
"""The number that a form prints in front of a class label: 一、产出指标, （二）质量指标, 3.时效指标."""
_FIELD_START = compiled(
    r"^[*＊★☆※▲]+|^其中[:：]?(?=.)|^(?:[（(]?[一二三四五六七八九十\d]+[)）]?[、.．]|[（(][一二三四五六七八九十\d]{1,2}[)）])"
)
"""A mark of a compulsory box, 其中, or an ordinal."""
_YEAR = compiled(r"(?:19|20)\d\d年(度)?(?![-—–－~～至到])")
"""A year in front of a name, not the first of a period."""
_GOAL_OF_TIME = compiled(r"(?:[合总累小]计)?(?:绩效)?(?:目标|指标)?$|^(?:目标|指标)")
_OF_ANOTHER = frozenset({"basis", "description", "value_unit", "operator", "weight"})
"""Columns that are named after the one that they belong to: 目标值 测算依据."""
_AMOUNTS = frozenset({"budget", "cycle_budget"})
_CLASS = compiled(r"\{(\w+)\}")
_LONGEST_PRODUCT = 24
"""Characters of a name that is put together from known words."""
_UNIT_BRACKET = compiled(
    rf"[（(](?:单位[:：])?(?:%|％|人民币|{UNIT_WORDS})[)）]|{BEFORE_UNIT}(?:{UNIT_WORDS})$"
)


def split_code(label: str) -> tuple[str | None, str]:
    """A printed code and the label behind it: ``11-数量指标`` gives ``("11", "数量指标")``."""
    match = _CODE.match(label)
    return (match[1], label[match.end() :].strip()) if match else (None, label)


def without_points(label: str) -> str:
    """A class label without what a form prints behind it: 产出指标（50分）, 数量指标(必填), 服务对象满意度指标等."""
    return _behind_at_end().sub("", label)


@cache
def behind_a_class() -> str:
    """What a form prints behind a class label, as a pattern: points or a span of points, whose first bracket may be lost, what
    must be filled in, 等."""
    asked = pattern_of(words("grids.asked"))
    points = r"\d{1,3}(?:\.\d+)?(?:[-—–~～至]\d{1,3})?分?"
    return rf"(?:[（(](?:{points}|[^（）()]{{0,4}}(?:{asked})[^（）()]{{0,6}})[)）]分?|\d{{1,3}}(?:\.\d+)?分[)）]|(?<=指标)等)"


@cache
def _behind_at_end() -> re.Pattern[str]:
    return compiled(behind_a_class() + "$")


def without_ordinal(label: str) -> str:
    """A class label without the number that a form prints in front of it: 一、产出指标 gives 产出指标."""
    return _ORDINAL.sub("", label)


def _label_key(label: str) -> str:
    bare = without_points(without_ordinal(split_code(squeeze(simplified(label)))[1]))
    return _LABEL_END.sub("", bare).replace("（", "(").replace("）", ")")


@cache
def _classes() -> dict[tuple[int, str], str]:
    table: dict[tuple[int, str], str] = {}
    for name, entry in framework_data("labels")["classes"].items():
        for label in (entry["canonical"], *entry["aliases"]):
            table.setdefault((entry["level"], _label_key(label)), name)
    return table


def classify(label: str | None, level: int) -> str | None:
    """The class that a printed level-1 or level-2 label stands for (``output``, ``quantity`` …), or ``None``."""
    return _classified(label, level) if label and ends_as_class(label) else None


def ends_as_class(label: str) -> bool:
    """Does a text that is not empty end in a character in which a class label may end?"""
    last = label[-1]
    return last in _class_ends() or last.isspace()


@lru_cache(4096)
def _classified(label: str, level: int) -> str | None:
    return _classes().get((level, _label_key(label)))


@cache
def _class_ends() -> frozenset[str]:
    """The characters in which a class label can end, with what may stand behind it."""
    return in_both({*")）标值类等分", *(key[-1] for _, key in _classes() if key)})


@lru_cache(4096)
def composed_class(label: str | None) -> str | None:
    """The level-2 class of a label that a form puts together from words of its own and one that names the class
    (产出数量, 工程质量指标); ``None`` for any other text."""
    match = _composed().fullmatch(_label_key(label)) if label else None
    return classify(match[1], 2) if match else None


@cache
def _composed() -> re.Pattern[str]:
    firsts = pattern_of(words("naming.label_firsts") | words("naming.label_owners"))
    return compiled(rf"(?:{firsts})(?:的)?({pattern_of(words('naming.label_seconds'))})")


def is_level1(label: str) -> bool:
    """Is this text a level-1 class label (产出指标, 效果指标 …)?"""
    return classify(label, 1) is not None


def is_level2(label: str) -> bool:
    """Is this text a level-2 class label (数量指标, 可持续性影响 …)?"""
    return classify(label, 2) is not None


def parent_of(name: str) -> str | None:
    """The level-1 class of a level-2 class; a level-1 class has none."""
    parent: str | None = framework_data("labels")["classes"][name].get("parent")
    return parent


def over(label: str | None) -> list[str]:
    """The level-1 classes that forms print below this label, in the column of the second level (实施效果指标 over
    产出指标); none below any other."""
    name = classify(label, 1)
    below: list[str] = framework_data("labels")["classes"][name].get("over", []) if name else []
    return below


def canonical(name: str) -> str:
    """The standard label of a class."""
    label: str = framework_data("labels")["classes"][name]["canonical"]
    return label


@cache
def all_labels(level: int) -> frozenset[str]:
    """Every label of a level, with and without a final 指标 or 目标, white space removed: the vocabulary of text recognisers."""
    labels = set()
    for entry in framework_data("labels")["classes"].values():
        if entry["level"] == level:
            for label in (entry["canonical"], *entry["aliases"]):
                bare = _LABEL_END.sub("", squeeze(label))
                labels |= {squeeze(label), bare + "指标", bare + "目标"}
    return frozenset(labels)


@cache
def _stamp() -> re.Pattern[str]:
    return compiled(rf"[（(](?:{pattern_of(words('grids.stamps'))})[)）]$")


@lru_cache(8192)
def _field_key(text: str) -> str:
    text = _stamp().sub("", _FIELD_START.sub("", squeeze(simplified(text)).rstrip(":：")))
    return _UNIT_BRACKET.sub("", text).replace("（", "(").replace("）", ")").replace("：", ":")


@cache
def _all_names() -> frozenset[str]:
    return frozenset((*_names("fields"), *_names("columns")))


@cache
def _names(kind: str) -> dict[str, str]:
    return {
        _field_key(name): field for field, names in framework_data("fields")[kind].items() for name in names
    }


def field_of(text: str) -> str | None:
    """The field that a form's box label stands for (``project_name``, ``annual_goal`` …), or ``None``.

    A year in front is passed over: ``2024年度目标`` is ``annual_goal``.
    """
    return _lookup("fields", text)


def is_listed(text: str) -> bool:
    """Is the text a label or header that ``fields.yaml`` lists, not one that its grammar puts together?"""
    return _field_key(text) in _all_names()


def column_of(text: str) -> str | None:
    """The column that a table header stands for (``level3``, ``annual_value`` …), or ``None``.

    A bracket behind the name is passed over: ``指标值（含单位）`` is ``annual_value``; one that names a level says which
    it is: ``指标分类（二级）``.
    """
    name = _lookup("columns", text)
    if name is None and text.rstrip()[-1:] in _CLOSING:
        bracket = _REMARK_END.search(text)
        name = _lookup("columns", text[: bracket.start()]) if bracket else None
        if bracket and (name is None or name.startswith("level")):
            return level_named(text) or name
    return name


def level_named(text: str) -> str | None:
    """The level that the bracket behind the name of indicators names (绩效指标（一级）), which is that of a column, not of a box."""
    level = _LEVEL.search(simplified(text)) if text.rstrip()[-1:] in _CLOSING else None
    stem = text[: level.start()] if level else ""
    named = level and ((_lookup("columns", stem) or "").startswith("level") or field_of(stem) == "indicators")
    return f"level{'一二三'.index(level[1]) + 1}" if level and named else None


def _lookup(kind: str, text: str) -> str | None:
    return _find(kind, text) if len(text) <= _LONGEST_NAME and _may_name(kind, text) else None


def _may_name(kind: str, text: str) -> bool:
    """May a text be a name, by its first and its last character? Most cells hold values and names of indicators; looking
    at two characters costs a good deal less than any key."""
    bare = text.strip()
    if not bare:
        return False
    last, first, inside = _signs(kind)
    front = bare[0]
    begins = front in first or front.isdecimal()
    return begins or bare[-1] in last or inside is None or not inside.isdisjoint(bare)


def may_name(key: str) -> bool:
    """May a text without white space be the name of a field or a column, by its ends or a character of such a name?"""
    signs = _all_signs()
    if signs is None:
        return True
    last, first, inside = signs
    front = key[:1]
    return key[-1:] in last or front in first or front.isdecimal() or not inside.isdisjoint(key)


@cache
def _all_signs() -> tuple[frozenset[str], frozenset[str], frozenset[str]] | None:
    """The signs of the names of both kinds together; ``None`` where those of one are not known."""
    (last, first, inside), (ends, begins, others) = _signs("fields"), _signs("columns")
    return None if inside is None or others is None else (last | ends, first | begins, inside | others)


@cache
def _signs(kind: str) -> tuple[frozenset[str], frozenset[str], Characters]:
    """The characters in which a text that names a field can end; those with which, as with any digit, it can begin where it
    may end in any other; and those of which it holds one where both ends may be any (``None`` where nothing is known of that)."""
    first, last, inside = _made_grammar()["signs"][kind]
    last = in_both({*_CLOSING, *last, *(name[-1] for name in _names(kind) if name)})
    return last, in_both({*_OPENING, *first}), None if inside is None else in_both(inside)


@lru_cache(8192)
def _find(kind: str, text: str) -> str | None:
    key = _field_key(text)
    names = _names(kind)
    if key in names:
        return names[key]
    match = _YEAR.match(key)
    rest = key[match.end() :] if match else ""
    if rest and (known := names.get(rest) or names.get("年度" + rest) or names.get("年" + rest)):
        return known
    found = _parsed(kind, key) if len(key) <= _LONGEST_PRODUCT else None
    if found is None:  # as most texts that are asked about
        return None
    other = "columns" if kind == "fields" else "fields"
    if key in _names(other) or is_level1(key) or is_level2(key):
        return None
    return None if found not in _OF_ANOTHER and _is_two(kind, key, found) else found


def _is_two(kind: str, key: str, found: str) -> bool:
    """Is a text two names run together (指标值 指标值确定依据)? Two names of one amount are one name (年度预算 资金总额)."""
    known, own = _all_names(), _names(kind)
    return any(
        key[:n] in known
        and key[n:] in known
        and time_of(key[:n]) is None
        and not (found in _AMOUNTS and {own.get(key[:n]), own.get(key[n:])} <= {found, "budget"})
        for n in range(3, len(key) - 2)
    )


class _Product:
    """A field whose names the grammar of ``fields.yaml`` puts together, with the characters at their two ends; the
    pattern is compiled when a text may be such a name."""

    def __init__(self, field: str, written: str, first: list[str] | None, last: list[str] | None) -> None:
        self.field = field
        self._written = written
        self.first: Characters = None if first is None else frozenset(first)
        self.last: Characters = None if last is None else frozenset(last)

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        return compiled(self._written)


@cache
def _grammar(kind: str) -> list[_Product]:
    return [_Product(*row) for row in _made_grammar()[kind]]


@cache
def _made_grammar() -> dict[str, Any]:
    data = framework_data("fields")["grammar"]
    digest = hashlib.sha256(json.dumps(data).encode()).hexdigest()[:16]
    made: dict[str, Any] = json.loads(built("fields-3", digest, lambda: _written(data)))
    return made


def _written(data: dict[str, dict[str, list[str]]]) -> bytes:
    """The pattern of each field's names with the characters at their ends, and the signs of the names of a kind, as JSON."""
    classes = {
        name: "(?:" + "|".join(sorted(listed, key=len, reverse=True)) + ")"
        for name, listed in data["words"].items()
    }
    made: dict[str, Any] = {"signs": {}}
    for kind in ("fields", "columns"):
        rows = []
        firsts: list[Characters] = []
        lasts: list[Characters] = []
        inner: list[Characters] = []
        for field, products in data[kind].items():
            written = [_CLASS.sub(lambda word: classes[word[1]], f"(?:{one})") for one in products]
            joined = "|".join(written)
            rows.append([field, joined, *edges(joined)])
            for one in written:
                first, last = edges(one)
                if last is not None:
                    lasts.append(last)
                elif first is not None:
                    firsts.append(first)
                else:
                    inner.append(found_by(one))
        made[kind] = rows
        made["signs"][kind] = [either(known) for known in (firsts, lasts, inner)]
    return json.dumps(made, ensure_ascii=False, default=sorted).encode()


@lru_cache(4096)
def _products(kind: str, first: str, last: str) -> list[_Product]:
    """The fields whose names may begin and end with these characters."""
    return [one for one in _grammar(kind) if may(one.first, first) and may(one.last, last)]


def _parsed(kind: str, key: str) -> str | None:
    """The field whose grammar a name follows, the first in the order of the rulebook."""
    for one in _products(kind, key[0], key[-1]) if key else ():
        if one.pattern.fullmatch(key):
            return one.field
    return None


def time_of(text: str) -> Literal["cycle", "annual"] | None:
    """Is a text nothing but the name of a time, of the whole period (实施期, 三年) or of the year (年度, 2026年)? ``None``
    when it is none."""
    key = _REMARK_END.sub("", _field_key(text)) or _field_key(text)
    key = key.strip("()") if len(text) <= _LONGEST_PRODUCT else ""
    return _time(key) if key else None


@lru_cache(4096)
def _time(key: str) -> Literal["cycle", "annual"] | None:
    cycle, year = _times()
    bare = _GOAL_OF_TIME.sub("", key)
    return "cycle" if cycle.fullmatch(bare) else "annual" if year.fullmatch(bare) else None


@cache
def _times() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """The names of the whole period and those of the year."""
    classes = framework_data("fields")["grammar"]["words"]
    return compiled("|".join(classes["cycle"])), compiled("|".join(classes["year"]))
