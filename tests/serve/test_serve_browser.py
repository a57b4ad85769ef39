"""The local page in a real browser, from files that are put in to files that are taken out."""

from __future__ import annotations

import io
import shutil
import zipfile
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

import openpyxl
import pytest

pytest.importorskip("starlette", reason="the extra serve is not installed")
pytest.importorskip("uvicorn", reason="the extra serve is not installed")

import browsing
from browsing import all_of, one, wait
from cli.commands import EXAMPLES
from serve.served import Server, served
from serve.test_serve import TABLE, packed

pytestmark = pytest.mark.skipif(bool(browsing.REASON), reason=browsing.REASON)
OFFICE = ["municipal.xlsx", "municipal.docx", "library.xlsx", "library.docx", "library.pdf", "small-form.txt"]


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    yield from browsing.started(tmp_path_factory.mktemp("browser"))


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    with served(tmp_path / "tmp") as running:
        yield running


def opened(browser: Any, server: Server) -> Any:
    """The browser with an empty page, by the address that the program has told."""
    browser.get_log("browser")
    browser.get(server.address)
    wait(lambda: browser.execute_script("return Boolean(globalThis.desk)"))
    return browser


def given(browser: Any, *paths: Path) -> None:
    """Choose files, as in the dialogue, and wait until they are checked."""
    one(browser, "#files").send_keys("\n".join(map(str, paths)))
    settled(browser)


def settled(browser: Any) -> str:
    """Wait until the page has done what it was asked; what it says then."""
    wait(
        lambda: browser.execute_script("return !desk.working && document.querySelector('#progress').hidden"),
        120,
    )
    said: str = one(browser, "#status").text
    return said


def chosen(browser: Any, rule: str, quote: str) -> Any:
    """The finding of a rule in a workbook or text, chosen in the list, with its cell open below."""
    script = (
        "report.select(report.data.findings.find((finding) => finding.c === arguments[0] && finding.q === arguments[1]"
        " && finding.x && /(xlsx|csv)$/.test(report.data.files[finding.f])))"
    )
    browser.execute_script(script, rule, quote)
    wait(lambda: one(browser, "#editor").is_displayed())
    return wait(lambda: one(browser, "#edit-text").get_attribute("value") or None)


def downloaded(browser: Any, name: str) -> bytes:
    """A file that the browser has saved."""
    path = browser.downloads / name
    wait(path.is_file)
    content: bytes = path.read_bytes()
    path.unlink()
    return content


def closed(browser: Any) -> None:
    """Finish, as the button does, and check that nothing went wrong in the page."""
    browser.execute_script("desk.unsaved = false")
    one(browser, "#end").click()
    wait(lambda: "已结束" in one(browser, "#status").text)
    assert browser.get_log("browser") == []


def test_a_clerk_puts_in_six_files_and_takes_them_out_corrected(
    browser: Any, server: Server, tmp_path: Path
) -> None:
    folder = tmp_path / "报送"
    folder.mkdir()
    for name in OFFICE:
        shutil.copy(EXAMPLES / name, folder / name)
    opened(browser, server)
    assert "文件只在本机处理" in one(browser, "#top").text
    given(browser, *folder.iterdir())
    assert "已检查" in one(browser, "#status").text
    assert browser.execute_script("return report.data.files.length") == 6
    assert chosen(browser, "PGK615", "≥3%") == "≥3%"
    assert "不少于 3%" in one(browser, "#edit-meaning").text
    field = one(browser, "#edit-text")
    field.clear()
    field.send_keys("≤3%")
    wait(lambda: "不超过 3%" in one(browser, "#edit-meaning").text)
    one(browser, "#edit-save").click()
    assert "问题少了 1 处" in wait(lambda: settled(browser))
    assert "PGK615" in one(browser, "#changes").get_attribute("textContent")
    one(browser, "#fix").click()
    assert "已自动改正" in settled(browser)
    one(browser, "[data-make=corrected]").click()
    settled(browser)
    with zipfile.ZipFile(io.BytesIO(downloaded(browser, "改正后的文件.zip"))) as archive:
        book = openpyxl.load_workbook(io.BytesIO(archive.read("municipal.xlsx")))
    assert "≤3%" in {one_cell.value for sheet in book for row in sheet.iter_rows() for one_cell in row}
    one(browser, "[data-make=annotated]").click()
    settled(browser)
    with zipfile.ZipFile(io.BytesIO(downloaded(browser, "审核批注.zip"))) as archive:
        assert {"municipal.xlsx", "municipal.docx", "library.pdf"} <= set(archive.namelist())
    one(browser, "#for option[value='municipal.docx']").click()
    one(browser, "[data-make=opinion-docx]").click()
    settled(browser)
    assert downloaded(browser, "审核意见.docx").startswith(b"PK")
    closed(browser)
    assert server.process.wait(30) == 0
    assert server.left() == []


