"""The HTML report of ten thousand findings and projects in a real browser: what is drawn does not grow with it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import browsing
from browsing import all_of, one, wait
from cli.commands import run
from reports.samples import operator, render, report, text_info
from reports.test_html_browser import opened, shown

pytestmark = pytest.mark.skipif(bool(browsing.REASON), reason=browsing.REASON)


def test_ten_thousand_findings_are_a_few_elements(browser: Any, tmp_path: Path) -> None:
    path = tmp_path / "o.html"
    many = [operator("zh", fingerprint=f"f{number}", message=f"第{number}个问题") for number in range(10_000)]
    path.write_text(render("html", report("zh", many, [text_info("zh")])), encoding="utf-8")
    opened(browser, path)
    assert shown(browser) == 10_000
    for part in (0.3, 0.7, 1):
        browser.execute_script(f"report.list.element.scrollTop = report.list.element.scrollHeight * {part}")
        wait(lambda: not all_of(browser, "#row0"))
        assert len(all_of(browser, ".row")) < 60
    assert wait(lambda: all_of(browser, "#row9999"))


JUMP = """
    const [part, done] = arguments;
    const { element } = report.list;
    element.scrollTop = part * element.scrollHeight;
    requestAnimationFrame(() => requestAnimationFrame(done));
"""


def test_scrolling_through_ten_thousand_findings_takes_no_pause(browser: Any, tmp_path: Path) -> None:
    """Every jump draws all rows in sight anew. What the page's thread works for one is processor time, so that a busy
    machine changes nothing; the usual one takes about a tenth of what is allowed."""
    path = tmp_path / "o.html"
    many = [operator("zh", fingerprint=f"f{number}", message=f"第{number}个问题") for number in range(10_000)]
    path.write_text(render("html", report("zh", many, [text_info("zh")])), encoding="utf-8")
    opened(browser, path)
    browser.execute_cdp_cmd("Performance.enable", {"timeDomain": "threadTicks"})

    def worked() -> float:
        told = browser.execute_cdp_cmd("Performance.getMetrics", {})["metrics"]
        return next(float(one["value"]) for one in told if one["name"] == "TaskDuration")

    taken = []
    for number in range(21):
        before = worked()
        browser.execute_async_script(JUMP, number * 8 % 21 / 21)
        taken.append(worked() - before)
    browser.execute_cdp_cmd("Performance.disable", {})
    assert sorted(taken)[len(taken) // 2] < 0.1


WORK = """
    const done = arguments[0];
    const { list, table } = report;
    const drawn = { row: 0, cells: 0, nodes: 0 };
    let rows = 0;
    const count = (changes) => {
      for (const { addedNodes } of changes) rows += [...addedNodes].filter((node) => node.matches?.(".row")).length;
    };
    const observer = new MutationObserver(count);
    observer.observe(list.element, { subtree: true, childList: true });
    const told = () => {
      count(observer.takeRecords());
      drawn.row = Math.max(drawn.row, rows);
      drawn.cells = Math.max(drawn.cells, table.element.querySelectorAll("td, th").length);
      drawn.nodes = Math.max(drawn.nodes, document.querySelectorAll("#app *").length);
      rows = 0;
    };
    let step = 0;
    const next = () => {
      told();
      if (step++ === 40) return done(drawn);
      if (step % 2) list.element.scrollTop = (step / 40) * list.element.scrollHeight;
      else report.choose(Math.floor((step / 41) * list.rows.length));
      return requestAnimationFrame(() => requestAnimationFrame(next));
    };
    next();
"""


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report on a list of several hundred projects in one sheet."""
    import openpyxl

    home = tmp_path_factory.mktemp("large")
    book = openpyxl.Workbook()
    book.active.append(["项目支出绩效目标表"])
    book.active.append(["部门名称:云溪县水务局"])
    book.active.append(["项目名称", "总计", "财政拨款", "其他资金", "绩效目标", "绩效指标"])
    for number in range(400):
        indicators = "1、产出指标:清淤河段数,年度指标值:不少于3。2、效益指标:排涝能力,年度指标值:较高。"
        book.active.append(
            [f"河道清淤第{number}段", 50 + number, 40, 9, f"清淤第{number}段河道。", indicators]
        )
    book.save(home / "a.xlsx")
    done = run("check", "a.xlsx", "-o", "html=o.html", "--exit-zero", cwd=home)
    assert (home / "o.html").is_file(), done.stderr.decode()
    return home / "o.html"


def test_what_is_drawn_for_a_step_does_not_grow_with_the_report(browser: Any, large: Path) -> None:
    opened(browser, large)
    browser.execute_script("arguments[0].click()", one(browser, "#fold"))
    assert browser.execute_script("return report.list.rows.length") > 1000
    assert browser.execute_script("return report.data.grids[0].c.length") > 2000
    drawn = browser.execute_async_script(WORK)
    assert 0 < drawn["row"] < 60
    assert 100 < drawn["cells"] < 1000
    assert drawn["nodes"] < 3000


def test_rows_that_are_left_out_of_a_large_table_are_shown_when_asked_for(browser: Any, large: Path) -> None:
    opened(browser, large)
    every = browser.execute_script("return report.data.grids[0].c.length")
    assert len(all_of(browser, ".table [data-cell]")) < every
    told = browser.execute_script("return report.finding.id")
    browser.execute_script("arguments[0].click()", one(browser, ".table > button"))
    assert len(all_of(browser, ".table [data-cell]")) == every
    assert not all_of(browser, ".table > button")
    assert browser.execute_script("return report.finding.id") == told
    assert len(all_of(browser, ".table .current")) == 1


def test_ten_thousand_projects_are_a_few_elements(browser: Any, tmp_path: Path) -> None:
    path = tmp_path / "o.html"
    many = [
        operator(
            "zh",
            fingerprint=f"f{number}",
            project_name=f"项目{number}",
            unit=f"单位{number // 50}",
            table_index=number,
        )
        for number in range(10_000)
    ]
    path.write_text(render("html", report("zh", many, [text_info("zh")])), encoding="utf-8")
    opened(browser, path)
    rows = browser.execute_script("return report.projectList.rows.length")
    assert rows == 1 + 200 + 10_000
    browser.execute_script("report.projectList.element.scrollTop = 1e9")
    wait(lambda: all_of(browser, f"#project{rows - 1}"))
    assert len(all_of(browser, ".projects .row")) < 80
    browser.execute_script("arguments[0].click()", one(browser, f"#project{rows - 1}"))
    assert shown(browser) == 1
    assert browser.execute_script("return report.finding.p") == "项目9999"
    assert one(browser, ".projects [aria-selected=true]").text.startswith("项目9999")
