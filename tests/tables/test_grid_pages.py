"""Forms that go on: over pages and sheets, with prose between, with heads and rows printed again or cut."""

from __future__ import annotations

import pytest

from tables.grid_drawing import draw, prose
from tables.grid_reading import only, read, rows


def test_projects_with_prose_between() -> None:
    table = "|一级指标|二级指标|三级指标|指标值|\n|产出指标|数量指标|{}|≥10处|"
    document = read(
        prose("一、基本情况", "（一）球场翻新项目", "本项目用于翻新，分两期实施。"),
        draw(table.format("球场"), sheet=None, table=1),
        prose("项目名称：路灯更换"),
        draw(table.format("路灯"), sheet=None, table=2),
        format_name="docx",
    )
    assert [t.project_name for t in document.tables] == ["球场翻新项目", "路灯更换"]
    assert [len(t.indicators) for t in document.tables] == [1, 1]


def test_a_sheet_that_goes_on_and_a_foreign_one() -> None:
    table = only(
        draw("""
        |项目名称|桥涵检测|<|<|
        |一级指标|二级指标|三级指标|指标值|
        |产出指标|数量指标|检测桥涵|≥10座|
        """),
        draw(
            """
        ||时效指标|完成时间|12月底|
        |效益指标|社会效益指标|受益村|8个|
        """.replace("||时效指标", "| |时效指标"),
            sheet="续表",
        ),
        draw(
            """
        |收入预算表|<|<|<|
        |科目|名称|金额|备注|
        |201|一般收入|100|无|
        """,
            sheet="收入",
        ),
    )
    assert [i.level3 for i in table.indicators] == ["检测桥涵", "完成时间", "受益村"]
    assert table.indicators[1].level1 == "产出指标"


def test_row_and_label_cut_by_a_page_end() -> None:
    table = only(
        draw(
            """
        |项目名称|<|林道养护|<|
        |一级指标|二级指标|三级指标|指标值|
        |产出指标|数量指标|养护林道|≥90公|
        """,
            page=1,
        ),
        draw(
            """
        |一级指标|二级指标|三级指标|指标值|
        | | | |里|
        |满意度指|服务对象满|林场职工满意度|≥90%|
        """,
            page=2,
        ),
        draw(
            """
        |标|意度指标| | |
        """,
            page=3,
        ),
        format_name="pdf",
    )
    assert rows(table) == [
        ("产出指标", "数量指标", "养护林道", None, "≥90公里"),
        ("满意度指标", "服务对象满意度指标", "林场职工满意度", None, "≥90%"),
    ]


def test_goal_that_goes_on_on_the_next_page() -> None:
    table = only(
        draw(
            """
        |项目名称|档案整理|
        |年度目标|一、整理档案900卷；二、|
        """,
            page=1,
        ),
        draw(
            """
        | |数字化300卷。|
        |一级指标|指标值|
        """,
            page=2,
        ),
        draw(
            """
        |一级指标|二级指标|三级指标|指标值|
        |产出指标|数量指标|整理档案|900卷|
        """,
            page=3,
        ),
        format_name="pdf",
    )
    assert table.annual_goal is not None
    assert table.annual_goal.replace("\n", "") == "一、整理档案900卷；二、数字化300卷。"


def test_a_name_and_a_value_cut_in_columns_that_break_their_lines() -> None:
    first = """
        |项目名称|<|校舍加固|<|
        |一级指标|二级指标|三级指标|指标值|
        |产出指标|数量指标|加固校舍及附/属用房栋数|一期不少/于9栋|
        |^|质量指标|加固后校舍安|一次验收|
        """
    table = only(draw(first, page=1), draw("| | |全等级|合格|", page=2), format_name="pdf")
    assert [(i.level3, i.annual_value) for i in table.indicators] == [
        ("加固校舍及附属用房栋数", "一期不少于9栋"),
        ("加固后校舍安全等级", "一次验收合格"),
    ]


def test_a_row_of_its_own_at_the_top_of_a_page() -> None:
    first = """
        |项目名称|<|校舍加固|<|
        |一级指标|二级指标|三级指标|指标值|
        |产出指标|数量指标|加固校舍及附/属用房栋数|≥9栋|
        |^|质量指标|合格率|100%|
        """
    table = only(draw(first, page=1), draw("| | |抗震等级达标率| |", page=2), format_name="pdf")
    assert [(i.level2, i.level3, i.annual_value) for i in table.indicators][2] == (
        "质量指标",
        "抗震等级达标率",
        None,
    )


def test_title_and_header_printed_again_on_the_next_page() -> None:
    first = """
        |项目支出绩效目标表|<|<|<|
        |项目名称|<|粮仓防潮|<|
        |一级指标|二级指标|三级指标|指标值|
        |产出指标|数量指标|防潮粮仓|≥9座|
        """
    rest = """
        |项目支出绩效目标表|<|<|<|
        |一级指标|二级指标|三级指标|指标值|
        |产出指标|质量指标|合格率|100%|
        """
    table = only(draw(first, page=1), draw(rest, page=2), format_name="pdf")
    assert [i.level3 for i in table.indicators] == ["防潮粮仓", "合格率"]


def test_head_of_a_form_printed_again_on_the_next_page() -> None:
    page = """
        |项目名称|<|粮仓防潮|<|
        |主管部门|<|粮食局|<|
        |一级指标|二级指标|三级指标|指标值|
        |产出指标|{}|≥9座|
        """
    pages = [
        draw(page.format(row), page=number)
        for number, row in enumerate(("数量指标|粮仓", "质量指标|修缮"), 1)
    ]
    table = only(*pages, format_name="pdf")
    assert [i.level3 for i in table.indicators] == ["粮仓", "修缮"]
    same = [draw(page.format("数量指标|粮仓"), sheet=name) for name in ("甲", "乙")]
    assert len(read(*same).tables) == 2


CUT = """
    |项目名称|堤岸护砌|<|<|<|
    |年度资金总额（万元）|60|<|<|<|
    |年度目标|护砌堤岸3公里，保障两岸安全|<|<|<|
    |绩效指标|一级指标|二级指标|三级指标|指标值|
    ||产出指标|数量指标|护砌长度|≥3公里|
    ||产出指标|质量指标|护砌验收合格率|≥95%|
    ||产出指标|时效指标|护砌完工时间|2026年10月|
    ||效益指标|社会效益指标|受益村民|≥800人|
    ||满意度指标|服务对象满意度指标|村民满意度|≥90%|
    """


@pytest.mark.parametrize("carrier", ["sheets", "tables"])
@pytest.mark.parametrize("at", range(5, 9))
@pytest.mark.parametrize(
    "between", [(), ("（续表）",), ("第 1 页 共 2 页",)], ids=["close", "named", "numbered"]
)
@pytest.mark.parametrize("again", [False, True], ids=["bare", "headed"])
def test_a_form_cut_in_two_is_read_as_the_whole(
    carrier: str, at: int, between: tuple[str, ...], again: bool
) -> None:
    """Wherever it is cut; the column beside the rows, blank in the second part, stays where it was."""
    lines = CUT.strip().splitlines()
    parts = lines[:at], [*(lines[3:4] if again else []), *lines[at:]]
    grids = [
        draw("\n".join(part), **({"sheet": f"表{n}"} if carrier == "sheets" else {"sheet": None, "table": n}))
        for n, part in enumerate(parts, 1)
    ]
    text = [prose(*between)] if between else []
    table, whole = only(grids[0], *text, grids[1]), only(draw(CUT))
    assert rows(table) == rows(whole)
    assert (table.annual_goal, table.unread) == (whole.annual_goal, [])
