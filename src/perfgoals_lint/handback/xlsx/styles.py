"""Styles that a workbook needs for the marks: appended to its own, so that no style of the workbook changes."""

from collections.abc import Mapping
from copy import deepcopy
from xml.sax.saxutils import quoteattr

from perfgoals_lint.fixes.office.parts import PackageParts, instruct, instruction, namespace, take_instruction
from perfgoals_lint.handback.xlsx.book import MAIN, STYLE_ORDER, child, made
from perfgoals_lint.model import Severity
from perfgoals_lint.readers.package import Element, local_name, parse_xml

COLOURS: Mapping[Severity, str] = {"error": "FFFFC7CE", "warning": "FFFFEB9C", "info": "FFDDEBF7"}
"""Fills by severity, as ARGB."""
_LIST_COLOURS: Mapping[str, str] = {"head": "FFD9D9D9"} | dict(COLOURS)
LINES: Mapping[Severity, str] = {"error": "FFC00000", "warning": "FFBF8F00", "info": "FF2F75B5"}
"""Borders by severity, for cells that have a fill of their own."""
_EMPTY = (
    f'<styleSheet xmlns="{MAIN}"><fonts count="1"><font><sz val="11"/></font></fonts><fills count="2"><fill>'
    '<patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf/>'
    '</cellStyleXfs><cellXfs count="1"><xf/></cellXfs></styleSheet>'
)
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"


