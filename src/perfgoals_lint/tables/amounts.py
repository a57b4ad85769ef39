"""Printed amounts: numbers with or without thousands separators, and the money unit that a form names."""

import re
from decimal import Decimal

from perfgoals_lint.model import Location, Problem
from perfgoals_lint.money import BEFORE_UNIT, UNIT_WORDS, UNITS
from perfgoals_lint.rulebook.patterns import compiled
from perfgoals_lint.rulebook.traditional import simplified
from perfgoals_lint.text import squeeze
from perfgoals_lint.values import numerals

# Twenty digits hold every budget and keep a product exact in the default decimal context.
_AMOUNT = compiled(
    rf"[¥￥]?([-−－]?)(\d{{1,3}}(?:,\d{{3}}){{1,6}}|\d{{1,20}})(\.\d{{1,6}})?(?:({UNIT_WORDS}|[万亿])整?)?",
    re.ASCII,
)
_NUMERAL = "".join((*numerals.DIGITS, *numerals.STEPS, "万亿"))
_DIGITS = "".join((*numerals.DIGITS, *numerals.STEPS))
_IN_CHARACTERS = compiled(rf"(?:人民币)?(?=.*[{_DIGITS}])([{_NUMERAL}]{{1,24}})[元圆]整?")
_SIGNS = frozenset("¥￥-−－")
"""What may stand in front of the first digit of an amount."""
_PARTED = compiled(r"\d\s+(?=\d)")
_IN_THREES = compiled(r"\D*\d{1,3}(?:[^\S\r\n]\d{3})+(?!\s*\d).*", re.DOTALL)
"""A number whose digits are parted by blanks as by commas; other digits apart are two numbers."""
_WIDE = str.maketrans("０１２３４５６７８９，．", "0123456789,.")
_SPELLED = UNIT_WORDS.replace("万元", r"万\s?元")
_MONEY_UNIT = compiled(
    rf"(?:金额|计量|货币|资金)?单\s?位\s?(?:均?[为是])?\s?[:：]?\s?({_SPELLED})|[（(](?:单位[:：])?({_SPELLED})[)）]"
    rf"|以\s?({_SPELLED})\s?为(?:金额|计量)?单位|^\s*(?:金额|资金|币种|人民币)\s?[:：]\s?({_SPELLED})\s*$"
    rf"|^[^\d]+{BEFORE_UNIT}({UNIT_WORDS})[:：]?$"
)
_NOTHING = frozenset({"-", "--", "—", "——", "–", "－", "/", "／", "无"})
_HEADING = compiled(rf"[^\d?？]*(?:[数率额值金列]|[小合总共累]计)[:：]?|[（(]?(?:{UNIT_WORDS})[)）]?")
"""What stands in an amount's place and is a label or a unit."""
_OF_MONEY = compiled(rf"[\d{_NUMERAL}几数].*[万亿元圆]|^(?=.*\d)[\d.,，OoIl]+$")
_REMARK = compiled(r"[（(]([^（）()]+)[)）]$")
_IN_UNIT = compiled(rf"(?:单位[:：]?)?({UNIT_WORDS})")
_SHORT = 12
_SHOWN = 40
_LONGEST = 120

NOT_READ = "PGX106"


def unit_of(factor: int) -> str:
    """The money unit of so many 元."""
    return next(unit for unit, yuan_each in UNITS.items() if yuan_each == factor)


def own_unit(text: str) -> str | None:
    """The unit that a printed amount names itself (48万元, 人民币壹万元整), ``None`` for a bare number."""
    match = _match(text)
    if match is None:
        return "元"
    unit = match[4]
    return unit if unit is None or unit in UNITS else unit + "元"


def money_factor(text: str) -> int | None:
    """How many 元 the printed money unit stands for (``单位：万元`` gives 10000), ``None`` when no unit is named."""
    match = _MONEY_UNIT.search(simplified(text))
    return UNITS[squeeze(next(filter(None, match.groups())))] if match else None


def is_amount(text: str) -> bool:
    """Is the text nothing but a printed amount?"""
    return yuan(text) is not None


def is_nothing(text: str) -> bool:
    """Is the text blank, or a dash that stands for no amount?"""
    stripped = squeeze(text)
    return not stripped or stripped in _NOTHING


def is_other(text: str, known: str, factor: int | None) -> bool:
    """Is a text with a money unit surely another amount than a ``known`` one in 元 times ``factor``? Without one it may count points."""
    if not (is_amount(text) and own_unit(text) and is_amount(known)):
        return False
    return all(yuan(known, one) != yuan(text) for one in ([factor] if factor else UNITS.values()))


def is_unread(text: str) -> bool:
    """Was something filled in where an amount belongs that is none?"""
    return not is_nothing(text) and not is_amount(text) and not _HEADING.fullmatch(squeeze(text))


def is_unread_amount(text: str) -> bool:
    """Is a text an amount that nobody can be sure of (约18万, 3O.5)? Where dumps leave open which box a text belongs to,
    only what speaks of money or is nearly a number counts."""
    key = squeeze(text)
    return len(key) <= _SHORT and _OF_MONEY.search(key) is not None and is_unread(text)


def not_read(label: str, text: str, location: Location) -> Problem:
    """The problem for a filled box whose amount or year cannot be read."""
    shown = " ".join(text.split()) if _PARTED.search(text) else squeeze(text)
    shown = shown if len(shown) <= _SHOWN else shown[:_SHOWN] + "…"
    return Problem(NOT_READ, location, {"box": squeeze(label).rstrip(":：")[:_SHOWN], "text": shown})


def yuan(text: str, factor: int = 1) -> Decimal | None:
    """The amount in 元, exact and with the printed precision kept: ``254.00`` with the factor of 万元 is ``2540000.00``.

    A unit printed behind the number goes before ``factor``. ``None`` when the text is no amount.
    """
    match = _match(text)
    if match is None:
        may = len(text) <= _LONGEST and ("元" in text or "圆" in text)
        written = _IN_CHARACTERS.fullmatch(_REMARK.sub("", squeeze(text))) if may else None
        return numerals.parse(written[1]) if written else None
    sign, whole, fraction, unit = match.groups()
    number = Decimal(("-" if sign else "") + whole.replace(",", "") + (fraction or ""))
    return number * (UNITS.get(unit) or UNITS[unit + "元"] if unit else factor)


def remark_of(text: str) -> str | None:
    """The remark in brackets behind an amount (``854万(其中示范 295 万元)``), ``None`` when there is none."""
    remark = _REMARK.search(text) if len(text) <= _LONGEST else None
    return remark[1] if remark and not _IN_UNIT.fullmatch(remark[1]) and is_amount(text) else None


def _match(text: str) -> re.Match[str] | None:
    """The parts of a printed amount; a remark in brackets behind it is passed over, a unit there is its unit."""
    first = text.lstrip()[:1]
    if len(text) > _LONGEST or not (first.isdigit() or first in _SIGNS):
        return None
    if _PARTED.search(text) and not _IN_THREES.fullmatch(text.strip()):
        return None
    key = squeeze(text).translate(_WIDE)
    if (bracket := _REMARK.search(key)) is not None and bracket.start():
        unit = _IN_UNIT.fullmatch(bracket[1])
        key = key[: bracket.start()] + (unit[1] if unit else "")
    return _AMOUNT.fullmatch(key)
