"""Text of a workbook that looks deleted or is not seen is read as any other, and the report says where it is."""

from __future__ import annotations

import io
import zipfile
from itertools import product

import pytest

from perfgoals_lint.readers.limits import Limits
from perfgoals_lint.readers.package import Package
from perfgoals_lint.readers.xlsx import read_xlsx

FONTS = {
    "plain": ("", False),
    "struck": ("<strike/>", True),
    "struck by value": ('<strike val="1"/>', True),
    "not struck": ('<strike val="0"/>', False),
    "white": ('<color rgb="FFFFFFFF"/>', True),
    "white by theme": ('<color theme="0"/>', True),
    "shaded theme": ('<color theme="0" tint="-0.5"/>', False),
    "red": ('<color rgb="FFFF0000"/>', False),
}
FILLS = ("none", "solid")


@pytest.mark.parametrize(("font", "fill"), list(product(FONTS, FILLS)))
def test_a_cell_is_named_by_how_it_looks(font: str, fill: str) -> None:
    mark, faint = FONTS[font]
    content = {
        "xl/workbook.xml": '<workbook xmlns="M"><sheets><sheet name="表" r:id="r1" xmlns:r="R"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": '<Relationships xmlns="P"><Relationship Id="r1" Type="R/worksheet" Target="s.xml"/>'
        '<Relationship Id="r2" Type="R/styles" Target="styles.xml"/></Relationships>',
        "xl/s.xml": '<worksheet xmlns="M"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>甲</t></is></c>'
        '<c r="B1" s="1" t="inlineStr"><is><t>乙</t></is></c></row></sheetData></worksheet>',
        "xl/styles.xml": f'<styleSheet xmlns="M"><fonts><font/><font>{mark}</font></fonts><fills><fill>'
        f'<patternFill patternType="none"/></fill><fill><patternFill patternType="{fill}"/></fill></fills>'
        '<cellXfs><xf/><xf fontId="1" fillId="1"/></cellXfs></styleSheet>',
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, text in content.items():
            spaces = {
                '"M"': "spreadsheetml/2006/main",
                '"R': "officeDocument/2006/relationships",
                '"P"': "package/2006/relationships",
            }
            for short, space in spaces.items():
                whole = f'"http://schemas.openxmlformats.org/{space}'
                text = text.replace(short, whole + ('"' if short[-1] == '"' else ""))
            archive.writestr(name, text)
    source = read_xlsx(Package(buffer, Limits()), "表.xlsx", Limits())
    said = [problem.args["cells"] for problem in source.problems if problem.code == "PGX136"]
    assert said == (["B1"] if faint and (fill == "none" or "struck" in font) else [])
