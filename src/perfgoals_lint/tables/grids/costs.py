"""How little a text suits a column, and what a column without a text costs. Costs are in arbitrary units."""

from collections import Counter
from collections.abc import Callable
from functools import cache, lru_cache

from perfgoals_lint.rulebook.labels import all_labels, field_of, is_level1, is_level2
from perfgoals_lint.rulebook.lexicons import matcher, words
from perfgoals_lint.rulebook.patterns import compiled
from perfgoals_lint.rulebook.policy import framework_data, lexicon
from perfgoals_lint.tables.amounts import is_amount, is_nothing
from perfgoals_lint.tables.grids.head_rows import MONEY
from perfgoals_lint.tables.grids.heads import SIDE
from perfgoals_lint.tables.grids.pieces import CLOSING
from perfgoals_lint.text import squeeze
from perfgoals_lint.values.units import is_unit

OF_PROJECT = frozenset(
    {"project_name", "project_code", "project_type", "project_level", "department", "unit", "annual_goal",
     "cycle_goal", "purpose", "period", "class", "indicators", "fiscal_year"}
)  # fmt: skip
SIDE_COLUMN = "side"
"""The column of the label that stands beside the whole table, where it is printed in every row."""
_IN_WORDS = frozenset({"remark", "deviation", "formula"})
_LONG_CLASS = 12
_LONG_CODE = 12
_KNOWN_CLASS = 4.0  # a class label in the place of a name
_BOTH_LEVELS = compiled(r"\w+指标[-－—–/·]\w+指标")
"""The classes of both levels in one cell: 产出指标-数量指标."""
_BRACKET = compiled(r"[（(][^（()）]*[)）]$")
_SEVERAL = compiled(r"^(?:[\u3400-\u9fff]{2,6}[、和及与]){1,3}(?=[\u3400-\u9fff]{4,6}(?:指标|目标)$)")
_SHORT_CODE = 5
_LISTED = compiled(r"[:：≥≤><=]|^\d{1,2}[.、．]")
_ITEM = compiled(r"\d{1,2}[.、．]")
_NAME_PART = compiled(r"[^:：≥≤><=≧≦＞＜＝\d]+")
_LONG = 120  # characters; what is longer is no value
_VALUE = compiled(
    r"[≥≤><=≧≦＞＜＝±]|^[\d.,]+\S{0,4}$|\d+(\.\d+)?[%％]?(以上|以下|以内|以前)?\S{0,2}$|月底前|年底"
)
_NAME = compiled(r"[*★☆]*[\u3400-\u9fff]{4}")
_ASIDE = compiled(r"[（(][^（()）]*[)）]")
_COMPARED = compiled(r"(?:[≥≤><＞＜≧≦]=?|=)[\d*×]\S*")
_COMPARISON = compiled(r"^(?:[≥≤><=≧≦＞＜＝±]{1,2}|大于|小于|等于|大于等于|小于等于|定性|定量)$")
_KIND = compiled(r"^(?:定量|定性)(?:指标)?$")
_UNIT = compiled(r"^[^\d≥≤<>＜＞=，。；、]{1,6}$")
_NUMBER = compiled(r"^\d{1,4}(?:\.\d+)?[%％]?$")
_SHAPE = compiled(r"[\d.,一二三四五六七八九十每各全共合计年度当]+")
_PAIRS = tuple(zip("（(“《【「〔", "）)”》】」〕", strict=True))
# the cost of an empty cell: as the first of its row, and behind a cell that is filled
_EMPTY = {
    SIDE_COLUMN: (0.0, 0.0),
    "level1": (0.0, 0.0),
    "level2": (0.0, 2.0),
    "project_name": (0.0, 4.0),
    "unknown": (0.8, 1.0),
    "number": (0.3, 0.3),
    "weight": (0.5, 2.4),
    "operator": (0.5, 1.2),
    "direction": (0.5, 1.2),
    "level3": (4.6, 4.6),
    "description": (0.5, 2.5),
    "cycle_value": (1.0, 3.0),
    "annual_value": (0.5, 2.2),
    "basis": (1.0, 1.5),
    "value_unit": (0.3, 0.8),
    "remark": (0.1, 0.1),
    "deviation": (0.1, 0.1),
}
_EMPTY_OTHER = (0.5, 2.0)
_EMPTY_OF_LIST = (0.0, 0.6)
_VALUES = frozenset({"cycle_value", "annual_value", "last_year_value"})


