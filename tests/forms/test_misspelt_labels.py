"""A form of which the labels that tell it are misspelt is a broken form, in every notation, and never passed over."""

from __future__ import annotations

import json
from itertools import product

import pytest
import yaml

from perfgoals_lint.model import Document, Line, Location, Source, TextBlock
from perfgoals_lint.tables.recognise import recognise

ROW = {"一级指标": "产出指标", "二级指标": "数量指标", "三级指标": "疏浚河道长度", "年度指标值": "≥12公里"}


def read(text: str, path: str) -> Document:
    lines = [Line(line, Location(path, line=number)) for number, line in enumerate(text.splitlines(), 1)]
    return recognise(Source(path, "text", [TextBlock(lines)]))


def form(top: str | None, name: str, rows: str) -> object:
    project = {
        name: "清溪镇河道疏浚",
        "单位名称": "清溪镇水务站",
        "绩效目标": "疏浚河道12公里。",
        rows: [ROW],
    }
    return project if top is None else {top: [project]}


@pytest.mark.parametrize("notation", ["yaml", "json"])
@pytest.mark.parametrize(
    ("top", "name", "rows"),
    list(product((None, "项目", "项木", "項目"), ("项目名称", "项目名枰"), ("绩效指标", "绩效旨标"))),
)
def test_each_misspelt_label_is_named(notation: str, top: str | None, name: str, rows: str) -> None:
    data = form(top, name, rows)
    text = (
        yaml.safe_dump(data, allow_unicode=True, sort_keys=False)
        if notation == "yaml"
        else json.dumps(data, ensure_ascii=False, indent=1)
    )
    document = read(text, f"表.{notation}")
    wrong = [key for key in (top, name, rows) if key not in (None, "项目", "项目名称", "绩效指标")]
    named = [problem.args["key"] for problem in document.problems if problem.code == "PGX111"]
    assert document.layout == "authoring"
    if top in (None, "项目"):
        assert sorted(named) == sorted(wrong)
    else:  # nothing below a key that is not known is read
        assert named == [top]


def test_a_misspelt_form_with_broken_syntax_is_named() -> None:
    text = '项木:\n  - 项目名枰: 清溪镇河道疏浚\n    单位名称: 水务站\n    绩效目标: "疏浚河道\n'
    assert [problem.code for problem in read(text, "表.yaml").problems] == ["PGX110"]


@pytest.mark.parametrize(
    "text",
    [
        "name: 检查\nsteps:\n  - run: echo\n",
        '{"版本": 1, "数据": [{"甲": 1, "乙": 2}]}',
        "单位名称: 水务站\n电话: 1\n",
    ],
)
def test_other_yaml_and_json_is_no_form(text: str) -> None:
    for ending in ("yaml", "json"):
        document = read(text, f"其他.{ending}")
        assert document.layout is None
        assert [problem.code for problem in document.problems] == ["PGX105"]
