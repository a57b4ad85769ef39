"""Annotated pages: highlights lie over their cells, the original bytes stay, the outline leads to the findings."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from handback.made import WORDS, finding
from perfgoals_lint.handback import pdf
from perfgoals_lint.handback.entries import entries_of, marks_of
from perfgoals_lint.model import Grid
from perfgoals_lint.readers import read


def pages(turn: int) -> bytes:
    """A page with a ruled table of three by three cells, turned by a quarter or not."""
    out = BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=True)
    if turn:
        canvas.setPageRotation(turn)
    for step in range(4):
        canvas.line(100, 500 - 40 * step, 400, 500 - 40 * step)
        canvas.line(100 + 100 * step, 380, 100 + 100 * step, 500)
    for row in range(3):
        for column in range(3):
            canvas.drawString(120 + 100 * column, 475 - 40 * row, f"r{row}c{column}")
    canvas.save()
    return out.getvalue()


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_highlights_lie_over_their_cells_and_the_original_bytes_stay(turn: int, tmp_path: Path) -> None:
    before = pages(turn)
    path = tmp_path / "a.pdf"
    path.write_bytes(before)
    grid = next(block for block in read(str(path), "f").blocks if isinstance(block, Grid))
    cell = next(cell for cell in grid.cells if cell.text == "r1c2")
    findings = [finding(grid.locate(cell)), finding(None, "PGK602")]
    made = pdf.annotate(before, marks_of(findings, WORDS), entries_of(findings, WORDS), WORDS)
    assert made.startswith(before)
    assert pdf.strip(made) == before
    assert pdf.annotate(made, marks_of(findings, WORDS), entries_of(findings, WORDS), WORDS) == made
    old, new = (_rendered(data) for data in (before, made))
    changed = [
        (x, y)
        for y in range(old.height)
        for x in range(old.width)
        if max(abs(one - two) for one, two in zip(old.getpixel((x, y)), new.getpixel((x, y)), strict=True))
        > 8
    ]
    # The cell from (300, 420) to (400, 460) of the page, as the page is shown.
    width, height = old.size
    shown_at = {
        0: (300, height - 460, 400, height - 420),
        90: (420, 300, 460, 400),
        180: (width - 400, 420, width - 300, 460),
        270: (width - 460, height - 400, width - 420, height - 300),
    }
    left, top, right, bottom = shown_at[turn]
    assert len(changed) > 0.85 * 100 * 40
    assert all(left - 2 <= x <= right + 2 and top - 2 <= y <= bottom + 2 for x, y in changed)


def _rendered(data: bytes) -> Any:
    opened = pypdfium2.PdfDocument(data)
    picture = opened[0].render(scale=1).to_pil().convert("RGB")
    opened.close()
    return picture


def test_the_outline_leads_to_the_findings(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(pages(0))
    grid = next(block for block in read(str(path), "f").blocks if isinstance(block, Grid))
    findings = [finding(grid.locate(cell), f"PGN50{n}") for n, cell in enumerate(grid.cells[:3], 1)]
    made = pdf.annotate(pages(0), marks_of(findings, WORDS), entries_of(findings, WORDS), WORDS)
    titles = [item.get_title() for item in pypdfium2.PdfDocument(made).get_toc()]
    assert titles[0] == "审核意见 (3)"
    assert [title.split("】")[0].split()[-1] for title in titles[1:]] == ["PGN501", "PGN502", "PGN503"]
