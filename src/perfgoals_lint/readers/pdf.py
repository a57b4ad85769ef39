"""PDF through PDFium: ruled tables as grids, other pages as lines in content order, scans named as such."""

from __future__ import annotations

import ctypes
import itertools
import math
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO

import pypdfium2
import pypdfium2.raw as pdfium

from perfgoals_lint.model import Source
from perfgoals_lint.readers.limits import (
    CORRUPT,
    ENCRYPTED,
    WRONG_PASSWORD,
    Limits,
    ReadError,
    over,
)
from perfgoals_lint.readers.page_text import Glyph
from perfgoals_lint.readers.paged import PagedSource
from perfgoals_lint.readers.pdf_grid import THIN, Page

Transform = Callable[[float, float], tuple[float, float]]
Matrix = tuple[float, float, float, float, float, float]

_DEEPEST_FORM = 8
_IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_HYPHEN = 2
"""What PDFium answers for a hyphen at the end of a line."""


def read_pdf(stream: BinaryIO, path: str, limits: Limits, password: str | None = None) -> Source:
    """All pages in order: grids (numbered through the document) and text blocks. Raises ``ReadError``."""
    document = _open(stream.read(), password)
    try:
        count = len(document)
        if count > limits.pages:
            raise over("pages", count, limits.pages)
        pages = PagedSource(path, "pdf", limits)
        for number in range(1, count + 1):
            try:
                page, has_image = _read_page(document, number, limits)
            except ReadError as error:
                pages.fail(number, error)
            else:
                pages.add(page, has_image)
    finally:
        document.close()
    return pages.finish()


def _open(data: bytes, password: str | None) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(data, password=password)
    except pypdfium2.PdfiumError as error:
        if "assword" in str(error):
            raise ReadError(ENCRYPTED if password is None else WRONG_PASSWORD) from None
        raise ReadError(CORRUPT, reason=str(error)) from None


def _read_page(document: pypdfium2.PdfDocument, number: int, limits: Limits) -> tuple[Page, bool]:
    """What the page shows, and whether it holds an image."""
    handle = pdfium.FPDF_LoadPage(document.raw, number - 1)
    if not handle:
        raise ReadError(CORRUPT, reason="the page cannot be loaded")
    try:
        objects = pdfium.FPDFPage_CountObjects(handle)
        if objects > limits.page_objects:
            raise over("page_objects", objects, limits.page_objects)
        text = pdfium.FPDFText_LoadPage(handle)
        if not text:
            raise ReadError(CORRUPT, reason="the text of the page cannot be loaded")
        try:
            characters = pdfium.FPDFText_CountChars(text)
            if characters > limits.page_objects:
                raise over("characters", characters, limits.page_objects)
            place, turn = _display(handle, text, characters)
            page = Page(number, _glyphs(text, characters, place, turn))
        finally:
            pdfium.FPDFText_ClosePage(text)
        budget = [limits.page_objects]
        has_image = _rules(_page_objects(handle, objects), _IDENTITY, place, page, budget, 0)
    finally:
        pdfium.FPDF_ClosePage(handle)
    return page, has_image


