"""The HTML report in a real browser, skipped where there is none."""

from __future__ import annotations

import base64
import shutil
from pathlib import Path
from typing import Any

import pytest

import browsing
from browsing import all_of, one, wait
from cli.commands import EXAMPLES, findings, run
from reports.samples import operator, render, report, text_info

pytestmark = pytest.mark.skipif(bool(browsing.REASON), reason=browsing.REASON)


def opened(browser: Any, path: Path, address: str = "") -> Any:
    """The browser with the page open and its scripts run; nothing was refused or failed."""
    browser.get("about:blank")
    browser.get_log("browser")
    browser.get(path.as_uri() + address)
    wait(lambda: browser.execute_script("return Boolean(globalThis.report)"))
    assert browser.get_log("browser") == []
    return browser


def press(browser: Any, keys: str) -> None:
    """Press keys that go to no field."""
    browser.execute_script("document.activeElement.blur()")
    one(browser, "body").send_keys(keys)


def shown(browser: Any) -> int:
    """How many findings are listed."""
    return int("".join(filter(str.isdigit, one(browser, ".count").text)))


def test_the_page_opens_and_the_plain_list_gives_way(browser: Any, page: Path) -> None:
    opened(browser, page)
    assert not one(browser, "#plain").is_displayed()
    assert shown(browser) > 50
    assert "必须修改" in one(browser, ".bar").text
    assert all_of(browser, ".table td.marked.current")


def test_filters_leave_what_fits(browser: Any, page: Path) -> None:
    opened(browser, page)
    every = shown(browser)
    one(browser, ".toggle.info").click()
    fewer = shown(browser)
    assert 0 < fewer < every
    assert one(browser, ".toggle.info").get_attribute("aria-pressed") == "false"
    one(browser, "#search").send_keys("没有这样的问题")
    assert shown(browser) == 0
    assert "没有符合条件的问题" in one(browser, ".side").text
    one(browser, "#search").clear()
    browser.execute_script("report.change({ q: '', rule: 'PGK603' })")
    assert {row.text.split("\n")[0][:1] for row in all_of(browser, ".side .row")} == {"●"}
    assert shown(browser) == browser.execute_script(
        "return report.data.findings.filter((f) => f.c === 'PGK603').length"
    )


def test_keys_go_through_the_findings(browser: Any, page: Path) -> None:
    opened(browser, page)
    one(browser, "#fold").click()
    first = browser.execute_script("return report.finding.id")
    press(browser, "j")
    second = browser.execute_script("return report.finding.id")
    assert second != first
    assert second in browser.current_url
    press(browser, "k")
    assert browser.execute_script("return report.finding.id") == first


def test_a_link_leads_to_a_finding(browser: Any, page: Path) -> None:
    opened(browser, page)
    told = browser.execute_script("return report.data.findings.findLast((f) => f.x && f.q)")
    opened(browser, page, f"#finding={told['id']}")
    assert told["m"] in one(browser, ".detail").text
    cell = one(browser, ".current")
    assert cell.is_displayed()
    assert "".join(told["q"].split())[:5] in "".join(cell.text.split())


def test_a_mark_leads_to_its_finding(browser: Any, page: Path) -> None:
    opened(browser, page)
    mark = all_of(browser, ".table .mark")[-1]
    browser.execute_script("arguments[0].click()", mark)
    cell = mark.find_element("xpath", "..")
    assert "current" in cell.get_attribute("class")
    message = browser.execute_script("return report.finding.m")
    assert message in one(browser, ".detail").text


def test_equal_findings_are_one_until_opened(browser: Any, page: Path) -> None:
    opened(browser, page)
    rows = browser.execute_script("return report.list.rows.map((row) => row.count)")
    number = next(number for number, count in enumerate(rows) if count > 1 and number > 0)
    browser.execute_script(f"report.choose({number})")
    assert browser.execute_script("return report.list.rows.length") == len(rows) + rows[number] - 1


