"""Copies of whole directories and packages, opinions, and the comparison of two rounds, as commands."""

from __future__ import annotations

import json
import shutil
import zipfile
from io import BytesIO
from pathlib import Path

import docx
import openpyxl
import pytest

from cli.commands import EXAMPLES, error_line, run
from handback.hard import ROWS
from handback.made import WORDS
from perfgoals_lint.handback.opinions.fill import fill_document, fill_workbook

FILES = ("municipal.xlsx", "municipal.docx", "municipal.pdf", "small-form.txt", "library.xlsx")


_REMARKING = (
    "rich", "concise", "grouped", "markdown", "html", "github", "gitlab", "junit", "rdjson", "rdjsonl",
)  # fmt: skip
"""The formats in which every finding of a comparison says its state itself."""


@pytest.fixture
def tables(tmp_path: Path) -> Path:
    """A directory of tables in every kind of carrier."""
    home = tmp_path / "目标表"
    (home / "乙").mkdir(parents=True)
    for name in FILES:
        shutil.copy(EXAMPLES / name, home / "乙" / name)
    (home / "表.csv").write_text("\n".join(",".join(row) for row in ROWS), encoding="utf-8")
    return home


def found(folder: Path) -> list[tuple[str, ...]]:
    """All findings of a directory: file, rule, identity, words and place."""
    done = run("check", ".", "--no-cache", "--format", "json", cwd=folder)
    return [
        (one["document"], one["rule"], one["fingerprint"], one["message"], json.dumps(one["location"]))
        for one in json.loads(done.stdout)["findings"]
    ]


def test_copies_give_the_same_findings_and_stripped_the_same_files(tables: Path, tmp_path: Path) -> None:
    before = {path: path.read_bytes() for path in tables.rglob("*") if path.is_file()}
    assert run("annotate", tables, "-o", tmp_path / "审核", "--no-cache").returncode == 0
    assert {path: path.read_bytes() for path in before} == before
    assert found(tmp_path / "审核") == found(tables)
    names = {
        path.relative_to(tmp_path / "审核").as_posix()
        for path in (tmp_path / "审核").rglob("*")
        if path.is_file()
    }
    inside = {f"乙/{name}" for name in FILES} | {"表.csv"}
    assert names == inside | {"乙/small-form.txt.审核.xlsx", "表.csv.审核.xlsx"}
    assert (
        run("annotate", tmp_path / "审核", "-o", tmp_path / "还原", "--strip", "--no-cache").returncode == 0
    )
    assert (tmp_path / "还原" / "乙" / "municipal.pdf").read_bytes() == before[
        tables / "乙" / "municipal.pdf"
    ]
    assert found(tmp_path / "还原") == found(tables)


def test_the_workbook_beside_shows_the_table_with_its_marks(tables: Path, tmp_path: Path) -> None:
    run("annotate", tables / "表.csv", "-o", tmp_path / "审核", "--no-cache")
    book = openpyxl.load_workbook(tmp_path / "审核" / "表.csv.审核.xlsx")
    sheet = book.worksheets[0]
    assert tuple(cell.value for cell in sheet[2])[:5] == ROWS[1]
    assert "PGN501" in sheet["E2"].comment.text
    assert book.sheetnames[-1] == "审核意见"
    named = run("check", tmp_path / "审核" / "表.csv.审核.xlsx", "--no-cache", "--format", "json")
    assert json.loads(named.stdout)["findings"] == []


def test_many_copies_are_the_same_from_several_processes(tmp_path: Path) -> None:
    text = "\n".join(",".join(row) for row in ROWS)
    for number in range(33):
        (tmp_path / "目标表" / f"{number}").mkdir(parents=True)
        (tmp_path / "目标表" / f"{number}" / "表.csv").write_text(text, encoding="utf-8")
        shutil.copy(EXAMPLES / "library.xlsx", tmp_path / "目标表" / f"{number}")
    for jobs in ("1", "2"):
        done = run("annotate", tmp_path / "目标表", "-o", tmp_path / jobs, "--jobs", jobs)
        assert done.returncode == 0, done.stderr
    one, two = (
        {path.relative_to(tmp_path / jobs): path.read_bytes() for path in (tmp_path / jobs).rglob("*.*")}
        for jobs in ("1", "2")
    )
    assert one == two
    assert len(one) == 99