def _display(page: Any, text: Any, characters: int) -> tuple[Transform, int]:
    """The transform from page space to the page as it is read (y downwards), and its quarter turns clockwise.

    Besides the page's own rotation this undoes that of text that is printed sideways throughout.
    """
    box = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page, ctypes.byref(box))
    left, top, right, bottom = box.left, box.top, box.right, box.bottom
    step = max(1, characters // 30)
    angles = [pdfium.FPDFText_GetCharAngle(text, index) for index in range(0, characters, step)]
    quarters = [round(angle / (math.pi / 2)) % 4 for angle in angles if angle >= 0]
    sideways = max(set(quarters), key=quarters.count) if quarters else 0
    turn = pdfium.FPDFPage_GetRotation(page) % 4
    if sideways % 2 and quarters.count(sideways) * 4 > len(quarters) * 3:
        turn = sideways
    transforms: tuple[Transform, ...] = (
        lambda x, y: (x - left, top - y),
        lambda x, y: (y - bottom, x - left),
        lambda x, y: (right - x, y - bottom),
        lambda x, y: (top - y, right - x),
    )
    return transforms[turn], turn


def _glyphs(text: Any, count: int, place: Transform, turn: int) -> list[Glyph]:
    """The characters in content order; those that PDFium made up for spacing are left out."""
    unicode_at, origin_at, box_at = (
        pdfium.FPDFText_GetUnicode,
        pdfium.FPDFText_GetCharOrigin,
        pdfium.FPDFText_GetLooseCharBox,
    )
    x, y, box = ctypes.c_double(), ctypes.c_double(), pdfium.FS_RECTF()
    x_at, y_at, box_ref = ctypes.byref(x), ctypes.byref(y), ctypes.byref(box)
    glyphs: list[Glyph] = []
    high = 0
    for index in range(count):
        code = unicode_at(text, index)
        if code in (10, 13) or (code == 32 and pdfium.FPDFText_IsGenerated(text, index) == 1):
            continue
        if code == _HYPHEN:
            code = 45
        elif 0xD800 <= code < 0xDC00:
            high = code
            continue
        elif 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00) if high else 0xFFFD
            high = 0
        if not origin_at(text, index, x_at, y_at) or not box_at(text, index, box_ref):
            continue
        x0, y0 = place(box.left, box.bottom)
        x1, y1 = place(box.right, box.top)
        baseline = place(x.value, y.value)[1]
        if x0 > x1:
            x0, x1 = x1, x0
        char = " " if code in (0xA0, 9) else chr(code) if code else "\ufffd"
        glyphs.append((char, x0, x1, baseline, min(abs(y1 - y0), 200.0) or 1.0))
    return glyphs


def _page_objects(page: Any, count: int) -> Iterator[Any]:
    return (pdfium.FPDFPage_GetObject(page, index) for index in range(count))


def _form_objects(form: Any) -> Iterator[Any]:
    return (
        pdfium.FPDFFormObj_GetObject(form, index) for index in range(pdfium.FPDFFormObj_CountObjects(form))
    )


def _rules(
    objects: Iterator[Any], outer: Matrix, place: Transform, page: Page, budget: list[int], depth: int
) -> bool:
    """Add the ruling lines among page objects, those of form objects included; tells whether there is an image."""
    has_image = False
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
                page.add_rule(place(*_apply(outer, left, bottom)), place(*_apply(outer, right, top)))
            else:
                _add_path(item, outer, place, page, budget)
        elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            has_image = True
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEEPEST_FORM:
            inner = _multiply(_matrix(item), outer)
            has_image |= _rules(_form_objects(item), inner, place, page, budget, depth + 1)
    return has_image


def _matrix(item: Any) -> Matrix:
    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(item, ctypes.byref(matrix)):
        return _IDENTITY
    return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f


def _multiply(first: Matrix, then: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def _apply(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _add_path(item: Any, outer: Matrix, place: Transform, page: Page, budget: list[int]) -> None:
    """Add the straight strokes of a larger path: a frame, or a whole grid drawn at once."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(item, ctypes.byref(fill), ctypes.byref(stroke))
    if not stroke.value and not fill.value:
        return
    matrix = _multiply(_matrix(item), outer)
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
        point = _apply(matrix, x.value, y.value)
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
            for start, end in itertools.pairwise(figure):
                page.add_rule(place(*start), place(*end))
        else:
            _add_filled(figure, place, page)


def _add_filled(figure: list[tuple[float, float]], place: Transform, page: Page) -> None:
    """A filled figure is a rule when it is thin; a wide one is shading."""
    if len(figure) >= 4:
        xs, ys = [point[0] for point in figure], [point[1] for point in figure]
        if max(xs) - min(xs) <= THIN or max(ys) - min(ys) <= THIN:
            page.add_rule(place(min(xs), min(ys)), place(max(xs), max(ys)))
