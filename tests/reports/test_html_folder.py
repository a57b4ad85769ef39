"""The report as a folder: an index of all files, pages of some, every finding on one of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

import browsing
from browsing import all_of, one, wait
from cli.commands import EXAMPLES, error_line, run
from perfgoals_lint.files.blocks import Blocks
from perfgoals_lint.lint.outcome import DocumentInfo
from perfgoals_lint.reports.html_folder import write_folder
from perfgoals_lint.reports.run import Options
from reports.page_helpers import data_of
from reports.samples import operator, report

TABLE = "项目名称,一级指标,二级指标,三级指标,年度指标值\n渡口{0},产出指标,数量指标,修缮泊位,≧{0}个\n渡口{0},满意度指标,服务对象满意度指标,乘客满意度,≥90%\n"


def written(folder: Path, files: int, findings: int, late: int = 0) -> None:
    """A folder for a made-up run over many files."""
    documents = [
        DocumentInfo(f"单位{number // 10}/表 {number}&.xlsx", "xlsx", tables=1) for number in range(files)
    ]
    found = [
        operator(
            "zh",
            document=document.path,
            fingerprint=f"{number}-{again}",
            message=f"第{again}处",
            table_index=0,
        )
        for number, document in enumerate(documents)
        for again in range(findings)
    ]
    found += [
        operator("zh", document=documents[number].path, fingerprint=f"late{number}", message="跨文件")
        for number in range(late)
    ]
    by_path = {document.path: document for document in documents}
    for finding in found:
        document = by_path[finding.document]
        setattr(document, finding.severity, getattr(document, finding.severity) + 1)
    made = report("zh", found, documents)
    made.findings = Blocks(found)
    write_folder(made, f"{folder}/", Options())


def links(index: str) -> list[tuple[str, str, str]]:
    """The page, the file it is to show, and the file that is named, of every line of an index."""
    found = re.findall(r'<li data-n="\d+"><a href="([^"#]+)#file=([^"]*)">([^<]*)</a>', index)
    return [(page, unquote(file), unescape(name)) for page, file, name in found]


@pytest.mark.parametrize(("files", "findings", "late"), [(1, 0, 0), (250, 1, 0), (250, 2, 7), (30, 300, 1)])
def test_every_finding_is_on_a_page_and_every_file_in_the_index(
    tmp_path: Path, files: int, findings: int, late: int
) -> None:
    written(tmp_path / "报告", files, findings, late)
    told = links((tmp_path / "报告" / "index.html").read_text(encoding="utf-8"))
    assert [name for _, _, name in told] == [
        f"单位{number // 10}/表 {number}&.xlsx" for number in range(files)
    ]
    assert all(file == name for _, file, name in told)
    pages = {path.name: data_of(path.read_text("utf-8")) for path in (tmp_path / "报告").glob("0*.html")}
    for page, file, _ in told:
        assert file in pages[page]["files"]
    ids = Counter(finding["id"] for data in pages.values() for finding in data["findings"])
    assert len(ids) == files * findings + late
    assert set(ids.values()) <= {1}
    index = (tmp_path / "报告" / "index.html").read_text(encoding="utf-8")
    assert len(re.findall(r'<a href="(\d+\.html)#file=[^"]*">与其他文件比较', index)) == late
    assert set(re.findall(r'<a href="(\d+\.html)#', index)) == set(pages)
    assert all(len(data["tables"]) <= 200 for data in pages.values())


def test_a_run_writes_it_and_writes_it_anew(tmp_path: Path) -> None:
    folder = tmp_path / "表"
    folder.mkdir()
    for number in range(120):
        (folder / f"{number:03}.csv").write_text(TABLE.format(number), encoding="utf-8")
    done = run("check", "表", "-o", "html=表/报告/", "--exit-zero", "--quiet", cwd=tmp_path)
    assert done.returncode == 0, done.stderr.decode()
    names = sorted(path.name for path in (folder / "报告").iterdir())
    assert names == ["001.html", "002.html", "index.html"]
    first = {name: (folder / "报告" / name).read_bytes() for name in names}
    run("check", "表", "-o", "html=表/报告/", "--exit-zero", "--quiet", cwd=tmp_path)
    assert {name: (folder / "报告" / name).read_bytes() for name in names} == first
    for number in range(30, 120):
        (folder / f"{number:03}.csv").unlink()
    (folder / "报告" / "笔记.html").write_text("mine", encoding="utf-8")
    assert "报告" in error_line(run("check", "表", "-o", "html=表/报告/", "--quiet", cwd=tmp_path))
    done = run("check", "表/000.csv", "表/001.csv", "-o", "html=表/报告/", "--exit-zero", "-q", cwd=tmp_path)
    assert done.returncode == 0
    assert sorted(path.name for path in (folder / "报告").iterdir()) == [
        "001.html",
        "index.html",
        "笔记.html",
    ]


def test_an_index_of_somebody_else_stays(tmp_path: Path) -> None:
    (tmp_path / "站").mkdir()
    (tmp_path / "站" / "index.html").write_text("<p>mine", encoding="utf-8")
    done = run("check", EXAMPLES / "small-form.txt", "-o", "html=站/", "--quiet", cwd=tmp_path)
    assert "index.html" in error_line(done)
    assert [path.name for path in (tmp_path / "站").iterdir()] == ["index.html"]
    assert (tmp_path / "站" / "index.html").read_text(encoding="utf-8") == "<p>mine"


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    if browsing.REASON:
        pytest.skip(browsing.REASON)
    yield from browsing.started(tmp_path_factory.mktemp("browser"))


def test_ten_thousand_files_are_searched_and_opened(browser: Any, tmp_path: Path) -> None:
    written(tmp_path / "报告", 10_000, 1)
    browser.get_log("browser")
    browser.get((tmp_path / "报告" / "index.html").as_uri())
    assert wait(lambda: one(browser, "#count").text) == "10000"
    one(browser, "#search").send_keys("表 9876&")
    wait(lambda: one(browser, "#count").text == "1")
    (link,) = all_of(browser, ".files li:not([hidden]) a")
    link.click()
    wait(lambda: browser.execute_script("return Boolean(globalThis.report)"), 30)
    assert one(browser, ".count").text.startswith("1 ")
    assert browser.execute_script("return report.data.files[report.finding.f]") == "单位987/表 9876&.xlsx"
    assert browser.get_log("browser") == []


def test_accessibility_of_the_index(browser: Any, tmp_path: Path) -> None:
    written(tmp_path / "报告", 20, 1)
    browser.get((tmp_path / "报告" / "index.html").as_uri())
    assert browsing.violations(browser) == []
