"""What is said of damaged files: in words, and what to do."""

from __future__ import annotations

import json
import re
import zipfile
from pathlib import Path

import pytest

from cli.commands import EXAMPLES, run

_LATIN = re.compile("[A-Za-z]{4,}")
_MAIN = {"xlsx": "xl/worksheets/sheet2.xml", "docx": "word/document.xml"}


def _part(data: bytes, how: str) -> bytes | None:
    return {"halved": data[: len(data) // 2], "scrambled": b"<a" + data[40:], "gone": None}[how]


def _damaged(folder: Path) -> None:
    """Files that end too early, with bytes changed, and with parts broken or gone."""
    for form in ("xlsx", "docx", "pdf"):
        data = (EXAMPLES / f"library.{form}").read_bytes()
        for tenths in (1, 4, 7, 9):
            (folder / f"cut{tenths}.{form}").write_bytes(data[: len(data) * tenths // 10])
        for at in (50, 300, len(data) // 2):
            (folder / f"zero{at}.{form}").write_bytes(data[:at] + bytes(60) + data[at + 60 :])
    for form, part in _MAIN.items():
        for how in ("halved", "scrambled", "gone"):
            with (
                zipfile.ZipFile(EXAMPLES / f"library.{form}") as old,
                zipfile.ZipFile(folder / f"{how}.{form}", "w") as new,
            ):
                for name in old.namelist():
                    content = _part(old.read(name), how) if name == part else old.read(name)
                    if content is not None:
                        new.writestr(name, content)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_damage_is_told_in_words_with_what_to_do(lang: str, tmp_path: Path) -> None:
    _damaged(tmp_path)
    told = json.loads(run("--lang", lang, "check", tmp_path, "-f", "json", "--no-cache").stdout)
    found = [one for one in told["findings"] if one["rule"] in ("PGX016", "PGX018")]
    assert len({one["document"] for one in found}) >= 10
    for one in found:
        assert one["advice"]
        said = one["message"].replace("LibreOffice", "")
        assert lang == "en" or not _LATIN.search(said), (one["document"], said)
        assert not re.search("[{}]", said), (one["document"], said)
