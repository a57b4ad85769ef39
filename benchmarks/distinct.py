"""Checking tables that are all different beside the usual validators and readers, in processor time, taken in turn.

    python benchmarks/distinct.py [--tables 100] [--rounds 3] [--limit 60] [--peers DIRECTORY]

Every table has rows that no other one has, so that nothing is remembered from one to the next (``throughput.py`` repeats
rows, as tables of one office do, and shows what remembering is worth). Each round runs every command once, one after
the other, over tables that no round before it had; a figure is the median of the rounds, a ratio the median of the
ratios within the rounds. A command that takes longer than the limit is ended and left out of all later rounds.
``DIRECTORY`` holds the peers' programs (check-jsonschema, yamllint) and, as ``python``, an interpreter with the readers
among them (openpyxl, python-docx, pdfplumber); those that are not found are named as absent. Values alone are compared
in ``values.py``, readers without checking in ``readers.py``.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import random
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

from readers import form as form_rows
from readers import make_docx, make_pdf, make_xlsx

TOOL = [sys.executable, "-m", "perfgoals_lint"]
HEADER = ["一级指标", "二级指标", "三级指标", "年度指标值"]
PLACES = ["青石滩", "白桦岭", "南湾", "云台", "柳林", "北渡", "长汀", "石桥", "金沙", "竹溪"]
ACTS = ["修剪", "养护", "补种", "巡查", "清运", "检修", "培训", "发放", "登记", "检测"]
THINGS = {
    "苗木": "株",
    "绿地": "公顷",
    "步道": "公里",
    "座椅": "把",
    "泵站": "座",
    "学员": "人次",
    "样品": "批次",
    "档案": "份",
}
KINDS: list[tuple[str, str, str, Callable[[random.Random, str], str]]] = [
    ("产出指标", "数量指标", "数量", lambda dice, unit: f"≥{dice.randint(2, 9999)}{unit}"),
    ("产出指标", "数量指标", "总量", lambda dice, unit: f"不少于{dice.randint(2, 9999)}{unit}"),
    ("产出指标", "数量指标", "规模", lambda dice, unit: f"{dice.randint(2, 999)}-{dice.randint(1000, 9999)}{unit}"),
    ("产出指标", "质量指标", "合格率", lambda dice, _: f"≥{dice.randint(600, 999) / 10}%"),
    ("产出指标", "质量指标", "达标率", lambda dice, _: f"达到{dice.randint(60, 99)}.{dice.randint(1, 9)}%以上"),
    ("产出指标", "时效指标", "完成时间", lambda dice, _: f"2026年{dice.randint(1, 12)}月{dice.randint(1, 28)}日前"),
    ("产出指标", "成本指标", "单位成本", lambda dice, unit: f"≤{dice.randint(1, 9999)}元/{unit}"),
    ("效益指标", "经济效益指标", "带动增收", lambda dice, _: f"≥{dice.randint(1, 9000) / 100}万元"),
    ("效益指标", "社会效益指标", "受益人数", lambda dice, _: f"带动{dice.randint(2, 9999)}人就业"),
    ("效益指标", "可持续影响指标", "长效机制", lambda dice, _: f"提升{dice.randint(1, 400) / 10}%"),
    ("满意度指标", "服务对象满意度指标", "居民满意度", lambda dice, _: f"≥{dice.randint(8000, 9999) / 100}%"),
]  # fmt: skip


OWN_READING = """
import sys
from perfgoals_lint.readers import read
if __name__ == "__main__":
    for path in sys.argv[1:]:
        read(path)
"""
LIBRARIES = {
    "xlsx": ("openpyxl", """
import sys, openpyxl
for path in sys.argv[1:]:
    for sheet in openpyxl.load_workbook(path, read_only=True, data_only=True):
        list(sheet.iter_rows(values_only=True))
"""),
    "docx": ("python-docx", """
import sys, docx
for path in sys.argv[1:]:
    for table in docx.Document(path).tables:
        [[cell.text for cell in row.cells] for row in table.rows]
"""),
    "pdf": ("pdfplumber", """
import sys, pdfplumber
for path in sys.argv[1:]:
    with pdfplumber.open(path) as document:
        [page.extract_tables() for page in document.pages]
