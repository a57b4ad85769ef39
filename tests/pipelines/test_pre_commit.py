"""The hooks as pre-commit runs them: installed into an environment of their own, on a repository of tables."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

import pytest

from pipelines.helpers import CLEAN, FAULTY, TOP, commit_all, load, run, tool

HOOKS = {hook["id"]: hook for hook in load(".pre-commit-hooks.yaml")}


def test_the_manifest_is_one_for_pre_commit() -> None:
    done = run(tool("pre-commit"), "validate-manifest", ".pre-commit-hooks.yaml", cwd=TOP)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("path", "wanted"),
    [
        ("目标表/2025 图书馆.xlsx", True),
        ("a.CSV", True),
        ("部门预算.pdf", True),
        ("表.html", True),
        ("README.md", False),
        ("requirements-dev.txt", False),
        ("package.json", False),
        ("目标.xlsx.bak", False),
    ],
)
def test_changed_files_that_may_hold_goal_tables_are_checked(path: str, wanted: bool) -> None:
    hook = HOOKS["perfgoals-lint"]
    taken = bool(re.search(hook["files"], path)) and not re.search(hook["exclude"], path)
    assert taken is wanted


@pytest.fixture(scope="module")
def hooks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The checkout as it stands, changes and new files included, as a repository that hooks are taken from."""
    target = tmp_path_factory.mktemp("hooks")
    listed = run(tool("git"), "ls-files", "-co", "--exclude-standard", "-z", cwd=TOP)
    if listed.returncode:
        pytest.skip("the tests do not run in a git checkout")
    for name in listed.stdout.split("\0"):
        if name and (TOP / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(TOP / name, target / name)
    commit_all(target)
    return target


@pytest.fixture
def tables(tmp_path: Path) -> Path:
    """A repository with a clean and a faulty table below a directory with a Chinese name and a blank."""
    home = tmp_path / "tables"
    (home / "目标 表").mkdir(parents=True)
    shutil.copy(CLEAN, home / "目标 表" / "会见.txt")
    shutil.copy(FAULTY, home / "目标 表" / "图书馆.txt")
    (home / "requirements.txt").write_text("click\n", encoding="utf-8")
    commit_all(home)
    return home


def try_hook(hooks: Path, tables: Path, cache: Path, *arguments: str) -> tuple[int, str]:
    """Exit status and output of ``pre-commit try-repo``."""
    env = {**os.environ, "PRE_COMMIT_HOME": str(cache), "PRE_COMMIT_COLOR": "never"}
    env.pop("PYTHONPATH", None)
    done = run(tool("pre-commit"), "try-repo", str(hooks), *arguments, cwd=tables, env=env)
    if "virtualenv" in done.stderr or "No matching distribution" in done.stdout:
        pytest.skip("pre-commit could not install the hook: no package index is in reach")
    return done.returncode, done.stdout


@pytest.mark.slow
def test_the_hook_for_changed_files_names_the_faulty_table(hooks: Path, tables: Path, tmp_path: Path) -> None:
    status, output = try_hook(hooks, tables, tmp_path / "cache", "perfgoals-lint", "--all-files")
    assert status == 1
    assert "PGK605" in output
    assert "目标 表/图书馆.txt" in output
    assert "requirements.txt" not in output.split("hookid", 1)[-1]
    clean = ("perfgoals-lint", "--files", "目标 表/会见.txt")
    assert try_hook(hooks, tables, tmp_path / "cache", *clean)[0] == 0


@pytest.mark.slow
def test_the_hook_for_the_repository_checks_what_did_not_change(
    hooks: Path, tables: Path, tmp_path: Path
) -> None:
    (tables / "requirements.txt").unlink()
    commit = ("perfgoals-lint-repository", "--files", "目标 表/会见.txt")
    status, output = try_hook(hooks, tables, tmp_path / "cache", *commit)
    assert status == 1
    assert "图书馆.txt" in output
    assert "PGK605" in output
