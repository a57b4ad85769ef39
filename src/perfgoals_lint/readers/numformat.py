"""What a spreadsheet cell shows: Excel number format codes, with Chinese dates, conditions, fractions and DBNum.

``render`` gives the text of a number under a format code as a Chinese Excel displays it in a wide enough column.
Fill and width padding (``*x``, ``_x``) show nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from functools import lru_cache

from perfgoals_lint.readers.datetimes import chinese_digits, render_date

BUILTIN: dict[int, str] = {
    0: "General",
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    5: '"¥"#,##0;"¥"-#,##0',
    6: '"¥"#,##0;[Red]"¥"-#,##0',
    7: '"¥"#,##0.00;"¥"-#,##0.00',
    8: '"¥"#,##0.00;[Red]"¥"-#,##0.00',
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    14: "yyyy/m/d",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: "yyyy/m/d h:mm",
    27: 'yyyy"年"m"月"',
    28: 'm"月"d"日"',
    29: 'm"月"d"日"',
    30: "m-d-yy",
    31: 'yyyy"年"m"月"d"日"',
    32: 'h"时"mm"分"',
    33: 'h"时"mm"分"ss"秒"',
    34: '上午/下午h"时"mm"分"',
    35: '上午/下午h"时"mm"分"ss"秒"',
    36: 'yyyy"年"m"月"',
    37: "#,##0;-#,##0",
    38: "#,##0;[Red]-#,##0",
    39: "#,##0.00;-#,##0.00",
    40: "#,##0.00;[Red]-#,##0.00",
    41: '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ',
    42: '_ "¥"* #,##0_ ;_ "¥"* -#,##0_ ;_ "¥"* "-"_ ;_ @_ ',
    43: '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ',
    44: '_ "¥"* #,##0.00_ ;_ "¥"* -#,##0.00_ ;_ "¥"* "-"??_ ;_ @_ ',
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mm:ss.0",
    48: "##0.0E+0",
    49: "@",
    50: 'yyyy"年"m"月"',
    51: 'm"月"d"日"',
    52: 'yyyy"年"m"月"',
    53: 'm"月"d"日"',
    54: 'm"月"d"日"',
    55: '上午/下午h"时"mm"分"',
    56: '上午/下午h"时"mm"分"ss"秒"',
    57: 'yyyy"年"m"月"',
    58: 'm"月"d"日"',
}
"""Format codes of the built-in ids as a Chinese Excel shows them (14 is its short date)."""

Token = tuple[str, str]
"""A kind (``literal``, ``digit``, ``point``, ``comma``, ``percent``, ``exponent``, ``slash``, ``text``, ``general``,
``date``) and its text."""

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|[\\!](?P<escaped>.)|_(?P<width>.)|\*(?P<fill>.)|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<general>General|G/通用格式)|(?P<ampm>AM/PM|A/P|上午/下午)|(?P<exponent>[Ee][+-])"
    r"|(?P<date>[yY]+|[mM]+|[dD]+|[hH]+|[sS]+|a{3,4}|[eE]+|[bB]{1,4})|(?P<digit>[0#?])|(?P<point>\.)|(?P<comma>,)"
    r"|(?P<percent>%)|(?P<slash>/)|(?P<text>@)|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?[\d.]+(?:[Ee][+-]?\d+)?)$")
_ELAPSED = re.compile(r"h+|m+|s+", re.IGNORECASE)
_COMPARE: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "<": Decimal.__lt__,
    "<=": Decimal.__le__,
    ">": Decimal.__gt__,
    ">=": Decimal.__ge__,
    "=": lambda a, b: a == b,
    "<>": lambda a, b: a != b,
}
_CODE_LIMIT = 1024
_ALL_DIGITS = Context(prec=2000)
"""Holds any double with any number of places that a format code of that length can ask for."""


@dataclass(slots=True)
class Section:
    """One of the up to four parts of a format code."""

    tokens: list[Token] = field(default_factory=list)
    condition: tuple[str, Decimal] | None = None
    numerals: int = 0
    is_date: bool = False


def general(value: Decimal) -> str:
    """A number under ``General``: whole numbers in full to 15 digits, others to 11 places as the program shows them."""
    if value == value.to_integral_value() and abs(value) < Decimal(10) ** 15:
        return format(round_half_up(value, 0), "f") if value else "0"
    size = value.adjusted()
    if -5 < size < 11:
        text = format(round_half_up(value, max(0, 9 - max(size, 0))), "f")
        text = text.rstrip("0").rstrip(".") if "." in text else text
        return "0" if text in ("-0", "") else text
    mantissa = round_half_up(value.scaleb(-size), 5)
    if abs(mantissa) >= 10:
        mantissa, size = mantissa / 10, size + 1
    text = format(mantissa, "f").rstrip("0").rstrip(".")
    return f"{text}E{'-' if size < 0 else '+'}{abs(size):02d}"


def round_half_up(value: Decimal, places: int) -> Decimal:
    """The value with so many decimal places, halves away from zero as Excel rounds."""
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP, context=_ALL_DIGITS)


def exact(value: float) -> Decimal:
    """The number a stored double stands for: 15 significant digits, as Excel itself keeps."""
    return Decimal(format(value, ".15g"))


def is_date_format(code: str) -> bool:
    """Whether a number under this code is shown as a date or a time."""
    return any(section.is_date for section in _parse(code[:_CODE_LIMIT]))


def render(value: float, code: str, date1904: bool = False) -> str:
    """The shown text of a number under a format code; a broken code shows the number as ``General`` does."""
    if value != value or value in (float("inf"), float("-inf")):
        return ""
    number = exact(value)
    if code == "General":
        return general(number)
    sections = _parse(code[:_CODE_LIMIT])
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
        elif kind == "date" and text[0] in "eE" and any(k == "digit" for k, _ in section.tokens):
            section.tokens.append(("literal", text))
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
        symbol = text[1:].partition("-")[0]
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
        return _render_fraction(number, tokens)
    if "exponent" in kinds:
        return _render_exponent(number, tokens)
    return _render_decimal(number, tokens)


def _render_decimal(number: Decimal, tokens: list[Token]) -> str:
    kinds = [kind for kind, _ in tokens]
    last_digit = len(kinds) - 1 - kinds[::-1].index("digit")
    point = kinds.index("point") if "point" in kinds else len(kinds)
    scale = 0
    for index, kind in enumerate(kinds):
        follows = any(k == "digit" for k in kinds[index + 1 :])
        before_point = index < point and "digit" not in kinds[index + 1 : point]
        if (
            kind == "comma"
            and "digit" in kinds[:index]
            and (index > last_digit or (not follows or before_point))
        ):
            scale += 3
    grouped = any(
        kind == "comma" and "digit" in kinds[:index] and "digit" in kinds[index + 1 : point]
        for index, kind in enumerate(kinds[:point])
    )
    places = sum(1 for kind in kinds[point:] if kind == "digit")
    rounded = round_half_up(abs(number).scaleb(-scale), places)
    whole, _, part = format(rounded, "f").partition(".")
    sign = "-" if number < 0 and rounded else ""
    shown_whole = _fill_whole(whole, tokens[:point], grouped)
    return sign + shown_whole + _fill_part(part, tokens[point:])


def _fill_whole(digits: str, tokens: list[Token], grouped: bool) -> str:
    """Lay digits into the placeholders from the right; the first placeholder takes all that are left over."""
    digits = digits.lstrip("0")
    out: list[str] = []
    places = [index for index, (kind, _) in enumerate(tokens) if kind == "digit"]
    first = places[0] if places else -1
    written = 0
    rest = len(digits)

    def put(char: str) -> None:
        nonlocal written
        if grouped and written and written % 3 == 0 and char != " ":
            out.append(",")
        out.append(char)
        written += 1

    for index in range(len(tokens) - 1, -1, -1):
        kind, text = tokens[index]
        if kind == "digit":
            if rest:
                rest -= 1
                put(digits[rest])
            elif text == "0":
                put("0")
            elif text == "?":
                put(" ")
            while index == first and rest:
                rest -= 1
                put(digits[rest])
        elif kind in ("literal", "percent", "slash"):
            out.append(text[::-1])
    if not places and digits:
        out.append(digits[::-1])
    return "".join(out)[::-1]


def _fill_part(digits: str, tokens: list[Token]) -> str:
    """The decimal point and what follows; a place ``#`` shows no trailing zero."""
    out: list[str] = []
    at = 0
    wanted = [text for kind, text in tokens if kind == "digit"]
    used = len(wanted)
    while used and wanted[used - 1] != "0" and digits[used - 1 : used] in ("0", ""):
        used -= 1
    for kind, text in tokens:
        if kind == "point":
            out.append(".")
        elif kind == "digit":
            if at < used:
                out.append(digits[at])
            elif text == "?":
                out.append(" ")
            at += 1
        elif kind in ("literal", "percent", "slash"):
            out.append(text)
    return "".join(out)


