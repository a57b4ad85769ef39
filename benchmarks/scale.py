"""What each further table costs when many are checked on the workers of a scheduler, and what a large run would take.

Run as ``python benchmarks/scale.py [few] [many]``, with the extra ``distributed``. The tables are made up, all different: workbooks
of 200 KB (a table of twelve rows and a picture's worth of bytes) in folders of a hundred. Two runs over ``few`` and ``many`` of
them on two worker processes of this machine give the slopes: processor time of the workers, of the scheduler and of the
process that asks, its memory, and what travels. ``docs/scale.md`` says how a run is planned from them.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import NamedTuple

import psutil
import xlsxwriter

FEW, MANY = 200, 800
FILE_BYTES = 200_000
TABLES, BYTES = 1_000_000, 200e9
NAMES = ["疏浚河道长度", "管护路灯数量", "培训人次", "发放补助人数", "检修站点数量", "抚育林木面积"]
UNITS = ["公里", "盏", "人次", "人", "座", "亩"]


def rows_of(number: int) -> list[list[str]]:
    """The rows of one table, like no other's."""
    chance = random.Random(number)
    rows = [
        ["项目名称", f"第{number}号维护项目", "", ""],
        ["用款单位", f"第{number % 97}区维护中心", "", ""],
        ["年度目标", f"全年完成{chance.randint(20, 9000)}处设施维护，保障第{number}片区运行。", "", ""],
        ["一级指标", "二级指标", "三级指标", "年度指标值"],
    ]
    for place in range(6):
        name, unit = NAMES[place], UNITS[place]
        rows.append(["产出指标", "数量指标", f"第{number}片区{name}", f"≥{chance.randint(3, 99_999)}{unit}"])
    rows += [
        ["产出指标", "质量指标", "维护合格率", f"≥{chance.randint(80, 100)}%"],
        ["产出指标", "时效指标", "完成时间", f"2026年{chance.randint(1, 12)}月底前"],
        ["产出指标", "成本指标", "每处维护成本", f"≤{chance.randint(50, 9999)}元/处"],
        ["效益指标", "社会效益指标", "受益居民人数", f"≥{chance.randint(1, 400) * 100}人"],
        ["效益指标", "经济效益指标", f"全市第{number // 3}类设施完好率", f"≥{chance.randint(85, 99)}%"],
        ["满意度指标", "服务对象满意度指标", "居民满意度", f"≥{chance.randint(85, 98)}%"],
    ]
    return rows


def write(directory: Path, numbers: range) -> None:
    """The tables as workbooks in folders of a hundred."""
    for number in numbers:
        folder = directory / f"{number // 100:05}"
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{number:07}.xlsx"
        with xlsxwriter.Workbook(str(path)) as book:
            sheet = book.add_worksheet("目标表")
            for index, row in enumerate(rows_of(number)):
                sheet.write_row(index, 0, row)
        with zipfile.ZipFile(path, "a") as package:
            package.writestr("docProps/thumbnail.jpeg", random.Random(number).randbytes(FILE_BYTES))


class Measured(NamedTuple):
    """Processor seconds of workers, scheduler and asking process, wall seconds, MiB of the asking process, bytes sent."""

    workers: float
    scheduler: float
    client: float
    wall: float
    memory: float
    sent: float


def processor(process: psutil.Process) -> float:
    """Processor seconds of a process and of all that it started."""
    total = 0.0
    for one in [process, *process.children(recursive=True)]:
        try:
            times = one.cpu_times()
        except psutil.NoSuchProcess:
            continue
        total += times.user + times.system
    return total


RUN = """
import resource, sys, time
from perfgoals_lint import Settings, api
from perfgoals_lint.runner import run
from perfgoals_lint.runner.discover import find
from perfgoals_lint.lint.records import pack
sent = 0
class Counted(run.Run):
    def _gated(self, result, plan):
        global sent
        sent += len(pack(result))
        return super()._gated(result, plan)
started = time.perf_counter()
counted = Counted(list(find([sys.argv[2]])), Settings(scheduler=sys.argv[1], across=True))
for _ in counted.results():
    pass
used = resource.getrusage(resource.RUSAGE_SELF)
print(used.ru_utime + used.ru_stime, time.perf_counter() - started, used.ru_maxrss / 1024, sent)
"""


def measured(
    address: str, directory: Path, scheduler: psutil.Process, workers: list[psutil.Process]
) -> Measured:
    """Check a directory on the cluster; rules over all files are asked too."""
    own = scheduler.cpu_times()
    before = sum(map(processor, workers))
    done = subprocess.run(
        [sys.executable, "-c", RUN, address, str(directory)], capture_output=True, text=True, check=True
    )
    now = scheduler.cpu_times()
    client, wall, memory, sent = map(float, done.stdout.split())
    central = now.user + now.system - own.user - own.system
    return Measured(sum(map(processor, workers)) - before, central, client, wall, memory, sent)


def main() -> None:
    from distributed import LocalCluster

    few, many = (int(text) for text in (sys.argv[1:3] or (FEW, MANY)))
    print(
        f"{few} and {many} workbooks of {FILE_BYTES // 1000} KB, {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}"
    )
    with tempfile.TemporaryDirectory() as name:
        less, more = Path(name, "few"), Path(name, "many")
        write(less, range(few))
        write(more, range(few, few + many))
        os.environ["PERFGOALS_CACHE_DIR"] = name
        with LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
        ) as cluster:
            scheduler = psutil.Process()
            workers = [psutil.Process(nanny.pid) for nanny in cluster.workers.values()]
            measured(
                cluster.scheduler_address, less, scheduler, workers
            )  # starts the processes of the workers
            first = measured(cluster.scheduler_address, less, scheduler, workers)
            second = measured(cluster.scheduler_address, more, scheduler, workers)
        told(first, second, few, many)


def told(first: Measured, second: Measured, few: int, many: int) -> None:
    """Print the slopes, and what a large run takes by them."""
    slopes = Measured(*((late - early) / (many - few) for early, late in zip(first, second, strict=True)))
    print(
        f"each further table: workers {slopes.workers * 1000:.2f} ms, scheduler {slopes.scheduler * 1000:.3f} ms,"
    )
    print(
        f"  asking process {slopes.client * 1000:.3f} ms and {slopes.memory * 1024:.2f} KiB, {slopes.sent:.0f} bytes sent"
    )
    hours = slopes.workers * TABLES / 3600
    print(
        f"{TABLES:,} tables: {hours:.2f} core hours of workers, at most {1 / slopes.client:.0f} tables/s for one asking process"
    )
    for cores in (16, 64, 128):
        pace = min(cores / slopes.workers, 1 / slopes.client)
        print(
            f"  {cores:4} cores: {TABLES / pace / 60:6.1f} min, reading {BYTES / TABLES * pace / 1e6:6.0f} MB/s,"
            f" asking process {80 + slopes.memory * TABLES:.0f} MiB, {slopes.sent * TABLES / 1e9:.1f} GB to it"
        )


if __name__ == "__main__":
    main()