def test_what_is_justified_becomes_an_exception_that_holds(browser: Any, tmp_path: Path) -> None:
    table = tmp_path / "a.txt"
    table.write_bytes((EXAMPLES / "project-list-agriculture.txt").read_bytes())
    path = tmp_path / "o.html"
    run("check", "a.txt", "-o", "html=o.html", cwd=tmp_path)
    opened(browser, path)
    browser.execute_script("report.select(report.data.findings.find((f) => f.p && f.i && f.q))")
    excepted = browser.execute_script("return report.finding.id")
    one(browser, "#export_yaml").click()
    assert "还没有" in one(browser, ".status").text
    one(browser, "#state option[value=reasoned]").click()
    one(browser, "#export_yaml").click()
    assert "说明" in one(browser, ".status").text
    one(browser, "#remark").send_keys('局里同意: "保留" # 原样')
    one(browser, ".message").click()
    one(browser, "#export_yaml").click()
    assert "批准人" in one(browser, ".status").text
    one(browser, "#person").send_keys("王科长")
    one(browser, "#export_yaml").click()
    made = browser.downloads / "perfgoals-exceptions.yaml"
    wait(made.is_file)
    shutil.move(made, tmp_path / made.name)
    told = findings(table)
    aside = [finding for finding in told if finding["suppressed"]]
    assert excepted in [finding["fingerprint"] for finding in aside]
    assert "局里同意" in aside[0]["suppressed"]["reason"]
    opened(browser, path)
    assert (
        browser.execute_script("return report.remarks.of({ id: arguments[0] }).state", excepted) == "reasoned"
    )


def test_states_are_exported_as_a_table_without_formulas(browser: Any, tmp_path: Path) -> None:
    path = tmp_path / "o.html"
    hostile = operator("zh", project_name="=HYPERLINK(1)", message='引号"，逗号,')
    path.write_text(render("html", report("zh", [hostile], [text_info("zh")])), encoding="utf-8")
    opened(browser, path)
    one(browser, "#export_csv").click()
    made = browser.downloads / "perfgoals.csv"
    wait(made.is_file)
    text = made.read_text(encoding="utf-8")
    assert text.startswith("\ufeff级别,")
    assert '"\'=HYPERLINK(1)"' in text
    assert '"引号""，逗号,"' in text


@pytest.mark.parametrize(
    "text", ["<img src=x onerror=alert(1)>", "</script><script>alert(1)</script>", "__proto__"]
)
def test_hostile_text_is_shown_as_text(browser: Any, tmp_path: Path, text: str) -> None:
    path = tmp_path / "o.html"
    hostile = operator(
        "zh", message=text, project_name=text, unit=text, document=text, advice=text, quote=text
    )
    path.write_text(render("html", report("zh", [hostile], [text_info("zh")])), encoding="utf-8")
    opened(browser, path)
    assert text in one(browser, ".detail").text
    assert not all_of(browser, "img")
    assert len(all_of(browser, "script")) == 2


MERGED = """
    let seed = 5;
    const random = (n) => (seed = (seed * 16807) % 2147483647) % n;
    const { data, table } = report;
    const wrong = [];
    for (let trial = 0; trial < 12; trial++) {
      const [rows, columns] = [300 + random(200), 3 + random(5)];
      const cells = [];
      const until = Array(columns).fill(0);
      for (let row = 0; row < rows; row++) {
        for (let column = 0; column < columns; column++) {
          if (row < until[column]) continue;
          const span = column && random(3) ? 1 : Math.min(1 + random(60), rows - row);
          until[column] = row + span;
          cells.push([row, column, span, 1, `${row},${column}`]);
        }
      }
      while (cells.length <= 800) cells.push([rows + cells.length, 0, 1, 1, ""]);
      const grid = data.grids.push({ n: "", c: cells, l: 0 }) - 1;
      const number = data.tables.push({ f: 0, p: "", u: "", g: [grid], r: [random(4), rows] }) - 1;
      for (let one = 0; one < 12; one++) {
        const x = [grid, random(cells.length)];
        table.show(number, { x, m: "", d: [] });
        if (!table.shown.has(x.join())) wrong.push(["not shown", x]);
        const taken = new Set();
        [...table.element.querySelectorAll("tr")].forEach((tr, row) => {
          let column = 0;
          for (const td of tr.cells) {
            while (taken.has(`${row},${column}`)) column++;
            for (let down = 0; down < td.rowSpan; down++) taken.add(`${row + down},${column}`);
            const [, at] = cells[td.dataset.cell.split(",")[1]];
            if (at !== column) wrong.push([td.textContent, column]);
          }
        });
      }
    }
    return wrong;
"""