"""),
}  # fmt: skip
"""By the ending of the files: the usual library, and how it reads all tables of the files that it is given."""
MODULES = {"openpyxl": "openpyxl", "python-docx": "docx", "pdfplumber": "pdfplumber"}


def table(number: int) -> tuple[dict[str, str], list[list[str]]]:
    """The boxes and the rows of a table; the same number always gives the same table."""
    dice = random.Random(number)
    place, thing = dice.choice(PLACES), dice.choice(list(THINGS))
    count, price = dice.randint(3, 900), dice.randint(2, 90)
    goal = (
        f"全年{dice.choice(ACTS)}{count}{THINGS[thing]}{thing}，每{THINGS[thing]}{price}元，共{count * price}元；"
        f"完成{place}{dice.randint(2, 80)}处巡查，第{number}片区居民满意度达{dice.randint(80, 99)}%以上。"
    )
    rows = []
    for level1, level2, end, value in KINDS:
        own = dice.choice(list(THINGS))
        name = f"{dice.choice(PLACES)}{dice.choice(ACTS)}{own}{end}{dice.randint(1, 9999)}"
        rows.append([level1, level2, name, value(dice, THINGS[own])])
    return {"项目名称": f"{place}{thing}养护{number}", "年度目标": goal}, rows


def write(directory: Path, start: int, number: int) -> None:
    """Write some tables as CSV, as forms in YAML and JSON, and as office documents."""
    for name in ("csv", "yaml", "json", *LIBRARIES):
        (directory / name).mkdir(parents=True)
    for index in range(start, start + number):
        boxes, rows = table(index)
        with open(directory / "csv" / f"{index}.csv", "w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([*([*box, "", ""] for box in boxes.items()), HEADER, *rows])
        form: dict[str, Any] = boxes | {"绩效指标": [dict(zip(HEADER, row, strict=True)) for row in rows]}
        text = yaml.dump(form, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False)
        (directory / "yaml" / f"{index}.yaml").write_text(text, encoding="utf-8")
        for ending, make in (("xlsx", make_xlsx), ("docx", make_docx), ("pdf", make_pdf)):
            (directory / ending / f"{index}.{ending}").write_bytes(make([form_rows(index)]))
        text = json.dumps(form, ensure_ascii=False)
        (directory / "json" / f"{index}.json").write_text(text, encoding="utf-8")


def cpu_seconds(command: list[str], limit: float) -> float | None:
    """User and system time of one finished run with the processes that it started; ``None`` when it was ended."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    try:
        subprocess.run(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False, timeout=limit
        )
    except subprocess.TimeoutExpired:
        return None
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def commands(directory: Path, schema: Path, peers: dict[str, str]) -> dict[str, list[str]]:
    """What runs in a round, by the name under which it is reported."""
    check = [*TOOL, "check", "--format", "concise", "--jobs", "1", "--no-cache", "--no-config"]
    found = {f"perfgoals-lint, {kind}": [*check, str(directory / kind)] for kind in ("csv", "yaml", "json")}
    if "check-jsonschema" in peers:
        for kind in ("yaml", "json"):
            files = map(str, sorted((directory / kind).iterdir()))
            found[f"check-jsonschema, {kind}"] = [
                peers["check-jsonschema"], "--schemafile", str(schema), *files,
            ]  # fmt: skip
    if "yamllint" in peers:
        found["yamllint, yaml"] = [peers["yamllint"], str(directory / "yaml")]
    for ending, (library, script) in LIBRARIES.items():
        files = list(map(str, sorted((directory / ending).iterdir())))
        found[f"perfgoals-lint, reading {ending}"] = [sys.executable, "-c", OWN_READING, *files]
        if library in peers:
            found[f"{library}, reading {ending}"] = [peers[library], "-c", script, *files]
    return found


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("--tables", type=int, default=100)
    asked.add_argument("--rounds", type=int, default=3)
    asked.add_argument("--limit", type=float, default=60, help="seconds by the clock for one command")
    asked.add_argument("--peers", default=str(Path(sys.executable).parent))
    given = asked.parse_args()
    peers = found_peers(given.peers)
    times: dict[str, list[float | None]] = {}
    with tempfile.TemporaryDirectory() as name:
        schema = Path(name, "schema.json")
        schema.write_bytes(subprocess.check_output([*TOOL, "schema", "form"]))
        for number in range(given.rounds):
            directory = Path(name, str(number))
            say(f"round {number + 1} of {given.rounds}: writing {given.tables} tables")
            write(directory, number * given.tables, given.tables)
            for title, command in commands(directory, schema, peers).items():
                taken = times.setdefault(title, [])
                if None in taken:
                    continue
                taken.append(cpu_seconds(command, given.limit))
                say(
                    f"  {title}: " + (f"{taken[-1]:.2f} s" if taken[-1] is not None else "ended at the limit")
                )
    report(given.tables, times)
    for title in sorted({"check-jsonschema", "yamllint", *MODULES} - set(peers)):
        print(f"absent, not measured: {title}")


def say(text: str) -> None:
    """A line of progress."""
    print(text, file=sys.stderr, flush=True)


def found_peers(directory: str) -> dict[str, str]:
    """The programs that are there, and for each library the interpreter that can import it."""
    where = f"{directory}{os.pathsep}{os.environ['PATH']}"
    names = ("check-jsonschema", "yamllint")
    peers = {name: path for name in names if (path := shutil.which(name, path=where))}
    python = shutil.which("python", path=where) or sys.executable
    for name, module in MODULES.items():
        if not subprocess.run(
            [python, "-c", f"import {module}"], capture_output=True, check=False
        ).returncode:
            peers[name] = python
    return peers


def report(tables: int, times: dict[str, list[float | None]]) -> None:
    """Print the rates and, for each peer, the ratio to the program's own figure for the same work."""
    whole: dict[str, list[float]] = {}
    for title, taken in times.items():
        done = [one for one in taken if one is not None]
        if len(done) == len(taken):
            whole[title] = done
        else:
            print(f"{title:30} ended at the limit, not measured")
    print(f"{tables} tables a run, medians, load {os.getloadavg()[0]:.1f}")
    for title, done in whole.items():
        print(f"{title:30} {tables / statistics.median(done):7.0f} tables per CPU second")
    for title, done in whole.items():
        work = title.partition(", ")[2]
        ours = f"perfgoals-lint, {work}" if work.startswith("reading") else "perfgoals-lint, csv"
        if ours != title and ours in whole and not title.startswith("perfgoals-lint"):
            ratio = statistics.median(other / mine for other, mine in zip(done, whole[ours], strict=True))
            print(f"{ours} against {title}: {ratio:.2f}")


if __name__ == "__main__":
    main()
