"""The HTML report without a browser: what stands in the file, and how a run comes to it."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from pathlib import Path
from typing import Any, cast

import openpyxl
import pytest

from cli.commands import EXAMPLES, error_line, run
from perfgoals_lint.config.layers import Configs
from perfgoals_lint.config.plan import Plans
from perfgoals_lint.lint.outcome import DocumentInfo
from perfgoals_lint.reports import html
from perfgoals_lint.reports.html import MODULES, PAGE, scripts
from perfgoals_lint.rulebook.policy import index
from perfgoals_lint.runner.jobs import Checker, CheckOptions, Job
from reports.page_helpers import data_of
from reports.samples import SCENARIOS, operator, render, report, text_info

OFFICE = sorted(path for path in EXAMPLES.iterdir() if path.suffix in (".xlsx", ".docx", ".pdf"))


def page_of(tmp_path: Path, *arguments: str | Path) -> str:
    """The page that a run writes."""
    done = run("check", *arguments, "-o", f"html={tmp_path / 'out.html'}", "--exit-zero")
    assert done.returncode == 0, done.stderr.decode()
    return (tmp_path / "out.html").read_text(encoding="utf-8")


def test_the_policy_allows_the_page_itself_and_nothing_else() -> None:
    page = render("html", SCENARIOS["many"]("zh"))
    (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["default-src"] == "'none'"
    for kind, pattern in (
        ("style", r"<style>(.*?)</style>"),
        ("script", r'<script type="module">(.*?)</script>'),
    ):
        (text,) = re.findall(pattern, page, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert rules[f"{kind}-src"] == f"'sha256-{digest}'"
    assert page.index("Content-Security-Policy") < page.index("<style>")


def test_the_page_asks_for_nothing_from_elsewhere() -> None:
    page = render("html", SCENARIOS["many"]("zh"))
    assert not re.search(r"https?://|<link|<img|<iframe|@import|url\(", page)
    assert not re.search(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function", page
    )


def test_every_module_comes_behind_what_it_imports() -> None:
    assert sorted(MODULES) == sorted(path.stem for path in PAGE.glob("*.js"))
    names: list[str] = []
    for number, name in enumerate(MODULES):
        text = (PAGE / f"{name}.js").read_text(encoding="utf-8")
        imported = re.findall(r'^import .* from "\./(\w+)\.js";$', text, re.MULTILINE)
        assert set(imported) <= set(MODULES[:number])
        names += re.findall(r"^(?:export )?(?:async )?(?:function|class|const|let) (\w+)", text, re.MULTILINE)
    assert len(names) == len(set(names)), "the modules share one scope in the page"
    assert not re.search(r"^(import|export) ", scripts(), re.MULTILINE)


def test_every_word_of_the_scripts_is_in_the_rulebook_in_both_languages() -> None:
    messages = index()["messages"]["reports"]
    asked = set(re.findall(r'words\("(\w+)"', scripts())) | {
        "error",
        "warning",
        "info",
        "open",
        "done",
        "false",
    }
    assert len(asked) > 30
    for key in asked:
        assert set(messages[f"page.{key}"]) == {"zh", "en"}


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "</script><b>", '"><img src=x onerror=x>', "&lt;"]
)
def test_no_text_of_a_document_becomes_markup(text: str) -> None:
    finding = operator(
        "zh", message=text, advice=text, project_name=text, unit=text, document=text, quote=text
    )
    page = render("html", report("zh", [finding], [text_info("zh")]))
    assert text not in page
    (found,) = data_of(page)["findings"]
    assert found["m"] == found["p"] == found["u"] == text


@pytest.mark.parametrize("path", OFFICE, ids=lambda path: path.name)
def test_a_finding_stands_at_its_cell(tmp_path: Path, path: Path) -> None:
    data = data_of(page_of(tmp_path, path))
    on_rows = [finding for finding in data["findings"] if "i" in finding]
    assert on_rows
    for finding in on_rows:
        grid, cell = finding["x"]
        text = data["grids"][grid]["c"][cell][4]
        if finding.get("q"):
            assert "".join(finding["q"].split()) in "".join(text.split())


def test_text_is_shown_as_recognised(tmp_path: Path) -> None:
    data = data_of(page_of(tmp_path, EXAMPLES / "project-list-agriculture.txt"))
    for finding in data["findings"]:
        if finding.get("k") in ("annual_value", "level3") and "i" in finding:
            grid, cell = finding["x"]
            wanted = finding["q"] if finding["k"] == "annual_value" else finding["i"]
            assert data["grids"][grid]["c"][cell][4] == wanted
            assert grid in data["tables"][finding["t"]]["g"]


def test_merged_cells_stay_merged(tmp_path: Path) -> None:
    path = EXAMPLES / "library.xlsx"
    sheet = openpyxl.load_workbook(path).worksheets[0]
    merged = {
        (one.min_row - 1, one.min_col - 1, one.max_row - one.min_row + 1, one.max_col - one.min_col + 1)
        for one in sheet.merged_cells.ranges
        if sheet.cell(one.min_row, one.min_col).value is not None
    }
    assert merged
    grids = data_of(page_of(tmp_path, path))["grids"]
    assert merged <= {tuple(cell[:4]) for cell in grids[0]["c"]}


def test_tables_without_a_finding_are_listed_too(tmp_path: Path) -> None:
    data = data_of(page_of(tmp_path, EXAMPLES / "small-form.txt"))
    assert data["findings"] == []
    assert [table["p"] for table in data["tables"]] != []


def test_the_page_is_the_same_from_the_cache_and_from_processes(tmp_path: Path) -> None:
    env = {"PERFGOALS_CACHE_DIR": str(tmp_path / "cache")}
    pages = []
    for more in ((), (), ("--no-cache", "--jobs", "2")):
        done = run("check", *OFFICE, "-o", f"html={tmp_path / 'o.html'}", "--exit-zero", *more, env=env)
        assert done.returncode == 0
        pages.append((tmp_path / "o.html").read_bytes())
    assert pages[0] == pages[1] == pages[2]


@pytest.mark.parametrize("asked", [False, True])
def test_tables_are_kept_only_for_a_report_that_shows_them(asked: bool) -> None:
    plans = Plans(Configs(isolated=True), {})
    checker = Checker(plans.books, CheckOptions(printed=asked))
    result = checker.check(Job(str(EXAMPLES / "library.xlsx"), "a.xlsx"), plans.of("a.xlsx"))
    assert bool(result.printed) == asked


def test_what_was_not_checked_stands_at_the_top() -> None:
    page = render("html", SCENARIOS["unreadable"]("zh"))
    assert any("文件有密码，打不开" in line for line in data_of(page)["missed"])
    assert page.index("没有检查的内容") < page.index("文件有密码，打不开")


def test_a_table_never_gives_way_to_a_report_but_an_earlier_report_does(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes((EXAMPLES / "small-form.txt").read_bytes())
    target = tmp_path / "报告.html"
    command = ("check", tmp_path, "-o", f"html={target}", "--exit-zero")
    assert run(*command).returncode == 0
    first = target.read_bytes()
    assert run(*command).returncode == 0
    assert target.read_bytes() == first
    target.write_text("<table><tr><td>项目名称</td><td>河道清淤</td></tr></table>", encoding="utf-8")
    assert "报告.html" in error_line(run(*command))


def test_pages_stay_small(tmp_path: Path, corpus: Path) -> None:
    (path,) = corpus.glob("004*")
    assert len(page_of(tmp_path, path).encode()) < 600_000
    many = tmp_path / "many"
    many.mkdir()
    for number in range(6):
        (many / f"{number}.txt").write_bytes(path.read_bytes())
    page = page_of(tmp_path, many)
    assert len(data_of(page)["tables"]) > 400
    assert len(page.encode()) < 1_000_000


def test_what_one_page_has_no_room_for_is_counted_on_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html, "_MOST_FINDINGS", 3)
    found = [operator("zh", fingerprint=f"f{number}", message=f"第{number}处") for number in range(5)]
    for lang, said in (
        ("zh", "另有 2 条问题没有列出，0 张表没有显示"),
        ("en", "2 more findings are not listed"),
    ):
        page = render("html", report(lang, found, [text_info(lang)]))
        assert page.count(said) == 1
        assert said in data_of(page)["counts"]
        assert [finding["m"] for finding in data_of(page)["findings"]] == ["第0处", "第1处", "第2处"]
        assert "第2处" in page
        assert "第3处" not in page
        assert "-o html=" in page


def test_tables_beyond_those_that_a_page_holds_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html, "_MOST_TABLES", 2)
    grid = {"cells": [[0, 0, 1, 1, "渡口修缮"]], "name": [None, 1, None], "left_out": 0}
    text = json.dumps({"grids": [grid], "tables": [["渡口修缮", "", [0], 0, 1]]})
    documents = [DocumentInfo(f"表{number}.csv", "csv", tables=1) for number in range(5)]
    run_of = report("zh", [operator("zh", document="表4.csv", table_index=0)], documents)
    run_of.printed = cast("Any", {document.path: text for document in documents})
    page = data_of(render("html", run_of))
    assert "3 张表没有显示" in page["counts"]
    assert len(page["grids"]) == 2  # of the file with a finding, and of the first one
    assert page["files"] == ["表4.csv", "表0.csv"]
    assert page["findings"][0]["t"] == 0
