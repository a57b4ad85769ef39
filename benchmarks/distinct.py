"""Checking tables that are all different beside the usual validators and readers, in processor time, taken in turn.

    python benchmarks/distinct.py [--tables 200] [--rounds 5] [--peers DIRECTORY]

Every table has rows that no other one has, so that nothing is remembered from one to the next (``throughput.py`` repeats
rows, as tables of one office do, and shows what remembering is worth). Each round runs every command once, one after
the other, over tables that no round before it had; a figure is the median of the rounds, a ratio the median of the
ratios within the rounds. ``DIRECTORY`` holds the peers' programs (check-jsonschema, yamllint); those that are not found
are named as absent.
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
    """Write some tables as CSV and as forms in YAML and JSON."""
    for name in ("csv", "yaml", "json"):
        (directory / name).mkdir(parents=True)
    for index in range(start, start + number):
        boxes, rows = table(index)
        with open(directory / "csv" / f"{index}.csv", "w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([*([*box, "", ""] for box in boxes.items()), HEADER, *rows])
        form: dict[str, Any] = boxes | {"绩效指标": [dict(zip(HEADER, row, strict=True)) for row in rows]}
        text = yaml.dump(form, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False)
        (directory / "yaml" / f"{index}.yaml").write_text(text, encoding="utf-8")
        text = json.dumps(form, ensure_ascii=False)
        (directory / "json" / f"{index}.json").write_text(text, encoding="utf-8")


def cpu_seconds(command: list[str]) -> float:
    """User and system time of one finished run with the processes that it started."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
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
    return found


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("--tables", type=int, default=200)
    asked.add_argument("--rounds", type=int, default=5)
    asked.add_argument("--peers", default=str(Path(sys.executable).parent))
    given = asked.parse_args()
    where = f"{given.peers}{os.pathsep}{os.environ['PATH']}"
    peers = {
        name: path for name in ("check-jsonschema", "yamllint") if (path := shutil.which(name, path=where))
    }
    times: dict[str, list[float]] = {}
    with tempfile.TemporaryDirectory() as name:
        schema = Path(name, "schema.json")
        schema.write_bytes(subprocess.check_output([*TOOL, "schema", "form"]))
        for number in range(given.rounds):
            directory = Path(name, str(number))
            write(directory, number * given.tables, given.tables)
            for title, command in commands(directory, schema, peers).items():
                times.setdefault(title, []).append(cpu_seconds(command))
    print(f"{given.tables} tables a run, {given.rounds} rounds, load {os.getloadavg()[0]:.1f}")
    for title, taken in times.items():
        print(f"{title:26} {given.tables / statistics.median(taken):7.0f} tables per CPU second")
    own = times["perfgoals-lint, csv"]
    for title, taken in times.items():
        if not title.startswith("perfgoals-lint"):
            ratio = statistics.median(other / mine for other, mine in zip(taken, own, strict=True))
            print(f"perfgoals-lint on csv against {title}: {ratio:.2f}")
    for title in {"check-jsonschema", "yamllint"} - set(peers):
        print(f"absent, not measured: {title}")


if __name__ == "__main__":
    main()