@lru_cache(maxsize=4096)
def value_pair_cost(cycle: str, annual: str) -> float:
    """How little an annual value suits the value of the whole period beside it (negative: it suits well)."""
    if cycle == annual:
        return -2.0
    shape = _SHAPE.sub("", cycle)
    if shape and shape == _SHAPE.sub("", annual):
        return -1.2
    if is_value(cycle) and is_value(annual):
        return -0.4
    if min(len(cycle), len(annual)) > 3 and (cycle.endswith(annual) or annual.endswith(cycle)):
        return -0.4
    return 0.6


@lru_cache(maxsize=8192)
def is_value(text: str) -> bool:
    """Has the text, remarks in brackets passed over, a comparison, a number with a unit at its end, or a date?"""
    return len(text) < _LONG and bool(_VALUE.search(_ASIDE.sub("", text) or text))


@lru_cache(maxsize=8192)
def _open_brackets(text: str) -> int:
    return sum(text.count(opening) != text.count(closing) for opening, closing in _PAIRS)


def content_cost(name: str, text: str, common: Counter[str]) -> float:
    """How little a text suits a column; ``common`` counts how often each text stands in the dump."""
    if name == SIDE_COLUMN:
        return 0.0 if field_of(text) in SIDE else 9.0
    if name in ("level1", "level2"):
        return _class_cost(name, text)
    if name in MONEY:
        return (1.0 if len(text) > _LONG_CODE else 0.0) if is_amount(text) or is_nothing(text) else 5.0
    if name == "value_unit" and is_unit(text):
        return -1.5
    cost = 1.5 * _open_brackets(text) + (2.0 if text[0] in CLOSING else 0.0)
    if name.startswith("class"):
        return cost + _listed_cost(name, text)
    own = _OWN_COSTS.get(name)
    if own is not None:
        return cost + own(text, common[text] > 1)
    if name == "annual_goal" and _ITEM.match(text) and ("：" in text or ":" in text):
        return cost + 1.5
    of_rows = name in OF_PROJECT and (is_amount(text) or is_level2(text) or is_level1(text))
    return cost + (3.0 if of_rows else 0.0)


def _cost_of_value(text: str, _again: bool) -> float:
    fitting = -0.3 if is_value(text) else 0.2 * (len(text) > 6) + 0.04 * len(text)
    return 2.0 * (_KIND.match(text) is not None) + fitting


def _cost_of_text(text: str, _again: bool) -> float:
    odd = (is_value(text) and not _NAME.match(text)) or len(text) == 1
    return (1.5 if odd else 0.0) + (1.5 if _NUMBER.match(text) else 0.0)


def _cost_of_name(text: str, again: bool) -> float:
    bare = len(text) == 2 and is_level2(text)  # 质量 is a class
    number = 1.5 if _NUMBER.match(text) else 0.0
    first = text[: text.find("指标") + 2]
    # A class, or one and the name behind it, is hardly a name.
    own = len(first) > 2 and is_class(first) and first[:-2] not in words("naming.indicator_labels")
    known = _KNOWN_CLASS if own else 0.0
    return 1.5 + number if bare else known + _cost_of_text(text, again)


def _cost_of_basis(text: str, again: bool) -> float:
    return (1.5 if is_value(text) else 0.0) - (1.5 if again else 0.0)


def _cost_of_sign(text: str, _again: bool) -> float:
    return 0.0 if _COMPARISON.match(text) or text in _signs() else 3.0


def _cost_of_remark(text: str, _again: bool) -> float:
    return 2.0 if _NUMBER.match(text) or _COMPARED.fullmatch(text) else 0.0


def _cost_of_unknown_unit(text: str, _again: bool) -> float:
    return 0.8 if _UNIT.match(text) and not _KIND.match(text) else 3.0


