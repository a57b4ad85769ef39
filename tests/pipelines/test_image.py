"""The image: clean by hadolint, and held to what this project asks of it."""

from __future__ import annotations

import re

from pipelines.helpers import TOP, run, tool

LINES = (TOP / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ").splitlines()
INSTRUCTIONS = [line.split(None, 1) for line in LINES if line and not line.startswith("#")]


def test_hadolint_has_nothing_to_say() -> None:
    done = run(tool("hadolint"), "--failure-threshold", "style", "Dockerfile", cwd=TOP)
    assert (done.returncode, done.stdout) == (0, "")


def test_the_last_stage_takes_only_the_installed_program_and_is_not_root() -> None:
    starts = [number for number, (name, _) in enumerate(INSTRUCTIONS) if name == "FROM"]
    assert len(starts) == 2
    last = INSTRUCTIONS[starts[-1] :]
    copies = [rest for name, rest in last if name == "COPY"]
    assert copies == ["--from=build /opt/perfgoals-lint /opt/perfgoals-lint"]
    assert not [rest for name, rest in last if name in ("RUN", "ADD")]
    (user,) = [rest for name, rest in last if name == "USER"]
    assert re.fullmatch(r"[1-9]\d*:[1-9]\d*", user)
    assert [name for name, _ in last][-2:] == ["ENTRYPOINT", "CMD"]


def test_the_build_sees_what_the_package_is_made_of_and_nothing_else() -> None:
    rules = (TOP / ".dockerignore").read_text(encoding="utf-8").splitlines()
    wanted = [rule[1:] for rule in rules if rule.startswith("!")]
    assert rules[1] == "*"
    assert set(wanted) == {"src", "rules", "hatch_build.py", "pyproject.toml", "README.md", "LICENSE"}
    assert all((TOP / name).exists() for name in wanted)
