"""The flat form read from a grid (CSV or a worksheet)."""

from typing import Any

from perfgoals_lint.forms import flat
from perfgoals_lint.forms.loader import LAYOUT, UNKNOWN_KEY, Loader
from perfgoals_lint.forms.positions import Path
from perfgoals_lint.forms.traits import KIND, is_flat_header
from perfgoals_lint.model import Cell, Document, Grid, Location, Problem, Source

_MARKED = frozenset({"csv", "tsv"})


def load_grids(source: Source) -> Document | None:
    """The document that the flat form says, or ``None`` when no grid of the source has the form's header."""
    document = Document(source.path, source.format, LAYOUT)
    loader = Loader(document)
    found = False
    for grid in source.blocks:
        if (
            isinstance(grid, Grid)
            and (rows := [row for _, row in sorted(grid.printed().items())])
            and is_flat_header([c.text.strip() for c in rows[0]])
        ):
            found = True
            _Sheet(grid, source.format in _MARKED).load(rows, loader)
    return document if found else None


class _Sheet:
    """Collects one grid as data of the form, with the cell of every part."""

    def __init__(self, grid: Grid, marked: bool) -> None:
        self.grid = grid
        self.marked = marked
        self.data: dict[str, Any] = {"项目": [], "合计": [], "分项绩效目标": [], "待核对": []}
        self.cells: dict[Path, Cell] = {}

    def load(self, rows: list[list[Cell]], loader: Loader) -> None:
        """Read the rows below the header and give them to the loader."""
        names = {cell.column: cell.text.strip() for cell in rows[0]}
        self.cells[()] = rows[0][0]
        unknown = [cell for cell in rows[0] if not flat.is_column(cell.text.strip())]
        for cell in unknown:
            place, key = self.grid.locate(cell), cell.text.strip()
            near = flat.nearest_column(key)
            loader.document.problems.append(Problem(UNKNOWN_KEY, place, {"key": key, "near": near}))
        for row in rows[1:]:
            cells = {names[cell.column]: cell for cell in row if names.get(cell.column)}
            self._row(cells)
        loader.add(self.data, self._locate)

    def _row(self, cells: dict[str, Cell]) -> None:
        texts = {name: flat.unmarked(cell.text) if self.marked else cell.text for name, cell in cells.items()}
        kind = texts.get(KIND, "").strip() or "指标"
        if (key := flat.EXTRAS.get(kind)) is not None:
            self.data[key].append(flat.part_of(kind, texts))
            self._note((key, len(self.data[key]) - 1), cells)
            return
        projects = self.data["项目"]
        named = texts.get("项目名称")
        if kind == "任务" and projects:
            tasks = projects[-1].setdefault("年度主要任务", [])
            tasks.append(flat.part_of("任务", texts))
            self._note(("项目", len(projects) - 1, "年度主要任务", len(tasks) - 1), cells)
            return
        if kind == "项目" or not projects or (named and named != projects[-1].get("项目名称")):
            projects.append(flat.project_of(texts))
            self._note(("项目", len(projects) - 1), cells)
        indicator = flat.part_of("指标", texts)
        if indicator:
            rows = projects[-1].setdefault("绩效指标", [])
            rows.append(indicator)
            self._note(("项目", len(projects) - 1, "绩效指标", len(rows) - 1), cells)

    def _note(self, path: Path, cells: dict[str, Cell]) -> None:
        """Remember the cells of a part, each under its own key and the first for the part itself."""
        self.cells[path] = min(cells.values(), key=lambda cell: cell.column)
        for name, cell in cells.items():
            for key in flat.parts_of(name):
                self.cells[(*path, *key)] = cell

    def _locate(self, path: Path) -> Location:
        while path not in self.cells:
            path = path[:-1]
        return self.grid.locate(self.cells[path])