def _cost_of_number(text: str, _again: bool) -> float:
    return 0.0 if _NUMBER.match(text) else 4.0


_OWN_COSTS: dict[str, Callable[[str, bool], float]] = {
    **dict.fromkeys(_VALUES, _cost_of_value),
    "level3": _cost_of_name,
    "description": _cost_of_text,
    "basis": _cost_of_basis,
    **dict.fromkeys(("operator", "direction"), _cost_of_sign),
    "value_type": lambda text, _again: -0.5 if _KIND.match(text) else 4.0,
    **dict.fromkeys(_IN_WORDS, _cost_of_remark),
    "value_unit": _cost_of_unknown_unit,
    "scoring": lambda _text, again: -1.0 if again else 0.0,
    "project_code": lambda text, _again: 0.0 if text.isascii() and len(text) > _SHORT_CODE else 2.0,
    **dict.fromkeys(("weight", "number", "score"), _cost_of_number),
}
"""What a text adds in a column of its own kind, by the text and whether the dump has it more than once."""


_TOLD = frozenset({"service", "timeliness", "output_cost"})
"""Classes of the second level that the names of their indicators tell."""


def _listed_cost(name: str, text: str) -> float:
    """How little a text suits a column that lists the indicators of one class (``class:output:cost``)."""
    own, told = name.partition(":")[2], _class_told(text)
    odd = told != own if own in _TOLD else told in _TOLD and bool(own)
    return (0.0 if _LISTED.search(text) else 2.0) + (1.5 if odd else 0.0)


@lru_cache(maxsize=4096)
def _class_told(text: str) -> str:
    """The class that the name of the first indicator in a cell tells: whose approval, when, at what cost; blank for none."""
    name = _NAME_PART.match(_ITEM.sub("", text, count=1))
    said = name[0] if name else ""
    if matcher("satisfaction.approval").search(said):
        return "service"
    if matcher("timeliness.prompt").search(said) or said.endswith(tuple(lexicon("names")["time_heads"])):
        return "timeliness"
    return "output_cost" if matcher("grids.cost_words").search(said) else ""


@cache
def _stems(level: int) -> tuple[str, ...]:
    """The classes of a level without 指标 at their end."""
    bare = {label.removesuffix("指标").removesuffix("目标") for label in all_labels(level)}
    return tuple(sorted(label for label in bare if len(label) > 1))


@cache
def _signs() -> frozenset[str]:
    """The words that forms print for a sign or a direction."""
    return frozenset(framework_data("fields")["value_parts"]["operators"])


@lru_cache(maxsize=8192)
def _class_cost(name: str, text: str) -> float:
    """How little a text suits a column of classes; a class nobody knows is called … 指标 as a rule."""
    text = squeeze(text)
    text = _BRACKET.sub("", text) or text
    text = _SEVERAL.sub("", text) or text  # 社会、生态效益指标 is as sure as 生态效益指标
    if (is_level1(text) if name == "level1" else is_level2(text)) or _BOTH_LEVELS.fullmatch(text):
        return 0.0
    known = is_level1(text) or is_level2(text)
    like = text.endswith(("指标", "目标", *_stems(1 if name == "level1" else 2)))
    own = 2.5 if known else 1.2 if like and len(text) < _LONG_CLASS else 4.0
    return own + 3.0 * is_value(text)


def empty_cost(name: str, nothing_before: bool) -> float:
    """What it costs that a column has no cell in a row."""
    name = name.partition(":")[0]
    costs = _EMPTY.get(name, _EMPTY_OF_LIST if name in OF_PROJECT or name in MONEY else _EMPTY_OTHER)
    return costs[0] if nothing_before else costs[1]


@lru_cache(maxsize=4096)
def is_class(text: str) -> bool:
    """Is the text, a remark in brackets behind it passed over, a class label that is hardly a part of a name?"""
    bare = _BRACKET.sub("", squeeze(text))
    return bare.endswith(("指标", "值")) and (is_level1(bare) or is_level2(bare))
