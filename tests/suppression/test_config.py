"""Configuration as a user meets it: the closest file holds, nothing merges in silence, every mistake has its line."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfgoals_lint.cli.config import template
from perfgoals_lint.config import schema as config_schema
from perfgoals_lint.config.layers import ConfigError, Configs, Origin, SettingEntry, effective, over
from perfgoals_lint.config.patterns import absolute, matches
from perfgoals_lint.config.plan import make_plan
from perfgoals_lint.config.text import line_of, version_fits
from perfgoals_lint.rulebook import rules as rulebook
from suppression.helpers import VAGUE, checked, found, goal_csv, run, write


def table(directory: Path, name: str = "表.csv") -> Path:
    return write(directory / name, goal_csv())


def test_the_closest_configuration_holds_by_file_and_is_not_merged(tmp_path: Path) -> None:
    write(tmp_path / "perfgoals.toml", f'ignore = ["{VAGUE}"]\n')
    write(tmp_path / "inner/perfgoals.toml", 'ignore = ["PGC"]\n')
    outer, inner = table(tmp_path), table(tmp_path / "inner")
    rules = {(Path(f["document"]).parent.name, f["rule"]) for f in checked(outer, inner)["findings"]}
    assert (tmp_path.name, VAGUE) not in rules
    assert ("inner", VAGUE) in rules
    assert any(place == tmp_path.name and rule.startswith("PGC") for place, rule in rules)
    assert not any(place == "inner" and rule.startswith("PGC") for place, rule in rules)


@pytest.mark.parametrize("name", ["perfgoals.toml", ".perfgoals.toml", "pyproject.toml"])
def test_each_file_name_is_found(tmp_path: Path, name: str) -> None:
    section = "[tool.perfgoals-lint]\n" if name == "pyproject.toml" else ""
    write(tmp_path / name, f'{section}select = ["{VAGUE}"]\n')
    assert found(checked(table(tmp_path / "deep/er"))) == {VAGUE}


def test_a_pyproject_without_the_section_is_passed_over(tmp_path: Path) -> None:
    write(tmp_path / "perfgoals.toml", f'select = ["{VAGUE}"]\n')
    write(tmp_path / "inner/pyproject.toml", "[tool.other]\nx = 1\n")
    assert found(checked(table(tmp_path / "inner"))) == {VAGUE}


def test_extends_builds_on_a_path_a_profile_and_a_package(tmp_path: Path) -> None:
    write(
        tmp_path / "base/bureau.toml", 'fail-on = "info"\nmandatory = ["PGK601"]\n[severity]\nPGF = "error"\n'
    )
    write(tmp_path / "perfgoals.toml", 'extends = ["builtin:strict", "base/bureau.toml"]\nignore = ["PGN"]\n')
    config = Configs().of(str(tmp_path / "x.csv"))
    layer = effective(config, str(tmp_path / "x.csv"), {})
    assert layer["fail-on",].value == "info"
    assert layer["severity", "PGF"].value == "error"
    assert layer["mandatory",].value == ["PGK601", "PGK602", "PGC101"]
    assert layer["extend-select",].origin.label == "builtin:strict"
    assert str(layer["ignore",].origin).endswith("perfgoals.toml:2")


def test_a_package_may_hold_a_configuration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "site/bureau_rules/__init__.py", "raise RuntimeError('never imported')\n")
    write(tmp_path / "site/bureau_rules/perfgoals.toml", f'select = ["{VAGUE}"]\n')
    write(tmp_path / "work/perfgoals.toml", 'extends = "package:bureau_rules"\n')
    monkeypatch.syspath_prepend(str(tmp_path / "site"))
    layer = Configs().of(str(tmp_path / "work/x.csv")).layer
    assert layer["select",].value == [VAGUE]


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ('lang = "zh"\nignor = ["PGC"]\n', 2, "ignore"),
        ('# note\nlang = "fr"\n', 2, "zh, en"),
        ("ignore = 3\n", 1, "列表"),
        ('[severity]\nPGC101 = "warning"\nPGF401 = "bad"\n', 3, "error, warning, info"),
        ('\nignore = [\n  "PGC101",\n  "PGC1O1",\n]\n', 4, "PGC101"),
        ("[rules.PGF403]\n\nsimilarty = 0.9\n", 3, "similarity"),
        ("[limits]\nsecond = 3\n", 2, "seconds"),
        ('["per-file"."a/**"]\nlang = "zh"\n', 2, "lang"),
        ('framework = "mof99"\n', 1, "mof"),
        ('extends = "builtin:strickt"\n', 1, "strict"),
        ('extends = "package:no_such_package"\n', 1, "no_such_package"),
        ('required-version = ">=99"\nfuture-key = 1\n', 1, ">=99"),
        ("lang = \n", 1, "TOML"),
        ("ignore = " + "[" * 5000, 1, "嵌套"),
    ],
)
def test_a_mistake_is_one_clear_line_with_file_and_line(
    tmp_path: Path, text: str, line: int, said: str
) -> None:
    write(tmp_path / "perfgoals.toml", text)
    done = run("check", table(tmp_path), cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1
    assert re.search(rf"perfgoals\.toml:{line}|嵌套", done.stderr)
    assert said in done.stderr


def test_extends_in_a_circle_is_said(tmp_path: Path) -> None:
    write(tmp_path / "perfgoals.toml", 'extends = "other.toml"\n')
    write(tmp_path / "other.toml", 'extends = "perfgoals.toml"\n')
    with pytest.raises(ConfigError, match="extends comes back"):
        Configs().of(str(tmp_path / "x.csv"))


@pytest.mark.parametrize(
    "selector", ["PGF401", "vague-judgement", "PGF4", "PGF", "F", "可行性", "Feasibility", "all"]
)
def test_one_form_of_selector_by_code_name_prefix_and_dimension(selector: str) -> None:
    assert VAGUE in [rule.code for rule in rulebook.load().find(selector)]


def test_per_file_and_per_project_overrides(tmp_path: Path) -> None:
    write(
        tmp_path / "perfgoals.toml",
        f'["per-file"."old/**"]\nignore = ["all"]\n'
        f'["per-project"."*绿道*"]\nignore = ["{VAGUE}"]\nseverity.PGC105 = "error"\n',
    )
    old, new = table(tmp_path / "old"), table(tmp_path / "new")
    path = write(tmp_path / "new/绿道.csv", goal_csv("青禾绿道保洁"))
    printed = checked(old, new, path)
    assert str(old) not in {f["document"] for f in printed["findings"]}
    assert {f["document"] for f in printed["findings"] if f["rule"] == VAGUE} == {str(new)}
    severities = {f["document"]: f["severity"] for f in printed["findings"] if f["rule"] == "PGC105"}
    assert severities == {str(new): "info", str(path): "error"}


def test_exclude_holds_for_named_files_too(tmp_path: Path) -> None:
    write(tmp_path / "perfgoals.toml", 'exclude = ["归档/", "*.bak.csv"]\n')
    for name in ("归档/a.csv", "b.bak.csv", "c.csv"):
        table(tmp_path, name)
    assert run("check", tmp_path, "--show-files").stdout.split() == [str(tmp_path / "c.csv")]
    named = run("check", tmp_path / "归档/a.csv", "--format", "concise")
    assert named.returncode == 0
    assert "a.csv" in named.stderr


def test_mandatory_rules_cannot_be_ignored_or_lowered(tmp_path: Path) -> None:
    write(
        tmp_path / "perfgoals.toml",
        f'mandatory = ["{VAGUE}"]\nignore = ["PGF"]\n[severity]\n{VAGUE} = "info"\n',
    )
    printed = checked(table(tmp_path), "--ignore", VAGUE)
    assert [f["severity"] for f in printed["findings"] if f["rule"] == VAGUE] == ["warning"]


def test_thresholds_and_severities_change_what_is_found(tmp_path: Path) -> None:
    path = table(tmp_path)
    assert "PGC111" not in found(checked(path))
    write(tmp_path / "perfgoals.toml", f'[rules.PGC111]\nrows = "≥9"\n[severity]\n{VAGUE} = "error"\n')
    printed = checked(path)
    assert "PGC111" in found(printed)
    assert printed["summary"]["error"] >= 1


def test_the_command_line_goes_over_the_configuration(tmp_path: Path) -> None:
    write(tmp_path / "perfgoals.toml", f'ignore = ["{VAGUE}"]\nfail-on = "info"\n')
    path = table(tmp_path)
    assert found(checked(path, "--select", VAGUE)) == {VAGUE}
    assert run("check", path, "--fail-on", "error").returncode == 0
    assert run("check", path).returncode == 1
    assert VAGUE in found(checked(path, "--no-config"))


def test_the_run_takes_format_output_and_language_from_the_configuration(tmp_path: Path) -> None:
    write(
        tmp_path / "perfgoals.toml",
        'format = "concise"\nlang = "en"\noutput = ["json=out.json"]\nmax-warnings = 0\n',
    )
    done = run("check", table(tmp_path), cwd=tmp_path)
    assert "warning" in done.stdout
    assert json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))["findings"]
    assert done.returncode == 1
    assert "警告" in run("check", tmp_path, "--lang", "zh", cwd=tmp_path).stdout


def test_config_show_says_where_each_value_comes_from(tmp_path: Path) -> None:
    write(
        tmp_path / "perfgoals.toml",
        f'extends = "builtin:submission"\n["per-file"."*.csv"]\nselect = ["{VAGUE}"]\n',
    )
    done = run("config", "show", table(tmp_path), "--format", "json", cwd=tmp_path)
    shown = json.loads(done.stdout)
    assert shown["values"]["select"] == {"value": [VAGUE], "origin": "perfgoals.toml:3"}
    assert shown["values"]["mandatory"]["origin"].startswith("builtin:submission")
    assert shown["values"]["lang"]["origin"] == "default"
    text = run("config", "show", "表.csv", cwd=tmp_path).stdout
    assert "perfgoals.toml:3" in text
    tomllib.loads(text)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_config_init_writes_a_configuration_that_is_sound_when_uncommented(tmp_path: Path, lang: str) -> None:
    assert run("config", "init", "--lang", lang, cwd=tmp_path).returncode == 0
    text = (tmp_path / "perfgoals.toml").read_text(encoding="utf-8")
    assert tomllib.loads(text) == {}
    plain = [line.removeprefix("# ") for line in text.splitlines() if " = " in line]
    data = tomllib.loads("\n".join(plain))
    jsonschema.Draft202012Validator(config_schema.json_schema()).validate(data)
    assert dict(config_schema.flatten(data))["rules", "PGF403", "similarity"] == 0.9
    assert run("config", "init", cwd=tmp_path).returncode == 2


def test_the_schema_and_the_reader_agree(tmp_path: Path) -> None:
    schema = json.loads(run("schema", "config").stdout)
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    for text in (
        "nokey = 1",
        'lang = "fr"',
        'ignore = "PGC"',
        "jobs = 0",
        '[limits]\nseconds = "a"',
        "[rules]\nPGC101 = 1",
    ):
        assert list(validator.iter_errors(tomllib.loads(text))), text
        with pytest.raises(config_schema.FaultError):
            list(config_schema.flatten(tomllib.loads(text)))


def test_the_built_in_profiles_are_sound(tmp_path: Path) -> None:
    book = rulebook.load()
    for name in ("strict", "submission"):
        write(tmp_path / "perfgoals.toml", f'extends = "builtin:{name}"\n')
        config = Configs().of(str(tmp_path / "x.csv"))
        plan = make_plan(book, effective(config, None, {}), config.path)
        assert {"PGK601", "PGK602"} <= plan.mandatory & set(plan.codes)


@pytest.mark.parametrize(
    ("pattern", "path", "fits"),
    [
        ("*.csv", "/w/a/b.csv", True),
        ("a/*.csv", "/w/a/b.csv", True),
        ("a/*.csv", "/w/a/c/b.csv", False),
        ("a/**/*.csv", "/w/a/c/d/b.csv", True),
        ("a", "/w/a/c/d/b.csv", True),
        ("a/", "/w/x/a/b.csv", True),
        ("/w/a", "/w/a/b.csv", True),
        ("w", "/w/a/b.csv", False),
        ("?.csv", "/w/ab.csv", False),
    ],
)
def test_patterns(pattern: str, path: str, fits: bool) -> None:
    assert matches(path, absolute(pattern, "/w")) is fits


@given(st.text(max_size=40), st.text(max_size=40))
def test_no_pattern_is_too_strange(pattern: str, path: str) -> None:
    if "\0" not in path:
        assert matches(path, absolute(pattern, "/w")) in (True, False)


@given(st.text(max_size=200))
def test_looking_for_a_line_never_fails(text: str) -> None:
    line_of(text, ("rules", "PGF403"), "x")


@pytest.mark.parametrize(
    ("wanted", "version", "fits"),
    [
        (">=0.1,<1", "0.1.0", True),
        ("==0.1", "0.1.0", True),
        (">0.1", "0.1.0", False),
        ("~=1.2", "1.9", True),
        ("~=1.2", "2.0", False),
        ("!=0.2", "0.1.0", True),
        ("0.1", "0.1.0", False),
    ],
)
def test_required_versions(wanted: str, version: str, fits: bool) -> None:
    if fits:
        version_fits(wanted, version)
    else:
        with pytest.raises(config_schema.FaultError):
            version_fits(wanted, version)


def test_a_nearer_select_starts_afresh() -> None:
    def layer(**values: list[str]) -> dict[tuple[str, ...], SettingEntry]:
        return {(name.replace("_", "-"),): SettingEntry(value, Origin("x")) for name, value in values.items()}

    below = layer(select=["PGC"], ignore=["PGF"], extend_select=["PGN"], mandatory=["PGK601"])
    joined = over(below, layer(select=["PGF"], mandatory=["PGK602"]))
    assert {name[0]: entry.value for name, entry in joined.items()} == {
        "select": ["PGF"],
        "mandatory": ["PGK601", "PGK602"],
    }


def test_the_template_explains_every_key() -> None:
    for key in config_schema.KEYS:
        assert key.path[0] in template("en")
