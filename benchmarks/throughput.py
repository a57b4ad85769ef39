"""Many small tables: seconds and peak memory, cold in one process, with processes, and unchanged; the peer in the same run.

Run as ``python benchmarks/throughput.py [number of tables]``. The tables are generated, all different, as CSV and as the
forms that this tool's published schema describes (``perfgoals-lint schema form``), in YAML and in JSON. The peer,
check-jsonschema, validates the same forms by that schema; it takes part where it is installed. Memory is measured
with a tenth of the tables as well: what it grows by is what each further table costs.
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
from typing import Any, NamedTuple

import yaml

NUMBER = 10_000
TOOL = [sys.executable, "-m", "perfgoals_lint"]
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
    """Write the tables as CSV and as forms, with the schema of the forms."""
    for name in ("csv", "yaml", "json"):
        (directory / name).mkdir()
    (directory / "schema.json").write_bytes(subprocess.check_output([*TOOL, "schema", "form"]))
    for index in range(number):
        rows = table(index)
        with open(directory / "csv" / f"{index:05}.csv", "w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
        form: dict[str, Any] = {row[0]: row[1] for row in rows[:2]}
        form["绩效指标"] = [dict(zip(HEADER, row, strict=True)) for row in rows[3:]]
        text = json.dumps(form, ensure_ascii=False)
        (directory / "json" / f"{index:05}.json").write_text(text, encoding="utf-8")
        text = yaml.dump(form, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False)
        (directory / "yaml" / f"{index:05}.yaml").write_text(text, encoding="utf-8")


class Measured(NamedTuple):
    """Wall seconds, peak memory in MiB of the process itself, and its exit status."""

    seconds: float
    memory: float
    status: int


def measured(command: list[str], environment: dict[str, str]) -> Measured:
    """Run a command to its end."""
    started = time.perf_counter()
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env={**os.environ, **environment}
    )
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
    return Measured(time.perf_counter() - started, usage.ru_maxrss / unit, process.returncode)


def report(name: str, number: int, figures: Measured) -> Measured:
    """Print a line of figures, and give them back."""
    rate = number / figures.seconds
    print(
        f"{name:34} {figures.seconds:7.2f} s  {rate:8.0f} files/s  {figures.memory:6.1f} MiB  exit {figures.status}"
    )
    return figures


def ours(directory: Path, number: int) -> dict[str, Measured]:
    """Every way of running this tool over the tables; the cold runs by format."""
    cache = {"PERFGOALS_CACHE_DIR": str(directory / "cache")}
    sarif = ["--output", f"sarif={directory / 'out.sarif'}"]
    alone = ["--format", "concise", "--jobs", "1", "--no-cache"]
    # Compiled rules and grammars are made once, at installation or at the first run.
    measured([*TOOL, "check", str(directory / "csv" / "00001.csv")], cache)
    few = directory / "few"
    few.mkdir()
    for path in sorted((directory / "csv").iterdir())[: number // 10]:
        shutil.copy(path, few)
    cold = {}
    for kind in ("csv", "yaml", "json"):
        command = [*TOOL, "check", str(directory / kind), *alone]
        cold[kind] = report(f"cold, one process, {kind}", number, measured(command, cache))
    small = report(
        "  a tenth of the tables", number // 10, measured([*TOOL, "check", str(few), *alone], cache)
    )
    command = [*TOOL, "check", str(directory / "csv"), *alone, *sarif]
    large = report("cold, one process, csv, SARIF", number, measured(command, cache))
    command = [*TOOL, "check", str(few), *alone, *sarif]
    less = report("  a tenth of the tables", number // 10, measured(command, cache))
    tool = [*TOOL, "check", str(directory / "csv"), "--format", "concise"]
    report("cold, processes, csv", number, measured([*tool, "--jobs", "auto", "--no-cache"], cache))
    report("cold, one process, csv, cached", number, measured([*tool, "--jobs", "1"], cache))
    report("unchanged", number, measured(tool, cache))
    report("unchanged, with SARIF", number, measured([*tool, *sarif], cache))
    for name, one, two in (("a report", small, cold["csv"]), ("SARIF", less, large)):
        growth = (two.memory - one.memory) * 1024 / (number - number // 10)
        print(f"memory for each further table, {name}: {growth:.2f} KiB")
    return cold


def peers(directory: Path, number: int, cold: dict[str, Measured]) -> None:
    """The peer over the same tables as forms, and how many times its files a second this tool checks."""
    found = shutil.which(
        "check-jsonschema", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    )
    if found is None:
        print("check-jsonschema is not installed")
        return
    for kind in ("yaml", "json"):
        files = [str(path) for path in sorted((directory / kind).iterdir())]
        command = [found, "--schemafile", str(directory / "schema.json"), *files]
        peer = report(f"check-jsonschema, {kind}", number, measured(command, {}))
        for own in ("csv", kind):
            ratio = peer.seconds / cold[own].seconds
            print(f"  files/s of this tool on {own} against it: ratio {ratio:.2f}")


def main() -> None:
    number = int(sys.argv[1]) if len(sys.argv) > 1 else NUMBER
    print(f"{number} tables, {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}")
    with tempfile.TemporaryDirectory() as name:
        generate(Path(name), number)
        peers(Path(name), number, ours(Path(name), number))


if __name__ == "__main__":
    main()
