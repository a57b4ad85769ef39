"""Speed of the readers as ratios to the usual libraries in the same run, with the rows each of them gets right.

    python benchmarks/readers.py [--forms 60] [--runs 5]

Needs openpyxl, python-docx and reportlab (the ``test`` extra) and, for the PDF ratio, pdfplumber. All documents are
made up here; a row counts as right when every one of its cells has the text that was shown.
"""

from __future__ import annotations

import argparse
import io
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable
from importlib.util import find_spec
from pathlib import Path

from perfgoals_lint.model import Grid
from perfgoals_lint.readers import read
from perfgoals_lint.readers.dispatch import read_stream
from perfgoals_lint.readers.limits import Limits
from perfgoals_lint.readers.sniff import HEAD_BYTES, sniff

Row = tuple[str, ...]
HEADER: Row = ("一级指标", "二级指标", "三级指标", "指标值", "年度预算")
NAMES = ("设备巡检", "课程开发", "样本采集", "线路养护", "资料入库", "人员轮训", "数据核查", "场地修缮")


def form(seed: int) -> list[Row]:
    """The rows of one made-up form, as shown."""
    dice = random.Random(seed)
    rows = [HEADER]
    for level1, level2 in (("产出指标", "数量指标"), ("产出指标", "质量指标"), ("效益指标", "社会效益指标")):
        for _ in range(4):
            name = f"{dice.choice(NAMES)}{dice.choice(('数量', '合格率', '及时率'))}第{dice.randint(1, 99)}批"
            rows.append(
                (level1, level2, name, f"{dice.randint(50, 99)}%", f"{dice.randint(1, 9_999_999):,}.00")
            )
    return rows


