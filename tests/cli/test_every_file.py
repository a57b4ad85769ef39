"""Every file of a run is checked, no goal table, unreadable or not looked at, and the report says which."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.cli.commands import EXAMPLES, run

from perfgoals_lint.runner.discover import Passed, find
from pipelines.helpers import commit_all
from readers.written import docx, pdf, stream
from suppression.helpers import checked, goal_csv
from suppression.helpers import run as run_here

TABLE = goal_csv().encode()
LETTER = "各科室：\n定于下周三召开预算布置会，请准时参加。\n联系人：综合科\n"
SCAN = pdf(
    b"<</Type/Catalog/Pages 2 0 R>>",
    b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
    b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</XObject<</I 5 0 R>>>>>>",
    stream(b"q 595 0 0 842 0 0 cm /I Do Q"),
    stream(
        b"\0\0\0", b"/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceRGB/BitsPerComponent 8"
    ),
)


def zipped(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


KINDS: dict[str, tuple[str, bytes, str]] = {
    "table": ("表.csv", TABLE, "checked"),
    "letter": ("函.txt", LETTER.encode(), "no_table"),
    "broken": ("坏.xlsx", b"PK\x03\x04broken", "unreadable"),
    "archive": ("包.rar", b"Rar!\x1a\x07", "not_looked_at"),
    "image": ("图.png", b"\x89PNG\r\n\x1a\n", "not_looked_at"),
    "other": ("程.exe", b"MZ", "not_looked_at"),
}
"""Ending, content and state of a file of each kind."""


def states(printed: dict[str, Any]) -> dict[str, str]:
    return {document["path"]: document["state"] for document in printed["documents"]}


@given(st.lists(st.tuples(st.sampled_from(sorted(KINDS)), st.booleans()), min_size=1, max_size=7))
@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_no_file_is_passed_over_in_silence(
    tmp_path_factory: pytest.TempPathFactory, some: list[tuple[str, bool]]
) -> None:
    """Loose in a directory or inside an archive: each file has one entry with its state, and the counts add up."""
    home = tmp_path_factory.mktemp("报送")
    inside: dict[str, bytes] = {}
    expected: dict[str, str] = {}
    for number, (kind, packed) in enumerate(some):
        name, content, state = KINDS[kind]
        name = f"{number}{name}"
        if packed:
            inside[f"乙/{name}"] = content
            expected[f"{home}/材料.zip!/乙/{name}"] = state
        else:
            (home / name).write_bytes(content)
            expected[f"{home}/{name}"] = state
    if inside:
        (home / "材料.zip").write_bytes(zipped(inside))
    printed = checked(home, "--no-cache")
    assert states(printed) == expected
    summary = printed["summary"]
    counts = [list(expected.values()).count(state) for state in ("no_table", "unreadable", "not_looked_at")]
    assert [summary["not_goal_tables"], summary["unreadable"], summary["not_looked_at"]] == counts
    assert summary["files"] == len(expected) - counts[2]
    for severity in ("error", "warning", "info"):
        assert summary[severity] == sum(document[severity] for document in printed["documents"])
    told = {finding["document"] for finding in printed["findings"] if finding["rule"] == "PGX009"}
    assert told == {path for path in expected if path.endswith(".rar")}


@pytest.mark.parametrize("prefix", [".", "~$", "._", ".~lock."])
@pytest.mark.parametrize("ending", [".docx", ".xlsx", ".xls", ".pdf", ".yaml"])
@pytest.mark.parametrize(
    "start", [b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF-1.7", b"\x05Name", b"\0\5\x16\7", b""]
)
@pytest.mark.parametrize("packed", [False, True])
def test_a_document_under_a_hidden_name_is_named(
    tmp_path: Path, prefix: str, ending: str, start: bytes, packed: bool
) -> None:
    """It is told from what a program left there by how it begins; nobody opens it."""
    name, content = f"{prefix}表{ending}", start + bytes(200)
    (tmp_path / name).write_bytes(content)
    (tmp_path / "包.zip").write_bytes(zipped({f"乙/{name}": content, "表.csv": TABLE}))
    passed: list[Passed] = []
    files = list(find([str(tmp_path / "包.zip") if packed else str(tmp_path)], passed=passed))
    assert len(files) == 1
    named = [str(tmp_path / name)] * (not packed) + [f"{tmp_path / '包.zip'}!/乙/{name}"]
    is_paper = ending != ".yaml" and start[:1] in (b"P", b"\xd0", b"%")
    assert sorted(passed) == sorted(Passed(path, "hidden") for path in named if is_paper)


LETTERS: dict[str, bytes] = {
    "通知.txt": LETTER.encode(),
    "通知.gbk.txt": LETTER.encode("gb18030"),
    "名单.csv": "序号,姓名,单位,电话\n1,甲,园林处,1\n2,乙,水务处,2\n3,丙,路灯处,3\n".encode(),
    "通知.md": f"# 通知\n\n{LETTER}".encode(),
    "名单.md": "| 序号 | 姓名 | 单位 |\n|---|---|---|\n| 1 | 甲 | 园林处 |\n".encode(),
    "通知.html": f"<html><p>{LETTER}</p><table><tr><td>序号</td><td>单位</td></tr></table></html>".encode(),
    "通知.docx": docx("".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in LETTER.split("\n"))),
    "设置.json": b'{"private": true}\n',
    "设置.yaml": b"on: push\n",
    "通知.rtf": rb"{\rtf1\ansi Dear all}",
}


@pytest.mark.parametrize("name", sorted(LETTERS))
def test_a_letter_is_information_in_every_carrier(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(LETTERS[name])
    done = run("check", "--no-cache", "--format", "json", path)
    printed = json.loads(done.stdout)
    assert done.returncode == 0
    assert states(printed) == {str(path): "no_table"}
    assert {finding["severity"] for finding in printed["findings"]} == {"info"}
    assert printed["summary"]["unreadable"] == 0


@pytest.mark.parametrize(
    "text",
    [
        "一级指标\n三级指标\n指标值\n",
        "一级指标二级指标三级指标指标值\n",
        "产出指标数量指标修剪行道树≥300棵\n",
        "绩效目标\n修剪\n",
    ],
)
def test_a_form_that_is_not_understood_is_no_letter(tmp_path: Path, text: str) -> None:
    path = tmp_path / "表.txt"
    path.write_text(text, encoding="utf-8")
    printed = checked(path, "--no-cache")
    assert [(d["state"]) for d in printed["documents"]] == ["unreadable"]


def test_a_sentence_about_indicators_makes_no_form(tmp_path: Path) -> None:
    path = tmp_path / "通知.txt"
    path.write_text("请各单位认真填写一级指标、二级指标和三级指标，并附上说明材料。\n", encoding="utf-8")
    assert states(checked(path, "--no-cache")) == {str(path): "no_table"}


@pytest.mark.parametrize(
    ("scan", "original", "paired"),
    [
        ("行道树修剪.pdf", "行道树修剪.csv", True),
        ("行道树修剪（盖章）.pdf", "行道树修剪.csv", True),
        ("扫描件-行道树修剪 20260301.pdf", "行道树修剪绩效目标表.csv", True),
        ("行道树修剪_已盖章_v2.pdf", "行道树修剪（定稿）.csv", True),
        ("扫描件（盖章）.pdf", "行道树修剪.csv", True),
        ("路灯维护（盖章）.pdf", "行道树修剪.csv", False),
        ("行道树修剪2（盖章）.pdf", "行道树修剪1.csv", False),
        ("甲局目标.pdf", "乙局目标.csv", False),
    ],
)
@pytest.mark.parametrize("packed", [False, True])
def test_a_scan_beside_its_original_is_information(
    tmp_path: Path, scan: str, original: str, paired: bool, packed: bool
) -> None:
    if packed:
        (tmp_path / "包.zip").write_bytes(zipped({f"乙/{scan}": SCAN, f"乙/{original}": TABLE}))
    else:
        (tmp_path / scan).write_bytes(SCAN)
        (tmp_path / original).write_bytes(TABLE)
    printed = checked(tmp_path, "--no-cache")
    (found,) = (finding for finding in printed["findings"] if finding["document"].endswith(".pdf"))
    assert (found["rule"], found["severity"]) == (("PGX023", "info") if paired else ("PGX020", "error"))
    assert sorted(states(printed).values()) == ["checked", "not_looked_at" if paired else "unreadable"]


def test_a_scan_in_another_folder_stays_unreadable(tmp_path: Path) -> None:
    for folder, name, content in (("甲", "表.pdf", SCAN), ("乙", "表.csv", TABLE)):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / name).write_bytes(content)
    assert sorted(states(checked(tmp_path, "--no-cache")).values()) == ["checked", "unreadable"]


def test_the_report_for_people_names_what_nobody_looked_into(tmp_path: Path) -> None:
    (tmp_path / "表.csv").write_bytes(TABLE)
    for name in ("包.rar", *(f"图{number}.png" for number in range(8))):
        (tmp_path / name).write_bytes(b"x")
    printed = run("check", "--no-cache", "--lang", "zh", tmp_path).stdout.decode()
    shown = "".join(printed.split())  # a long path is printed on several lines
    assert "没有打开检查的文件：9个" in shown
    assert "包.rar" in shown
    assert "还有3个" in shown
    assert "不能放心提交" in shown


def test_the_cache_knows_members_by_their_content(tmp_path: Path) -> None:
    env = {"PERFGOALS_CACHE_DIR": str(tmp_path / "cache")}
    path = tmp_path / "包.zip"

    def goal(project: str) -> dict[str, list[str]]:
        path.write_bytes(zipped({"甲/表.csv": goal_csv(project).encode(), "乙/表.csv": TABLE}))
        printed = checked(path, env=env)
        names: dict[str, list[str]] = {}
        for finding in printed["findings"]:
            names.setdefault(finding["document"], []).append(finding["project_name"])
        return names

    assert set(goal("甲项目")[f"{path}!/甲/表.csv"]) == {"甲项目"}
    assert set(goal("甲项目")[f"{path}!/甲/表.csv"]) == {"甲项目"}
    changed = goal("丙项目")
    assert set(changed[f"{path}!/甲/表.csv"]) == {"丙项目"}
    assert set(changed[f"{path}!/乙/表.csv"]) == {"柳溪街道行道树修剪"}


def test_a_baseline_knows_members_and_forgets_those_that_are_gone(tmp_path: Path) -> None:
    path = tmp_path / "包.zip"
    path.write_bytes(zipped({"甲/表.csv": TABLE, "乙/树.csv": goal_csv("另一个项目").encode()}))
    assert run_here("baseline", "write", "包.zip", cwd=tmp_path).returncode == 0
    known = json.loads((tmp_path / "perfgoals-baseline.json").read_text(encoding="utf-8"))["findings"]
    assert {line["document"] for line in known} == {"包.zip!/甲/表.csv", "包.zip!/乙/树.csv"}
    printed = checked("包.zip", "--baseline", "perfgoals-baseline.json", "--no-cache", cwd=tmp_path)
    assert printed["summary"]["findings"] == 0
    path.write_bytes(zipped({"甲/表.csv": TABLE}))
    run_here("baseline", "prune", "包.zip", cwd=tmp_path)
    known = json.loads((tmp_path / "perfgoals-baseline.json").read_text(encoding="utf-8"))["findings"]
    assert {line["document"] for line in known} == {"包.zip!/甲/表.csv"}


def test_a_changed_archive_is_compared_member_by_member(tmp_path: Path) -> None:
    path = tmp_path / "表" / "包.zip"
    path.parent.mkdir()
    path.write_bytes(zipped({"甲/表.csv": TABLE}))
    commit_all(tmp_path)
    assert checked("表", "--diff-base", "HEAD", cwd=tmp_path)["documents"] == []
    path.write_bytes(zipped({"甲/表.csv": TABLE, "乙/新.csv": goal_csv("新项目").encode()}))
    printed = checked("表", "--diff-base", "HEAD", "--ignore", "PGF413", cwd=tmp_path)
    new = {f["document"] for f in printed["findings"] if f["baseline_state"] == "new"}
    assert new == {"表/包.zip!/乙/新.csv"}


def test_files_in_archives_are_never_written(tmp_path: Path) -> None:
    path = tmp_path / "包.zip"
    path.write_bytes(zipped({"表.csv": TABLE.replace("≥95%".encode(), b"> =95%")}))
    before = path.read_bytes()
    assert run("check", "--no-cache", "--fix", "--unsafe-fixes", path).returncode in (0, 1)
    assert path.read_bytes() == before
    assert [found.name for found in tmp_path.iterdir()] == ["包.zip"]
    extracted = json.loads(run("extract", path).stdout)
    assert [document["document"] for document in extracted["documents"]] == [f"{path}!/表.csv"]


def test_extract_says_which_archives_it_leaves(tmp_path: Path) -> None:
    path = tmp_path / "包.zip"
    path.write_bytes(zipped({"表.csv": TABLE, "内.zip": b"PK", "图.png": b"x"}))
    done = run("extract", path)
    assert done.returncode == 0
    assert done.stderr.decode().splitlines() == [
        f"{path}!/内.zip: PGX009 此压缩包没有打开，里面的文件没有检查。"
    ]
    printed = json.loads(done.stdout)
    assert len(printed["documents"]) == 1
    assert [(one["path"], one["kind"]) for one in printed["not_looked_at"]] == [
        (f"{path}!/内.zip", "archive"),
        (f"{path}!/图.png", "image"),
    ]
    assert all(one["reason"] for one in printed["not_looked_at"])


def test_extract_lists_the_parts_that_were_not_read() -> None:
    (document,) = json.loads(run("extract", EXAMPLES / "library.xlsx").stdout)["documents"]
    assert document["parts_unread"] == []


@pytest.mark.parametrize("inside", [False, True])
@pytest.mark.parametrize("depth", [1, 3])
def test_a_linked_directory_is_named_unless_it_is_walked_anyway(
    tmp_path: Path, inside: bool, depth: int
) -> None:
    top = tmp_path.joinpath("报送", *"甲乙丙"[: depth - 1])
    aim = tmp_path / ("报送/丁" if inside else "别处")
    for folder in (top, aim):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "表.csv").write_bytes(TABLE)
    (top / "链接").symlink_to(aim, target_is_directory=True)
    printed = checked("报送", cwd=tmp_path)
    linked = [f"{top.relative_to(tmp_path)}/链接"] * (not inside)
    assert [one for one, state in states(printed).items() if state == "not_looked_at"] == linked
    assert [one["document"] for one in printed["findings"] if one["rule"] == "PGX135"] == linked
    assert printed["summary"]["files"] == 1 + inside


@pytest.mark.parametrize("pattern", ["*.csv", "报送/*", "**/表.csv"])
@pytest.mark.parametrize("configured", [False, True])
def test_a_directory_of_which_everything_is_excluded_is_no_clean_run(
    tmp_path: Path, pattern: str, configured: bool
) -> None:
    (tmp_path / "报送").mkdir()
    (tmp_path / "报送/表.csv").write_bytes(TABLE)
    options = () if configured else ("--exclude", pattern)
    if configured:
        (tmp_path / "perfgoals.toml").write_text(f'exclude = ["{pattern}"]\n', encoding="utf-8")
    done = run_here("check", "报送", *options, cwd=tmp_path)
    assert done.returncode == 2
    assert "报送/表.csv" in done.stderr
    assert (
        run_here("check", "报送/表.csv", *options, cwd=tmp_path).returncode == 0
    )  # as hooks name changed files
