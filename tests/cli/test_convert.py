"""``--convert``: what LibreOffice is given, what becomes of its answer, and that nothing of it is left."""

from __future__ import annotations

import json
import os
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest

from cli.commands import EXAMPLES, findings, run
from perfgoals_lint.model import Grid, Location, Problem, Source
from perfgoals_lint.readers.convert import read_converted
from perfgoals_lint.readers.limits import UNKNOWN_FORMAT, Limits
from readers.written import ole2

SCRIPT = """\
#!{python}
import json, os, shutil, subprocess, sys, time
from pathlib import Path
from urllib.parse import unquote, urlparse
profile = next(one.split("=", 1)[1] for one in sys.argv if one.startswith("-env:UserInstallation="))
settings = Path(unquote(urlparse(profile).path), "user", "registrymodifications.xcu").read_text()
child = subprocess.Popen(["/bin/sleep", "900"]) if {sleeps} else None
told = {{"arguments": sys.argv[1:], "settings": settings, "directory": os.getcwd(), "home": os.environ["HOME"]}}
told["child"] = child and child.pid
Path({log!r}).write_text(json.dumps(told))
time.sleep(900 * {sleeps})
out = Path(sys.argv[sys.argv.index("--outdir") + 1])
name = Path(sys.argv[-1]).stem + "." + sys.argv[sys.argv.index("--convert-to") + 1]
if {answer!r}:
    shutil.copyfile({answer!r}, out / name)
sys.exit({status})
"""


class Office:
    """A stand-in for the office program on a search path of its own."""

    def __init__(self, directory: Path) -> None:
        self.log = directory / "log.json"
        self.program = directory / "bin" / "soffice"
        self.program.parent.mkdir()
        self.env = {"PATH": str(self.program.parent)}

    def answers(self, answer: Path | None, status: int = 0, sleeps: bool = False) -> None:
        values = {"python": sys.executable, "log": str(self.log), "answer": str(answer or "")}
        self.program.write_text(SCRIPT.format(**values, status=status, sleeps=int(sleeps)), encoding="utf-8")
        self.program.chmod(0o755)

    @property
    def told(self) -> dict[str, Any]:
        told: dict[str, Any] = json.loads(self.log.read_text())
        return told


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


@pytest.fixture
def unreadable(tmp_path: Path) -> Path:
    """A document of an old office program that no reader knows."""
    path = tmp_path / "--旧 表.wps"
    path.write_bytes(ole2({"Contents": b"\1" * 600}))
    return path


def codes(*arguments: str | Path, office: Office) -> list[str]:
    return [finding["rule"] for finding in findings(*arguments, env=office.env)]


def test_the_converted_copy_is_checked(office: Office, unreadable: Path) -> None:
    office.answers(EXAMPLES / "municipal.docx")
    found = codes(unreadable, "--convert", office=office)
    assert found == ["PGX040", *codes(EXAMPLES / "municipal.docx", office=office)]
    arguments = office.told["arguments"]
    assert {"--headless", "--norestore"} <= set(arguments)
    assert "--旧" not in arguments[-1]
    assert "DisableMacrosExecution" in office.told["settings"]
    assert office.told["home"] == office.told["directory"]
    assert not Path(office.told["directory"]).exists()


def test_extract_converts_too(office: Office, unreadable: Path) -> None:
    office.answers(EXAMPLES / "municipal.docx")
    done = run("extract", "--convert", unreadable, env=office.env)
    assert done.returncode == 0
    (document,) = json.loads(done.stdout)["documents"]
    assert document["document"] == str(unreadable)
    assert document["tables"]


def test_nothing_is_converted_unasked(office: Office, unreadable: Path) -> None:
    office.answers(EXAMPLES / "municipal.docx")
    assert codes(unreadable, office=office) == ["PGX006"]
    assert not office.log.exists()


def test_what_can_be_read_is_not_converted(office: Office) -> None:
    office.answers(EXAMPLES / "municipal.docx")
    assert "PGX040" not in codes(EXAMPLES / "library.xlsx", "--convert", office=office)
    assert not office.log.exists()


def test_pictures_and_locked_files_are_not_converted(office: Office, tmp_path: Path) -> None:
    office.answers(EXAMPLES / "municipal.docx")
    (tmp_path / "图.doc").write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 99)
    (tmp_path / "锁.xlsx").write_bytes(ole2({"EncryptionInfo": b"\4\0\4\0", "EncryptedPackage": b"\0" * 99}))
    found = codes(tmp_path / "图.doc", tmp_path / "锁.xlsx", "--convert", office=office)
    assert sorted(found) == ["PGX010", "PGX022"]
    assert not office.log.exists()


def test_a_missing_program_is_one_problem(office: Office, unreadable: Path) -> None:
    done = run("check", "--convert", "--format", "json", unreadable, env=office.env)
    assert done.returncode == 2
    assert [finding["rule"] for finding in json.loads(done.stdout)["findings"]] == ["PGX041"]


@pytest.mark.parametrize(("answer", "status"), [(None, 0), (None, 3), (EXAMPLES / "municipal.docx", 77)])
def test_a_failed_conversion_is_said(
    office: Office, unreadable: Path, answer: Path | None, status: int
) -> None:
    office.answers(answer, status)
    assert codes(unreadable, "--convert", office=office) == ["PGX006", "PGX042"]
    assert not Path(office.told["directory"]).exists()


def test_a_conversion_that_hangs_is_ended_with_all_it_started(office: Office, unreadable: Path) -> None:
    office.answers(None, sleeps=True)
    unreadable.with_name("perfgoals.toml").write_text("[limits]\nseconds = 10\n", encoding="utf-8")
    assert codes(unreadable, EXAMPLES / "municipal.docx", "--convert", office=office)[:2] == [
        "PGX006",
        "PGX042",
    ]
    assert not Path(office.told["directory"]).exists()
    assert not _alive(office.told["child"])


def _alive(process: int) -> bool:
    """Is the process there, and not merely waiting for its parent to take note of its end?"""
    try:
        state = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except OSError:
        return False
    return state != "Z"


def test_the_real_program_converts(tmp_path: Path) -> None:
    if not (shutil.which("soffice") or shutil.which("libreoffice")):
        pytest.skip("LibreOffice is not installed")
    path = tmp_path / "表.xlsx"
    shutil.copyfile(EXAMPLES / "municipal.xlsx", path)
    source = Source(str(path), "xlsx", problems=[Problem(UNKNOWN_FORMAT, Location(str(path)))])
    converted = read_converted(source, str(path), Limits())
    assert [problem.code for problem in converted.problems][:1] == ["PGX040"]
    assert any(isinstance(block, Grid) and block.cells for block in converted.blocks)
    assert os.listdir(tmp_path) == ["表.xlsx"]
