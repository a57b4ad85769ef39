"""The labels of automatic lists in Word documents: they are shown, so they belong to the text (``1.``, ``（一）``)."""

import re
from dataclasses import dataclass, field

from perfgoals_lint.readers.datetimes import by_place
from perfgoals_lint.readers.package import Element, attribute, local_name
from perfgoals_lint.rulebook.patterns import compiled

_LEVELS = 9
_PLACE = compiled(r"%([1-9])")
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
    (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"


@dataclass(slots=True)
class NumberingLevel:
    """One level of a list: first number, number format, label pattern (``%1.%2``) and what follows the label."""

    start: int = 1
    number_format: str = "decimal"
    pattern: str = ""
    suffix: str = "tab"


@dataclass(slots=True)
class Numbering:
    """List definitions by list id, the list and level of paragraph styles, and the counters while reading."""

    lists: dict[str, tuple[str, dict[int, NumberingLevel]]] = field(default_factory=dict)
    styles: dict[str, tuple[str | None, str | None, int | None]] = field(default_factory=dict)
    """Style id to (based on, list id, level)."""
    counters: dict[str, list[int | None]] = field(default_factory=dict)

    def label(self, properties: Element | None) -> str:
        """The label of the next paragraph with these ``pPr``; ``""`` for one that is in no list, or has a bullet."""
        if properties is None or not self.lists:
            return ""
        list_id, depth = self._membership(properties)
        if list_id is None or list_id not in self.lists:
            return ""
        group, levels = self.lists[list_id]
        level = levels.get(depth)
        if level is None:
            return ""
        counts = self.counters.setdefault(group, [None] * _LEVELS)
        before = counts[depth]
        counts[depth] = level.start if before is None else before + 1
        for deeper in range(depth + 1, _LEVELS):
            counts[deeper] = None
        if level.number_format in ("bullet", "none"):
            return ""

        def shown(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            other = levels.get(at, level)
            count = counts[at]
            return format_number(other.start if count is None else count, other.number_format)

        text = _PLACE.sub(shown, level.pattern)
        return text if level.suffix == "nothing" or not text or not text[-1].isascii() else text + " "

    def _membership(self, properties: Element) -> tuple[str | None, int]:
        list_id, depth = _num_properties(properties)
        style = _value(properties.find("{*}pStyle"))
        for _ in range(20):  # styles may be based on each other in a circle
            if list_id is not None or style is None or style not in self.styles:
                break
            style, list_id, style_depth = self.styles[style]
            depth = style_depth if depth is None else depth
        return list_id, min(max(depth or 0, 0), _LEVELS - 1)


def read_numbering(numbering: Element | None, styles: Element | None) -> Numbering:
    """The lists of a document from its numbering and styles parts, either of which may be absent."""
    result = Numbering()
    if numbering is None:
        return result
    abstract: dict[str, dict[int, NumberingLevel]] = {}
    for definition in numbering.iterfind("{*}abstractNum"):
        levels: dict[int, NumberingLevel] = {}
        for element in definition.iterfind("{*}lvl"):
            levels[_number(attribute(element, "ilvl"), 0)] = _level(element)
        abstract[attribute(definition, "abstractNumId") or ""] = levels
    for number in numbering.iterfind("{*}num"):
        base = _value(number.find("{*}abstractNumId")) or ""
        levels, group = dict(abstract.get(base, {})), base
        for override in number.iterfind("{*}lvlOverride"):
            at = _number(attribute(override, "ilvl"), 0)
            replaced = override.find("{*}lvl")
            if replaced is not None:
                levels[at] = _level(replaced)
            start = _value(override.find("{*}startOverride"))
            if start is not None and at in levels:
                old = levels[at]
                levels[at] = NumberingLevel(_number(start, 1), old.number_format, old.pattern, old.suffix)
                group = "num " + (attribute(number, "numId") or "")
        result.lists[attribute(number, "numId") or ""] = (group, levels)
    if styles is not None:
        for style in styles.iterfind("{*}style"):
            properties = style.find("{*}pPr")
            list_id, depth = (None, None) if properties is None else _num_properties(properties)
            result.styles[attribute(style, "styleId") or ""] = (
                _value(style.find("{*}basedOn")),
                list_id,
                depth,
            )
    return result


def _level(element: Element) -> NumberingLevel:
    values = {local_name(child): _value(child) for child in element}
    return NumberingLevel(
        _number(values.get("start"), 1),
        values.get("numFmt") or "decimal",
        values.get("lvlText") or "",
        values.get("suff") or "tab",
    )


def _num_properties(properties: Element) -> tuple[str | None, int | None]:
    numbered = properties.find("{*}numPr")
    if numbered is None:
        return None, None
    depth = _value(numbered.find("{*}ilvl"))
    return _value(numbered.find("{*}numId")), None if depth is None else _number(depth, 0)


def _value(element: Element | None) -> str | None:
    return None if element is None else attribute(element, "val")


def _number(text: str | None, default: int) -> int:
    return int(text) if text is not None and text.isascii() and text.isdigit() and len(text) < 9 else default


def format_number(number: int, number_format: str) -> str:
    """A list number as Word shows it in that number format; unknown formats show decimal digits."""
    if number_format in (
        "chineseCounting",
        "chineseCountingThousand",
        "japaneseCounting",
        "taiwaneseCountingThousand",
    ):
        return by_place(str(number), 1)
    if number_format in ("chineseLegalSimplified", "ideographLegalTraditional"):
        return by_place(str(number), 2)
    if number_format in ("upperLetter", "lowerLetter") and number > 0:
        letter = chr(ord("a") + (number - 1) % 26) * min((number - 1) // 26 + 1, 10)
        return letter.upper() if number_format == "upperLetter" else letter
    if number_format in ("upperRoman", "lowerRoman") and 0 < number < 4000:
        text = ""
        for size, sign in _ROMAN:
            text += sign * (number // size)
            number %= size
        return text.upper() if number_format == "upperRoman" else text
    if number_format.startswith("decimalEnclosedCircle") and 1 <= number <= 20:
        return chr(0x2460 + number - 1)
    if number_format == "decimalZero":
        return f"{number:02d}"
    if number_format in ("decimalFullWidth", "decimalFullWidth2"):
        return str(number).translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    if number_format == "ideographTraditional" and 1 <= number <= 10:
        return _STEMS[number - 1]
    if number_format == "ideographZodiac" and 1 <= number <= 12:
        return _BRANCHES[number - 1]
    return str(number)
