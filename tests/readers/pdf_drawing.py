"""PDF pages drawn with reportlab."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Table as PrintedTable

from perfgoals_lint.model import Grid

FONT = "STSong-Light"
pdfmetrics.registerFont(UnicodeCIDFont(FONT))
STYLE = [
    ("GRID", (0, 0), (-1, -1), 0.5, "black"),
    ("FONT", (0, 0), (-1, -1), FONT, 9),
    ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
]
ROWS = [
    ["一级指标", "二级指标", "指标值"],
    ["产出指标", "数量指标", "≥90%"],
    ["效益指标", "社会效益\n指标", "3-5年"],
]
SHOWN = {(r, c, 1, 1, text) for r, row in enumerate(ROWS, 1) for c, text in enumerate(row, 1)}


def drawn(draw: Callable[[Canvas], None], **settings_: Any) -> bytes:
    """The bytes of a document on which ``draw`` draws."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, **settings_)
    canvas.setFont(FONT, 9)
    draw(canvas)
    canvas.save()
    return buffer.getvalue()


def draw_table(
    canvas: Canvas,
    rows: list[list[str]],
    x: float = 50,
    y: float = 500,
    style: list[Any] = STYLE,
    **sizes: Any,
) -> None:
    """Draw a ruled table with its lower left corner at a point."""
    table = PrintedTable(rows, style=style, **sizes)
    table.wrapOn(canvas, 500, 700)
    table.drawOn(canvas, x, y)


def boxed(grid: Grid, text: str) -> tuple[float, float, float, float]:
    """The box of the cell with this text."""
    box = next(cell for cell in grid.cells if cell.text == text).bbox
    assert box is not None
    return box
