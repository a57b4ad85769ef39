"""What was set aside wider than anybody wrote, and what passed in silence: each kind of it."""

from __future__ import annotations

import itertools
import json
import os
from pathlib import Path

import pytest

from pipelines.helpers import commit_all
from pipelines.test_pre_commit import HOOKS
from suppression.helpers import ROWS, VAGUE, checked, found, goal_csv, run, write
from suppression.test_diff_base import git

SUM = (
    "项目名称,柳溪街道行道树修剪,,\n预算金额（万元）,{total},,\n其中：财政拨款（万元）,{part},,\n"
    "年度目标,全年修剪行道树300棵，改善街区面貌。,,\n一级指标,二级指标,三级指标,年度指标值\n"
    + "\n".join(ROWS)
    + "\n"
)


def exception(quote: str | None) -> str:
    said = f"quote: {json.dumps(quote, ensure_ascii=False)}, " if quote is not None else ""
    return f"- {{rule: PGK601, project: 柳溪街道行道树修剪, {said}reason: 结转, person: 周敏, date: 2026-01-10}}\n"


@pytest.mark.parametrize(
    ("quote", "holds"),
    [
        ("30 万元, 20 万元", True),
        ("20、30", True),
        ("300000 200000", True),
        (None, False),
        ("30", False),
        ("30, 21", False),
        ("30, 20, 10", False),
    ],
)
def test_an_exception_for_a_sum_holds_for_its_terms(tmp_path: Path, quote: str | None, holds: bool) -> None:
    write(tmp_path / "表.csv", SUM.format(total=30, part=20))
    write(tmp_path / "perfgoals-exceptions.yaml", exception(quote))
    printed = checked("表.csv", "--select", "PGK601", cwd=tmp_path)
    assert ("PGK601" not in found(printed)) is holds
    assert ("PGX303" in found(printed)) is not holds
    for total, part in ((31, 20), (30, 22)):
        write(tmp_path / "表.csv", SUM.format(total=total, part=part))
        assert "PGK601" in found(checked("表.csv", "--select", "PGK601", cwd=tmp_path))


OPENINGS = ("perfgoals: ", "perfgoals：", "perfgoals ", "PerfGoals: ")
BODIES = (
    f"ignore[{VAGUE}] 暂定",
    f"ignore {VAGUE}",
    "ignore[] 暂定",
    f"disable[{VAGUE}] 暂定",
    f"ignore［{VAGUE}］暂定",
)


@pytest.mark.parametrize("sign", ["#", "＃"])
@pytest.mark.parametrize(("opening", "body"), list(itertools.product(OPENINGS, BODIES)))
def test_a_comment_holds_or_is_reported(tmp_path: Path, sign: str, opening: str, body: str) -> None:
    """A mark, how it begins, what it says: right in every part, it holds; in any other case it is told of."""
    rows = (*ROWS[:3], f"{sign} {opening}{body}", *ROWS[3:])
    write(tmp_path / "表.csv", goal_csv(rows=rows))
    printed = found(checked("表.csv", "--select", VAGUE, cwd=tmp_path))
    right = sign == "#" and opening.lower() == "perfgoals: " and body == BODIES[0]
    assert printed == (set() if right else {VAGUE, "PGX306"})


@pytest.mark.parametrize("ending", [".csv", ".txt", ".md", ".html"])
@pytest.mark.parametrize(("opening", "body"), list(itertools.product(OPENINGS, BODIES)))
def test_a_comment_of_html_holds_or_is_reported(tmp_path: Path, ending: str, opening: str, body: str) -> None:
    lines = CARRIERS[ending].splitlines()
    at = next(number for number, line in enumerate(lines) if "提升" in line)
    comment = f"<!-- {opening}{body} -->"
    if ending == ".html":
        lines.insert(at, comment)
    else:
        lines[at] = lines[at].replace("提升", f"提升 {comment}")
    write(tmp_path / f"表{ending}", "\n".join(lines) + "\n")
    right = opening.lower() == "perfgoals: " and body == BODIES[0]
    printed = found(checked(f"表{ending}", "--select", VAGUE, cwd=tmp_path))
    assert printed == (set() if right else {VAGUE, "PGX306"})