def test_a_package_keeps_its_folders_also_the_empty_ones(tables: Path, tmp_path: Path) -> None:
    """At any depth, with their dates and rights, there and back; a name like that of a table makes no table of one."""
    package = tmp_path / "报送.zip"
    folders = ("空/", "有表/", "有表/空/", "甲/乙/", "像表.xlsx/")
    with zipfile.ZipFile(package, "w") as archive:
        for number, name in enumerate(folders, 1):
            info = zipfile.ZipInfo(name, (2024, 3, number, 8, 30, 0))
            info.external_attr = 0o40750 << 16 | 0x10
            archive.writestr(info, b"")
        archive.write(tables / "表.csv", "有表/表.csv")
    assert run("annotate", package, "-o", tmp_path / "审核", "--no-cache").returncode == 0
    copy = tmp_path / "审核" / package.name
    assert run("annotate", copy, "-o", tmp_path / "还原", "--strip", "--no-cache").returncode == 0
    for made in (copy, tmp_path / "还原" / package.name):
        with zipfile.ZipFile(package) as old, zipfile.ZipFile(made) as new:
            kept, there = (
                [(one.filename, one.date_time, one.external_attr) for one in held.infolist() if one.is_dir()]
                for held in (old, new)
            )
            assert there == kept
            assert new.testzip() is None


def test_a_package_gives_a_package_with_names_and_dates(tables: Path, tmp_path: Path) -> None:
    package = tmp_path / "报送.zip"
    with zipfile.ZipFile(package, "w") as archive:
        for number, path in enumerate(sorted(p for p in tables.rglob("*") if p.is_file())):
            info = zipfile.ZipInfo(path.relative_to(tables).as_posix(), (2024, 5, 1 + number, 8, 30, 0))
            archive.writestr(info, path.read_bytes())
        archive.writestr("../../盖章.png", b"picture")
    done = run("annotate", package, "-o", tmp_path / "审核", "--no-cache")
    assert done.returncode == 0, done.stderr.decode()
    with zipfile.ZipFile(package) as old, zipfile.ZipFile(tmp_path / "审核" / "报送.zip") as new:
        dates = {info.filename: info.date_time for info in new.infolist()}
        for info in old.infolist():
            assert dates[info.filename.replace("../", "")] == info.date_time
        assert "表.csv.审核.xlsx" in dates
        new.extractall(tmp_path / "出")
    assert found(tmp_path / "出") == found(tables)
    assert not (tmp_path / "盖章.png").exists()
    # What lies beside a file of the copy is no table, gives way to a new one, and goes when the marks go.
    told = run("check", tmp_path / "审核" / "报送.zip", "--no-cache", "--format", "json")
    listed = json.loads(run("check", package, "--no-cache", "--format", "json").stdout)["documents"]
    assert len(json.loads(told.stdout)["documents"]) == len(listed)
    run("annotate", tmp_path / "审核" / "报送.zip", "-o", tmp_path / "再", "--no-cache")
    run("annotate", tmp_path / "审核" / "报送.zip", "-o", tmp_path / "还原", "--strip", "--no-cache")
    for folder, wanted in (("再", dates), ("还原", [name for name in dates if "审核" not in name])):
        with zipfile.ZipFile(tmp_path / folder / "报送.zip") as made:
            assert sorted(made.namelist()) == sorted(wanted)


def test_nothing_is_written_over(tables: Path, tmp_path: Path) -> None:
    assert "副本会盖掉原文件" in error_line(run("annotate", tables, "-o", tables))
    run("annotate", tables, "-o", tmp_path / "审核")
    assert "已存在" in error_line(run("annotate", tables / "表.csv", "-o", tmp_path / "审核"))


@pytest.mark.parametrize(
    ("form", "ending"), [("questions", "docx"), ("letter", "docx"), ("lines", "docx"), ("lines", "xlsx")]
)
def test_forms_are_filled_and_leave_the_judgement_to_people(
    form: str, ending: str, tables: Path, tmp_path: Path
) -> None:
    path = tmp_path / f"意见.{ending}"
    run(
        "check",
        tables / "乙" / "municipal.xlsx",
        "-o",
        f"opinion={path}",
        "--opinion-form",
        form,
        "--no-cache",
    )
    if ending == "xlsx":
        sheet = openpyxl.load_workbook(path).worksheets[0]
        text = "\n".join(str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value)
        assert [str(merged) for merged in sheet.merged_cells.ranges if merged.min_row > 1] == ["A5:I5"]
    else:
        made = docx.Document(str(path))
        cells = [cell.text for table in made.tables for row in table.rows for cell in row.cells]
        text = "\n".join([*cells, *(paragraph.text for paragraph in made.paragraphs)])
    assert "{{" not in text
    assert "路灯维护" in text
    assert "“路灯故障率”越低越好" in text
    if form == "questions":
        assert "请人工审核：目标是否符合部门职责" in text
        assert "□优    □良    □中    □差" in text
        assert "排水管网巡检" in text


