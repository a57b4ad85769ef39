"""PDF through PDFium: ruled tables as grids, other pages as lines in content order, scans named as such."""

import ctypes
import math
from collections.abc import Iterator
from itertools import islice, pairwise
from typing import Any, BinaryIO
from unicodedata import normalize

import pypdfium2
import pypdfium2.raw as pdfium

from perfgoals_lint.model import Source
from perfgoals_lint.readers import pdf_font
from perfgoals_lint.readers.limits import CORRUPT, ENCRYPTED, WRONG_PASSWORD, Limits, ReadError, over
from perfgoals_lint.readers.page_text import Glyph
from perfgoals_lint.readers.paged import PagedSource
from perfgoals_lint.readers.pdf_grid import THIN, Matrix, PdfPage, applied, multiplied
from perfgoals_lint.readers.pdf_parts import attachments, remarks_on
from perfgoals_lint.readers.symbols import symbol
from perfgoals_lint.readers.xlsx_parts import MOST_PARTS

Point = tuple[float, float]

_DEEPEST_FORM = 8
_IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_TURNS = ((1, 0, 0, 1), (0, -1, 1, 0), (-1, 0, 0, -1), (0, 1, -1, 0))
"""Matrices that turn a page by quarters clockwise."""
_SAMPLE = 40
"""So many pieces of text tell how a page is turned."""
_QUARTER = math.pi / 2
_SLANT = 0.1
"""Text that leans by more than this (in radians) from the upright is a watermark."""
_MOST_FIELDS = 2000
_TALLEST = 200.0
"""Boxes of characters higher than this, in points, are a fault of the font."""
_HYPHEN = 2
"""What PDFium answers for a hyphen at the end of a line."""


def read_pdf(stream: BinaryIO, path: str, limits: Limits, password: str | None = None) -> Source:
    """All pages in order: grids (numbered through the document) and text blocks. Raises ``ReadError``."""
    pdf_font.install()
    document = _open(stream.read(), password)
    try:
        count = len(document)
        if count > limits.pages:
            raise over("pages", count, limits.pages)
        pages = PagedSource(path, "pdf", limits)
        for number in range(1, count + 1):
            try:
                page = _read_page(document, number, limits)
            except ReadError as error:
                pages.fail(number, error)
            else:
                pages.add(page)
        parts = [*islice(attachments(document, path), MOST_PARTS)]
    finally:
        document.close()
    source = pages.finish()
    source.parts += parts
    return source


def _open(data: bytes, password: str | None) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(data, password=password)
    except pypdfium2.PdfiumError as error:
        if "assword" in str(error):
            raise ReadError(ENCRYPTED if password is None else WRONG_PASSWORD) from None
        raise ReadError(CORRUPT, reason=str(error)) from None


def _read_page(document: pypdfium2.PdfDocument, number: int, limits: Limits) -> PdfPage:
    """What the page shows, turned so that its text stands upright."""
    handle = _load(document, number)
    try:
        _refuse_too_many(pdfium.FPDFPage_CountObjects(handle), limits)
        turn = _reading_turn(handle)
        corner = _corner(handle, turn)
        remarks = remarks_on(handle)
        filled = _has_fields(handle)
        if filled:
            pdfium.FPDFPage_Flatten(handle, pdfium.FLAT_NORMALDISPLAY)
        if turn:
            # Turned before it is read: PDFium finds the blanks and line ends of upright text more surely.
            matrix = pdfium.FS_MATRIX(*_TURNS[turn], 0, 0)
            pdfium.FPDFPage_TransFormWithClip(handle, ctypes.byref(matrix), None)
        if turn or filled:
            pdfium.FPDF_ClosePage(handle)
            handle = None
            handle = _load(document, number)
        area = pdfium.FPDF_GetPageWidthF(handle) * pdfium.FPDF_GetPageHeightF(handle)
        page = PdfPage(number, area=area, remarks=remarks)
        budget = [limits.page_objects]
        slanted = _rules(_page_objects(handle), _IDENTITY, corner, page, budget, 0)
        page.glyphs = _text(handle, corner, slanted, limits)
    finally:
        if handle:
            pdfium.FPDF_ClosePage(handle)
    return page


