"""Made-up tables with known faults, within files and between them."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

TOP = Path(__file__).parents[2]
Run = subprocess.CompletedProcess[bytes]

HEADER = "一级指标,二级指标,三级指标,年度指标值\n"


def table(number: int) -> str:
    """A made-up table; every seventh claims an effect that others claim too, every eleventh has a fault of its own, and
    some contradict each other on a figure of the whole city."""
    rows = [f"产出指标,数量指标,疏浚第{number}段河道长度,≥{3 + number % 40}公里"]
    if number % 7 == 0:
        rows.append("效益指标,社会效益指标,保护沿岸居民人数,≥52000人")
    if number % 9 == 0:
        rows.append(f"效益指标,经济效益指标,全市内河货运量,≥{800 + number % 2}万吨")
    if number % 11 == 0:
        rows.append("产出指标,质量指标,疏浚工程验收合格率,≥195%")
    rows.append("满意度指标,服务对象满意度指标,沿岸居民满意度,≥90%")
    lines = [
        f"项目名称,第{number}段河道疏浚,,",
        f"用款单位,云河区第{number % 3}水务站,,",
        HEADER.strip(),
        *rows,
    ]
    return "\n".join(lines) + "\n"


def write_tables(directory: Path, number: int) -> None:
    """Tables in folders, beside office files, an archive, files that cannot be read and what a walk passes over."""
    for index in range(number):
        folder = directory / f"区{index % 5}"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{index:04}.csv").write_text(table(index), encoding="utf-8")
    for name in ("library.docx", "library.xlsx", "library.pdf", "small-form.txt"):
        shutil.copy(TOP / "examples" / name, directory / name)
    packed = directory / "packed"
    packed.mkdir()
    for index in range(number, number + 5):
        (packed / f"{index:04}.csv").write_text(table(index), encoding="utf-8")
    shutil.make_archive(str(directory / "报送"), "zip", packed)
    shutil.rmtree(packed)
    (directory / "empty.csv").write_bytes(b"")
    (directory / "broken.xlsx").write_bytes(b"PK\x03\x04 this is no workbook")
    (directory / "logo.png").write_bytes(b"\x89PNG")
    (directory / "old.rar").write_bytes(b"Rar!")
    (directory / ".hidden.csv").write_text(table(1), encoding="utf-8")


def findings(done: Run) -> list[dict[str, Any]]:
    """The findings of a run that was asked for JSON."""
    told: list[dict[str, Any]] = json.loads(done.stdout)["findings"]
    return told
