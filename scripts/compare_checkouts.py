"""Do two checkouts read and check the same files in the same way? Compares extraction and findings byte for byte.

    python scripts/compare_checkouts.py OTHER_CHECKOUT PATH... [--this CHECKOUT] [--format json ...]

Each checkout runs from its own ``src`` in this interpreter's environment, without caches or configuration, over the same
paths. What differs is printed as a diff, a file at a time; the exit status is 1 when anything differs, 2 when a
checkout cannot be run.
"""

from __future__ import annotations

import argparse
import difflib
import itertools
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

_MOST_LINES = 40


class CannotRunError(RuntimeError):
    """A checkout whose program ends with neither "clean" nor "found something"; the message is what it printed."""


def output(checkout: Path, arguments: list[str]) -> bytes:
    """What the program of a checkout prints. Raises :class:`CannotRunError`."""
    with tempfile.TemporaryDirectory() as cache:
        environment = os.environ | {"PYTHONPATH": str(checkout / "src"), "PERFGOALS_CACHE_DIR": cache}
        run = subprocess.run(
            [sys.executable, "-m", "perfgoals_lint", *arguments],
            env=environment,
            capture_output=True,
            check=False,
        )
    if not run.stdout:
        raise CannotRunError(f"{checkout}: {run.stderr.decode(errors='replace')}")
    return run.stdout


def differences(ours: bytes, theirs: bytes) -> list[str]:
    """The lines of a diff of two outputs; JSON is laid out first, so that a line is one fact."""
    if ours == theirs:
        return []
    lines = [_lines(content) for content in (theirs, ours)]
    return list(difflib.unified_diff(*lines, "other checkout", "this checkout", lineterm="", n=8))


def _lines(content: bytes) -> list[str]:
    text = content.decode(errors="replace")
    try:
        read: Any = json.loads(text)
    except ValueError:
        return text.splitlines()
    return json.dumps(read, ensure_ascii=False, indent=1).splitlines()


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("other", type=Path)
    asked.add_argument("paths", nargs="+")
    asked.add_argument("--this", type=Path, default=Path(__file__).parents[1])
    asked.add_argument("--format", nargs="*", default=["json"], help="report formats of check to compare")
    given = asked.parse_args()
    check = ["check", "--no-config", "--no-cache", "--jobs", "1"]
    runs = [
        ["extract", "--no-config", "--format", "json"],
        *([*check, "--format", one] for one in given.format),
    ]
    differing = 0
    for arguments in runs:
        name = " ".join(arguments)
        try:
            found = differences(
                output(given.this, [*arguments, *given.paths]),
                output(given.other, [*arguments, *given.paths]),
            )
        except CannotRunError as error:
            print(error, file=sys.stderr)
            sys.exit(2)
        print(f"{name}: {'differs' if found else 'the same'}")
        differing += bool(found)
        for line in itertools.islice(found, _MOST_LINES):
            print(f"    {line}")
    sys.exit(bool(differing))


if __name__ == "__main__":
    main()