def test_other_comments_are_none_of_ours(tmp_path: Path) -> None:
    for text in ("# perfgoals-lint 检查过", "# 用 perfgoals 检查", "<!-- perfgoals-lint: off -->"):
        write(tmp_path / "表.csv", goal_csv(rows=(*ROWS[:3], text, *ROWS[3:])))
        assert "PGX306" not in found(checked("表.csv", cwd=tmp_path))


def test_ranges_and_tables(tmp_path: Path) -> None:
    twice = ("效益指标,社会效益指标,街区面貌,提升", "效益指标,社会效益指标,绿化水平,改善")
    start, end = f"# perfgoals: ignore-start[{VAGUE}] 暂定", "# perfgoals: ignore-end"
    cases = {
        (*ROWS[:3], start, *twice, end, ROWS[4]): 0,
        (*ROWS[:3], start, twice[0], end, twice[1], ROWS[4]): 1,
        (*ROWS[:3], twice[0], f"# perfgoals: ignore-table[{VAGUE}] 暂定", twice[1], ROWS[4]): 0,
    }
    for ending, rows in itertools.product((".csv", ".md"), cases):
        text = goal_csv(rows=rows)
        if ending == ".md":
            lines = text.splitlines()
            marked = [
                f"<!-- {line[2:]} -->" if line.startswith("#") else f"| {line.replace(',', ' | ')} |"
                for line in lines
            ]
            cells = [line + " |" if line.startswith("<") else line for line in marked]
            text = "\n".join(("| 甲 | 乙 | 丙 | 丁 |", "|---|---|---|---|", *cells)) + "\n"
        path = write(tmp_path / f"表{ending}", text)
        printed = checked(path.name, "--select", VAGUE, cwd=tmp_path)
        left = [one for one in printed["findings"] if one["rule"] == VAGUE and not one["suppressed"]]
        assert len(left) == cases[rows], (ending, rows)
        assert "PGX306" not in found(printed)
    for lone in (start, end):
        write(tmp_path / "表.csv", goal_csv(rows=(*ROWS[:3], lone, *ROWS[3:])))
        assert "PGX306" in found(checked("表.csv", cwd=tmp_path))


def test_a_reason_may_be_asked_for(tmp_path: Path) -> None:
    write(tmp_path / "perfgoals.toml", "require-reason = true\n")
    write(tmp_path / "表.csv", goal_csv(rows=(*ROWS[:3], f"# perfgoals: ignore[{VAGUE}]", *ROWS[3:])))
    assert found(checked("表.csv", "--select", VAGUE, cwd=tmp_path)) == {VAGUE, "PGX307"}


# --- baseline ---------------------------------------------------------------------------------------------------------


def known(directory: Path, *paths: str) -> list[int]:
    """How many findings of each path are known, and how many are not."""
    printed = checked(*paths, "--baseline", "perfgoals-baseline.json", cwd=directory)
    return [printed["summary"]["baselined"], printed["summary"]["findings"]]


def test_entries_belong_to_their_document(tmp_path: Path) -> None:
    for year in ("2025", "2026"):
        write(tmp_path / year / "附件.csv", goal_csv())
    run("baseline", "write", "2025", cwd=tmp_path)
    (number, _) = known(tmp_path, "2025")
    assert number > 0
    assert known(tmp_path, "2026") == [0, number]
    assert known(tmp_path, ".") == [number, number]
    run("baseline", "write", "2026", cwd=tmp_path)
    assert known(tmp_path, ".") == [2 * number, 0]
    run("baseline", "prune", "2026", cwd=tmp_path)
    assert known(tmp_path, ".") == [2 * number, 0]
    (tmp_path / "2025/附件.csv").rename(tmp_path / "2025/附件（改）.csv")
    assert known(tmp_path, ".") == [2 * number, 0]
    write(tmp_path / "2025/附件（改）.csv", goal_csv("别的项目"))
    assert known(tmp_path, "2025") == [0, number]


