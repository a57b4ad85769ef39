"""The Python API: what it gives, that it is typed, that examples in its documentation are true."""

from __future__ import annotations

import doctest
import pickle
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import perfgoals_lint
from across.test_across_and_against import FIELDS, JOBS, write
from perfgoals_lint import Content, Result, Rulebook, Settings, api, check, extract, read
from perfgoals_lint.rulebook import rules

TOP = Path(__file__).parents[1]
EXAMPLES = sorted(
    path for path in (TOP / "examples").iterdir() if path.suffix in {".txt", ".docx", ".xlsx", ".pdf"}
)
TABLE = "项目名称,渠道清淤,,\n一级指标,二级指标,三级指标,年度指标值\n产出指标,数量指标,清淤渠道长度,≥12公里\n"


@pytest.mark.parametrize("module", [api, rules])
def test_the_examples_in_docstrings_are_true(module: object) -> None:
    outcome = doctest.testmod(module)  # type: ignore[arg-type]
    assert outcome.attempted > 0
    assert outcome.failed == 0


@pytest.mark.parametrize("name", ["api.md", "api.zh-CN.md"])
def test_the_examples_in_the_guide_are_true(name: str) -> None:
    text = re.sub(r"^```.*$", "", (TOP / "docs" / name).read_text(encoding="utf-8"), flags=re.MULTILINE)
    examples = doctest.DocTestParser().get_doctest(text, {}, name, name, 0)
    outcome = doctest.DocTestRunner().run(examples)
    assert outcome.attempted > 10
    assert outcome.failed == 0


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_bytes_say_what_the_file_says(path: Path) -> None:
    assert read(path.read_bytes(), str(path)) == read(path)
    (of_file,) = check(path)
    (of_bytes,) = check(Content(str(path), path.read_bytes()))
    assert of_bytes.to_json() == of_file.to_json()


def test_what_cannot_be_read_is_named_as_the_caller_names_it() -> None:
    document = read(b"", "空表.csv")
    assert (document.path, document.tables) == ("空表.csv", [])
    (result,) = check(Content("空表.csv", b""))
    assert result.document is not None
    assert result.document.state == "unreadable"
    assert "perfgoals-" not in str(result.to_json())


def test_a_missing_file_is_a_result_and_no_exception(tmp_path: Path) -> None:
    (result,) = check(tmp_path / "没有.csv")
    assert [finding.rule for finding in result.findings] == ["PGX001"]
    assert [problem.code for problem in read(tmp_path / "没有.csv").problems] == ["PGX001"]


def test_sources_of_all_kinds_come_in_their_order(tmp_path: Path) -> None:
    (tmp_path / "里").mkdir()
    (tmp_path / "里" / "b.csv").write_text(TABLE, encoding="utf-8")
    (tmp_path / "a.csv").write_text(TABLE, encoding="utf-8")
    given: list[api.Source] = [Content("z.csv", TABLE.encode()), tmp_path, TABLE.encode()]
    paths = [result.path for result in check(given, Settings(select=["PGF414"]))]
    assert paths == ["z.csv", str(tmp_path / "a.csv"), str(tmp_path / "里" / "b.csv"), "bytes-3"]
    assert [document.path for document in extract(given)] == paths


def test_what_a_directory_holds_and_nobody_opens_is_told(tmp_path: Path) -> None:
    for name in ("a.csv", "盖章.png", "附件.rar"):
        (tmp_path / name).write_text(TABLE, encoding="utf-8")
    left = {str(tmp_path / "盖章.png"): "image", str(tmp_path / "附件.rar"): "archive"}
    documents = [one for one in extract(tmp_path) if one.layout is None]
    assert {one.path: one.format for one in documents} == left
    assert [problem.code for one in documents for problem in one.problems] == ["PGX009"]
    results = [one for one in check(tmp_path) if one.document and one.document.state == "not_looked_at"]
    assert {one.path: one.document.format for one in results if one.document} == left


def test_two_documents_of_one_name_are_refused() -> None:
    with pytest.raises(ValueError, match=r"a\.csv"):
        list(check([Content("a.csv", b"1"), Content("a.csv", b"2")]))


def test_results_travel(tmp_path: Path) -> None:
    results = list(check(EXAMPLES[:3]))
    assert pickle.loads(pickle.dumps(results)) == results
    assert all(isinstance(result, Result) for result in results)


