"""What OpenDocument spreadsheets and texts have in common: packages and flat files, and the parts beside the cells."""

from collections.abc import Iterable, Iterator

from perfgoals_lint.model import Location, Part
from perfgoals_lint.readers.lengths import size_mm
from perfgoals_lint.readers.limits import ENCRYPTED, ReadError
from perfgoals_lint.readers.package import Element, Package, local_name
from perfgoals_lint.readers.report import MOST_PART_TEXT
from perfgoals_lint.readers.xlsx_parts import worded

_SVG = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_HEADERS = ("header", "header-left", "header-first", "footer", "footer-left", "footer-first")
_DEEPEST = 10


def refuse_encrypted(package: Package) -> None:
    """Raise ``ReadError`` when the parts of an OpenDocument file are encrypted."""
    if "META-INF/manifest.xml" in package and b":encryption-data" in package.read("META-INF/manifest.xml"):
        raise ReadError(ENCRYPTED)


def shown_text(element: Element) -> str:
    """All text under an element, a paragraph a line."""
    paragraphs = ["".join(map(str, item.itertext())) for item in element.iter("{*}p", "{*}h")]
    return "\n".join(text for text in paragraphs if text.strip())[:MOST_PART_TEXT]


def parts_in(element: Iterable[Element], place: Location, depth: int = 0) -> Iterator[Part]:
    """The pictures, text boxes, charts, embedded objects and comments inside a cell, a paragraph or a page's shapes.
    Tables in the text of a cell have their own places and are left out."""
    if depth > _DEEPEST:
        return
    for child in element:
        name = local_name(child)
        if name == "annotation":
            text = shown_text(child)
            if text:
                yield Part("comment", place, text)
        elif name == "frame":
            yield from _framed(child, place)
        elif name in ("custom-shape", "rect", "ellipse", "polygon"):
            text = shown_text(child)
            if text:
                yield Part("text_box", place, text)
        elif name not in ("table", "binary-data"):
            yield from parts_in(child, place, depth + 1)


def _framed(frame: Element, place: Location) -> Iterator[Part]:
    """What a frame shows: the first of its contents is the thing itself, an image behind an object its likeness."""
    first = next((child for child in frame if local_name(child) not in ("title", "desc")), None)
    if first is None:
        return
    name = local_name(first)
    if name == "image":
        yield Part(
            "picture", place, size=size_mm(frame.get(f"{_SVG}width", ""), frame.get(f"{_SVG}height", ""))
        )
    elif name == "text-box":
        text = shown_text(first)
        if text:
            yield Part("text_box", place, text)
    elif name == "object":
        yield Part("chart", place)
    elif name == "object-ole":
        yield Part("attachment", place)


def page_headers(root: Element, path: str) -> Iterator[Part]:
    """The page headers and footers of a style sheet that say more than the number of the page."""
    seen: set[tuple[str, str]] = set()
    for item in root.iterfind(".//{*}master-page/*"):
        if local_name(item) not in _HEADERS or item.get(f"{_STYLE}display") == "false":
            continue
        lines = [
            "".join(
                [paragraph.text or ""]
                + [
                    ("" if local_name(piece) in _FIELDS else "".join(map(str, piece.itertext())))
                    + (piece.tail or "")
                    for piece in paragraph
                ]
            )
            for paragraph in item.iter("{*}p")
        ]
        text = worded("\n".join(lines))
        what = "header" if local_name(item).startswith("header") else "footer"
        if text and (what, text) not in seen:
            seen.add((what, text))
            yield Part("header" if what == "header" else "footer", Location(path), text[:MOST_PART_TEXT])


_FIELDS = frozenset({"page-number", "page-count", "sheet-name", "title", "date", "time", "file-name"})
"""Fields of a header that the program fills in."""
