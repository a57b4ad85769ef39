"""Findings made up for marks, and what a file shows."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from perfgoals_lint.handback.wording import HandbackWords
from perfgoals_lint.model import Edit, Finding, Fix, Grid, Location, Severity
from perfgoals_lint.readers import read

WORDS = HandbackWords("zh")


def finding(
    place: Location | None,
    rule: str = "PGN501",
    severity: Severity = "error",
    new: str | None = None,
    **given: object,
) -> Finding:
    """A finding at a place."""
    old = str(given.get("quote") or "≧2座")
    fix = Fix(True, [Edit(place, "annual_value", old, new)]) if new and place else None
    return Finding(
        rule,
        "name",
        severity,
        "规范性",
        f"{rule} 用了不规范的符号",
        place.path if place else "f",
        advice="改用规范符号",
        location=place,
        fix=fix,
        **{
            "fingerprint": f"{rule}-{place and (place.cell or place.row or place.page)}",
            "quote": old,
            **given,
        },  # type: ignore[arg-type]
    )


def shown(data: bytes, path: Path) -> object:
    """All texts with their places, and what a reader had to say."""
    path.write_bytes(data)
    source = read(str(path), "f")
    blocks = [
        [(block.locate(cell), cell.text, cell.row_span, cell.column_span) for cell in block.cells]
        if isinstance(block, Grid)
        else [(line.location, line.text) for line in block.lines]
        for block in source.blocks
    ]
    return blocks, sorted(problem.code for problem in source.problems)


def converted(files: list[Path], ending: str, folder: Path) -> list[Path]:
    """The files as LibreOffice converts them; the test is skipped where there is none."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice (soffice) is not installed")
    home = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [program, "--headless", home, "--convert-to", ending, "--outdir", str(folder), *map(str, files)]
    subprocess.run(command, check=True, capture_output=True, timeout=240)
    return [folder / (file.stem + "." + ending) for file in files]
