"""What cannot be read or written is one line that says which file, why and what to do, in the language asked for."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from perfgoals_lint.cli.main import cli

TABLE = "项目名称,路灯维护,,\n一级指标,二级指标,三级指标,年度指标值\n产出指标,数量指标,维护路灯数量,≥120盏\n"
CASES = [
    (["表.csv", "--baseline", "空.json"], ["空.json", "不是基线文件", "write 命令写出"]),
    (["表.csv", "--baseline", "表单.json"], ["表单.json", "不是基线文件", "write 命令写出"]),
    (["表.csv", "--config", "字节.toml"], ["字节.toml", "另存为 UTF-8"]),
    (["extract", "表.csv", "-f", "yaml", "-o", "没有/甲.yaml"], ["没有/甲.yaml", "没有这个目录"]),
    (["extract", "表.csv", "-f", "csv", "-o", "没有/深/甲.csv"], ["没有/深/甲.csv", "没有这个目录"]),
    (["init", "--framework", "mof21", "-o", "没有/甲.xlsx"], ["没有/甲.xlsx", "没有这个目录"]),
    (["annotate", "表.csv", "-o", "表.csv"], ["表.csv", "已有同名的文件"]),
]


@pytest.mark.parametrize(("asked", "told"), CASES, ids=lambda one: " ".join(one[:3]))
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_one_line_in_the_language(
    asked: list[str], told: list[str], lang: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "表.csv").write_text(TABLE, "utf-8")
    (tmp_path / "空.json").write_text('{"a": 1}', "utf-8")
    (tmp_path / "表单.json").write_text("[]", "utf-8")
    (tmp_path / "字节.toml").write_bytes(b"\xff\xfe")
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(cli, [*asked, "--lang", lang])
    assert (done.exit_code, done.stdout) == (2, "")
    (line,) = done.stderr.splitlines()
    if lang == "zh":
        assert all(part in line for part in told)
    else:
        assert line.split("perfgoals-lint: ", 1)[1].isprintable()
        assert "indices" not in line
        assert "codec" not in line
