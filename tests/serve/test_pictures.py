"""The pictures of the page for clerks, taken on their way through the local page. ``PERFGOALS_PICTURES`` names the
directory that they are written to (``docs/images``); without it they are only taken."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("starlette", reason="the extra serve is not installed")
pytest.importorskip("uvicorn", reason="the extra serve is not installed")

import browsing
from browsing import one, wait
from cli.commands import EXAMPLES
from serve.served import served
from serve.test_serve_browser import chosen, closed, given, opened, settled

pytestmark = pytest.mark.skipif(bool(browsing.REASON), reason=browsing.REASON)
PAGE = Path(__file__).parents[2] / "docs" / "clerk.zh-CN.md"


@pytest.fixture
def browser(tmp_path: Path) -> Iterator[Any]:
    yield from browsing.started(tmp_path / "browser")


def test_the_pictures_of_the_page_for_clerks(browser: Any, tmp_path: Path) -> None:
    folder = Path(os.environ.get("PERFGOALS_PICTURES", tmp_path / "pictures"))
    folder.mkdir(parents=True, exist_ok=True)
    browser.set_window_size(1280, 860)
    taken = []

    def take(name: str) -> None:
        assert browser.save_screenshot(str(folder / name))
        taken.append(f"images/{name}")

    with served(tmp_path / "tmp") as server:
        opened(browser, server)
        take("clerk-start.png")
        given(browser, EXAMPLES / "municipal.xlsx", EXAMPLES / "library.docx")
        assert chosen(browser, "PGK615", "≥3%") == "≥3%"
        take("clerk-table.png")
        field = one(browser, "#edit-text")
        field.clear()
        field.send_keys("≤3%")
        wait(lambda: "不超过 3%" in one(browser, "#edit-meaning").text)
        one(browser, "#edit-save").click()
        assert "问题少了 1 处" in settled(browser)
        one(browser, "#changes summary").click()
        wait(lambda: one(browser, "#changes summary ~ *").is_displayed())
        take("clerk-edit.png")
        closed(browser)
    text = PAGE.read_text(encoding="utf-8")
    assert re.findall(r"\]\((images/[^)]+)\)", text) == taken
    for name in taken:
        assert (PAGE.parent / name).read_bytes().startswith(b"\x89PNG")
