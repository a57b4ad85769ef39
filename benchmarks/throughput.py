"""Many small tables: seconds and peak memory, cold in one process, with processes, and unchanged; the peer in the same run.

Run as ``python benchmarks/throughput.py [number of tables]``. The tables are generated, all different, as CSV and as the
forms that this tool's published schema describes (``perfgoals-lint schema form``), in YAML and in JSON. The peer,
check-jsonschema, validates the same forms by that schema; it takes part where it is installed, in turn with this tool
over slices of the tables, since the speed of a machine may change from one minute to the next. Rows repeat from table to
table, as those of one office do, so that values are parsed once; ``distinct.py`` has tables whose rows do not. Memory is measured with a
tenth of the tables as well: what it grows by is what each further table costs.
"""

from __future__ import annotations

import csv
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, NamedTuple

import yaml

NUMBER = 10_000
SLICES = 8
TOOL = [sys.executable, "-m", "perfgoals_lint"]
ALONE = ["--format", "concise", "--jobs", "1", "--no-cache"]
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


def ours(directory: Path, number: int) -> None:
    """Every way of running this tool over the tables as CSV."""
    cache = {"PERFGOALS_CACHE_DIR": str(directory / "cache")}
    sarif = ["--output", f"sarif={directory / 'out.sarif'}"]
    whole, few = str(directory / "csv"), str(directory / "few")
    cold = report("cold, one process", number, measured([*TOOL, "check", whole, *ALONE], cache))
    less = report("  a tenth of the tables", number // 10, measured([*TOOL, "check", few, *ALONE], cache))
    growth(cold, less, number)
    cold = report("cold, SARIF", number, measured([*TOOL, "check", whole, *ALONE, *sarif], cache))
    less = measured([*TOOL, "check", few, *ALONE, *sarif], cache)
    growth(cold, report("  a tenth of the tables", number // 10, less), number)
    tool = [*TOOL, "check", whole, "--format", "concise"]
    many = report("cold, processes", number, measured([*tool, "--jobs", "auto", "--no-cache"], cache))
    if (peer := find_peer()) is not None:
        command = [peer, "--schemafile", str(directory / "schema.json"), *files_of(directory, "yaml")]
        other = report("check-jsonschema, yaml", number, measured(command, {}))
        print(f"  processes against check-jsonschema on yaml: ratio {other.seconds / many.seconds:.2f}")
    report("cold, filling the cache", number, measured([*tool, "--jobs", "1"], cache))
    report("unchanged", number, measured(tool, cache))
    report("unchanged, SARIF", number, measured([*tool, *sarif], cache))


def find_peer() -> str | None:
    """The path of check-jsonschema, where it is installed."""
    beside = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return shutil.which("check-jsonschema", path=beside)


def files_of(directory: Path, kind: str) -> list[str]:
    """The tables in one format, in their order."""
    return [str(path) for path in sorted((directory / kind).iterdir())]


def growth(many: Measured, few: Measured, number: int) -> None:
    """Print what each table more costs in memory."""
    print(f"  each further table: {(many.memory - few.memory) * 1024 / (number - number // 10):.2f} KiB")


def compared(directory: Path, number: int) -> None:
    """Files a second of this tool and the peer over slices of the tables in turn, and the medians of their ratios."""
    peer = find_peer()
    if peer is None:
        print("check-jsonschema is not installed")
        return
    cache = {"PERFGOALS_CACHE_DIR": str(directory / "cache")}
    size = number // SLICES
    rates: dict[str, list[float]] = {}
    for start in range(0, size * SLICES, size):
        for kind in ("csv", "yaml", "json"):
            files = files_of(directory, kind)[start : start + size]
            commands = {f"perfgoals-lint, {kind}": [*TOOL, "check", *files, *ALONE]}
            if kind != "csv":
                schema = str(directory / "schema.json")
                commands[f"check-jsonschema, {kind}"] = [peer, "--schemafile", schema, *files]
            for name, command in commands.items():
                rates.setdefault(name, []).append(size / measured(command, cache).seconds)
    for name, found in rates.items():
        print(f"{name:26} {statistics.median(found):8.0f} files/s, from {min(found):.0f} to {max(found):.0f}")
    for own, other in (("csv", "yaml"), ("yaml", "yaml"), ("csv", "json"), ("json", "json")):
        pairs = zip(rates[f"perfgoals-lint, {own}"], rates[f"check-jsonschema, {other}"], strict=True)
        ratio = statistics.median(one / two for one, two in pairs)
        print(f"{own} against check-jsonschema on {other}: ratio {ratio:.2f}")


def main() -> None:
    number = int(sys.argv[1]) if len(sys.argv) > 1 else NUMBER
    print(f"{number} tables, {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}")
    with tempfile.TemporaryDirectory() as name:
        directory = Path(name)
        generate(directory, number)
        (directory / "few").mkdir()
        for path in sorted((directory / "csv").iterdir())[: number // 10]:
            shutil.copy(path, directory / "few")
        # Compiled rules and grammars are made once, at installation or at the first run.
        small = str(directory / "csv" / "00001.csv")
        measured([*TOOL, "check", small], {"PERFGOALS_CACHE_DIR": str(directory / "cache")})
        ours(directory, number)
        compared(directory, number)


if __name__ == "__main__":
    main()
