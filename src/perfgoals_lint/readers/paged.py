"""A paged document on its way to a ``Source``: page after page, and what there is to say about pages without text."""

from perfgoals_lint.model import Grid, Location, Part, PartKind, Problem, Source, TextBlock
from perfgoals_lint.readers.limits import (
    CORRUPT,
    IMAGE_PAGE,
    LIMIT,
    PART_UNREADABLE,
    UNDECODABLE_PAGE,
    Limits,
    ReadError,
)
from perfgoals_lint.readers.page_text import Glyph
from perfgoals_lint.readers.pdf_grid import PdfPage, page_blocks
from perfgoals_lint.readers.report import MOST_PART_TEXT, note
from perfgoals_lint.readers.sheet import CellBudget, Ranges
from perfgoals_lint.readers.text import DAMAGED
from perfgoals_lint.readers.xlsx_parts import MOST_PARTS

_UNNAMED = "\ufffd"
_MM = 25.4 / 72
"""Millimetres in a point."""
_FEW = 30
"""Fewer characters than this on a page that is mostly image are a stamp or a page number."""


class PagedSource:
    """Collects the blocks of pages in order; tables are numbered through the document."""

    def __init__(self, path: str, format_name: str, limits: Limits) -> None:
        self._source = Source(path, format_name)
        self._budget = CellBudget(limits)
        self._tables = 0
        self._images: list[int] = []
        self._undecodable: list[int] = []
        self._failed: dict[str, list[int]] = {}
        """Page numbers by reason."""

    def add(self, page: PdfPage) -> None:
        """Add what a page shows. A page number on a scan is text, but the page is a scan all the same."""
        shown = sum(1 for glyph in page.glyphs if glyph[0] != " ")
        if page.image_area and (not shown or (shown < _FEW and page.image_area > page.area / 2)):
            self._images.append(page.number)
        elif page.image_area <= page.area / 2 or shown < _FEW:
            # An image as large as the page behind text is the scan that the text was read from.
            for width, height in page.images:
                self._add_part(page, "picture", size=(width * _MM, height * _MM))
        for remark in page.remarks:
            self._add_part(page, "comment", remark[:MOST_PART_TEXT])
        if _undecodable(page.glyphs):
            self._undecodable.append(page.number)
        elif shown:
            blocks = page_blocks(page, self._source.path, self._tables + 1, self._budget)
            self._tables += sum(isinstance(block, Grid) for block in blocks)
            self._note_damage(page, blocks)
            self._source.blocks.extend(blocks)

    def _add_part(
        self, page: PdfPage, what: PartKind, text: str | None = None, size: tuple[float, float] | None = None
    ) -> None:
        if len(self._source.parts) < MOST_PARTS:
            self._source.parts.append(Part(what, Location(self._source.path, page=page.number), text, size))

    def _note_damage(self, page: PdfPage, blocks: list[TextBlock | Grid]) -> None:
        """Say which line first shows characters that the font does not name."""
        count = sum(1 for glyph in page.glyphs if glyph[0] == _UNNAMED)
        if not count:
            return
        for block in blocks:
            places = (
                [(cell.text, block.locate(cell)) for cell in block.cells]
                if isinstance(block, Grid)
                else [(line.text, line.location) for line in block.lines]
            )
            for text, place in places:
                if _UNNAMED in text:
                    shown = " ".join(text.split())[:40]
                    self._source.problems.append(
                        Problem(DAMAGED, place, {"text": shown, "count": str(count)})
                    )
                    return

    def fail(self, number: int, error: ReadError) -> None:
        """Record that a page cannot be read. Raises the error again when it is about the whole file."""
        if error.code == LIMIT:
            raise error
        self._failed.setdefault(error.args_shown.get("reason", error.code), []).append(number)

    def finish(self) -> Source:
        """The whole document, with the pages named that could not be read. Raises ``ReadError`` when that is all."""
        for reason, pages in self._failed.items():
            if not (self._source.blocks or self._images or self._undecodable):
                raise ReadError(CORRUPT, reason=reason)
            part = "p. " + _shown(pages)
            note(self._source, PART_UNREADABLE, page=pages[0], part=part, reason=reason)
        for code, pages in ((IMAGE_PAGE, self._images), (UNDECODABLE_PAGE, self._undecodable)):
            if pages:
                note(self._source, code, page=pages[0], pages=_shown(pages))
        return self._source


def _shown(pages: list[int]) -> str:
    """Page numbers in words: ``2-4, 7``."""
    return Ranges((page, page) for page in pages).shown(pages[-1] + 1, str)


def _undecodable(glyphs: list[Glyph]) -> bool:
    """Whether most characters are none that a document would show: fonts without a character map."""
    shown = [glyph[0] for glyph in glyphs if glyph[0] != " "]
    odd = sum(1 for char in shown if char == _UNNAMED or char < " " or "\ue000" <= char <= "\uf8ff")
    return len(shown) >= 10 and odd * 2 > len(shown)
