"""OFD, the national fixed-layout format (GB/T 33190): text and rules by position, as for PDF."""

import itertools
import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field

from perfgoals_lint.model import Location, Part, Source
from perfgoals_lint.readers.limits import CORRUPT, ENCRYPTED, Limits, ReadError, over
from perfgoals_lint.readers.package import Element, Package, local_name
from perfgoals_lint.readers.paged import PagedSource
from perfgoals_lint.readers.pdf_grid import Matrix, PdfPage, applied, multiplied
from perfgoals_lint.readers.xlsx_parts import MOST_PARTS
from perfgoals_lint.rulebook.patterns import compiled

_POINTS = 72 / 25.4
"""Points in a millimetre, the unit of the format."""
_THIN = 1.0
"""A filled figure no thicker than this (in millimetres) is a ruling line."""
_DEEPEST = 8
_A4 = (210.0, 297.0)
_NUMBER = compiled(r"-?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?")
_COMMAND = compiled(r"([MLQBACS])([^MLQBACS]*)")
_LONGEST_TEXT = 100_000


@dataclass(slots=True)
class _Document:
    package: Package
    limits: Limits
    templates: dict[str, str] = field(default_factory=dict)
    graphics: dict[str, Element] = field(default_factory=dict)
    objects: int = 0
    """Objects of the page that is being read."""


def read_ofd(package: Package, path: str, limits: Limits) -> Source:
    """All pages of all documents in the package. Raises ``ReadError`` when it is encrypted or broken."""
    root = package.parse("OFD.xml")
    if any("encryptions.xml" in name for name in package.names()):
        raise ReadError(ENCRYPTED)
    pages = PagedSource(path, "ofd", limits)
    number = 0
    for body in root.iterfind("{*}DocBody"):
        name = _location(body.find("{*}DocRoot"), "")
        document, parts = _read_document(package, name, limits)
        if number + len(parts) > limits.pages:
            raise over("pages", number + len(parts), limits.pages)
        for part in parts:
            number += 1
            try:
                page = PdfPage(number)
                document.objects = 0
                _read_page(document, part, page, 0)
            except ReadError as error:
                pages.fail(number, error)
            else:
                pages.add(page)
    if not number:
        raise ReadError(CORRUPT, reason="no pages")
    source = pages.finish()
    source.parts += itertools.islice(_attachments(package, path), MOST_PARTS)
    return source


def _attachments(package: Package, path: str) -> Iterator[Part]:
    """The files that are attached to the documents, by name."""
    for name in package.names():
        if posixpath.basename(name) == "attachments.xml":
            try:
                entries = package.parse(name).findall("{*}Attachment")
            except ReadError:
                continue
            for entry in entries:
                yield Part("attachment", Location(path), entry.get("Name", "")[:200] or None)


def _location(element: Element | None, folder: str) -> str:
    """The part that a location element names, relative to a folder unless it starts with a slash."""
    return _part("" if element is None else (element.text or "").strip(), folder)


def _part(text: str, folder: str) -> str:
    text = text.replace("\\", "/")
    return text.lstrip("/") if text.startswith("/") else posixpath.normpath(posixpath.join(folder, text))


def _read_document(package: Package, name: str, limits: Limits) -> tuple[_Document, list[str]]:
    """The document with its templates and shared graphics, and the part names of its pages."""
    root = package.parse(name)
    folder = posixpath.dirname(name)
    document = _Document(package, limits)
    common = root.find("{*}CommonData")
    for element in common if common is not None else ():
        kind = local_name(element)
        if kind == "TemplatePage":
            document.templates[element.get("ID", "")] = _part(element.get("BaseLoc", ""), folder)
        elif kind in ("PublicRes", "DocumentRes"):
            resource = _location(element, folder)
            if resource in package:
                for unit in package.parse(resource).iter("{*}CompositeGraphicUnit"):
                    document.graphics[unit.get("ID", "")] = unit
    pages = root.iterfind("{*}Pages/{*}Page")
    return document, [_part(element.get("BaseLoc", ""), folder) for element in pages]


def _read_page(document: _Document, part: str, page: PdfPage, depth: int) -> None:
    """Add the content of a page part and of its templates."""
    root = document.package.parse(part)
    if depth < _DEEPEST:
        for template in root.iterfind("{*}Template"):
            name = document.templates.get(template.get("TemplateID", ""))
            if name is not None and name in document.package:
                _read_page(document, name, page, depth + 1)
    area = root.find("{*}Area/{*}PhysicalBox")
    box = _numbers(area.text if area is not None else None)
    left, top, width, height = box if len(box) == 4 else (0.0, 0.0, *_A4)
    page.area = width * height * _POINTS**2
    for layer in root.iterfind("{*}Content/{*}Layer"):
        _read_objects(layer, (1.0, 0.0, 0.0, 1.0, -left, -top), document, page, depth)


