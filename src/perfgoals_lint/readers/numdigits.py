"""Digits laid into the places of a number format: decimals, exponents, fractions, and the ``General`` format."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from perfgoals_lint.rulebook.patterns import compiled

Token = tuple[str, str]
"""A kind (``literal``, ``digit``, ``point``, ``comma``, ``percent``, ``exponent``, ``slash``, ``text``, ``general``,
``date``) and its text."""

_ALL_DIGITS = Context(prec=2000)
"""Holds any double with any number of places that a format code of that length can ask for."""


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


class _PlacesOfDigits(NamedTuple):
    """What the places of a format say, whatever the number: thousands taken away, grouping, decimal places, and the tokens
    in front of the point and from it on. ``plain`` are the words around the digits and what a zero shows, where the
    digits stand together and every decimal place is shown."""

    scale: int
    grouped: bool
    places: int
    whole: tuple[Token, ...]
    part: tuple[Token, ...]
    plain: tuple[str, str, str] | None


@lru_cache(1024)
def _layout(tokens: tuple[Token, ...]) -> _PlacesOfDigits:
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
    return _PlacesOfDigits(scale, grouped, places, tokens[:point], tokens[point:], _plain(tokens))


_PLAIN = compiled(r"(l*)((?:[#0],?)*?)(0?)((?:\.0+)?)(l*)")


def _plain(tokens: tuple[Token, ...]) -> tuple[str, str, str] | None:
    """The words before and behind the digits and what a zero shows; ``None`` where the digits must be laid one by one."""
    shown = {"literal": "l", "percent": "l", "digit": None, "comma": ",", "point": "."}
    if not {kind for kind, _ in tokens} <= shown.keys():
        return None
    signs = "".join(shown[kind] or text for kind, text in tokens)
    found = _PLAIN.fullmatch(signs)
    if found is None or "0" in found[2] or not (found[2] or found[3]):
        return None
    front, behind = (
        "".join(text for _, text in part) for part in (tokens[: found.end(1)], tokens[found.start(5) :])
    )
    return front, behind, found[3]


def render_decimal(number: Decimal, tokens: Sequence[Token]) -> str:
    """A number in decimal places, with grouping and scaling commas and the words between the digits."""
    layout = _layout(tuple(tokens))
    rounded = round_half_up(abs(number).scaleb(-layout.scale), layout.places)
    whole, _, part = format(rounded, "f").partition(".")
    sign = "-" if number < 0 and rounded else ""
    if layout.plain is None:
        return sign + _fill_whole(whole, layout.whole, layout.grouped) + _fill_part(part, layout.part)
    front, behind, zero = layout.plain
    whole = whole.lstrip("0")
    if layout.grouped and len(whole) > _GROUP:
        whole = f"{int(whole):,}"
    return f"{sign}{front}{whole or zero}{'.' if part else ''}{part}{behind}"


_GROUP = 3
"""Digits between two commas."""


def _fill_whole(digits: str, tokens: Sequence[Token], grouped: bool) -> str:
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


def _fill_part(digits: str, tokens: Sequence[Token]) -> str:
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


def render_exponent(number: Decimal, tokens: list[Token]) -> str:
    """A number with a power of ten; several places before the point make the power a multiple of their number."""
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
    shown = render_decimal(scaled, mantissa)
    exponent_digits = _fill_whole(str(abs(size)), [t for t in power if t[0] == "digit"], False)
    tail = "".join(text for kind, text in power if kind in ("literal", "percent"))
    sign = "-" if size < 0 else ("+" if tokens[at][1][1] == "+" else "")
    return f"{'-' if number < 0 else ''}{shown}E{sign}{exponent_digits or '0'}{tail}"


def render_fraction(number: Decimal, tokens: list[Token]) -> str:
    """A number as a fraction, of a fixed denominator or one with so many digits."""
    slash = next(index for index, (kind, _) in enumerate(tokens) if kind == "slash")
    start = slash
    while start and tokens[start - 1][0] == "digit":
        start -= 1
    end = slash + 1
    while end < len(tokens) and (tokens[end][0] == "digit" or tokens[end][1].isdigit()):
        end += 1
    bottom = "".join(text for _, text in tokens[slash + 1 : end])
    if not bottom:
        return render_decimal(number, tokens)
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