def test_any_cell_is_changed_by_a_click_and_the_keys(browser: Any, server: Server, tmp_path: Path) -> None:
    table = tmp_path / "a.csv"
    table.write_bytes(TABLE)
    opened(browser, server)
    given(browser, table)
    plain = next(cell for cell in all_of(browser, "#app .table td:not(.marked)") if cell.text == "≥90%")
    plain.click()
    wait(lambda: one(browser, "#editor").is_displayed())
    assert "乘客满意度" in one(browser, "#edit-where").text
    field = one(browser, "#edit-text")
    field.clear()
    field.send_keys("≥95%\n")
    assert "已改" in settled(browser)
    assert "≥95%" in one(browser, "#app .table").text
    one(browser, "#undo").click()
    settled(browser)
    assert "≥90%" in one(browser, "#app .table").text
    assert not one(browser, "#undo").is_enabled()
    closed(browser)


def test_advice_is_accepted_with_one_button(browser: Any, server: Server, tmp_path: Path) -> None:
    table = tmp_path / "a.csv"
    table.write_bytes(TABLE)
    opened(browser, server)
    given(browser, table)
    assert chosen(browser, "PGN501", "≧4个") == "≧4个"
    one(browser, "#edit-fix").click()
    assert "已自动改正 1 处" in settled(browser)
    assert "≥4个" in one(browser, "#app .table").text
    closed(browser)


def test_folders_archives_and_wrong_files_are_told_apart(
    browser: Any, server: Server, tmp_path: Path
) -> None:
    bomb, archive, broken = tmp_path / "弹.zip", tmp_path / "报送.zip", tmp_path / "坏.xlsx"
    bomb.write_bytes(packed(**{"a.csv": bytes(99 << 20)}))
    archive.write_bytes(packed(**{"甲局/表.csv": TABLE}))
    broken.write_bytes(b"PK\x03\x04 broken")
    opened(browser, server)
    given(browser, bomb, archive, broken)
    files = browser.execute_script("return report.data.files")
    assert "报送/甲局/表.csv" in files
    missed = one(browser, ".missed").get_attribute("textContent")
    assert "坏.xlsx" in missed
    assert "弹.zip" in missed
    closed(browser)


def test_a_page_that_is_loaded_again_shows_what_was_there(
    browser: Any, server: Server, tmp_path: Path
) -> None:
    table = tmp_path / "a.csv"
    table.write_bytes(TABLE)
    opened(browser, server)
    given(browser, table)
    browser.refresh()
    wait(lambda: browser.execute_script("return Boolean(globalThis.report)"))
    settled(browser)
    assert "渡口码头修缮" in one(browser, "#app .table").text
    one(browser, "#clear").click()
    browser.switch_to.alert.accept()
    wait(lambda: all_of(browser, "body.empty"))
    assert not one(browser, "#app").is_displayed()
    closed(browser)


