"""What a spreadsheet cell shows: Excel number format codes, with Chinese dates, conditions, fractions and DBNum.

``render`` gives the text of a number under a format code as a Chinese Excel displays it in a wide enough column.
Fill and width padding (``*x``, ``_x``) show nothing.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache

from perfgoals_lint.readers.datetimes import CALENDARS, chinese_digits, render_date
from perfgoals_lint.readers.numdigits import (
    Token,
    exact,
    general,
    render_decimal,
    render_exponent,
    render_fraction,
)
from perfgoals_lint.rulebook.patterns import compiled

BUILTIN: dict[int, str] = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 5: '"¥"#,##0;"¥"-#,##0',
    6: '"¥"#,##0;[Red]"¥"-#,##0', 7: '"¥"#,##0.00;"¥"-#,##0.00', 8: '"¥"#,##0.00;[Red]"¥"-#,##0.00',
    9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??", 14: "yyyy/m/d", 15: "d-mmm-yy",
    16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss",
    22: "yyyy/m/d h:mm", 27: 'yyyy"年"m"月"', 28: 'm"月"d"日"', 29: 'm"月"d"日"', 30: "m-d-yy",
    31: 'yyyy"年"m"月"d"日"', 32: 'h"时"mm"分"', 33: 'h"时"mm"分"ss"秒"', 34: '上午/下午h"时"mm"分"',
    35: '上午/下午h"时"mm"分"ss"秒"', 36: 'yyyy"年"m"月"', 37: "#,##0;-#,##0", 38: "#,##0;[Red]-#,##0",
    39: "#,##0.00;-#,##0.00", 40: "#,##0.00;[Red]-#,##0.00", 41: '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ',
    42: '_ "¥"* #,##0_ ;_ "¥"* -#,##0_ ;_ "¥"* "-"_ ;_ @_ ',
    43: '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ',
    44: '_ "¥"* #,##0.00_ ;_ "¥"* -#,##0.00_ ;_ "¥"* "-"??_ ;_ @_ ', 45: "mm:ss", 46: "[h]:mm:ss",
    47: "mm:ss.0", 48: "##0.0E+0", 49: "@", 50: 'yyyy"年"m"月"', 51: 'm"月"d"日"', 52: 'yyyy"年"m"月"',
    53: 'm"月"d"日"', 54: 'm"月"d"日"', 55: '上午/下午h"时"mm"分"', 56: '上午/下午h"时"mm"分"ss"秒"',
    57: 'yyyy"年"m"月"', 58: 'm"月"d"日"',
}  # fmt: skip
"""Format codes of the built-in ids as a Chinese Excel shows them (14 is its short date)."""

_TOKEN = compiled(
    r'"(?P<quoted>[^"]*)"?|[\\!](?P<escaped>.)|_(?P<width>.)|\*(?P<fill>.)|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<general>General|G/通用格式)|(?P<ampm>AM/PM|A/P|上午/下午)|(?P<exponent>[Ee][+-])"
    r"|(?P<date>[yY]+|[mM]+|[dD]+|[hH]+|[sS]+|a{3,4}|[eE]+|[gG]{1,3}|[bB][12](?=[yY])|[bB]{1,4})|(?P<digit>[0#?])|(?P<point>\.)|(?P<comma>,)"
    r"|(?P<percent>%)|(?P<slash>/)|(?P<text>@)|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_CONDITION = compiled(r"(<=|>=|<>|<|>|=)\s*(-?[\d.]+(?:[Ee][+-]?\d+)?)$")
_ELAPSED = compiled(r"h+|m+|s+", re.IGNORECASE)
_COMPARE: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "<": Decimal.__lt__,
    "<=": Decimal.__le__,
    ">": Decimal.__gt__,
    ">=": Decimal.__ge__,
    "=": lambda a, b: a == b,
    "<>": lambda a, b: a != b,
}
_CODE_LIMIT = 1024
_SYSTEM = {"[$-F800]": 'yyyy"年"m"月"d"日"', "[$-F400]": "h:mm:ss"}
"""Codes that stand for the long date and the time of the system, whatever follows them."""


@dataclass(slots=True)
class Section:
    """One of the up to four parts of a format code."""

    tokens: list[Token] = field(default_factory=list)
    condition: tuple[str, Decimal] | None = None
    numerals: int = 0
    is_date: bool = False
    calendar: str = ""
    """The mark of the calendar by which eras are counted; empty for the common one."""


def render(value: float, code: str, date1904: bool = False) -> str:
    """The shown text of a number under a format code; a broken code shows the number as ``General`` does."""
    if value != value or value in (float("inf"), float("-inf")):
        return ""
    number = exact(value)
    if code == "General":
        return general(number)
    sections = _parse(_SYSTEM.get(code[:8].upper(), code[:_CODE_LIMIT]))
    section, keep_sign = _choose(sections, number)
    if section is None:
        return "#" * 5
    if section.is_date:
        shown = render_date(value, section.tokens, date1904)
        if shown is None:
            return general(number)
    else:
        shown = _render_number(number if keep_sign else abs(number), section)
    if section.numerals:
        shown = chinese_digits(shown, section.numerals, section.is_date)
    return shown.strip(" ")


def render_text(text: str, code: str) -> str:
    """The shown text of a string: only a fourth section or an ``@`` of the code changes it."""
    if "@" not in code or code == "@":
        return text
    sections = _parse(code[:_CODE_LIMIT])
    section = sections[3] if len(sections) > 3 else sections[-1]
    if not any(kind == "text" for kind, _ in section.tokens):
        return text
    return "".join(
        text if kind == "text" else shown for kind, shown in section.tokens if kind in ("text", "literal")
    )


@lru_cache(maxsize=4096)
def _parse(code: str) -> tuple[Section, ...]:
    sections = [Section()]
    for match in _TOKEN.finditer(code):
        kind = match.lastgroup or "other"
        text = match.group(kind)
        section = sections[-1]
        if kind in ("quoted", "escaped"):
            section.tokens.append(("literal", text))
        elif kind == "bracket":
            _bracket(section, text)
        elif kind == "other" and text == ";":
            sections.append(Section())
        elif kind == "date" and text[0] in "eEgG" and any(k == "digit" for k, _ in section.tokens):
            section.tokens.append(("literal", text))
        elif kind == "date" and text in ("b1", "B1"):
            continue  # the common calendar, said once more
        elif kind == "date" and text[0] in "eEgG" and section.calendar:
            section.tokens.append(("date", section.calendar + text.lower()))
            section.is_date = True
        elif kind == "date" or kind == "ampm":
            section.tokens.append(("date", text.lower() if kind == "date" else text))
            section.is_date = True
        elif kind in ("digit", "point", "comma", "percent", "exponent", "slash", "text", "general"):
            section.tokens.append((kind, text))
        elif kind == "other":
            section.tokens.append(("literal", text))
    return tuple(sections)


def _bracket(section: Section, text: str) -> None:
    """A bracket: a condition, an elapsed time, DBNum, a currency; colours and anything else show nothing."""
    condition = _CONDITION.match(text)
    if condition:
        section.condition = (condition[1], Decimal(condition[2]))
    elif _ELAPSED.fullmatch(text):
        section.tokens.append(("date", f"[{text.lower()}]"))
        section.is_date = True
    elif text.lower().startswith("dbnum") and text[5:6] in "123":
        section.numerals = int(text[5:6] or 0)
    elif text.startswith("$"):
        symbol, _, locale = text[1:].partition("-")
        section.calendar = CALENDARS.get(locale.lower()[-4:].lstrip("0"), section.calendar)
        if symbol:
            section.tokens.append(("literal", symbol))


def _choose(sections: tuple[Section, ...], number: Decimal) -> tuple[Section | None, bool]:
    """The section for a number, and whether the section shows its sign itself."""
    numeric = list(sections[:3])
    if (
        len(numeric) > 1
        and any(kind == "text" for kind, _ in numeric[-1].tokens)
        and len(numeric) == len(sections)
    ):
        numeric.pop()
    if not any(section.condition for section in numeric):
        if len(numeric) == 1 or number > 0 or (number == 0 and len(numeric) == 2):
            return numeric[0], True
        return (numeric[1], False) if number < 0 else (numeric[2], False)
    for section in numeric:
        if section.condition is None:
            return section, True
        sign, bound = section.condition
        if _COMPARE[sign](number, bound):
            return section, not (sign in ("<", "<=") and bound <= 0 and number < 0)
    return None, True


def _render_number(number: Decimal, section: Section) -> str:
    tokens = section.tokens
    kinds = [kind for kind, _ in tokens]
    if "general" in kinds or ("text" in kinds and "digit" not in kinds):
        plain = general(abs(number))
        shown = "".join(plain if kind in ("general", "text") else text for kind, text in tokens)
        return "-" + shown if number < 0 else shown
    if "digit" not in kinds:
        sign = "-" if number < 0 else ""
        return sign + "".join(text for kind, text in tokens if kind in ("literal", "percent"))
    number = number.scaleb(2 * kinds.count("percent"))
    if "slash" in kinds and "point" not in kinds:
        return render_fraction(number, tokens)
    if "exponent" in kinds:
        return render_exponent(number, tokens)
    return render_decimal(number, tokens)