def test_cells_of_a_part_of_a_table_keep_their_columns(browser: Any, page: Path) -> None:
    """Merged cells that begin above the rows that are shown reach into them."""
    opened(browser, page)
    assert browser.execute_script(MERGED) == []


def test_projects_are_gone_through_with_the_arrows(browser: Any, page: Path) -> None:
    opened(browser, page)
    listed = one(browser, ".projects .list")
    listed.send_keys("\ue015")
    first = browser.execute_script("return report.choice.project")
    listed.send_keys("\ue015")
    second = browser.execute_script("return report.choice.project")
    assert first != second
    assert shown(browser) == browser.execute_script(
        "return report.data.findings.filter((f) => String(f.t) === arguments[0]).length", second
    )
    listed.send_keys("\ue013")
    assert browser.execute_script("return report.choice.project") == first


def test_the_numbers_of_a_calculation_are_marked_in_the_table(browser: Any, page: Path) -> None:
    opened(browser, page)
    script = """
        const marked = () => [...document.querySelectorAll(".table mark.term")].map((mark) => mark.textContent);
        const plain = (number) => String(Number(number.replaceAll(",", "")));
        const told = [];
        for (const finding of report.data.findings.filter((one) => one.e && one.x)) {
          const before = document.querySelector(".table").textContent;
          report.select(finding);
          const said = [...document.querySelectorAll("#detail mark.term")].map((mark) => plain(mark.textContent));
          told.push([finding.e, marked().map(plain), said]);
        }
        report.showTable(0);
        return [told, marked()];
    """
    told, left = browser.execute_script(script)
    assert left == []
    assert sum(bool(numbers) for _, numbers, _ in told) > 5
    for expression, in_table, in_detail in told:
        assert set(in_table) == set(in_detail)
        assert all(number in expression.replace(",", "") for number in in_table)


def test_it_prints_as_a_list_on_a4(browser: Any, page: Path) -> None:
    opened(browser, page)
    told = browser.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True})
    content = base64.b64decode(told["data"])
    import pypdfium2

    with pypdfium2.PdfDocument(content) as printed:
        sizes = {tuple(round(side) for side in one_page.get_size()) for one_page in printed}
        assert len(printed) > 2
    assert sizes == {(595, 842)}


def test_without_scripts_every_finding_can_be_read(browser: Any, page: Path, tmp_path: Path) -> None:
    text = page.read_text(encoding="utf-8")
    bare = tmp_path / "bare.html"
    bare.write_text(text.replace('<script type="module">', '<script type="text/plain">'), encoding="utf-8")
    browser.get(bare.as_uri())
    listed = len(all_of(browser, "#plain .found > li"))
    assert one(browser, "#plain").is_displayed()
    opened(browser, page)
    assert listed == shown(browser)


def test_a_browser_that_cannot_unpack_says_so_and_shows_the_list(browser: Any, page: Path) -> None:
    source = "delete globalThis.DecompressionStream"
    added = browser.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": source})
    try:
        browser.get("about:blank")
        browser.get(page.as_uri())
        wait(lambda: one(browser, "#old").is_displayed())
        assert one(browser, "#plain").is_displayed()
        assert not one(browser, "#app").is_displayed()
    finally:
        browser.execute_cdp_cmd("Page.removeScriptToEvaluateOnNewDocument", added)


def test_accessibility(browser: Any, page: Path) -> None:
    for address in ("", "#project=0"):
        opened(browser, page, address)
        assert browsing.violations(browser) == []
