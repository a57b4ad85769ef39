"""Labels, headers and goals that a print parts, repeats or cuts off: read whole, or said to be cut."""

from __future__ import annotations

from pathlib import Path

import pytest

from perfgoals_lint.model import Document, Line, Location, Source, TextBlock
from perfgoals_lint.readers import read as read_file
from perfgoals_lint.tables.recognise import recognise
from tables.grid_reading import rows

TABLE = [["一级指标", "二级指标", "三级指标", "指标值"],
         ["产出指标", "数量指标", "维修灯杆", "48根"], ["产出指标", "质量指标", "亮灯率", "≥98%"],
         ["产出指标", "时效指标", "报修处理时长", "≤24小时"], ["效益指标", "社会效益指标", "照明覆盖村组", "≥12个"]]  # fmt: skip
TRUE = [(*row[:3], None, row[3]) for row in TABLE[1:]]


def _read(text: str) -> Document:
    lines = [Line(t, Location("a.txt", line=n)) for n, t in enumerate(text.splitlines(), 1)]
    return recognise(Source("a.txt", "text", [TextBlock(lines)]))


@pytest.mark.parametrize("between", ["\n", "\n\n"])
@pytest.mark.parametrize(
    ("label", "field"),
    [
        (["主管部门", "及代码"], "department"),
        (["主管部门", "及编码"], "department"),
        (["主管部门（单位）名称及", "部门预算编码"], "department"),
        (["年度目标", "和预期效果"], "annual_goal"),
    ],
)
def test_a_label_may_be_parted_where_a_word_joins_its_parts(
    between: str, label: list[str], field: str
) -> None:
    value = "梧桐县城市管理局" if field == "department" else "维修路灯48盏，保障夜间照明。"
    cells = ["项目名称", "路灯维修", *label, value, *(cell for row in TABLE for cell in row)]
    (table,) = _read(between.join(cells)).tables
    assert (table.project_name, getattr(table, field)) == ("路灯维修", value)
    assert rows(table) == TRUE


@pytest.mark.parametrize("points", ["分值 得分", "得分", "分值 得分 备注"])
@pytest.mark.parametrize(
    ("upper", "lower"), [("年度 实际", "指标值 完成值"), ("全年 实际", "目标值 完成值"), ("年度", "指标值")]
)
def test_names_of_a_header_may_go_on_in_the_line_below(upper: str, lower: str, points: str) -> None:
    actual, others = "实际" in upper, points.split()
    lines = ["项目名称 路灯维修", f"绩效指标 一级指标 二级指标 三级指标 {upper} {points}", lower]
    for row in TABLE[1:]:
        reached = ["达成预期"] if actual else []
        lines.append(" ".join([*row, *reached, *["5"] * min(len(others), 2)]))
    (table,) = _read("\n".join(lines)).tables
    assert rows(table) == TRUE


@pytest.mark.parametrize("label", ["项目主管部门", "项目主管单位"])
def test_a_label_at_the_begin_of_a_line_is_whole_where_nothing_parts_the_cells(label: str) -> None:
    lines = ["项目名称路灯更新补助资金", f"{label}梧桐县城市管理局", "绩效指标" + "".join(TABLE[0])]
    (table,) = _read("\n".join([*lines, *("".join(row) for row in TABLE[1:])])).tables
    assert (table.project_name, table.department) == ("路灯更新补助资金", "梧桐县城市管理局")


CYCLE, ANNUAL = "三年内更换全部路灯。", "本年更换路灯300盏。"


@pytest.mark.parametrize("name", ["表.txt", "表.csv"])
@pytest.mark.parametrize("over", ["总体目标", "绩效目标", "项目绩效目标"])
@pytest.mark.parametrize("labels", [("中期目标", "年度目标"), ("实施期目标", "2026年目标")])
def test_goals_stand_below_their_labels_behind_the_label_of_both(
    name: str, over: str, labels: tuple[str, str], tmp_path: Path
) -> None:
    mark = "," if name.endswith("csv") else " | "
    table = [["项目名称", "路灯更新"], [*labels], [over, CYCLE, ANNUAL], *TABLE]
    path = tmp_path / name
    path.write_text("\n".join(mark.join([*row, *[""] * (5 - len(row))]) for row in table), encoding="utf-8")
    (found,) = recognise(read_file(str(path))).tables
    assert (found.cycle_goal, found.annual_goal) == (CYCLE, ANNUAL)


@pytest.mark.parametrize("sign", ["≥", "≧", "<="])
def test_a_text_that_ends_with_a_sign_is_cut_off(sign: str) -> None:
    document = _read(
        "\n|\n".join([*["项目名称", "路灯维修", *(cell for row in TABLE for cell in row)][:-1], sign])
    )
    assert "PGX102" in [problem.code for problem in document.problems]


@pytest.mark.parametrize("shape", [" | ", "\t", " "])
def test_classes_in_traditional_characters_are_levels_in_text_too(shape: str) -> None:
    table = [["項目名稱", "路燈維修"], ["一級指標", "二級指標", "三級指標", "指標值"],
             ["產出指標", "數量指標", "維修燈桿", "48根"], ["質量指標", "亮燈率", "≥98%"],
             ["效益指標", "社會效益指標", "照明覆蓋村組", "≥12個"]]  # fmt: skip
    (found,) = _read("\n".join(shape.join(row) for row in table)).tables
    assert rows(found) == [
        ("產出指標", "數量指標", "維修燈桿", None, "48根"),
        ("產出指標", "質量指標", "亮燈率", None, "≥98%"),
        ("效益指標", "社會效益指標", "照明覆蓋村組", None, "≥12個"),
    ]


@pytest.mark.parametrize("part", ["归口科室", "业务科室"])
def test_a_part_of_a_body_gives_way_to_the_department(part: str) -> None:
    lines = [
        "项目名称 | 路灯更新",
        f"{part} | 市政科",
        "主管部门 | 梧桐县城市管理局",
        *(" | ".join(row) for row in TABLE),
    ]
    assert _read("\n".join(lines)).tables[0].department == "梧桐县城市管理局"