class PageSpace:
    """Where the boxes that the reader tells stand on the pages as they are stored.

    Raises ``ReadError`` for a document that cannot be opened.
    """

    def __init__(self, data: bytes) -> None:
        self._document = _open(data, None)
        self._pages: dict[int, tuple[int, Point]] = {}

    def rectangle(
        self, page: int, box: tuple[float, float, float, float]
    ) -> tuple[float, float, float, float]:
        """A box of a page (1-based) in the page's own coordinates: left, bottom, right, top."""
        if page not in self._pages:
            handle = _load(self._document, page)
            turn = _reading_turn(handle)
            self._pages[page] = (turn, _corner(handle, turn))
            pdfium.FPDF_ClosePage(handle)
        turn, (left, top) = self._pages[page]
        a, b, c, d = _TURNS[turn]
        # A turn is undone by its transposed matrix.
        corners = [(left + x, top - y) for x, y in ((box[0], box[1]), (box[2], box[3]))]
        placed = [(a * x + b * y, c * x + d * y) for x, y in corners]
        xs, ys = [x for x, _ in placed], [y for _, y in placed]
        return min(xs), min(ys), max(xs), max(ys)

    def close(self) -> None:
        """Give the document back."""
        self._document.close()


def _refuse_too_many(objects: int, limits: Limits) -> None:
    if objects > limits.page_objects:
        raise over("page_objects", objects, limits.page_objects)


def _has_fields(page: Any) -> bool:
    """Whether the page holds form fields, whose content is not part of its text until the page is flattened."""
    for index in range(min(pdfium.FPDFPage_GetAnnotCount(page), _MOST_FIELDS)):
        annotation = pdfium.FPDFPage_GetAnnot(page, index)
        kind = pdfium.FPDFAnnot_GetSubtype(annotation)
        pdfium.FPDFPage_CloseAnnot(annotation)
        if kind == pdfium.FPDF_ANNOT_WIDGET:
            return True
    return False


def _load(document: pypdfium2.PdfDocument, number: int) -> Any:
    handle = pdfium.FPDF_LoadPage(document.raw, number - 1)
    if not handle:
        raise ReadError(CORRUPT, reason="the page cannot be loaded")
    return handle


def _reading_turn(page: Any) -> int:
    """The quarter turns clockwise after which the text stands upright: that of most text, else the page's own."""
    quarters = []
    for matrix in islice(_text_matrices(_page_objects(page), _IDENTITY, 0), _SAMPLE):
        angle = math.atan2(matrix[1], matrix[0])
        quarters.append(round(angle / (math.pi / 2)) % 4)
    turn: int = pdfium.FPDFPage_GetRotation(page)
    return max(set(quarters), key=quarters.count) if quarters else turn % 4


def _text_matrices(objects: Iterator[Any], outer: Matrix, depth: int) -> Iterator[Matrix]:
    for item in objects:
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            yield multiplied(_matrix(item), outer)
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEEPEST_FORM:
            yield from _text_matrices(_form_objects(item), multiplied(_matrix(item), outer), depth + 1)


def _corner(page: Any, turn: int) -> Point:
    """Left and top of the page, in page space turned so that the text stands upright."""
    box = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page, ctypes.byref(box))
    corners = ((box.left, box.top), (box.bottom, -box.left), (-box.right, -box.bottom), (-box.top, box.right))
    return corners[turn]


def _text(page: Any, corner: Point, slanted: bool, limits: Limits) -> list[Glyph]:
    text = pdfium.FPDFText_LoadPage(page)
    if not text:
        raise ReadError(CORRUPT, reason="the text of the page cannot be loaded")
    try:
        count = pdfium.FPDFText_CountChars(text)
        _refuse_too_many(count, limits)
        return _glyphs(text, count, corner, slanted)
    finally:
        pdfium.FPDFText_ClosePage(text)


def _glyphs(text: Any, count: int, corner: Point, slanted: bool) -> list[Glyph]:
    """The characters in content order; those that PDFium made up for spacing are left out, and so are those of a
    slanted watermark when the page has one."""
    unicode_at, map_error_at, origin_at, box_at = (
        pdfium.FPDFText_GetUnicode,
        pdfium.FPDFText_HasUnicodeMapError,
        pdfium.FPDFText_GetCharOrigin,
        pdfium.FPDFText_GetLooseCharBox,
    )
    x, y, box = ctypes.c_double(), ctypes.c_double(), pdfium.FS_RECTF()
    x_at, y_at, box_ref = ctypes.byref(x), ctypes.byref(y), ctypes.byref(box)
    page_left, page_top = corner
    glyphs: list[Glyph] = []
    high = 0
    for index in range(count):
        code = unicode_at(text, index)
        if code in (10, 13) or (code == 32 and pdfium.FPDFText_IsGenerated(text, index) == 1):
            continue
        if map_error_at(text, index) == 1 and code != 32:
            code = 0xFFFD  # PDFium answers the number of the glyph where the font does not name the character
        elif code == _HYPHEN:
            code = 45
        elif 0xD800 <= code < 0xDC00:
            high = code
            continue
        elif 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00) if high else 0xFFFD
            high = 0
        if slanted and _SLANT < pdfium.FPDFText_GetCharAngle(text, index) % _QUARTER < _QUARTER - _SLANT:
            continue
        if not origin_at(text, index, x_at, y_at) or not box_at(text, index, box_ref):
            continue
        char = " " if code in (0xA0, 9) else chr(code) if code else "\ufffd"
        if 0x2E80 <= code <= 0x2FDF or 0xF900 <= code <= 0xFAFF:
            char = normalize("NFKC", char)  # fonts often name a radical where the character is meant
        elif 0xF000 <= code <= 0xF0FF:
            char = symbol(code) or char
        height = min(max(box.top - box.bottom, 1.0), _TALLEST)
        glyphs.append((char, box.left - page_left, box.right - page_left, page_top - y.value, height))
    return glyphs