def test_one_file_a_unit_and_an_unknown_form_is_one_clear_error(tables: Path, tmp_path: Path) -> None:
    files = [tables / "乙" / "municipal.xlsx", tables / "乙" / "library.xlsx"]
    run("check", *files, "-o", f"opinion={tmp_path / '函.docx'}", "--opinion-form", "letter", "--per", "unit")
    assert len(list(tmp_path.glob("函-*.docx"))) == 2
    wrong = run("check", files[0], "-o", f"opinion={tmp_path / 'x.docx'}", "--opinion-form", "没有")
    assert "questions" in error_line(wrong)
    assert ".docx" in error_line(run("check", files[0], "-o", f"opinion={tmp_path / 'x.pdf'}"))


def test_the_workbook_of_a_bureau_adds_up(tables: Path, tmp_path: Path) -> None:
    path = tmp_path / "汇总.xlsx"
    report = run("check", tables, "-o", f"opinion={path}", "--format", "json", "--no-cache")
    summary = json.loads(report.stdout)["summary"]
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["概况", "单位汇总", "问题明细", "规则汇总", "未检查"]
    rows = list(book["单位汇总"].iter_rows(min_row=2, values_only=True))
    assert sum(row[-1] for row in rows) == summary["findings"]
    assert [row[3] for row in rows] == sorted((row[3] for row in rows), reverse=True)
    assert book["问题明细"].max_row == summary["findings"] + 1
    assert book["问题明细"].auto_filter.ref
    assert (
        sum(row[2] for row in book["规则汇总"].iter_rows(min_row=2, values_only=True)) == summary["findings"]
    )


def test_a_form_of_ones_own_with_a_name_over_several_runs() -> None:
    made = docx.Document()
    paragraph = made.add_paragraph()
    for piece in ("单位：{", "{单", "位}}，未知：{{没有}}"):
        paragraph.add_run(piece)
    out = BytesIO()
    made.save(out)
    filled = docx.Document(BytesIO(fill_document(out.getvalue(), {"单位": "甲局"})))
    assert filled.paragraphs[0].text == "单位：甲局，未知：{{没有}}"
    book = openpyxl.Workbook()
    book.active.append(["{{项目.名}}", "定"])
    book.active.append(["合计 {{数}}"])
    book.active.merge_cells("A2:B2")
    out = BytesIO()
    book.save(out)
    items = [{"名": "=1+1"}, {"名": "乙"}, {"名": "丙"}]
    sheet = openpyxl.load_workbook(BytesIO(fill_workbook(out.getvalue(), {"项目": items, "数": "3"}))).active
    assert [cell.value for cell in sheet["A"]] == ["=1+1", "乙", "丙", "合计 3"]
    assert sheet["A1"].data_type == "s"
    assert [str(merged) for merged in sheet.merged_cells.ranges] == ["A4:B4"]