def make_xlsx(forms: list[list[Row]]) -> bytes:
    """A workbook with one sheet a form as such forms are: borders all over, equal levels merged, numbers with formats."""
    import openpyxl
    from openpyxl.styles import Alignment, Border, Side

    border = Border(*[Side(style="thin")] * 4)
    centred = Alignment(horizontal="center", vertical="center", wrap_text=True)
    book = openpyxl.Workbook()
    book.remove(book.active)
    for number, rows in enumerate(forms):
        sheet = book.create_sheet(f"表{number}")
        for row_at, row in enumerate(rows, 1):
            for column, text in enumerate(row, 1):
                cell = sheet.cell(row_at, column, text)
                if row_at > 1 and column == 4:
                    cell.value, cell.number_format = int(text[:-1]) / 100, "0%"
                elif row_at > 1 and column == 5:
                    cell.value, cell.number_format = float(text.replace(",", "")), "#,##0.00"
                cell.border, cell.alignment = border, centred
        for column in (1, 2):
            first = 1
            for row_at in range(2, len(rows) + 2):
                if row_at > len(rows) or rows[row_at - 1][:column] != rows[first - 1][:column]:
                    if row_at - first > 1:
                        sheet.merge_cells(
                            start_row=first, end_row=row_at - 1, start_column=column, end_column=column
                        )
                    first = row_at
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def make_docx(forms: list[list[Row]]) -> bytes:
    """A document with one table a form."""
    import docx

    document = docx.Document()
    for rows in forms:
        table = document.add_table(len(rows), len(HEADER))
        for cells, row in zip(table.rows, rows, strict=True):
            for cell, text in zip(cells.cells, row, strict=True):
                cell.text = text
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def make_pdf(forms: list[list[Row]]) -> bytes:
    """A document with one ruled table a page."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.platypus import PageBreak, SimpleDocTemplate, Table

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    style = [("GRID", (0, 0), (-1, -1), 0.5, "black"), ("FONT", (0, 0), (-1, -1), "STSong-Light", 9)]
    buffer = io.BytesIO()
    parts = [part for rows in forms for part in (Table(rows, style=style), PageBreak())]
    SimpleDocTemplate(buffer).build(parts)
    return buffer.getvalue()


def own(data: bytes) -> Iterable[Row]:
    """The rows of all grids, read in this process."""
    source = read_stream(io.BytesIO(data), "f", sniff(data[:HEAD_BYTES]), None, Limits())
    for block in source.blocks:
        if isinstance(block, Grid):
            rows: list[list[str]] = [[] for _ in range(block.rows)]
            for cell in block.cells:
                if cell.text:
                    rows[cell.row].append(cell.text)
            yield from map(tuple, rows)


def by_openpyxl(data: bytes) -> Iterable[Row]:
    """The stored values; openpyxl does not render number formats."""
    import openpyxl

    for sheet in openpyxl.load_workbook(io.BytesIO(data), data_only=True):
        yield from (tuple(str(v) for v in row if v is not None) for row in sheet.iter_rows(values_only=True))


def by_python_docx(data: bytes) -> Iterable[Row]:
    """The cells of all tables."""
    import docx

    for table in docx.Document(io.BytesIO(data)).tables:
        yield from (tuple(cell.text for cell in row.cells) for row in table.rows)


def by_pdfplumber(data: bytes) -> Iterable[Row]:
    """The tables that its default strategy finds."""
    import pdfplumber

    with pdfplumber.open(io.BytesIO(data)) as document:
        for page in document.pages:
            for table in page.extract_tables():
                yield from (tuple(text or "" for text in row) for row in table)


def measure(reader: Callable[[bytes], Iterable[Row]], data: bytes, runs: int) -> tuple[float, list[Row]]:
    """Median processor seconds, and the rows."""
    rows: list[Row] = []
    seconds = []
    for _ in range(runs):
        start = time.process_time()
        rows = list(reader(data))
        seconds.append(time.process_time() - start)
    return statistics.median(seconds), rows


def printed(rows: list[Row]) -> list[Row]:
    """The rows without the levels that a merge shows only once."""
    return [
        tuple(t for i, t in enumerate(row) if i > 1 or row[: i + 1] != above[: i + 1])
        for above, row in zip([(), *rows[:-1]], rows, strict=True)
    ]


def compare(
    name: str,
    data: bytes,
    expected: list[Row],
    other_name: str,
    other: Callable[[bytes], Iterable[Row]],
    runs: int,
) -> None:
    """Print one line: seconds and rows right of both readers, and the ratio."""
    seconds, rows = measure(own, data, runs)
    if find_spec({"python-docx": "docx"}.get(other_name, other_name)) is None:
        print(f"{name:5} own {seconds * 1000:8.1f} ms   {other_name} is not installed")
        return
    other_seconds, other_rows = measure(other, data, max(1, runs // 2))
    right, other_right = (sum(row in set(found) for row in expected) for found in (rows, other_rows))
    print(
        f"{name:5} own {seconds * 1000:8.1f} ms  {right}/{len(expected)} rows   {other_name} "
        f"{other_seconds * 1000:8.1f} ms  {other_right}/{len(expected)} rows   ratio {other_seconds / seconds:.1f}"
    )


def through_worker(forms: list[list[Row]], runs: int) -> None:
    """Print how many small workbooks a second go through the worker process, and the share it adds."""
    small = [make_xlsx([rows]) for rows in forms]
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for number, data in enumerate(small):
            path = Path(folder) / f"{number}.xlsx"
            path.write_bytes(data)
            paths.append(str(path))
        read(paths[0])  # starts the worker
        worker = statistics.median(timed(lambda: [read(path) for path in paths]) for _ in range(runs))
        direct = statistics.median(timed(lambda: [list(own(data)) for data in small]) for _ in range(runs))
    print(
        f"small workbooks a second: {len(paths) / worker:.0f} through the worker process, "
        f"{len(paths) / direct:.0f} without it ({worker / direct - 1:+.0%})"
    )


def timed(work: Callable[[], object]) -> float:
    """Wall seconds of one call."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def main() -> None:
    """Run all comparisons."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--forms", type=int, default=60)
    options.add_argument("--runs", type=int, default=5)
    given = options.parse_args()
    forms = [form(seed) for seed in range(given.forms)]
    expected = [row for rows in forms for row in rows]
    merged = [row for rows in forms for row in printed(rows)]
    compare("xlsx", make_xlsx(forms), merged, "openpyxl", by_openpyxl, given.runs)
    compare("docx", make_docx(forms), expected, "python-docx", by_python_docx, given.runs)
    compare("pdf", make_pdf(forms), expected, "pdfplumber", by_pdfplumber, given.runs)
    through_worker(forms, given.runs)


if __name__ == "__main__":
    main()