def _page_objects(page: Any) -> Iterator[Any]:
    count = pdfium.FPDFPage_CountObjects(page)
    return (pdfium.FPDFPage_GetObject(page, index) for index in range(count))


def _form_objects(form: Any) -> Iterator[Any]:
    return (
        pdfium.FPDFFormObj_GetObject(form, index) for index in range(pdfium.FPDFFormObj_CountObjects(form))
    )


def _rules(
    objects: Iterator[Any], outer: Matrix, corner: Point, page: PdfPage, budget: list[int], depth: int
) -> bool:
    """Add the ruling lines and the area of images among page objects, those of form objects included; tells whether
    some text is slanted."""
    slanted = False
    bounds = tuple(ctypes.c_float() for _ in range(4))
    references = tuple(ctypes.byref(value) for value in bounds)
    for item in objects:
        budget[0] -= 1
        if budget[0] < 0:
            raise over("page_objects", "more", "the limit")
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            if not pdfium.FPDFPageObj_GetBounds(item, *references):
                continue
            left, bottom, right, top = (value.value for value in bounds)
            if right - left <= THIN or top - bottom <= THIN:
                page.add_rule(
                    _on_page(applied(outer, left, bottom), corner),
                    _on_page(applied(outer, right, top), corner),
                )
            else:
                _add_path(item, outer, corner, page, budget)
        elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            if pdfium.FPDFPageObj_GetBounds(item, *references):
                left, bottom, right, top = (value.value for value in bounds)
                x0, y0 = applied(outer, left, bottom)
                x1, y1 = applied(outer, right, top)
                page.add_image(x1 - x0, y1 - y0)
        elif kind == pdfium.FPDF_PAGEOBJ_TEXT:
            a, b, *_ = multiplied(_matrix(item), outer)
            slanted = slanted or min(abs(a), abs(b)) > 0.1 * max(abs(a), abs(b))
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEEPEST_FORM:
            inner = multiplied(_matrix(item), outer)
            slanted |= _rules(_form_objects(item), inner, corner, page, budget, depth + 1)
    return slanted


def _matrix(item: Any) -> Matrix:
    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(item, ctypes.byref(matrix)):
        return _IDENTITY
    return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f


def _on_page(point: Point, corner: Point) -> Point:
    return point[0] - corner[0], corner[1] - point[1]


def _add_path(item: Any, outer: Matrix, corner: Point, page: PdfPage, budget: list[int]) -> None:
    """Add the straight strokes of a larger path: a frame, or a whole grid drawn at once."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(item, ctypes.byref(fill), ctypes.byref(stroke))
    if not stroke.value and not fill.value:
        return
    matrix = multiplied(_matrix(item), outer)
    x, y = ctypes.c_float(), ctypes.c_float()
    count = pdfium.FPDFPath_CountSegments(item)
    budget[0] -= count
    if budget[0] < 0:
        raise over("page_objects", "more", "the limit")
    figures: list[list[tuple[float, float]]] = []
    for index in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(item, index)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        pdfium.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        point = applied(matrix, x.value, y.value)
        if kind == pdfium.FPDF_SEGMENT_MOVETO or not figures:
            figures.append([point])
        elif kind == pdfium.FPDF_SEGMENT_LINETO:
            figures[-1].append(point)
        else:
            figures.append([point])  # a curve: no rule, go on from its end
        if pdfium.FPDFPathSegment_GetClose(segment) and figures[-1][0] != point:
            figures[-1].append(figures[-1][0])
    for figure in figures:
        if stroke.value:
            for start, end in pairwise(figure):
                page.add_rule(_on_page(start, corner), _on_page(end, corner))
        else:
            _add_filled(figure, corner, page)


def _add_filled(figure: list[tuple[float, float]], corner: Point, page: PdfPage) -> None:
    """A filled figure is a rule when it is thin; a wide one is shading."""
    if len(figure) >= 4:
        xs, ys = [point[0] for point in figure], [point[1] for point in figure]
        if max(xs) - min(xs) <= THIN or max(ys) - min(ys) <= THIN:
            page.add_rule(_on_page((min(xs), min(ys)), corner), _on_page((max(xs), max(ys)), corner))