def test_the_second_round_says_what_became_of_every_finding(tables: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "审核", tmp_path / "第二次"
    run("annotate", tables / "乙", "-o", first, "--no-cache")
    book = openpyxl.load_workbook(first / "municipal.xlsx")
    answers = {row[6].value[:6]: row for row in book["审核意见"].iter_rows(min_row=2)}
    answers["PGC109"][9].value, answers["PGC109"][10].value = "有理由不改", "上级文件如此"
    answers["PGK615"][9].value = "不是问题"  # without a reason nothing is explained
    book.save(first / "municipal.xlsx")
    second.mkdir()
    book = openpyxl.load_workbook(tables / "乙" / "municipal.xlsx")
    sheet = book["项目2"]
    sheet["E13"], sheet["E7"] = "≥85%", "≥2700"
    book.save(second / "改名.xlsx")
    done = run(
        "compare", first, second, "--format", "json", "--no-cache", "-o", f"xlsx={tmp_path / '复核.xlsx'}"
    )
    assert done.returncode == 1
    states = {
        (one["rule"], "explained" if one["suppressed"] else one["baseline_state"])
        for one in json.loads(done.stdout)["findings"]
        if one["document"].endswith(("改名.xlsx", "municipal.xlsx"))
    }
    assert states >= {
        ("PGN503", "absent"), ("PGN502", "updated"), ("PGC109", "explained"), ("PGK615", "unchanged"),
    }  # fmt: skip
    outputs = [part for form in _REMARKING for part in ("-o", f"{form}={tmp_path / form}")]
    text = run("compare", first, second, "--no-cache", *outputs).stdout.decode()
    assert "改了但仍不符：1 处" in text
    counts = dict(part.rsplit(" ", 1) for part in text.splitlines()[-1].split("，"))
    for form in _REMARKING:
        said = "".join((tmp_path / form).read_text("utf-8").split())
        for state, count in counts.items():
            # GitHub shows so many annotations only, the gravest first.
            assert said.count(f"【{state}") == int(count) or form == "github", (form, state)
        assert "【已说明：有理由不改：上级文件如此】" in said or form == "github", form
        assert "【改了但仍不符】" in said, form
    assert "≥2600 → ≥2700" in text
    assert "有理由不改：上级文件如此" in text
    rows = list(
        openpyxl.load_workbook(tmp_path / "复核.xlsx")["问题明细"].iter_rows(min_row=2, values_only=True)
    )
    assert {row[1] for row in rows} == {"改了但仍不符", "未改", "已说明", "已改正", "文件未再报送"}
    assert WORDS("compare.new") == "新出现"


def test_one_run_writes_copies_and_the_same_opinions_as_a_check(tables: Path, tmp_path: Path) -> None:
    names = ("意见.docx", "意见.xlsx")
    wanted = [part for name in names for part in ("--opinion", tmp_path / name)]
    home = tables / "乙"
    made = run("annotate", home, "-o", tmp_path / "审核", *wanted, "--per", "unit", "--no-cache")
    assert made.returncode == 0
    assert (tmp_path / "审核" / "municipal.xlsx").exists()
    (tmp_path / "check").mkdir()
    outputs = [part for name in names for part in ("-o", f"opinion={tmp_path / 'check' / name}")]
    run("check", home, *outputs, "--per", "unit", "--no-cache")
    checked = {path.name: path.read_bytes() for path in (tmp_path / "check").iterdir()}
    assert len(checked) > len(names)
    assert {path.name: path.read_bytes() for path in tmp_path.glob("意见*")} == checked
    wrong = run("annotate", home, "-o", tmp_path / "b", "--opinion", home / "library.xlsx")
    assert "library.xlsx" in error_line(wrong)
    assert not (tmp_path / "b").exists()


FORMS = (
    ("questions", "docx"),
    ("letter", "docx"),
    ("lines", "docx"),
    ("lines", "xlsx"),
    ("workbook", "xlsx"),
)


def test_opinions_beside_the_tables_are_no_tables(tmp_path: Path) -> None:
    """The next run over the same directory finds what it found before, and writes its opinions anew; also after an office
    program has saved them."""
    home = tmp_path / "目标表"
    home.mkdir()
    shutil.copy(EXAMPLES / "municipal.xlsx", home)
    before = found(home)
    for form, ending in FORMS:
        output = f"opinion={home / f'{form}.{ending}'}"
        assert run("check", home, "-o", output, "--opinion-form", form).returncode == 1
    assert run("check", home, "-o", output, "--opinion-form", form).returncode == 1
    assert found(home) == before
    papers = [home / f"{form}.{ending}" for form, ending in FORMS]
    for path in papers:
        if path.suffix == ".xlsx":
            openpyxl.load_workbook(path).save(path)
        else:
            docx.Document(str(path)).save(str(path))
    assert found(home) == before
    named = run("check", *papers, "--no-cache")
    assert named.returncode == 0
    assert "没有找到绩效目标表" in named.stdout.decode()
    refused = run("check", papers[0], "-o", f"opinion={papers[0]}")
    assert papers[0].name in error_line(refused)


def test_an_opinion_never_takes_the_place_of_a_table(tables: Path) -> None:
    table = tables / "乙" / "library.xlsx"
    before = table.read_bytes()
    assert "library.xlsx" in error_line(run("check", tables, "-o", f"opinion={table}"))
    assert table.read_bytes() == before
