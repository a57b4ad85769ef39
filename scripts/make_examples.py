"""Write the made-up projects of ``examples/*.txt`` as .xlsx, .docx and .pdf forms, as budget units would send them.

Needs the packages of the ``test`` extra. The files are written anew each time; their content does not depend on the day.
"""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import Any

from perfgoals_lint.extraction.document import extract_file
from perfgoals_lint.model import GoalTable
from perfgoals_lint.money import in_wan

EXAMPLES = Path(__file__).parents[1] / "examples"
SOURCES = {"municipal": "tabbed-form-municipal.txt", "library": "form-dump-library.txt"}
DAY = datetime(2025, 1, 1)

Span = tuple[int, int, int, int]
"""First row, first column, last row, last column of a merged rectangle, 0-based."""


def form(table: GoalTable) -> tuple[list[list[str]], list[Span]]:
    """The form of a project as rows of equal length, and its merged rectangles."""
    columns = ["description"] if any(row.description for row in table.indicators) else []
    columns += ["cycle_value"] if any(row.cycle_value for row in table.indicators) else []
    columns.append("annual_value")
    names = {"description": "绩效指标描述", "cycle_value": "实施周期指标值", "annual_value": "年度指标值"}
    width = 3 + len(columns)
    rows: list[list[str]] = []
    merged: list[Span] = []

    def box(label: str, text: str | None) -> None:
        if text:
            merged.append((len(rows), 1, len(rows), width - 1))
            rows.append([label, text, *[""] * (width - 2)])

    box("项目名称", table.project_name)
    box("主管部门", table.department)
    box("用款单位", table.unit)
    if table.period:
        box("起止年度", f"{table.period.start}-{table.period.end}")
    if table.budget_yuan is not None:
        box("预算金额（万元）", in_wan(table.budget_yuan))
    for source, amount in (table.funding_yuan or {}).items():
        box(f"{source}（万元）", in_wan(amount))
    box("实施周期总目标", table.cycle_goal)
    box("年度目标", table.annual_goal)
    rows.append(["一级指标", "二级指标", "三级指标", *(names[column] for column in columns)])
    first = len(rows)
    for row in table.indicators:
        values = [getattr(row, column) or "" for column in columns]
        rows.append([row.level1 or "", row.level2 or "", row.level3 or "", *values])
    merged += _runs(rows, first, 0) + _runs(rows, first, 1)
    return rows, merged


def _runs(rows: list[list[str]], first: int, column: int) -> list[Span]:
    """Equal labels one below the other as merged rectangles; only the first keeps its text."""
    spans: list[Span] = []
    start = first
    labels = [row[: column + 1] for row in rows]
    for index in range(first + 1, len(rows) + 1):
        if index == len(rows) or labels[index] != labels[start]:
            if index - start > 1:
                spans.append((start, column, index - 1, column))
            start = index
    return spans


def blanked(rows: list[list[str]], merged: list[Span]) -> list[list[str]]:
    """The rows with only the top left cell of each merged rectangle filled."""
    cells = [list(row) for row in rows]
    for top, left, bottom, right in merged:
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                if (row, column) != (top, left):
                    cells[row][column] = ""
    return cells


def write_xlsx(tables: list[GoalTable], path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    book.properties.created = book.properties.modified = DAY
    for number, table in enumerate(tables, 1):
        sheet = book.create_sheet(f"项目{number}")
        rows, merged = form(table)
        for row in blanked(rows, merged):
            sheet.append(row)
        for top, left, bottom, right in merged:
            sheet.merge_cells(
                start_row=top + 1, start_column=left + 1, end_row=bottom + 1, end_column=right + 1
            )
    book.save(path)


def write_docx(tables: list[GoalTable], path: Path) -> None:
    from docx import Document

    document: Any = Document()
    document.core_properties.created = document.core_properties.modified = DAY
    for table in tables:
        document.add_heading("项目绩效目标表", level=1)
        rows, merged = form(table)
        grid = document.add_table(len(rows), len(rows[0]), style="Table Grid")
        for top, left, bottom, right in merged:
            grid.cell(top, left).merge(grid.cell(bottom, right))
        for index, row in enumerate(blanked(rows, merged)):
            for column, text in enumerate(row):
                if text:
                    grid.cell(index, column).text = text
    document.save(path)


def write_pdf(tables: list[GoalTable], path: Path) -> None:
    from reportlab.lib import colors
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Table

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    style = ParagraphStyle("cell", fontName="STSong-Light", fontSize=9, leading=12, wordWrap="CJK")
    flow: list[Any] = []
    for table in tables:
        rows, merged = form(table)
        cells = [[Paragraph(text, style) if text else "" for text in row] for row in blanked(rows, merged)]
        looks = [("SPAN", (left, top), (right, bottom)) for top, left, bottom, right in merged]
        looks += [("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")]
        widths = [75, 80, *[350 / (len(rows[0]) - 2)] * (len(rows[0]) - 2)]
        flow += [Paragraph("项目绩效目标表", style), Table(cells, widths, style=looks), PageBreak()]
    SimpleDocTemplate(str(path), pagesize=A4, invariant=1).build(flow[:-1])


def main() -> int:
    for name, source in SOURCES.items():
        tables = extract_file(str(EXAMPLES / source)).tables
        for ending, write in (("xlsx", write_xlsx), ("docx", write_docx), ("pdf", write_pdf)):
            write(tables, EXAMPLES / f"{name}.{ending}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