def test_on_a_notebook_the_table_and_the_advice_are_in_sight(
    browser: Any, server: Server, tmp_path: Path
) -> None:
    """A window of 1366 by 768, of which the browser itself takes a part."""
    table = tmp_path / "a.csv"
    table.write_bytes(TABLE)
    usual = browser.get_window_size()
    browser.set_window_size(1366, 768)
    try:
        opened(browser, server)
        given(browser, table, EXAMPLES / "municipal.xlsx")
        room = browser.execute_script("return innerHeight")
        assert one(browser, "#app .table").size["height"] > room * 0.45
        assert not browser.execute_script("return document.documentElement.scrollHeight > innerHeight")
        assert chosen(browser, "PGK615", "≥3%") == "≥3%"
        assert "建议" in one(browser, "#edit-advice").text
        assert one(browser, "#edit-advice").location["y"] < room
        assert one(browser, "#app .table td.chosen").is_displayed()
        one(browser, "#edit-close").click()
        one(browser, "#search").send_keys("没有这样的问题")
        assert not one(browser, ".side .list").is_displayed()
        closed(browser)
    finally:
        browser.set_window_size(usual["width"], usual["height"])


def apart(one_part: dict[str, float], other: dict[str, float]) -> bool:
    """Do two rectangles not overlap?"""
    return any(
        before[at] + before[size] <= behind[at]
        for before, behind in ((one_part, other), (other, one_part))
        for at, size in (("x", "width"), ("y", "height"))
    )


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_nothing_covers_anything_in_the_bar(browser: Any, tmp_path: Path, lang: str) -> None:
    table = tmp_path / "a.csv"
    table.write_bytes(TABLE)
    usual = browser.get_window_size()
    try:
        with served(tmp_path / "tmp", "--lang", lang) as running:
            opened(browser, running)
            given(browser, table)
            for width in (1130, 1280, 1366, 1590, 1620, 1920):
                browser.set_window_size(width, 800)
                parts = [one(browser, name).rect for name in ("#top h1", "#top .local", "#welcome", "#end")]
                for one_part, other in combinations(parts, 2):
                    assert apart(one_part, other), (width, one_part, other)
            browser.execute_script("desk.unsaved = false")
    finally:
        browser.set_window_size(usual["width"], usual["height"])


@pytest.mark.parametrize("text", ["<img src=x onerror=alert(1)>", "</script><script>alert(1)</script>"])
def test_hostile_text_is_shown_as_text(browser: Any, server: Server, tmp_path: Path, text: str) -> None:
    table = tmp_path / "a.csv"
    table.write_bytes(TABLE.replace("≧4个".encode(), text.encode()))
    opened(browser, server)
    given(browser, table)
    assert text in one(browser, "#app .table").text
    assert not all_of(browser, "img")
    assert len(all_of(browser, "script")) == 1
    closed(browser)


def test_another_site_gets_nothing(browser: Any, server: Server, tmp_path: Path) -> None:
    """A page of another origin, in the browser that holds the cookie."""
    opened(browser, server)
    page = tmp_path / "evil.html"
    page.write_text("<!DOCTYPE html><title>evil</title>", encoding="utf-8")
    home = browser.current_window_handle
    browser.switch_to.new_window("tab")
    browser.get(page.as_uri())
    script = """
        const done = arguments[1];
        fetch(arguments[0], { method: "POST", credentials: "include", body: '{"do":"check"}' })
          .then((answer) => answer.text()).then((text) => done("read:" + text), (error) => done("refused"));
    """
    for path in ("do", "end", "files?name=x.csv"):
        assert browser.execute_async_script(script, f"http://127.0.0.1:{server.port}/{path}") == "refused"
    browser.get(f"http://127.0.0.1:{server.port}/?token=guessed")
    assert "失效" in one(browser, "body").text
    browser.close()
    browser.switch_to.window(home)
    browser.get_log("browser")
    assert (
        browser.execute_async_script(
            "fetch('/here', {method: 'POST'}).then((answer) => arguments[0](answer.status))"
        )
        == 200
    )
    closed(browser)


def test_accessibility(browser: Any, server: Server, tmp_path: Path) -> None:
    table = tmp_path / "a.csv"
    table.write_bytes(TABLE)
    opened(browser, server)
    assert browsing.violations(browser) == []
    given(browser, table)
    chosen(browser, "PGN501", "≧4个")
    assert browsing.violations(browser) == []
    closed(browser)
