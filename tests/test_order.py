"""One input gives one output, byte for byte, however the interpreter happens to order its sets."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

_EXAMPLE = Path(__file__).parents[1] / "examples" / "project-list-agriculture.txt"
_UNKNOWN = [f"栏目{letter}" for letter in "甲乙丙丁戊己"]
_SEEDS = ("1", "2", "5", "11")


def test_the_output_does_not_depend_on_the_order_of_sets(tmp_path: Path) -> None:
    form = tmp_path / "form.yaml"
    rows = "绩效指标:\n- {一级指标: 产出指标, 三级指标: 维护路灯数量, 年度指标值: ≥120盏}\n"
    body = f"项目:\n- 项目名称: 路灯维护\n  {rows.strip().replace(chr(10), chr(10) + '  ')}\n"
    form.write_text(body + "".join(f"{key}: 1\n" for key in _UNKNOWN), encoding="utf-8")
    assert {_output(form, seed) for seed in _SEEDS} == {_output(form, "0")}
    assert {_output(_EXAMPLE, seed) for seed in _SEEDS} == {_output(_EXAMPLE, "0")}


def _output(path: Path, seed: str) -> bytes:
    command = [sys.executable, "-m", "perfgoals_lint", "extract", "--format", "json", str(path)]
    done = subprocess.run(
        command, env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=False
    )
    assert done.stdout, done.stderr
    return done.stdout
