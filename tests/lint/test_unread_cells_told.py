"""What is said of cells that were not read: where the first of them are, and how many have no place in it."""

from __future__ import annotations

import pytest

from perfgoals_lint import Content, Settings, check


@pytest.mark.parametrize(("cells", "left_out"), [(2, 0), (8, 0), (9, 1), (12, 4)])
@pytest.mark.parametrize(
    ("lang", "said"), [("zh", "另有 {} 处没有列出位置"), ("en", "the places of {} more")]
)
def test_places_that_are_left_out_are_counted(cells: int, left_out: int, lang: str, said: str) -> None:
    rows = "".join(f"产出指标,数量指标,检修第{n}段护栏,≥{n + 2}米,备{n}\n" for n in range(cells))
    text = f"项目支出绩效目标表,,,,\n项目名称,护栏检修,,,\n一级指标,二级指标,三级指标,年度指标值,\n{rows}"
    (result,) = check(Content("表.csv", text.encode()), Settings(lang=lang))
    (finding,) = [one for one in result.findings if one.rule == "PGX107"]
    assert len(finding.related) + left_out + 1 == cells
    assert (said.format(left_out) in finding.message) == bool(left_out)
    assert all(one.message in ("也未识别", "not read either") for one in finding.related)
