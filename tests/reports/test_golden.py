"""Every format shows every kind of run as its golden file says."""

from __future__ import annotations

import base64
import gzip
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from perfgoals_lint.reports import FORMATS
from reports.samples import SCENARIOS, render

ENDINGS = {
    "json": "json",
    "jsonl": "jsonl",
    "sarif": "sarif",
    "gitlab": "json",
    "junit": "xml",
    "rdjson": "json",
    "rdjsonl": "jsonl",
    "markdown": "md",
    "html": "html",
}
SPREAD = {"json", "sarif", "gitlab", "rdjson"}


def unpacked(text: str) -> str:
    """The page without its style and scripts, which are files of their own, and with its data spread out."""
    text = re.sub(r"sha256-[^']*", "sha256-…", text)
    text = re.sub(r"(<style>|<script type=\"module\">).*?(?=</s)", r"\1…", text, flags=re.DOTALL)
    head, mark, rest = text.partition('<script type="application/gzip" id="data">')
    packed, end, tail = rest.partition("</script>")
    data = json.loads(gzip.decompress(base64.b64decode(packed)))
    del data["words"]
    data = json.dumps(data, ensure_ascii=False, indent=1).replace("\u202e", "\\u202e")
    return head + mark + data + end + tail


def readable(form: str, text: str) -> str:
    """The output as it can be reviewed: JSON that stands on a few long lines is spread out."""
    if form == "html":
        return unpacked(text)
    if form not in SPREAD:
        return text
    return json.dumps(json.loads(text), ensure_ascii=False, indent=1).replace("\u202e", "\\u202e") + "\n"


@pytest.mark.parametrize("scenario", SCENARIOS)
@pytest.mark.parametrize("form", FORMATS)
def test_zh(form: str, scenario: str, golden: Callable[[str, str], None]) -> None:
    text = render(form, SCENARIOS[scenario]("zh"), base=Path.cwd())
    golden(f"{form}/{scenario}.{ENDINGS.get(form, 'txt')}", readable(form, text))


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_rich_in_english(scenario: str, golden: Callable[[str, str], None]) -> None:
    golden(f"rich/{scenario}.en.txt", render("rich", SCENARIOS[scenario]("en")))


def test_rich_accounts_for_every_rule(golden: Callable[[str, str], None]) -> None:
    golden("rich/accounting.txt", render("rich", SCENARIOS["crashed"]("zh"), show_accounting=True))


def test_rich_shows_what_is_suppressed_when_asked(golden: Callable[[str, str], None]) -> None:
    golden("rich/show_suppressed.txt", render("rich", SCENARIOS["suppressed"]("zh"), show_suppressed=True))


def test_rich_in_colour(golden: Callable[[str, str], None], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLORTERM", "truecolor")
    monkeypatch.delenv("NO_COLOR", raising=False)
    golden(
        "rich/colour.txt",
        render("rich", SCENARIOS["many"]("zh"), colour="always", width=80).replace("\x1b", "␛"),
    )


def test_narrow(golden: Callable[[str, str], None]) -> None:
    golden("rich/narrow.txt", render("rich", SCENARIOS["many"]("zh"), width=48))


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_input_gives_the_same_bytes(form: str) -> None:
    assert render(form, SCENARIOS["many"]("zh")) == render(form, SCENARIOS["many"]("zh"))