def test_writing_keeps_what_the_run_did_not_look_at(tmp_path: Path) -> None:
    for name in ("甲", "乙"):
        write(tmp_path / name / "表.csv", goal_csv(name * 3))
    path = tmp_path / "known.json"
    run("baseline", "write", "甲", "乙", "--baseline", str(path), cwd=tmp_path)
    text = path.read_text(encoding="utf-8")
    (tmp_path / "甲/表.csv").write_bytes(b"\0\1")
    assert run("baseline", "write", "甲", "乙", "--baseline", str(path), cwd=tmp_path).returncode == 2
    assert path.read_text(encoding="utf-8") == text
    run("baseline", "write", "乙", "--select", "PGC102", "--baseline", str(path), cwd=tmp_path)
    assert path.read_text(encoding="utf-8") == text


def test_a_link_to_a_baseline_stays_one(tmp_path: Path) -> None:
    write(tmp_path / "表.csv", goal_csv())
    real = write(tmp_path / "共用/known.json", '{"schema": "perfgoals-lint/baseline/1", "findings": []}')
    real.chmod(0o640)
    link = tmp_path / "known.json"
    link.symlink_to(real)
    run("baseline", "write", "表.csv", "--baseline", "known.json", cwd=tmp_path)
    assert link.is_symlink()
    assert os.stat(real).st_mode & 0o777 == 0o640
    assert VAGUE in real.read_text(encoding="utf-8")


def test_an_entry_without_a_document_is_one_clear_line(tmp_path: Path) -> None:
    write(tmp_path / "表.csv", goal_csv())
    write(tmp_path / "b.json", '{"schema":"perfgoals-lint/baseline/1","findings":[{"fingerprint":"x"}]}')
    done = run("baseline", "diff", "表.csv", "--baseline", "b.json", cwd=tmp_path)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)


# --- revisions --------------------------------------------------------------------------------------------------------


def counted(directory: Path, *arguments: str) -> list[int]:
    summary = checked(*arguments, cwd=directory)["summary"]
    return [summary["files"], summary["findings"]]


def test_submodules_and_nested_repositories(tmp_path: Path) -> None:
    inner = tmp_path / "内"
    write(inner / "旧.csv", goal_csv())
    commit_all(inner)
    outer = tmp_path / "外"
    write(outer / "表.csv", goal_csv("别的项目"))
    commit_all(outer)
    git(outer, "-c", "protocol.file.allow=always", "submodule", "add", str(inner), "子")
    commit_all(outer)
    write(outer / "子/新.csv", goal_csv("枫桥路绿化"))
    commit_all(outer / "子")
    new = counted(outer, ".", "--diff-base", "HEAD")
    assert new[0] == 1
    assert new[1] > 0
    assert counted(outer, "子", "--diff-base", "HEAD") == new
    git(outer, "add", "子")  # the commit of the submodule is taken up, and nothing of it is committed
    for path in (".", "子"):
        assert counted(outer, path, "--diff-base", "HEAD") == new
    git(outer, "reset", "-q")
    write(outer / "嵌/表.csv", goal_csv("杉木巷绿化"))
    commit_all(outer / "嵌")
    assert counted(outer, "嵌", "--diff-base", "HEAD") == new
    write(outer / ".gitignore", "忽*\n")
    write(outer / "忽略.csv", goal_csv("石板街绿化"))
    assert counted(outer, "忽略.csv", "--diff-base", "HEAD") == new


