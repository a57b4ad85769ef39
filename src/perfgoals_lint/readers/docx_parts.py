"""What a Word document holds beside its tables and paragraphs: pictures, comments, headers, embedded files, deletions."""

import posixpath
from collections.abc import Iterable, Iterator

from perfgoals_lint.model import Location, Part, PartKind
from perfgoals_lint.readers.handed_back import is_own
from perfgoals_lint.readers.lengths import size_mm
from perfgoals_lint.readers.limits import ReadError
from perfgoals_lint.readers.package import Element, Package, attribute, local_name
from perfgoals_lint.readers.report import MOST_PART_TEXT
from perfgoals_lint.readers.xlsx_parts import extent_mm, worded
from perfgoals_lint.rulebook.patterns import compiled

_SIDE = compiled(r"(width|height)\s*:\s*([\d.]{1,9}\s*(?:pt|in|cm|mm|px)?)")

Drawn = tuple[PartKind, str | None, tuple[float, float] | None]


def plain_text(element: Element) -> str:
    """All text under an element, deleted text included."""
    return "".join(piece.text or "" for piece in element.iter("{*}t", "{*}delText"))


def drawn(element: Element) -> Iterator[Drawn]:
    """What a ``drawing``, ``pict`` or ``object`` shows that is no text: an embedded object, a chart, or a picture with
    its size. Text boxes are read."""
    embedded = next(element.iter("{*}OLEObject"), None)
    if embedded is not None:
        yield "attachment", attribute(embedded, "ProgID"), None
        return
    if next(element.iter("{*}chart", "{*}relIds"), None) is not None:
        yield "chart", None, None
    pictures = list(element.iter("{*}pic", "{*}imagedata"))
    if not pictures:
        return
    size = extent_mm(next(element.iter("{*}extent"), None))
    if size is None and local_name(pictures[0]) == "imagedata":
        size = _styled(pictures[0].getparent())
    yield "picture", None, size


def _styled(shape: Element | None) -> tuple[float, float] | None:
    sides = dict(_SIDE.findall(shape.get("style", "") if shape is not None else ""))
    return size_mm(sides.get("width", "").strip(), sides.get("height", "").strip(), "pt")


def comments_of(package: Package, name: str) -> list[Element]:
    """The elements of the comments in a part; none when it is broken."""
    try:
        return package.parse(name).findall("{*}comment") if name in package else []
    except ReadError:
        return []


def name_comments(parts: list[Part], comments: Iterable[Element]) -> None:
    """Put the text of comments in the place of their numbers; comments that say nothing are dropped."""
    if not any(part.what == "comment" for part in parts):
        return
    texts: dict[str | None, str] = {}
    for comment in comments:
        if is_own(attribute(comment, "author")):
            continue
        paragraphs = (plain_text(paragraph) for paragraph in comment.iter("{*}p"))
        texts[attribute(comment, "id")] = "\n".join(paragraphs).strip()[:MOST_PART_TEXT]
    for part in parts:
        if part.what == "comment":
            part.text = texts.get(part.text)
    parts[:] = [part for part in parts if part.what != "comment" or part.text]


def document_parts(package: Package, main: str, path: str) -> Iterator[Part]:
    """Page headers and footers that say something, footnotes, and embedded files that no object shows."""
    place = Location(path)
    seen: set[tuple[str, str]] = set()
    for kind, name in package.relations(main).values():
        if kind == "aFChunk":
            yield Part("attachment", place, posixpath.basename(name))
        if kind not in ("header", "footer", "footnotes", "endnotes") or name not in package:
            continue
        try:
            root = package.parse(name)
        except ReadError:
            continue
        if kind in ("header", "footer"):
            lines = (plain_text(paragraph).strip() for paragraph in root.iter("{*}p"))
            text = worded("\n".join(filter(None, lines)))[:MOST_PART_TEXT]
            if text and (kind, text) not in seen:
                seen.add((kind, text))
                what: PartKind = "header" if kind == "header" else "footer"
                yield Part(what, place, text)
        else:
            for remark in root:
                text = plain_text(remark).strip()
                if text:
                    yield Part("footnote", place, text[:MOST_PART_TEXT])