_MOST_NAMED = 4095
"""No look of a higher number is put in for formats that name one which is not there."""
_LISTS = ("fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "dxfs")
_GROWN = "perfgoals-lint"
"""The instruction before the root that says how long the lists were: by name the length before, the length after and the
count that was written there (``-`` for a list and a count that were not there); ``new`` stands
before them where the part was not there."""
_NEW = "new"


class Styles:
    """The styles of a package, with those that were asked for added."""

    def __init__(self, parts: PackageParts) -> None:
        name = parts.related(parts.main, "styles")
        was_there = name is not None
        if name is None:
            name = parts.free_name("xl/styles{}.xml")
            parts.add(name, _EMPTY.encode(), _TYPE)
            parts.relate(parts.main, "styles", name)
        self._parts, self._name = parts, name
        root = parts.root(name)
        self._filled = [_has_fill(fill) for fill in root.iterfind("{*}fills/{*}fill")]
        self._fills = [int(xf.get("fillId") or 0) for xf in root.iterfind("{*}cellXfs/{*}xf")]
        self._formats: dict[tuple[Severity, bool], int] = {}
        self._before = _lengths(root) if was_there else None

    def sign(self) -> None:
        """Say in the part how long its lists were, so that :func:`strip` can give it back."""
        root = self._parts.edit(self._name)
        before = self._before or {}
        grown = [
            f"{name}={was}/{length}/{count}"
            for name, (length, _) in _lengths(root).items()
            for was, count in [before.get(name, ("-", "-"))]
        ]
        text = " ".join(grown if self._before is not None else [_NEW, *grown])
        instruct(root, _GROWN, text)

    def has_fill(self, style: str | None) -> bool:
        """Has a cell with this style index a fill of its own?"""
        at = int(style) if style and style.isdigit() else 0
        fill = self._fills[at] if at < len(self._fills) else 0
        return self._filled[fill] if fill < len(self._filled) else False

    def conditional(self, severity: Severity, *, filled: bool) -> int:
        """The number of the differential format that shows a severity: a fill, or a border where ``filled``."""
        key = (severity, filled)
        if key not in self._formats:
            look = (
                _border(LINES[severity]) if filled else _fill(COLOURS[severity], f'rgb="{COLOURS[severity]}"')
            )
            self._formats[key] = _number(self._parts.edit(self._name), "dxfs", f"<dxf>{look}</dxf>")
        return self._formats[key]

    def list_formats(self) -> dict[str, int]:
        """Cell formats for the list of findings: ``head``, ``text``, ``link`` and one for each severity."""
        root = self._parts.edit(self._name)
        _founded(root)
        named = root.find("{*}fonts/{*}font/{*}name")
        name = "" if named is None else f"<name val={quoteattr(named.get('val', ''))}/>"
        plain, bold, link = (
            _number(root, "fonts", f"<font>{before}<sz val='10'/>{behind}{name}</font>")
            for before, behind in (("", ""), ("<b/>", ""), ("<u/>", "<color rgb='FF0563C1'/>"))
        )
        border = _number(root, "borders", _border("FFBFBFBF", "<diagonal/>"))
        fills = {name: _number(root, "fills", _fill(colour)) for name, colour in _LIST_COLOURS.items()}
        return {
            "text": _format(root, plain, 0, border),
            "link": _format(root, link, 0, border),
            "head": _format(root, bold, fills.pop("head"), border),
            **{severity: _format(root, plain, fill, border) for severity, fill in fills.items()},
        }


def strip(parts: PackageParts) -> None:
    """Take out what was appended to the styles, unless another program has written the part since."""
    name = parts.related(parts.main, "styles")
    if name is None:
        return
    text = instruction(parts.root(name), _GROWN)
    if text is None:
        return
    said = dict(one.partition("=")[::2] for one in text.split())
    was_new = said.pop(_NEW, None) is not None
    grown = {list_name: tuple(numbers.split("/")) for list_name, numbers in said.items()}
    after = {list_name: length for list_name, (length, _) in _lengths(parts.root(name)).items()}
    if after != {list_name: length for list_name, (_, length, _) in grown.items()}:
        return
    if was_new:
        parts.unrelate(parts.main, name)
        parts.remove(name)
        return
    root = parts.edit(name)
    for list_name, (length, _, count) in grown.items():
        _shorten(root, list_name, length, count)
    take_instruction(root, _GROWN)


def _shorten(root: Element, name: str, length: str, count: str) -> None:
    holder = child(root, name, STYLE_ORDER)
    if length == "-":
        root.remove(holder)
        return
    del holder[int(length) :]
    if count == "-":
        holder.attrib.pop("count", "")
    else:
        holder.set("count", count)


def _lengths(root: Element) -> dict[str, tuple[str, str]]:
    """The length of every list that is there, and the count that it gives (``-`` for none)."""
    return {
        name: (str(len(holder)), holder.get("count", "-"))
        for name in _LISTS
        if (holder := root.find("{*}" + name)) is not None
    }


def _founded(root: Element) -> None:
    """Put in what programs take for granted where a sparse style sheet lacks it, so that nothing which is appended takes
    the number of a look that cells have already."""
    space = namespace(root)
    usual = parse_xml(_EMPTY.encode())
    used = {
        "fonts": "fontId",
        "fills": "fillId",
        "borders": "borderId",
        "cellStyleXfs": "xfId",
        "cellXfs": "",
    }
    formats = [*root.iterfind("{*}cellStyleXfs/{*}xf"), *root.iterfind("{*}cellXfs/{*}xf")]
    for name, attribute in used.items():
        holder = child(root, name, STYLE_ORDER)
        given = usual.findall("{*}" + name + "/*")
        named = [int(xf.get(attribute) or 0) for xf in formats] if attribute else []
        least = max(len(given), min(max(named, default=0), _MOST_NAMED) + 1)
        for number in range(len(holder), least):
            # A format that names a pattern which is not there shows none.
            plain = number >= len(given) or (name == "fills" and number in named)
            added = deepcopy(given[0 if plain else number])
            for element in added.iter():
                element.tag = space + local_name(element)
            holder.append(added)
            holder.set("count", str(len(holder)))


def _has_fill(fill: Element) -> bool:
    pattern = fill.find("{*}patternFill")
    return fill.find("{*}gradientFill") is not None or (
        pattern is not None and pattern.get("patternType", "none") != "none"
    )


def _number(root: Element, name: str, text: str) -> int:
    """The number of a child of a list that says the same as an XML text, which is added where there is none."""
    holder, wanted = child(root, name, STYLE_ORDER), made(namespace(root), text)
    for number, known in enumerate(holder):
        if _same(known, wanted):
            return number
    holder.append(wanted)
    holder.set("count", str(len(holder)))
    return len(holder) - 1


def _same(one: Element, two: Element) -> bool:
    """Do two elements say the same? Prefixes do not matter, which a text of them would show."""
    alike = one.tag == two.tag and sorted(one.items()) == sorted(two.items()) and len(one) == len(two)
    return alike and all(_same(left, right) for left, right in zip(one, two, strict=True))


def _border(colour: str, more: str = "") -> str:
    sides = ("left", "right", "top", "bottom")
    lines = (f'<{side} style="thin"><color rgb="{colour}"/></{side}>' for side in sides)
    return f"<border>{''.join(lines)}{more}</border>"


def _fill(colour: str, behind: str = 'indexed="64"') -> str:
    pattern = f'<fgColor rgb="{colour}"/><bgColor {behind}/>'
    return f'<fill><patternFill patternType="solid">{pattern}</patternFill></fill>'


def _format(root: Element, font: int, fill: int, border: int) -> int:
    numbers = f'numFmtId="49" fontId="{font}" fillId="{fill}" borderId="{border}" xfId="0"'
    applied = " ".join(f'apply{what}="1"' for what in ("NumberFormat", "Font", "Fill", "Border", "Alignment"))
    return _number(root, "cellXfs", f'<xf {numbers} {applied}><alignment vertical="top" wrapText="1"/></xf>')
