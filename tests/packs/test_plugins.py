"""Plug-ins: installed packages whose entry point names rule pages. The example is installed into a directory of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from perfgoals_lint.lint.engine import Engine
from perfgoals_lint.packs import plugins
from perfgoals_lint.packs.errors import PackError
from perfgoals_lint.packs.loading import load_with
from perfgoals_lint.packs.samples import samples_of
from perfgoals_lint.rulebook import rules as rulebook

EXAMPLE = Path(__file__).parents[2] / "examples" / "plugin"


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("site")
    command = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "-q",
        "--no-deps",
        "--target",
        str(target),
        str(EXAMPLE),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"the example plug-in cannot be installed here: {done.stderr.strip().splitlines()[-1:]}")
    return target


def test_the_example_finds_what_it_promises(installed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(installed))
    book = load_with(plugins=["qinghe"])
    (rule,) = book.find("QHP01")
    bad = next(sample for sample in samples_of(rulebook.page_text(rule)) if sample.bad)
    (finding,) = Engine([rule]).check(bad.document).findings
    assert "20 万元" in finding.message


def test_the_example_passes_its_own_tests(installed: Path) -> None:
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(EXAMPLE / "tests")]
    paths = {"PYTHONPATH": str(installed), "PATH": "/usr/bin:/bin"}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=paths, cwd=EXAMPLE)
    assert "1 passed" in done.stdout, done.stdout + done.stderr


NESTED = """\
项目名称,场馆开放
年度目标,全年开放场馆
一级指标,二级指标,三级指标,指标值
产出指标,数量指标,开放场次,≥300场
产出指标,成本指标,场馆租赁费,≤20万元
满意度指标,服务对象满意度指标,观众满意度,≥90%
"""


@pytest.mark.parametrize("named", [("a/表.csv", "b/表.csv"), ("b/表.csv", "a/表.csv"), (".",), ("b",)])
def test_a_plugin_named_by_a_nested_configuration_judges_its_files_only(
    installed: Path, tmp_path: Path, named: tuple[str, ...]
) -> None:
    for place in ("a", "b"):
        (tmp_path / place).mkdir()
        (tmp_path / place / "表.csv").write_text(NESTED, encoding="utf-8")
    (tmp_path / "b/perfgoals.toml").write_text('plugins = ["qinghe"]\n', encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "perfgoals_lint", "check", *named, "--no-cache", "-f", "json"],
        capture_output=True,
        check=False,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(installed)},
    )
    found = [one["document"] for one in json.loads(done.stdout)["findings"] if one["rule"] == "QHP01"]
    assert [Path(one) for one in found] == [Path("b/表.csv")], done.stderr


def test_a_plugin_that_is_not_installed_is_named() -> None:
    with pytest.raises(PackError, match="nowhere: no such plug-in is installed") as caught:
        plugins.load(["nowhere"])
    assert caught.value.said("zh").startswith("nowhere: 没有安装这个插件")


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("no_such_module:PAGES", "ModuleNotFoundError"),
        ("os:sep", "no rule page"),
        ("json:nothing", "AttributeError"),
    ],
)
def test_a_broken_plugin_says_what_is_wrong(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, value: str, words: str
) -> None:
    if value == "os:sep":
        monkeypatch.setattr("os.sep", str(tmp_path))
    point = EntryPoint("broken", value, plugins.GROUP)
    monkeypatch.setattr(plugins, "entry_points", lambda group: [point])
    with pytest.raises(PackError, match=words):
        plugins.load(["broken"])


def test_another_state_of_a_plugins_code_is_another_rulebook(
    installed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the digest results of an earlier state are told from those of now, also where the pages stay as they are."""
    monkeypatch.syspath_prepend(str(installed))
    before = load_with(plugins=["qinghe"]).digest
    assert load_with(plugins=["qinghe"]).digest == before
    code = next(path for path in sorted(installed.rglob("*.py")) if path.read_text(encoding="utf-8").strip())
    text = code.read_text(encoding="utf-8")
    code.write_text(text + "\n# changed\n", encoding="utf-8")
    try:
        assert load_with(plugins=["qinghe"]).digest != before
    finally:
        code.write_text(text, encoding="utf-8")
