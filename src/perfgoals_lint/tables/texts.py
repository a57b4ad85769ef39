"""The text of a cell as one line, and operator, number and unit of three cells as one value."""

from collections.abc import Iterable
from functools import cache

from perfgoals_lint.model import Location
from perfgoals_lint.rulebook.patterns import compiled
from perfgoals_lint.rulebook.policy import framework_data
from perfgoals_lint.tables.printed import join
from perfgoals_lint.text import squeeze

_NOWHERE = Location("")
_ITEM = compiled(
    r"^\s*(?:[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[)）、]|\d{1,2}[.．](?!\d)|目标\s*\d|[①-⑳])"
)
_AMOUNT_END = compiled(r"[\d０-９]\s*(?:元|[万亿]元?)[）)；;]?\s*$")
_NAMED_TARGET = compiled(
    r"\s*[一-鿿][^≥≤≧≦＝=＞＜<>，。；]*[≥≤≧≦＝=＞＜<>]+\s*\d[^，。；≥≤≧≦＝=＞＜<>]*[一-鿿%％]\s*"
)
_NAMED_AMOUNT = compiled(r"^\s*[一-龥A-Za-z（）()]{2,14}[：:]\s*约?[\d０-９]")
"""A name and a number: behind a line that ends with an amount the next entry of a list, not the rest of that line."""
_TICKS, _AROUND = frozenset("☑☒✓✔√■🗹"), " \t\r\n\u3000、；;，,"
_NUMBERED = compiled(r"[（(\d]")
_MARK = compiled(r"([☑☒✓✔√■🗹□☐])")
_DIGIT = compiled(r"[\d０-９]")
_NUMBER_START = compiled(r"^[\d０-９.,，]*[\d０-９]")
_NUMBER_END = compiled(r"[\d０-９](?:[百千]?[万亿]|[百千])?$")
_OPERATOR_START = compiled(r"^[≥≤≧≦＞＜>=<＝═~～]|^(?:不|大于|小于|等于|高于|低于|超过|至少|最多)")


def join_lines(parts: Iterable[str], typed: bool = False) -> str:
    """Printed lines as one text: no blank at the breaks, but one between two Latin letters; ``typed`` breaks part digits."""
    return join(((part, _NOWHERE) for part in parts), typed).text


def cell_text(text: str, typed: bool = False) -> str | None:
    """The text with its layout breaks joined; a numbered item keeps the line that it begins, and
    so does a named amount or target behind another (设备费15万⏎处理费：18万, 长度≥3米⏎宽度≥2米). A break that was
    ``typed`` stays between digits. Blank is ``None``."""
    if "\n" not in text and "\r" not in text:
        return text.strip() or None
    paragraphs: list[list[str]] = []
    for line in text.splitlines():
        last = paragraphs[-1][-1] if paragraphs else ""
        entry = (_AMOUNT_END.search(last) and _NAMED_AMOUNT.match(line)) or (
            _NAMED_TARGET.fullmatch(last) and _NAMED_TARGET.fullmatch(line)
        )
        if not paragraphs or entry or _ITEM.match(line):
            paragraphs.append([])
        paragraphs[-1].append(line)
    return "\n".join(joined for part in paragraphs if (joined := join_lines(part, typed))) or None


def ticked(text: str) -> str | None:
    """The one option that a text of several has a tick at (☑新增 □延续), its marks all in front or all behind; else ``None``. Where there
    is one mark alone, blanks part the options (√一次性 经常性)."""
    text = text.strip()
    apart = (text[:1] + text[1:].lstrip() if text[:1] in _TICKS else text).split()
    options = [_MARK.sub("", one) for one in apart]
    if len(_MARK.findall(text)) == 1 and len(apart) > 1 and all(len(one) > 1 for one in options):
        chosen = [option for option, one in zip(options, apart, strict=True) if not _TICKS.isdisjoint(one)]
        return chosen[0].strip(_AROUND) if chosen and not any(map(_NUMBERED.match, options)) else None
    first, *rest = _MARK.split(text)
    behind = [first, *rest[1:-1:2]] if rest and not rest[-1].strip() else []
    options = [option.strip(_AROUND) for option in (behind if first.strip() else rest[1::2])]
    chosen = [option for option, mark in zip(options, rest[::2], strict=False) if mark in _TICKS]
    return chosen[0] if len(chosen) == 1 and all(options) else None


@cache
def _symbols() -> dict[str, dict[str, str | None]]:
    data: dict[str, dict[str, str | None]] = framework_data("fields")["value_parts"]
    return data


def join_value(operator: str | None, value: str | None, unit: str | None) -> str | None:
    """``≥``, ``90``, ``%`` as ``≥90%``. What does not belong to a number (定性, a unit of 无) is left out; a value that
    already carries its operator or unit is not given a second one."""
    if operator and _DIGIT.search(operator) and (not value or _OPERATOR_START.fullmatch(value)):
        # Filled in one column to the left, or in the place of each other.
        operator, value = value, operator
    if not value:
        return None
    text = value
    sign = _symbols()["operators"].get(squeeze(operator), operator) if operator else None
    measure = _symbols()["units"].get(squeeze(unit), unit) if unit else None
    end = _NUMBER_END.search(text.rstrip()) if measure and not text.endswith(measure) else None
    if measure and end and measure[0] not in end[0]:  # 180万 beside 万元 is not 180万万元
        text += measure
    if sign and _NUMBER_START.match(text) and not _OPERATOR_START.match(text):
        text = sign + text
    return text
