"""Writes the forms of ``rules/opinions/``: run it after a change here, or edit the forms in Word or Excel themselves."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from xlsxwriter import Workbook

FORMS = Path(__file__).parents[1] / "rules" / "opinions"
QUESTIONS = (
    ("完整性", "规范完整性"),
    ("完整性", "明确清晰性"),
    ("相关性", "目标相关性"),
    ("相关性", "指标科学性"),
    ("适当性", "绩效合理性"),
    ("适当性", "资金匹配性"),
    ("可行性", "实现可能性"),
    ("可行性", "条件充分性"),
)
GRADES = "□优    □良    □中    □差"


def new_document(*, landscape: bool = False) -> Any:
    document = Document()
    style = document.styles["Normal"]
    style.font.name, style.font.size = "SimSun", Pt(10.5)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), "宋体")
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    if landscape:
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Cm(29.7), Cm(21)
    section.left_margin = section.right_margin = Cm(2)
    section.top_margin = section.bottom_margin = Cm(2)
    properties = document.core_properties
    properties.created = properties.modified = datetime(2000, 1, 1)
    properties.author = properties.last_modified_by = "perfgoals-lint"
    return document


def title(document: Any, text: str) -> None:
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run(text)
    run.bold, run.font.size = True, Pt(16)


def table(document: Any, rows: list[list[str]], widths: list[float]) -> Any:
    made = document.add_table(rows=0, cols=len(widths))
    made.style, made.autofit = "Table Grid", False
    for column, width in zip(made.columns, widths, strict=True):
        column.width = Cm(width)  # Word goes by the cells, other programs by the columns
    for row in rows:
        cells = made.add_row().cells
        for cell, text, width in zip(cells, row, widths, strict=True):
            cell.text, cell.width = text, Cm(width)
    return made


def questions() -> None:
    document = new_document()
    document.add_paragraph("{{#项目}}")
    title(document, "项目支出绩效目标审核表")
    head = [
        ["项目名称", "{{项目名称}}", "项目编码", "{{项目编码}}"],
        ["申报单位", "{{单位}}", "预算金额（万元）", "{{预算金额}}"],
        ["文件", "{{文件}}", "规则版本", "{{规则版本}}"],
    ]
    table(document, head, [2.6, 7.2, 3.2, 4.0])
    document.add_paragraph()
    rows = [["审核内容", "审核要点", "审核意见（自动检查的初步意见，请审核人核定）", "审核结果"]]
    rows += [[block, name, "{{" + name + "}}", ""] for block, name in QUESTIONS]
    made = table(document, rows, [2.0, 2.6, 10.0, 2.4])
    for first in range(1, len(rows), 2):
        merged = made.cell(first, 0).merge(made.cell(first + 1, 0))
        merged.text = rows[first][0]
    rest = [["总体意见", ""], ["审核等级", GRADES], ["审核人（签章）", ""], ["审核日期", ""]]
    table(document, rest, [4.6, 12.4])
    document.add_page_break()
    document.add_paragraph("{{/项目}}")
    document.save(str(FORMS / "questions.docx"))


def letter() -> None:
    document = new_document(landscape=True)
    title(document, "绩效目标审核意见")
    document.add_paragraph("{{单位}}：")
    document.add_paragraph(
        "你单位报送的绩效目标表（{{项目数}} 个项目，预算合计 {{预算金额}} 万元）经自动检查，有以下 {{问题数}} 处问题需要"
        "核实。请逐条修改后再次报送；不改的，在“单位反馈”栏写“有理由不改”或“不是问题”，并写明理由，连同本函一并送回。"
    )
    columns = ["序号", "项目", "位置", "问题", "建议", "依据", "单位反馈", "复核"]
    row = [
        "{{问题.序号}}",
        "{{问题.项目}}",
        "{{问题.位置}}",
        "【{{问题.级别}}】{{问题.问题}}",
        "{{问题.建议}}",
        "{{问题.依据}}",
        "",
        "",
    ]
    table(document, [columns, row], [1.1, 3.6, 2.8, 6.0, 5.2, 3.2, 2.4, 1.5])
    document.add_paragraph()
    document.add_paragraph("审核结论：" + GRADES)
    document.add_paragraph("审核人（签章）：                    日期：")
    document.add_paragraph("规则版本：{{规则版本}}")
    document.save(str(FORMS / "letter.docx"))


LINES = [
    "项目编码",
    "项目名称",
    "单位",
    "完整性审核",
    "可测性审核",
    "可行性审核",
    "初审小结",
    "审核人",
    "审核日期",
]
LINE_ROW = [
    "{{项目.项目编码}}",
    "{{项目.项目名称}}",
    "{{项目.单位}}",
    "{{项目.完整性审核}}",
    "{{项目.可测性审核}}",
    "{{项目.可行性审核}}",
    "{{项目.小结}}",
    "",
    "",
]


def lines() -> None:
    document = new_document(landscape=True)
    title(document, "绩效目标审核意见一览表")
    table(document, [LINES, LINE_ROW], [2.2, 2.8, 2.4, 5.0, 5.0, 5.0, 2.6, 1.4, 1.4])
    document.add_paragraph("规则版本：{{规则版本}}")
    document.save(str(FORMS / "lines.docx"))
    book = Workbook(str(FORMS / "lines.xlsx"))
    book.set_properties({"created": datetime(2000, 1, 1), "author": "perfgoals-lint"})
    sheet = book.add_worksheet("审核意见")
    head = book.add_format(
        {
            "bold": True,
            "border": 1,
            "bg_color": "#D9D9D9",
            "align": "center",
            "valign": "vcenter",
            "text_wrap": True,
        }
    )
    body = book.add_format({"border": 1, "valign": "top", "text_wrap": True})
    big = book.add_format({"bold": True, "font_size": 16, "align": "center"})
    sheet.merge_range(0, 0, 0, len(LINES) - 1, "绩效目标审核意见一览表", big)
    for column, (name, value, width) in enumerate(
        zip(LINES, LINE_ROW, [16, 22, 20, 46, 46, 46, 24, 10, 12], strict=True)
    ):
        sheet.set_column(column, column, width)
        sheet.write_string(1, column, name, head)
        sheet.write(2, column, value or None, body)
    sheet.merge_range(3, 0, 3, len(LINES) - 1, "规则版本：{{规则版本}}")
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.freeze_panes(2, 0)
    book.close()


if __name__ == "__main__":
    FORMS.mkdir(exist_ok=True)
    questions()
    letter()
    lines()
    sys.exit(0)
