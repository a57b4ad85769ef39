"""Many small tables: seconds and peak memory, cold in one process, with processes, and unchanged; peers in the same run.

Run as ``python benchmarks/throughput.py [number of tables]``. The tables are generated, all different. The peer
(check-jsonschema, on the same tables as JSON with a schema of this tool's making) takes part where it is installed.
"""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

NUMBER = 10_000
HEADER = ["一级指标", "二级指标", "三级指标", "年度指标值"]
ROWS = [
    ["产出指标", "数量指标", "维护路灯数量", "≥{n}盏"],
    ["产出指标", "质量指标", "维护合格率", "≥{share}%"],
    ["产出指标", "时效指标", "完成时间", "2026年{month}月底前"],
    ["产出指标", "成本指标", "每盏维护成本", "≤{cost}元/盏"],
    ["效益指标", "社会效益指标", "夜间道路亮灯率", "≥{share}%"],
    ["满意度指标", "服务对象满意度指标", "沿街居民满意度", "≥{share}%"],
]


def table(number: int) -> list[list[str]]:
    """One small table; every twentieth has a fault."""
    numbers = {
        "n": 100 + number,
        "share": 85 + number % 15,
        "month": 1 + number % 12,
        "cost": 50 + number % 400,
    }
    rows = [[cell.format(**numbers) for cell in row] for row in ROWS]
    if number % 20 == 0:
        rows[4][3] = "提升"
    goal = f"全年维护{numbers['n']}盏路灯，保障第{number}片区夜间照明。"
    return [["项目名称", f"第{number}片区路灯维护", "", ""], ["年度目标", goal, "", ""], HEADER, *rows]


def generate(directory: Path, number: int) -> None:
    """Write the tables as CSV and, for the peer, as JSON with a schema."""
    for name in ("csv", "json"):
        (directory / name).mkdir()
    row = {"type": "array", "items": {"type": "string"}, "minItems": 4}
    (directory / "schema.json").write_text(json.dumps({"type": "array", "items": row, "minItems": 9}))
    for index in range(number):
        rows = table(index)
        with open(directory / "csv" / f"{index:05}.csv", "w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
        text = json.dumps(rows, ensure_ascii=False)
        (directory / "json" / f"{index:05}.json").write_text(text, encoding="utf-8")


def measured(command: list[str], environment: dict[str, str]) -> tuple[float, float, int]:
    """Wall seconds, peak memory in MiB of the process itself, and its exit status."""
    started = time.perf_counter()
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env={**os.environ, **environment}
    )
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
    return time.perf_counter() - started, usage.ru_maxrss / unit, process.returncode


def report(name: str, number: int, figures: tuple[float, float, int]) -> None:
    seconds, memory, status = figures
    print(f"{name:32} {seconds:7.2f} s  {number / seconds:8.0f} files/s  {memory:6.1f} MiB  exit {status}")


def ours(directory: Path, number: int) -> None:
    """Every way of running this tool over the tables."""
    tool = [sys.executable, "-m", "perfgoals_lint", "check", str(directory / "csv"), "--format", "concise"]
    cache = {"PERFGOALS_CACHE_DIR": str(directory / "cache")}
    small = [*tool[:4], str(directory / "csv" / "00001.csv")]
    measured(small, cache)  # compiled rules and grammars are made once, at installation or at the first run
    report("cold, one process, no cache", number, measured([*tool, "--jobs", "1", "--no-cache"], cache))
    report("cold, one process", number, measured([*tool, "--jobs", "1"], cache))
    report("unchanged", number, measured(tool, cache))
    sarif: list[Any] = ["--output", f"sarif={directory / 'out.sarif'}"]
    report("unchanged, with SARIF", number, measured([*tool, *sarif], cache))
    report("cold, processes, no cache", number, measured([*tool, "--jobs", "auto", "--no-cache"], cache))


def peers(directory: Path, number: int) -> None:
    """The peer over the same tables as JSON."""
    found = shutil.which(
        "check-jsonschema", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    )
    if found is None:
        print("check-jsonschema is not installed")
        return
    files = [str(path) for path in sorted((directory / "json").iterdir())]
    report(
        "check-jsonschema",
        number,
        measured([found, "--schemafile", str(directory / "schema.json"), *files], {}),
    )


def main() -> None:
    number = int(sys.argv[1]) if len(sys.argv) > 1 else NUMBER
    print(f"{number} tables, {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}")
    with tempfile.TemporaryDirectory() as name:
        generate(Path(name), number)
        ours(Path(name), number)
        peers(Path(name), number)


if __name__ == "__main__":
    main()
