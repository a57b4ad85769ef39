"""What is read and checked in several processes is what one finds, also where a file ends a process."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from readers.hostile_files import deep_html, encrypted_ooxml, self_calling_form, sheet_bomb
from readers.written import docx
from suppression.helpers import goal_csv, run, write

FORM = (
    "<w:tbl>"
    + "".join(
        "<w:tr>"
        + "".join(f"<w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>" for text in line.split(","))
        + "</w:tr>"
        for line in goal_csv("滨河路绿化养护").splitlines()
    )
    + "</w:tbl>"
)
FILES = {
    "甲.csv": goal_csv().encode(),
    "乙.docx": docx(FORM),
    "页.pdf": self_calling_form(),
    "锁.docx": encrypted_ooxml(),
    "深.html": deep_html(),
    "大.xlsx": sheet_bomb(),
    "丙.docx": docx(FORM.replace("300", "200")),
}


def report(directory: Path, *options: str) -> dict[str, Any]:
    done = run("check", ".", "-f", "json", "--no-cache", *options, cwd=directory)
    assert done.returncode == 2
    printed: dict[str, Any] = json.loads(done.stdout)
    return printed


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    for name, data in FILES.items():
        (tmp_path / name).write_bytes(data)
    write(tmp_path / "perfgoals.toml", "[limits]\nmemory = 536870912\n")
    return tmp_path


@pytest.mark.parametrize("options", [(), ("--password-file", "words.txt")])
def test_a_file_that_ends_a_process_costs_the_same_wherever_it_is_read(
    directory: Path, options: tuple[str, ...]
) -> None:
    write(directory / "words.txt", "eins\nzwei\n")
    alone = report(directory, "--jobs", "1", *options)
    told = {
        Path(one["document"]).name: one["rule"]
        for one in alone["findings"]
        if one["rule"].startswith("PGX01")
    }
    assert told["页.pdf"] == "PGX015"
    assert report(directory, "--jobs", "2", *options) == alone