def test_what_was_excluded_then_is_new(tmp_path: Path) -> None:
    write(tmp_path / "perfgoals.toml", 'exclude = ["归档/**"]\n')
    write(tmp_path / "归档/旧.csv", goal_csv())
    commit_all(tmp_path)
    git(tmp_path, "mv", "归档/旧.csv", "新.csv")
    assert counted(tmp_path, ".", "--diff-base", "HEAD")[1] > 0
    git(tmp_path, "mv", "新.csv", "归档/旧.csv")
    (tmp_path / "perfgoals.toml").unlink()
    assert counted(tmp_path, ".", "--diff-base", "HEAD")[1] > 0


def test_a_branch_answers_for_what_it_changed(tmp_path: Path) -> None:
    write(tmp_path / "b.csv", goal_csv())
    commit_all(tmp_path)
    git(tmp_path, "branch", "-M", "main")
    git(tmp_path, "checkout", "-q", "-b", "feat")
    git(tmp_path, "checkout", "-q", "main")
    write(tmp_path / "b.csv", goal_csv().replace(",提升", ",≥95%"))
    commit_all(tmp_path)
    git(tmp_path, "checkout", "-q", "feat")
    write(tmp_path / "f.csv", goal_csv("枫桥路绿化"))
    commit_all(tmp_path)
    for revision in ("main", "main...HEAD", "main...feat"):
        assert counted(tmp_path, ".", "--diff-base", revision)[0] == 1


# --- carriers and outputs ---------------------------------------------------------------------------------------------

LINES = goal_csv().splitlines()
CARRIERS = {
    ".txt": "\n".join(line.replace(",", "\t") for line in LINES),
    ".tsv": "\n".join(line.replace(",", "\t") for line in LINES),
    ".csv": "\n".join(LINES),
    ".md": "\n".join(
        ["| | | | |", "|---|---|---|---|", *(f"| {line.replace(',', ' | ')} |" for line in LINES)]
    ),
    ".html": "<table>\n"
    + "\n".join(f"<tr><td>{line.replace(',', '</td><td>')}</td></tr>" for line in LINES)
    + "\n</table>",
    ".yaml": "项目:\n  项目名称: 老街路灯改造\n  年度目标: 更换路灯300盏\n  预算金额: 30万元\n",
    ".json": '{\n "项目名称": "老街路灯改造",\n "年度目标": "更换路灯300盏",\n "预算金额": "30万元"\n}\n',
}


@pytest.mark.parametrize("ending", CARRIERS)
@pytest.mark.parametrize("name", ["", " HEAD"])
def test_marks_of_a_conflict_are_errors_at_their_lines(tmp_path: Path, ending: str, name: str) -> None:
    lines = CARRIERS[ending].splitlines()
    lines[-3:-3] = [f"<<<<<<<{name}", "=======", ">>>>>>> 乙"]
    path = write(tmp_path / f"表{ending}", "\n".join(lines) + "\n")
    done = run("check", path.name, "--format", "json", cwd=tmp_path)
    told = [one for one in json.loads(done.stdout)["findings"] if one["rule"] == "PGX310"]
    first = lines.index(f"<<<<<<<{name}") + 1
    assert [one["location"]["line"] for one in told] == [first, first + 1, first + 2]
    assert done.returncode in (1, 2)


def test_a_line_of_equals_signs_alone_is_a_heading(tmp_path: Path) -> None:
    write(tmp_path / "表.md", f"目标\n=======\n\n{CARRIERS['.md']}\n")
    assert "PGX310" not in found(checked("表.md", cwd=tmp_path))


