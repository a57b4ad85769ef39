"""The sample documents with known cells, when they lie beside the repository."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from perfgoals_lint.model import Cell, Grid, Source
from perfgoals_lint.readers import read
from shared_data import DATA

SAMPLES = DATA / "samples" / "office"
pytestmark = pytest.mark.skipif(not SAMPLES.is_dir(), reason="the sample documents are not here")

Known = tuple[str, int, int, int, int, str]


def known(path: Path) -> set[Known]:
    return {tuple(cell) for cell in json.loads(path.read_text(encoding="utf-8")) if cell[5].strip()}


def cells(source: Source) -> list[tuple[Grid, Cell]]:
    found = []
    stack = [block for block in reversed(source.blocks) if isinstance(block, Grid)]
    while stack:
        grid = stack.pop()
        for cell in grid.cells:
            found.append((grid, cell))
            stack.extend(cell.nested)
    return found


def found(source: Source) -> set[Known]:
    return {
        (
            grid.sheet or f"t{(grid.table or 0) - 1}",
            c.row + 1,
            c.column + 1,
            c.row_span,
            c.column_span,
            c.text,
        )
        for grid, c in cells(source)
        if c.text.strip()
    }


NAMES = sorted(path.name[: -len(".truth.json")] for path in SAMPLES.glob("*.truth.json"))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    ("suffix", "truth"),
    [
        ("xlsx", "xlsx"),
        ("typed.xlsx", "typed.xlsx"),
        ("onesheet.xlsx", "onesheet.xlsx"),
        ("ods", "xlsx"),
        ("docx", "docx"),
        ("doc", "docx"),
        ("wps", "docx"),
        ("html", "html"),
        ("word.html", "word.html"),
        ("htmlas.xls", "html"),
    ],
)
def test_every_cell_with_place_and_spans(name: str, suffix: str, truth: str) -> None:
    source = read(str(SAMPLES / f"{name}.{suffix}"))
    assert not source.problems
    assert found(source) == known(SAMPLES / f"{name}.{truth}.cells.json")


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    ("suffix", "truth"), [("typed.xls", "typed.xlsx"), ("et", "xlsx"), ("xml2003.xls", "xlsx")]
)
def test_every_cell_where_the_title_is_not_merged(name: str, suffix: str, truth: str) -> None:
    """These files were written without the merge of the title row."""
    source = read(str(SAMPLES / f"{name}.{suffix}"))
    assert not source.problems
    expected = known(SAMPLES / f"{name}.{truth}.cells.json")
    got = found(source)
    assert {(s, r, c, t) for s, r, c, _, _, t in got} == {(s, r, c, t) for s, r, c, _, _, t in expected}
    assert all("绩效目标表" in cell[5] for cell in expected - got)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("suffix", ["pdf", "sys.pdf", "calc.pdf", "ofd"])
def test_every_cell_of_a_page_without_its_layout(name: str, suffix: str) -> None:
    """A page break splits one row at most; every other cell comes back whole."""

    def packed(text: str) -> str:
        return "".join(text.split())

    source = read(str(SAMPLES / f"{name}.{suffix}"))
    assert not source.problems
    expected = {packed(cell[5]) for cell in known(SAMPLES / f"{name}.docx.cells.json")}
    shown = [(grid, cell) for grid, cell in cells(source) if cell.text]
    texts = {packed(cell.text) for _, cell in shown}
    split = expected - texts
    pages = {cell.page for _, cell in shown}
    assert len(split) <= (len(pages) - 1) * max(grid.columns for grid, _ in shown)
    everything = packed("".join(cell.text for _, cell in shown))
    for text in split:
        assert any(text.startswith(part) and text[len(part) :] in everything for part in texts if part)
    assert all(grid.locate(cell).page and grid.locate(cell).bbox for grid, cell in shown)
