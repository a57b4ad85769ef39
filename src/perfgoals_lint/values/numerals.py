"""Numerals as Chinese tables write them: ``1,200``, ``28.8万``, ``两千零五``, ``壹拾贰``, ``25万6千``, ``半``.

Everything is exact: ``Decimal`` in, ``Decimal`` out. Input is normalised text (half-width digits, simplified
characters), as ``notation.normalise`` gives it.
"""

from decimal import Decimal

from perfgoals_lint.rulebook.patterns import compiled

DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {
    c: i for i, c in enumerate("零壹贰叁肆伍陆柒捌玖")
}
DIGITS |= {"两": 2, "〇": 0, "○": 0}
STEPS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
TENS = {"廿": 20, "卅": 30}
SCALES = {"万": 10**4, "亿": 10**8, "兆": 10**12}
FUZZ = frozenset("余多几来")

_PLAIN = compiled(r"(\d+(?:\.\d+)?)([万亿]?)")
# Longer ones are no amounts, and would not be exact in 28 digits.
_LONGEST = 24
_ARABIC = compiled(r"\d[\d,]*(?:\.\d+)?")
_SCALED = {"": None, "万": Decimal(10**4), "亿": Decimal(10**8)}


def parse(text: str) -> Decimal | None:
    """The value of a numeral, or ``None`` when the characters form none. Fuzzy characters (余 多 几) count nothing."""
    if len(text) > _LONGEST:
        return None
    plain = _PLAIN.fullmatch(text)
    if plain:
        scale = _SCALED[plain[2]]
        return Decimal(plain[1]) * scale if scale else Decimal(plain[1])
    if text[:1] in {"-", "负", "+"} or text[:2] == "零下":
        inner = parse(text[2 if text[0] == "零" else 1 :])
        return None if inner is None else inner if text[0] == "+" else -inner
    if text == "半":
        return Decimal("0.5")
    whole, point, fraction = text.partition("点")
    return _with_fraction(whole, fraction) if point else _sections(whole)


_PAIR = compiled(r"(.*[十百千万亿拾佰仟]|)([一二两三四五六七八])([二两三四五六七八九])([十百千万亿]*)")


def pair(text: str) -> tuple[Decimal, Decimal] | None:
    """The two figures of a pair of neighbouring digits: ``两三`` is (2, 3), ``十七八`` (17, 18), ``三五`` (3, 5)."""
    if len(text) > _LONGEST:
        return None
    found = _PAIR.fullmatch(text)
    if found is None or (DIGITS[found[3]] - DIGITS[found[2]] != 1 and found[2] + found[3] != "三五"):
        return None
    low, high = parse(found[1] + found[2] + found[4]), parse(found[1] + found[3] + found[4])
    return None if low is None or high is None else (low, high)


def mantissa(text: str) -> tuple[Decimal | None, Decimal]:
    """A numeral apart from its last scale: ``三万`` gives (3, 10000), ``8500`` gives (8500, 1)."""
    factor = Decimal(1)
    while len(text) > 1 and text[-1] in SCALES:
        factor *= SCALES[text[-1]]
        text = text[:-1]
    return parse(text), factor


def _with_fraction(whole: str, fraction: str) -> Decimal | None:
    scale = 1
    while fraction and fraction[-1] in SCALES:
        scale *= SCALES[fraction[-1]]
        fraction = fraction[:-1]
    start = _sections(whole)
    digits = "".join(str(DIGITS[c]) if c in DIGITS else c for c in fraction)
    if start is None or not digits.isascii() or not digits.isdigit():
        return None
    return (start + Decimal(f"0.{digits}")) * scale


def _sections(text: str) -> Decimal | None:
    """Read left to right: digits gather, steps multiply the digit, scales multiply everything gathered below them."""
    if text and all(c in DIGITS for c in text):
        return Decimal("".join(str(DIGITS[c]) for c in text))
    total = section = Decimal(0)
    digit: Decimal | None = None
    last = 0
    zero = text == "零万" or text == "零亿"
    gap = False  # a 零 or an Arabic group: what follows is no shorthand for the next lower step
    position = 0
    while position < len(text):
        c = text[position]
        if c.isascii():
            match = _ARABIC.match(text, position)
            if not match or digit:
                return None
            digit = Decimal(match[0].replace(",", ""))
            zero = not digit
            gap = gap or len(match[0]) > 1
            position = match.end()
            continue
        position += 1
        if c in DIGITS:
            if digit:
                return None
            digit = Decimal(DIGITS[c])
            gap = gap or not digit
        elif c in STEPS:
            # 零十二 is 12, 0千 is nothing.
            section += (digit or (0 if zero else 1)) * STEPS[c]
            digit, last, gap = None, STEPS[c], False
        elif c in TENS:
            if digit or last == 10:
                return None
            section += TENS[c]
            digit, last, gap = None, 10, False
        elif c in SCALES:
            if not zero or total or section or digit:
                total, section = _scale(total, section + (digit or 0), SCALES[c])
            digit, last, gap = None, SCALES[c], False
        elif c not in FUZZ:
            return None
    if digit is not None:
        section += digit * last // 10 if last >= 100 and not gap and 0 < digit < 10 else digit
    return total + section


def _scale(total: Decimal, section: Decimal, scale: int) -> tuple[Decimal, Decimal]:
    """Apply 万 or 亿: to the section below it, or to all that went before when the scale repeats or grows (万亿)."""
    if section:
        return (
            (total + section * scale, Decimal(0))
            if not total or total >= scale
            else ((total + section) * scale, Decimal(0))
        )
    return (total or Decimal(1)) * scale, Decimal(0)