@pytest.mark.parametrize("ending", [".csv", ".tsv", ".md", ".html"])
def test_tables_in_text_have_lines_in_every_report(tmp_path: Path, ending: str) -> None:
    path = write(tmp_path / f"表{ending}", CARRIERS[ending] + "\n")
    line = next(n for n, text in enumerate(CARRIERS[ending].splitlines(), 1) if "提升" in text)
    text = CARRIERS[ending].splitlines()[line - 1]
    arguments = ("check", path.name, "--select", VAGUE, "--format")
    assert f"line={line},col={text.index('提升') + 1}," in run(*arguments, "github", cwd=tmp_path).stdout
    (issue,) = json.loads(run(*arguments, "gitlab", cwd=tmp_path).stdout)
    assert issue["location"]["lines"]["begin"] == line
    (result,) = json.loads(run(*arguments, "sarif", cwd=tmp_path).stdout)["runs"][0]["results"]
    region = result["locations"][0]["physicalLocation"]["region"]
    start = text.index("提升") + 1
    assert region == {"startLine": line, "startColumn": start, "endColumn": start + 2}
    (diagnostic,) = json.loads(run(*arguments, "rdjson", cwd=tmp_path).stdout)["diagnostics"]
    column = len(text[: text.index("提升")].encode()) + 1
    assert diagnostic["location"]["range"]["start"] == {"line": line, "column": column}


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="the system has no full device")
def test_what_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    write(tmp_path / "表.csv", goal_csv())
    for arguments in (
        ("-o", "sarif=/dev/full"),
        ("-o", "json=x", "-o", "sarif=x"),
        ("-o", "json=-", "-f", "json"),
    ):
        done = run("check", "表.csv", *arguments, cwd=tmp_path)
        assert (done.returncode, done.stderr.count("\n")) == (2, 1), arguments
        assert not (tmp_path / "x").exists()
    done = run(
        "check", "表.csv", "-f", "github", cwd=tmp_path, env={"GITHUB_STEP_SUMMARY": str(tmp_path / "no/x")}
    )
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)


def test_a_report_to_standard_output_by_name(tmp_path: Path) -> None:
    write(tmp_path / "表.csv", goal_csv())
    assert json.loads(run("check", "表.csv", "-o", "json=-", cwd=tmp_path).stdout)["summary"]["files"] == 1


def test_a_list_beside_the_tables_is_passed_over(tmp_path: Path) -> None:
    write(tmp_path / "表.csv", goal_csv())
    write(tmp_path / "联系人.csv", "name,phone\n甲,1\n")
    assert run("check", ".", cwd=tmp_path).returncode != 2
    assert run("check", "联系人.csv", cwd=tmp_path).returncode == 0  # a list is information, not unreadable


def test_the_hook_for_the_repository_compares_files(tmp_path: Path) -> None:
    row = "效益指标,社会效益指标,带动周边农户就业,≥2000人"
    for name in ("甲", "乙"):
        write(tmp_path / f"{name}.csv", goal_csv(name * 4, (*ROWS[:3], row, ROWS[4])))
    hook = HOOKS["perfgoals-lint-repository"]
    for arguments in (hook["args"], ["--format=grouped", "."]):  # a repository may replace them
        done = run(*hook["entry"].split()[1:], *arguments, cwd=tmp_path)
        assert "PGR217" in done.stdout


def test_what_the_program_wrote_is_no_table(tmp_path: Path) -> None:
    write(tmp_path / "表.csv", goal_csv())
    written = [("check", "-o", f"{form}={form}.json") for form in ("json", "jsonl", "sarif", "rdjson")]
    written.append(("baseline", "write", "--baseline", "旧.json"))
    for arguments in written:
        run(*arguments, "表.csv", cwd=tmp_path)
    names = {path.name for path in tmp_path.glob("*.json")}
    assert len(names) == len(written)
    alone = run("check", "表.csv", "-f", "json", cwd=tmp_path)
    together = run("check", ".", "-f", "json", cwd=tmp_path)
    assert together.returncode == alone.returncode
    told = [one for one in json.loads(together.stdout)["findings"] if one["document"].endswith(".json")]
    assert {(one["rule"], one["severity"]) for one in told} == {("PGX105", "info")}
    assert len(told) == len(written)