def _read_objects(parent: Element, outer: Matrix, document: _Document, page: PdfPage, depth: int) -> None:
    for item in parent:
        document.objects += 1
        if document.objects > document.limits.page_objects:
            raise over("page_objects", document.objects, document.limits.page_objects)
        kind = local_name(item)
        if kind == "PageBlock" and depth < 64:
            _read_objects(item, outer, document, page, depth + 1)
        elif kind == "TextObject":
            _add_text(item, _placed(item, outer), page)
        elif kind == "PathObject":
            _add_path(item, _placed(item, outer), page)
        elif kind == "ImageObject":
            place = _numbers(item.get("Boundary"))
            if len(place) == 4:
                page.add_image(place[2] * _POINTS, place[3] * _POINTS)
            else:
                page.image_area += page.area
        elif kind == "CompositeObject" and depth < _DEEPEST:
            unit = document.graphics.get(item.get("ResourceID", ""))
            content = unit.find("{*}Content") if unit is not None else None
            if content is not None:
                _read_objects(content, _placed(item, outer), document, page, depth + 1)


def _numbers(text: str | None) -> list[float]:
    return [float(number) for number in _NUMBER.findall(text or "")]


def _placed(item: Element, outer: Matrix) -> Matrix:
    """From the object's own space to the page: its matrix, then its place."""
    boundary = _numbers(item.get("Boundary"))
    x, y = (boundary[0], boundary[1]) if len(boundary) == 4 else (0.0, 0.0)
    own = _numbers(item.get("CTM"))
    a, b, c, d, e, f = own if len(own) == 6 else (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    return multiplied((a, b, c, d, e + x, f + y), outer)


def _in_points(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    across, down = applied(matrix, x, y)
    return across * _POINTS, down * _POINTS


def _steps(text: str | None) -> Iterator[float]:
    """Advances between characters; ``g 3 2.5`` stands for three times 2.5."""
    words = iter((text or "").split()[:_LONGEST_TEXT])
    for word in words:
        if word == "g":
            count, step = next(words, "0"), _numbers(next(words, ""))
            for _ in range(min(int(count), _LONGEST_TEXT) if count.isdigit() else 0):
                yield step[0] if step else 0.0
        else:
            number = _numbers(word)
            yield number[0] if number else 0.0


def _add_text(item: Element, matrix: Matrix, page: PdfPage) -> None:
    size = (_numbers(item.get("Size")) or [3.5])[0]
    stretch = (_numbers(item.get("HScale")) or [1.0])[0]
    x = y = 0.0
    height = size * max(abs(matrix[3]), abs(matrix[1])) * _POINTS or 1.0
    for code in item.iterfind("{*}TextCode"):
        text = code.text or ""
        x = (_numbers(code.get("X")) or [x])[0]
        y = (_numbers(code.get("Y")) or [y])[0]
        across, down = _steps(code.get("DeltaX")), _steps(code.get("DeltaY"))
        moves_down = code.get("DeltaY") is not None
        for char in text:
            width = size * stretch * (0.5 if char < "\u0250" else 1.0)
            left, baseline = _in_points(matrix, x, y)
            right, _ = _in_points(matrix, x + width, y)
            if char not in "\r\n":
                shown = " " if char in "\t\xa0" else char
                page.glyphs.append((shown, min(left, right), max(left, right), baseline, height))
            x += next(across, 0.0 if moves_down else width)
            y += next(down, 0.0)


def _add_path(item: Element, matrix: Matrix, page: PdfPage) -> None:
    """Add the straight strokes of a path, and filled figures that are thin."""
    stroked = item.get("Stroke", "true") != "false"
    filled = item.get("Fill", "false") == "true"
    data = item.find("{*}AbbreviatedData")
    figures: list[list[tuple[float, float]]] = []
    for command, arguments in _COMMAND.findall((data.text or "") if data is not None else ""):
        numbers = _numbers(arguments)
        if command == "C":
            if figures and figures[-1]:
                figures[-1].append(figures[-1][0])
        elif len(numbers) >= 2:
            point = _in_points(matrix, numbers[-2], numbers[-1])
            if command == "L" and figures:
                figures[-1].append(point)
            else:
                figures.append([point])
    for figure in figures:
        xs, ys = [point[0] for point in figure], [point[1] for point in figure]
        if filled and min(max(xs) - min(xs), max(ys) - min(ys)) <= _THIN * _POINTS:
            page.add_rule((min(xs), min(ys)), (max(xs), max(ys)))
        elif stroked:
            for start, end in itertools.pairwise(figure):
                page.add_rule(start, end)