def _render_exponent(number: Decimal, tokens: list[Token]) -> str:
    at = next(index for index, (kind, _) in enumerate(tokens) if kind == "exponent")
    mantissa, power = tokens[:at], tokens[at + 1 :]
    kinds = [kind for kind, _ in mantissa]
    point = kinds.index("point") if "point" in kinds else len(kinds)
    whole_places = max(1, kinds[:point].count("digit"))
    places = kinds[point:].count("digit")
    size = number.adjusted() if number else 0
    size -= size % whole_places if whole_places > 1 else 0
    scaled = abs(number).scaleb(-size)
    if round_half_up(scaled, places) >= Decimal(10) ** whole_places:
        size += whole_places
        scaled = abs(number).scaleb(-size)
    shown = _render_decimal(scaled, mantissa)
    exponent_digits = _fill_whole(str(abs(size)), [t for t in power if t[0] == "digit"], False)
    tail = "".join(text for kind, text in power if kind in ("literal", "percent"))
    sign = "-" if size < 0 else ("+" if tokens[at][1][1] == "+" else "")
    return f"{'-' if number < 0 else ''}{shown}E{sign}{exponent_digits or '0'}{tail}"


def _render_fraction(number: Decimal, tokens: list[Token]) -> str:
    slash = next(index for index, (kind, _) in enumerate(tokens) if kind == "slash")
    start = slash
    while start and tokens[start - 1][0] == "digit":
        start -= 1
    end = slash + 1
    while end < len(tokens) and (tokens[end][0] == "digit" or tokens[end][1].isdigit()):
        end += 1
    bottom = "".join(text for _, text in tokens[slash + 1 : end])
    whole_tokens = tokens[:start]
    has_whole = any(kind == "digit" for kind, _ in whole_tokens)
    value = Fraction(abs(number))
    whole = int(value) if has_whole else 0
    rest = value - whole
    if bottom.strip("0").isdigit():
        denominator = int(bottom)
        numerator = int(rest * denominator + Fraction(1, 2))
    else:
        near = rest.limit_denominator(10 ** min(len(bottom), 7) - 1)
        numerator, denominator = near.numerator, near.denominator
    if has_whole and numerator == denominator:
        whole, numerator = whole + 1, 0
    sign = "-" if number < 0 and (whole or numerator) else ""
    tail = "".join(text for kind, text in tokens[end:] if kind == "literal")
    if has_whole and numerator == 0:
        return sign + (_fill_whole(str(whole), whole_tokens, False).strip(" ") or "0") + tail
    head = _fill_whole(str(whole), whole_tokens, False) if has_whole and whole else ""
    return f"{sign}{head}{numerator}/{denominator}{tail}"
