"""What lies on a worksheet beside its cells: pictures, text boxes, charts, comments, embedded objects, page headers."""

import posixpath
from collections.abc import Iterator

from perfgoals_lint.model import Location, Part, PartKind, cell_name
from perfgoals_lint.readers.handed_back import is_own
from perfgoals_lint.readers.limits import ReadError
from perfgoals_lint.readers.package import Element, Package, local_name
from perfgoals_lint.readers.report import MOST_PART_TEXT
from perfgoals_lint.readers.sheet import Sheet
from perfgoals_lint.rulebook.patterns import compiled

HEADERS = ("oddHeader", "evenHeader", "firstHeader", "oddFooter", "evenFooter", "firstFooter")
MOST_PARTS = 2_000
"""Parts of one sheet that are told one by one."""
EMU = 36_000
"""English metric units in a millimetre."""
_COLUMN_MM, _ROW_MM = 17.0, 5.0
"""What a column and a row measure that have their usual size."""
_FIELD = compiled(r'&(?:"[^"]*"|K[0-9A-Fa-f]{6}|K\d\d[+-]\d{3}|\d{1,3}|[A-Za-z])|&(?=&)')
_NUMBERING = compiled(r"[\W\d_]+|第|共|页|页码|[Pp]age|of")


def worded(text: str) -> str:
    """A page header or footer without white space at its ends; empty when it only counts pages."""
    return text.strip() if _NUMBERING.sub("", text) else ""


def add_header(sheet: Sheet, tag: str, code: str, path: str) -> None:
    """Add a page header or footer of a sheet, unless it only counts pages or is there already."""
    text = worded(_FIELD.sub(" ", code))
    what: PartKind = "header" if tag.endswith("Header") else "footer"
    if text and not any(part.what == what and part.text == text for part in sheet.parts):
        sheet.parts.append(Part(what, Location(path, sheet=sheet.name), text[:MOST_PART_TEXT]))


def sheet_parts(package: Package, target: str, sheet: str, path: str) -> list[Part]:
    """The parts of the sheet in a package part, each at the cell where it is anchored. What is broken in them is left
    out: they are not read in any case."""
    parts: list[Part] = []
    place = Location(path, sheet=sheet)
    for kind, name in package.relations(target).values():
        if name not in package:
            continue
        try:
            if kind == "drawing":
                parts += _drawn(package, name, sheet, path)
            elif kind == "comments":
                parts += _comments(package, name, sheet, path)
            elif kind in ("oleObject", "package", "control"):
                parts.append(Part("attachment", place, posixpath.basename(name)))
        except ReadError:  # broken, or in a binary form
            what: PartKind = "comment" if kind == "comments" else "attachment"
            parts.append(Part(what, place, None if kind == "comments" else posixpath.basename(name)))
        if len(parts) > MOST_PARTS:
            break
    return parts[:MOST_PARTS]


def _comments(package: Package, name: str, sheet: str, path: str) -> Iterator[Part]:
    root = package.parse(name)
    own = {
        str(number) for number, one in enumerate(root.iterfind("{*}authors/{*}author")) if is_own(one.text)
    }
    for comment in root.iterfind("{*}commentList/{*}comment"):
        if comment.get("authorId") in own:
            continue
        text = "".join(piece.text or "" for piece in comment.iter("{*}t"))
        cell = comment.get("ref", "").replace("$", "") or None
        if text.strip():
            yield Part("comment", Location(path, sheet=sheet, cell=cell), text.strip()[:MOST_PART_TEXT])


def _drawn(package: Package, name: str, sheet: str, path: str) -> Iterator[Part]:
    for anchor in package.parse(name):
        place = Location(path, sheet=sheet, cell=_corner(anchor, "from"))
        for item in shown(anchor):
            kind = local_name(item)
            if kind == "pic":
                yield Part("picture", place, size=_size(item, anchor))
            elif kind == "sp":
                text = "\n".join(
                    "".join(piece.text or "" for piece in paragraph.iter("{*}t"))
                    for paragraph in item.iter("{*}p")
                ).strip()
                if text:
                    yield Part("text_box", place, text[:MOST_PART_TEXT])
            elif kind == "graphicFrame":
                yield Part("chart", place)


def shown(element: Element) -> Iterator[Element]:
    """The pictures, shapes and frames under an element; of several renderings of one thing the first."""
    for child in element:
        kind = local_name(child)
        if kind in ("pic", "sp", "graphicFrame"):
            yield child
        elif kind == "AlternateContent":
            yield from shown(child[0] if len(child) else child)
        elif kind != "clientData":
            yield from shown(child)


def _corner(anchor: Element, which: str) -> str | None:
    place = _cell(anchor, which)
    return None if place is None else cell_name(*place)


def _cell(anchor: Element, which: str) -> tuple[int, int] | None:
    row, column = anchor.findtext(f"{{*}}{which}/{{*}}row"), anchor.findtext(f"{{*}}{which}/{{*}}col")
    if not row or not column or not (row.strip().isdecimal() and column.strip().isdecimal()):
        return None
    return min(int(row.strip()[:7]), 1_048_575), min(int(column.strip()[:5]), 16_383)


def _size(picture: Element, anchor: Element) -> tuple[float, float] | None:
    """Width and height in millimetres: as the picture or its anchor says, else by the cells that it covers."""
    for extent in (anchor.find("{*}ext"), picture.find("{*}spPr/{*}xfrm/{*}ext")):
        found = extent_mm(extent)
        if found is not None:
            return found
    first, last = _cell(anchor, "from"), _cell(anchor, "to")
    if first is None or last is None:
        return None
    return (last[1] - first[1] + 1) * _COLUMN_MM, (last[0] - first[0] + 1) * _ROW_MM


def extent_mm(extent: Element | None) -> tuple[float, float] | None:
    """Width and height of an extent (``cx``, ``cy``) in millimetres; ``None`` when it says none."""
    if extent is None:
        return None
    width, height = extent.get("cx", ""), extent.get("cy", "")
    if not (width.isdecimal() and height.isdecimal()) or not int(width[:12]) or not int(height[:12]):
        return None
    return int(width[:12]) / EMU, int(height[:12]) / EMU


def faint_styles(root: Element) -> set[str]:
    """The cell styles, by index, that make a text look deleted or leave it unseen: struck through, or white on no colour."""
    fonts = [(_is_struck(font), _is_white(font)) for font in root.iterfind("{*}fonts/{*}font")]
    filled = [
        (pattern := fill.find("{*}patternFill")) is None or pattern.get("patternType", "none") != "none"
        for fill in root.iterfind("{*}fills/{*}fill")
    ]
    faint: set[str] = set()
    for number, style in enumerate(root.iterfind("{*}cellXfs/{*}xf")):
        font, fill = (
            int(at) if (at := style.get(name, "0")).isdigit() else 0 for name in ("fontId", "fillId")
        )
        struck, white = fonts[font] if font < len(fonts) else (False, False)
        if struck or (white and not (fill < len(filled) and filled[fill])):
            faint.add(str(number))
    return faint


def _is_struck(font: Element) -> bool:
    mark = font.find("{*}strike")
    return mark is not None and mark.get("val", "1") not in ("0", "false")


def _is_white(font: Element) -> bool:
    colour = font.find("{*}color")
    return colour is not None and (
        colour.get("rgb", "").upper().endswith("FFFFFF")
        or (colour.get("theme") == "0" and not colour.get("tint"))
    )
