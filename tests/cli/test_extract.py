"""``extract``: what it writes in each format, and that ``check`` judges it as it judges the original."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from cli.commands import EXAMPLES, error_line, findings, run

SMALL = EXAMPLES / "small-form.txt"
OTHER = EXAMPLES / "coded-list-sports.txt"
DOCUMENTS = sorted([*EXAMPLES.glob("*.txt"), *EXAMPLES.glob("*.xlsx")])


Judged = dict[str, Counter[tuple[Any, ...]]]


def judged(*paths: str | Path) -> Judged:
    """What is found and about what, without where it stands, by the name of the document. That the unit of its amounts
    was inferred (PGX121) is said of a document that does not print it; what is written of it says 元."""
    by_document: Judged = {}
    for finding in findings(*paths):
        if finding["rule"] == "PGX121":
            continue
        about = (finding["rule"], finding["severity"], finding.get("project"), finding.get("field"))
        indicator = json.dumps(finding.get("indicator"), ensure_ascii=False)
        name = Path(finding["location"]["path"]).name
        by_document.setdefault(name, Counter())[*about, indicator] += 1
    return by_document


def judged_when_written(documents: list[Path], form: str, directory: Path) -> Judged:
    """The same for what ``extract`` makes of the documents."""
    assert run("extract", "--format", form, *documents, "-o", f"{directory}/").returncode == 0
    return {name.removesuffix(f".{form}"): found for name, found in judged(directory).items()}


@pytest.fixture(scope="module")
def expected() -> Judged:
    return judged(*DOCUMENTS)


@pytest.mark.parametrize("form", ["yaml", "csv", "xlsx"])
def test_what_is_written_is_judged_the_same(form: str, expected: Judged, tmp_path: Path) -> None:
    assert sum(found.total() for found in expected.values()) > 50
    assert judged_when_written(DOCUMENTS, form, tmp_path) == expected


@pytest.mark.parametrize("form", ["yaml", "csv"])
def test_published_documents_are_judged_the_same(form: str, corpus: Path, tmp_path: Path) -> None:
    documents = sorted(corpus.glob("*.txt"))
    assert judged_when_written(documents, form, tmp_path) == judged(*documents)


def test_yaml_of_several_documents_is_one_stream(tmp_path: Path) -> None:
    done = run("extract", "--format", "yaml", SMALL, OTHER)
    assert done.returncode == 0
    streams = list(yaml.safe_load_all(done.stdout))
    assert [len(stream["项目"]) > 0 for stream in streams] == [True, True]
    assert done.stdout.decode().count(f"# {SMALL}") == 1
    (tmp_path / "both.yaml").write_bytes(done.stdout)
    assert json.loads(run("extract", tmp_path / "both.yaml").stdout)["documents"][0]["problems"] == []


def test_csv_of_several_documents_needs_a_directory(tmp_path: Path) -> None:
    assert "-o" in error_line(run("extract", "--format", "csv", SMALL, OTHER))
    assert run("extract", "--format", "csv", SMALL, OTHER, "-o", tmp_path / "out").returncode == 0
    names = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert names == [f"{OTHER.name}.csv", f"{SMALL.name}.csv"]


def test_documents_of_the_same_name_get_files_of_their_own(tmp_path: Path) -> None:
    for folder in ("甲", "乙"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "表.txt").write_bytes(SMALL.read_bytes())
    assert run("extract", "--format", "yaml", tmp_path, "-o", f"{tmp_path}/out/").returncode == 0
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["表.txt-2.yaml", "表.txt.yaml"]


def test_a_file_that_cannot_be_read_is_said_and_fails(tmp_path: Path) -> None:
    (tmp_path / "坏.txt").write_text("", encoding="utf-8")
    done = run("extract", "--format", "yaml", SMALL, tmp_path / "坏.txt")
    assert done.returncode == 2
    assert "坏.txt: PGX003" in done.stderr.decode()
    assert len(list(yaml.safe_load_all(done.stdout))) == 1


def test_nothing_is_written_where_nothing_was_read(tmp_path: Path) -> None:
    (tmp_path / "坏.txt").write_text("", encoding="utf-8")
    (tmp_path / "好.yaml").write_text("mine", encoding="utf-8")
    written = ("-o", tmp_path / "好.yaml", "--force")
    assert run("extract", "--format", "yaml", tmp_path / "坏.txt", *written).returncode == 2
    assert (tmp_path / "好.yaml").read_text(encoding="utf-8") == "mine"


def test_a_file_is_written_over_only_when_forced(tmp_path: Path) -> None:
    path = tmp_path / "表.json"
    path.write_text("mine", encoding="utf-8")
    assert "--force" in error_line(run("extract", SMALL, "-o", path))
    assert path.read_text(encoding="utf-8") == "mine"
    assert run("extract", SMALL, "-o", path, "--force").returncode == 0
    assert json.loads(path.read_bytes())["documents"][0]["document"] == str(SMALL)


def test_the_names_are_those_of_the_contract(tmp_path: Path) -> None:
    rows = [
        "项目名称,码头护栏更新,,,",
        "预算金额（万元）,36,,,",
        "一级指标,二级指标,三级指标,指标值,责任科室",
        "产出指标,数量指标,更新护栏长度,≥240米,港航科",
    ]
    (tmp_path / "护栏.csv").write_text("\n".join(rows), encoding="utf-8")
    printed = json.loads(run("extract", tmp_path / "护栏.csv").stdout)
    Draft202012Validator(json.loads(run("schema", "extract").stdout)).validate(printed)
    (document,) = printed["documents"]
    (table,) = document["tables"]
    assert table["money_unit"] == {"unit": "万元", "from": "printed", "evidence": None}
    assert table["header"][-2:] == [
        {"text": "指标值", "role": "annual_value"},
        {"text": "责任科室", "role": ""},
    ]
    assert table["indicators"][0]["columns"] == {"责任科室": "港航科"}
    uses = ("labels", "headers", "fields", "indicator_cells", "totals", "notes", "unread")
    assert document["account"]["cells"] == sum(document["account"][use] for use in uses) == 14
