"""Start-up cost against a reference command in the same run: CPU time of whole processes, medians, and the ratio.

Run as ``python benchmarks/startup.py [reference command …]``; the reference is ``yamllint --version`` by default.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

RUNS = 15
SMALL_TABLE = Path(__file__).parents[1] / "examples" / "small-form.txt"


def cpu_seconds(command: list[str]) -> float:
    """User and system time of one finished run."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime - before.ru_utime) + (after.ru_stime - before.ru_stime)


def main() -> None:
    bin_dir = Path(sys.executable).parent
    tool = str(bin_dir / "perfgoals-lint")
    reference = sys.argv[1:] or [str(bin_dir / "yamllint"), "--version"]
    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8", delete=False) as small:
        small.write(SMALL_TABLE.read_text(encoding="utf-8"))
    commands = {
        "reference": reference,
        "--version": [tool, "--version"],
        "--help": [tool, "--help"],
        "rule PGK601": [tool, "rule", "PGK601"],
        "small table": [tool, small.name],
    }
    times: dict[str, list[float]] = {name: [] for name in commands}
    for command in commands.values():
        cpu_seconds(command)
    for _ in range(RUNS):
        for name, command in commands.items():
            times[name].append(cpu_seconds(command))
    os.unlink(small.name)
    base = statistics.median(times["reference"])
    print(f"reference: {' '.join(reference)}")
    for name, taken in times.items():
        median = statistics.median(taken)
        print(f"{name:12} {median * 1000:7.1f} ms  ratio {median / base:5.2f}")


if __name__ == "__main__":
    main()
