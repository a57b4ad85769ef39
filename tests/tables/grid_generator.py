"""Invented projects and the many ways in which a grid may print them: hypothesis strategies, truth included."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from hypothesis import strategies as st

from perfgoals_lint.model import Cell, Grid, Source

LEVELS = {
    "成本指标": ["经济成本指标", "社会成本指标"],
    "产出指标": ["数量指标", "质量指标", "时效指标"],
    "效益指标": ["经济效益指标", "社会效益指标", "可持续影响指标"],
    "满意度指标": ["服务对象满意度指标"],
}
HEADERS = {
    "level3": ["三级指标", "指标名称", "三级\n指标"],
    "description": ["绩效指标描述", "指标说明"],
    "cycle_value": ["实施周期指标值", "中期指标值"],
    "annual_value": ["年度指标值", "指标值", "当年度指标值", "目标值"],
    "basis": ["指标值确定依据"],
    "weight": ["分值", "权重"],
    "operator": ["计算符号", "指标性质"],
    "value_unit": ["计量单位", "度量单位"],
}
IGNORED = {"scoring": "评分标准", "last_year_value": "上年实际值", "remark": "备注"}
FIELDS = {
    "project_name": "项目名称",
    "project_code": "项目编码",
    "project_type": "项目类型",
    "department": "主管部门",
    "unit": "用款单位",
    "purpose": "资金用途",
    "annual_goal": "年度绩效目标",
}
_NOUNS = "水库林道护坡渡口堤岸苗圃校舍球场路灯桥涵泵房粮仓档案书屋"
words = st.text(_NOUNS, min_size=3, max_size=9)
numbers = st.integers(1, 9999).map(str)


@dataclass
class Row:
    level1: str
    level2: str
    level3: str
    operator: str
    number: str
    unit: str
    texts: dict[str, str] = field(default_factory=dict)

    @property
    def value(self) -> str:
        return self.operator + self.number + self.unit


@dataclass
class Project:
    fields: dict[str, str]
    amount: Decimal
    rows: list[Row]


@st.composite
def projects(draw: st.DrawFn) -> Project:
    """A project with rows in one to four classes, each class in one run."""
    fields = {name: draw(words) + "项" for name in FIELDS}
    fields["project_code"] = draw(st.from_regex(r"[1-9][0-9]{8}", fullmatch=True))
    fields["annual_goal"] = "、".join(draw(st.lists(words, min_size=2, max_size=5))) + "按期完成。"
    rows = []
    for level1 in draw(st.lists(st.sampled_from(list(LEVELS)), min_size=1, max_size=4, unique=True)):
        for level2 in draw(st.lists(st.sampled_from(LEVELS[level1]), min_size=1, max_size=3, unique=True)):
            rows += [_row(draw, level1, level2) for _ in range(draw(st.integers(1, 3)))]
    amount = draw(st.decimals(1, 99999, places=2))
    return Project(fields, amount, rows)


def _row(draw: st.DrawFn, level1: str, level2: str) -> Row:
    row = Row(
        level1,
        level2,
        draw(words),
        draw(st.sampled_from("≥≤=")),
        draw(numbers),
        draw(st.sampled_from("%个次公亩")),
    )
    row.texts = {
        "description": draw(words),
        "basis": draw(words),
        "weight": draw(st.sampled_from(["5", "10", "20"])),
    }
    return row


@dataclass
class Print:
    """How a table is printed."""

    columns: list[str]
    names: dict[str, str]
    levels: str  # merged | blank | repeated
    split_value: bool
    nested: bool
    side_label: bool
    pairs_a_row: int
    fields: list[str]
    title: bool
    ending: str | None
    gaps: int


@st.composite
def prints(draw: st.DrawFn, *, merges: bool = True) -> Print:
    """A way to print a form; without ``merges`` as a file that has no spans."""
    split = draw(st.booleans())
    nested = draw(st.booleans()) and not split
    columns = ["level3", "annual_value"]
    columns += ["cycle_value"] if nested or (not split and draw(st.booleans())) else []
    extras = st.lists(st.sampled_from(["description", "basis", "weight", *IGNORED]), max_size=3, unique=True)
    columns = draw(st.permutations(columns + draw(extras)))
    if nested:
        columns = [name for name in columns if name not in ("annual_value", "cycle_value")]
        columns += draw(st.permutations(["annual_value", "cycle_value"]))
    if split:
        at = columns.index("annual_value")
        columns[at : at + 1] = ["operator", "annual_value", "value_unit"]
    names = {name: draw(st.sampled_from(options)) for name, options in HEADERS.items()} | IGNORED
    if "cycle_value" in columns:
        names["annual_value"] = draw(st.sampled_from(["年度指标值", "当年度指标值"]))
    order = draw(st.permutations([name for name in FIELDS if name != "project_name"]))
    return Print(
        columns=columns,
        names=names,
        levels=draw(st.sampled_from(["merged", "blank", "repeated"] if merges else ["blank", "repeated"])),
        split_value=split,
        nested=nested and merges,
        side_label=draw(st.booleans()) and merges,
        pairs_a_row=draw(st.integers(1, 2)),
        fields=["project_name", *order],
        title=draw(st.booleans()),
        ending=draw(st.sampled_from([None, "注：本表一式两份。", "填报人：某某"])),
        gaps=draw(st.integers(0, 2)),
    )


class Sheet:
    """Puts cells down row by row."""

    def __init__(self, merges: bool) -> None:
        self.cells: list[Cell] = []
        self.row = 0
        self.merges = merges

    def put(self, column: int, text: str, rows: int = 1, columns: int = 1) -> None:
        if self.merges:
            self.cells.append(Cell(self.row, column, text, rows, columns))
        else:
            self.cells.append(Cell(self.row, column, text))

    def grid(self, sheet: str | None = None, table: int | None = None, page: int | None = None) -> Grid:
        rows = max(cell.row + cell.row_span for cell in self.cells)
        columns = max(cell.column + cell.column_span for cell in self.cells)
        ordered = sorted(self.cells, key=lambda cell: (cell.row, cell.column))
        return Grid("甲.xlsx", ordered, rows, columns, sheet, table, page)


def print_form(sheet: Sheet, project: Project, way: Print) -> None:
    """Print a project as a form: fields in pairs, then the indicator table."""
    width = int(way.side_label) + 2 + len(way.columns)
    if way.title:
        sheet.put(0, "项目绩效目标表", 1, width)
        sheet.row += 1
    pairs = [(FIELDS[name], project.fields[name]) for name in way.fields]
    pairs.append(("预算金额（万元）", str(project.amount)))
    for start in range(0, len(pairs), way.pairs_a_row):
        for number, (label, value) in enumerate(pairs[start : start + way.pairs_a_row]):
            sheet.put(number * 2, label)
            last = number + 1 == way.pairs_a_row or start + number + 1 == len(pairs)
            sheet.put(number * 2 + 1, value, 1, max(width - number * 2 - 1, 1) if last else 1)
        sheet.row += 1
    print_header(sheet, way, len(project.rows))
    print_rows(sheet, project.rows, way)
    if way.ending:
        sheet.put(0, way.ending)
        sheet.row += 1
    sheet.row += way.gaps


def print_header(sheet: Sheet, way: Print, rows: int) -> None:
    """The header, nested where two value columns share a name."""
    left = int(way.side_label)
    deep = 2 if way.nested else 1
    if left:
        sheet.put(0, "绩效\n指标", rows + deep)
    sheet.put(left, "一级指标", deep)
    sheet.put(left + 1, "二级指标", deep)
    for number, name in enumerate(way.columns, left + 2):
        if way.nested and name in ("annual_value", "cycle_value"):
            continue
        sheet.put(number, way.names[name], deep)
    if way.nested:
        start = left + 2 + len(way.columns) - 2
        sheet.put(start, "绩效指标值", 1, 2)
        sheet.row += 1
        for number, name in enumerate(way.columns[-2:], start):
            sheet.put(number, way.names[name])
    sheet.row += 1


def print_rows(sheet: Sheet, rows: list[Row], way: Print, lost: bool = False) -> None:
    """The rows; ``lost`` leaves out the class labels of the first (they stand on the page before)."""
    left = int(way.side_label)
    for index, row in enumerate(rows):
        before = rows[index - 1] if index else None
        for column, name in enumerate(("level1", "level2"), left):
            _put_level(sheet, rows, index, column, name, way, before, lost)
        for column, name in enumerate(way.columns, left + 2):
            sheet.put(column, _cell(row, name, way))
        sheet.row += 1


def _put_level(
    sheet: Sheet,
    rows: list[Row],
    index: int,
    column: int,
    name: str,
    way: Print,
    before: Row | None,
    lost: bool,
) -> None:
    def key(row: Row) -> tuple[str, str]:
        return (row.level1, row.level2 if name == "level2" else "")

    row = rows[index]
    new = before is None or key(before) != key(row)
    if way.levels == "repeated":
        sheet.put(column, getattr(row, name))
    elif new:
        run = 1
        while index + run < len(rows) and key(rows[index + run]) == key(row):
            run += 1
        blank = lost and all(key(other) == key(row) for other in rows[: index + 1])
        sheet.put(column, "" if blank else getattr(row, name), run if way.levels == "merged" else 1)
    elif way.levels == "blank":
        sheet.put(column, "")


def _cell(row: Row, name: str, way: Print) -> str:
    if name == "level3":
        return row.level3
    if name == "operator":
        return row.operator
    if name == "value_unit":
        return row.unit
    if name in ("annual_value", "cycle_value"):
        return row.number if way.split_value else row.value
    return row.texts.get(name, "略")


def as_source(*grids: Grid, format_name: str = "xlsx") -> Source:
    return Source("甲.xlsx", format_name, list(grids))


def wrapped(text: str, width: int) -> list[str]:
    """A text as a column of that many characters prints it."""
    return [text[start : start + width] for start in range(0, len(text), width)] or [""]


def cut(texts: list[str], widths: list[int], lines: int) -> tuple[list[str], list[str]]:
    """A row that a page end cuts behind its first lines: what stands on either page."""
    parts = [wrapped(text, width) for text, width in zip(texts, widths, strict=True)]
    return ["\n".join(part[:lines]) for part in parts], ["\n".join(part[lines:]) for part in parts]


def put_row(sheet: Sheet, texts: list[str]) -> None:
    """A row of single cells."""
    for column, text in enumerate(texts):
        sheet.put(column, text)
    sheet.row += 1