def test_what_several_files_say_comes_last_and_without_a_document(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", "农田管护", [FIELDS, JOBS])
    write(tmp_path / "b.txt", "沟渠清淤", ["产出指标:清淤沟渠长度,年度指标值:≥50公里", JOBS])
    *single, last = check(tmp_path, Settings(select=["PGR217"], across=True))
    assert [result.findings for result in single] == [[], []]
    assert (last.document, last.path) == (None, "")
    assert [finding.rule for finding in last.findings] == ["PGR217"]


def test_a_configuration_holds_only_where_it_is_asked_for(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(TABLE.replace("≥12公里", ""), encoding="utf-8")
    config = tmp_path / "perfgoals.toml"
    config.write_text('select = ["PGF414"]\n', encoding="utf-8")
    (free,) = check(tmp_path / "a.csv")
    assert free.findings != []
    for asked in ({"closest": True}, {"config": config}):
        (bound,) = check(tmp_path / "a.csv", **asked)  # type: ignore[arg-type]
        assert bound.findings == []
    config.write_text('select = ["nothing"]\n', encoding="utf-8")
    with pytest.raises(ValueError, match="no rule named 'nothing'"):
        list(check(tmp_path / "a.csv", config=config))


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"lang": "fr"}, "zh, en"),
        ({"fail_on": "serious"}, "error, warning, info"),
        ({"framework": "nowhere"}, "no framework named 'nowhere'"),
        ({"select": ["nothing"]}, "no rule named 'nothing'"),
        ({"parameters": {"PGA302": {"nothing": 1}}}, "no parameter 'nothing'"),
        ({"baseline": "nowhere.json"}, r"nowhere\.json: cannot be read"),
        ({"exceptions": "nowhere.yaml"}, r"nowhere\.yaml: cannot be read"),
        ({"packs": ["nowhere.yaml"]}, r"nowhere\.yaml"),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_a_setting_that_cannot_hold_is_said_in_a_sentence(wrong: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        list(check(Content("a.csv", TABLE.encode()), Settings(**wrong)))


def test_the_rulebook_is_to_be_had() -> None:
    book = Rulebook.load()
    assert [rule.code for rule in book.find("impossible-value")] == ["PGF414"]


def test_every_name_is_there_and_importing_them_costs_nothing_before_use() -> None:
    assert set(perfgoals_lint.__all__) <= set(dir(perfgoals_lint))
    for name in perfgoals_lint.__all__:
        assert getattr(perfgoals_lint, name) is not None
    with pytest.raises(AttributeError, match="chek"):
        perfgoals_lint.chek  # type: ignore[attr-defined]  # noqa: B018
    loaded = "import sys, perfgoals_lint; print([m for m in sys.modules if m.startswith('perfgoals_lint.')])"
    done = subprocess.run([sys.executable, "-c", loaded], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['perfgoals_lint.version']"


CONSUMER = """
from perfgoals_lint import Content, Document, Result, Settings, check, extract, parse_value, read

def fail(results: list[Result]) -> list[str]:
    return [finding.rule for result in results for finding in result.findings if finding.severity == "error"]

document: Document = read(b"", "a.csv")
names: list[str] = [table.project_name for one in extract(["tables", Content("a.csv", b"")]) for table in one.tables]
codes: list[str] = fail(list(check("tables", Settings(select=["PGK"]), closest=True)))
kind: str = parse_value("≥90%").kind
"""
MISSPELT = """
import perfgoals_lint
from perfgoals_lint import chek
perfgoals_lint.raed(b"")
perfgoals_lint.check("tables", closets=True)
[result.finding for result in perfgoals_lint.check("tables")]
"""


def test_a_consumer_is_type_checked_and_a_misspelt_name_is_an_error(tmp_path: Path) -> None:
    mypy = pytest.importorskip("mypy.api", reason="mypy is not installed")
    (tmp_path / "consumer.py").write_text(CONSUMER, encoding="utf-8")
    (tmp_path / "misspelt.py").write_text(MISSPELT, encoding="utf-8")
    options = ["--strict", "--no-error-summary", "--follow-imports=silent", "--config-file=", "--no-pretty"]
    files = [str(tmp_path / "consumer.py"), str(tmp_path / "misspelt.py")]
    said, _, status = mypy.run([*options, f"--cache-dir={tmp_path / 'cache'}", *files])
    assert status == 1, said
    lines = [line for line in said.splitlines() if ": error:" in line]
    assert not [line for line in lines if "consumer.py" in line], said
    assert {line.split(":")[-2 if "]" not in line else 1] for line in lines} == {"3", "4", "5", "6"}, said
