"""``--password-file`` and the limits of the configuration: what opens, what stays shut, and what is never shown."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from cli.commands import EXAMPLES, error_line, findings, run

platypus = pytest.importorskip("reportlab.platypus", reason="reportlab writes the encrypted PDF")
PASSWORD = "geheim-4711"
ROWS = [
    ["项目名称", "柳溪街道行道树修剪", "", ""],
    ["年度目标", "全年修剪行道树300棵，改善街区面貌。", "", ""],
    ["一级指标", "二级指标", "三级指标", "年度指标值"],
    ["产出指标", "数量指标", "修剪行道树数量", "≥300棵"],
    ["产出指标", "质量指标", "修剪合格率", "≥95"],
    ["满意度指标", "服务对象满意度指标", "沿街住户满意度", "≥90%"],
]


def form(path: Path, password: str | None = None) -> Path:
    """A goal table as PDF, locked where a password is given."""
    from reportlab.lib import colors
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    style = [("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("FONT", (0, 0), (-1, -1), "STSong-Light", 9)]
    spans = [("SPAN", (1, row), (3, row)) for row in (0, 1)]
    table = platypus.Table(ROWS, colWidths=[80, 110, 150, 110], style=style + spans)
    platypus.SimpleDocTemplate(str(path), encrypt=password).build([table])
    return path


@pytest.fixture(scope="module")
def locked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return form(tmp_path_factory.mktemp("locked") / "表.pdf", PASSWORD)


@pytest.fixture
def passwords(tmp_path: Path) -> Path:
    path = tmp_path / "passwords.txt"
    path.write_text(f"falsch\r\n\r\n{PASSWORD}\r\n", encoding="utf-8-sig")
    return path


def unshown(done: subprocess.CompletedProcess[bytes]) -> bool:
    return PASSWORD.encode() not in done.stdout + done.stderr


def test_a_locked_file_is_named_with_what_to_do(locked: Path) -> None:
    done = run("check", "--format", "json", locked)
    assert done.returncode == 2
    (finding,) = json.loads(done.stdout)["findings"]
    assert finding["rule"] == "PGX010"
    assert "--password-file" in json.dumps(finding, ensure_ascii=False)


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_password_opens_the_file(locked: Path, passwords: Path, tmp_path: Path, jobs: str) -> None:
    plain = form(tmp_path / "表.pdf")
    wanted = [(finding["rule"], finding["field"]) for finding in findings(plain)]
    assert wanted
    done = run("check", "--format", "json", "-j", jobs, "--password-file", passwords, locked, plain)
    found = json.loads(done.stdout)["findings"]
    assert [(finding["rule"], finding["field"]) for finding in found] == wanted * 2
    assert unshown(done)


def test_extract_takes_passwords_too(locked: Path, passwords: Path) -> None:
    assert run("extract", locked).returncode == 2
    done = run("extract", "--password-file", passwords, locked)
    assert done.returncode == 0
    (table,) = json.loads(done.stdout)["documents"][0]["tables"]
    assert table["project_name"] == ROWS[0][1]
    assert unshown(done)


def test_a_wrong_password_is_said_and_not_shown(locked: Path, tmp_path: Path) -> None:
    (tmp_path / "wrong.txt").write_text("falsch\n", encoding="utf-8")
    done = run("check", "--format", "json", "--password-file", tmp_path / "wrong.txt", locked)
    assert done.returncode == 2
    assert [finding["rule"] for finding in json.loads(done.stdout)["findings"]] == ["PGX011"]
    assert b"falsch" not in done.stdout + done.stderr


def test_what_a_password_opened_is_not_kept(locked: Path, passwords: Path, tmp_path: Path) -> None:
    own = {"PERFGOALS_CACHE_DIR": str(tmp_path / "cache")}
    assert run("check", "--password-file", passwords, locked, env=own).returncode in (0, 1)
    kept = b"".join(path.read_bytes() for path in (tmp_path / "cache").rglob("*") if path.is_file())
    assert PASSWORD.encode() not in kept
    assert ROWS[0][1].encode() not in kept
    assert run("check", locked, env=own).returncode == 2


def test_a_password_file_that_cannot_be_used_is_one_line(locked: Path, tmp_path: Path) -> None:
    many = tmp_path / "many.txt"
    many.write_text("\n".join(f"secret{number}" for number in range(500)), encoding="utf-8")
    for path in (tmp_path / "none.txt", many, locked):
        line = error_line(run("check", "--password-file", path, locked))
        assert path.name in line
        assert "secret" not in line


LIMITS = ("cells = 5", "sheets = 1", "characters = 9", "part-bytes = 500", "parts = 2", "total-bytes = 900")


@pytest.mark.parametrize("command", ["check", "extract"])
def test_limits_of_the_configuration_hold(command: str, tmp_path: Path) -> None:
    """Each limit in the configuration of a directory of its own, all in one run."""
    for number, limit in enumerate(LIMITS):
        (tmp_path / str(number)).mkdir()
        (tmp_path / str(number) / "perfgoals.toml").write_text(f"[limits]\n{limit}\n", encoding="utf-8")
        (tmp_path / str(number) / "表.xlsx").write_bytes((EXAMPLES / "municipal.xlsx").read_bytes())
    assert b"PGX013" not in run(command, "--format", "json", "--no-config", tmp_path).stdout
    done = run(command, "--format", "json", tmp_path)
    assert done.returncode == 2
    report = json.loads(done.stdout)
    problems = report["findings"] if command == "check" else [d["problems"][0] for d in report["documents"]]
    assert [problem["rule"] for problem in problems] == ["PGX013"] * len(LIMITS)
