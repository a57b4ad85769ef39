"""Archives: whatever lies in one and however it is called, its files are read in memory or are said not to be."""

from __future__ import annotations

import io
import os
import struct
import warnings
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from perfgoals_lint.files import archives
from perfgoals_lint.files.contents import TooLargeError, contents
from perfgoals_lint.readers import read
from perfgoals_lint.runner.discover import FoundFile, Passed, find

TEXT = "项目名称\t河道保洁\n".encode()
quick = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def packed(*members: tuple[str, bytes], encoding: str | None = None) -> bytes:
    """An archive; with an ``encoding`` the names are in that one and nothing says so."""
    buffer = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        warnings.simplefilter("ignore", UserWarning)  # two members of one name
        for number, (name, content) in enumerate(members):
            if encoding is None:
                archive.writestr(name, content)
            else:
                raw = name.encode(encoding)
                archive.writestr(f"{number:0{len(raw)}d}"[: len(raw)], content)
    made = bytearray(buffer.getvalue())
    if encoding is not None:
        for number, (name, _) in enumerate(members):
            raw = name.encode(encoding)
            stand_in = f"{number:0{len(raw)}d}"[: len(raw)].encode()
            at = 0
            while (at := made.find(stand_in, at)) >= 0:
                made[at : at + len(raw)] = raw
                at += len(raw)
    return bytes(made)


def test_a_member_goes_by_the_path_of_its_archive(tmp_path: Path) -> None:
    path = tmp_path / "包.zip"
    path.write_bytes(packed(("乙/表.txt", TEXT)))
    (found,) = find([str(path)])
    assert found == FoundFile(f"{path}!/乙/表.txt", False)
    assert contents(found.path, 1000) == TEXT
    assert read(found.path).blocks[0].lines[0].text == "项目名称\t河道保洁"  # type: ignore[union-attr]
    assert archives.home(found.path) == str(path)
    assert archives.exists(found.path)
    assert not archives.exists(f"{path}!/丙.txt")


def test_a_directory_whose_name_ends_like_an_archive_is_a_directory(tmp_path: Path) -> None:
    path = tmp_path / "包.zip!" / "表.txt"
    path.parent.mkdir()
    path.write_bytes(TEXT)
    (tmp_path / "包.zip").write_bytes(packed(("表.txt", b"other")))
    assert contents(str(path), 1000) == TEXT


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "gbk"])
def test_names_are_read_in_the_code_page_of_the_system_that_packed(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(packed(("镇街/水务所目标表.csv", TEXT), encoding=encoding))
    assert [member.name for member in archives.members(str(path))] == ["镇街/水务所目标表.csv"]


def _looks_like_utf8(word: str) -> bool:
    try:
        return max(word.encode("gb18030").decode("utf-8")) < "\u0800"
    except UnicodeDecodeError:
        return False


LOOK_ALIKES = [chr(code) for code in range(0x4E00, 0x9FA6) if _looks_like_utf8(chr(code))]
"""Characters whose two bytes in the Chinese code page are a letter of another script in UTF-8."""


@quick
@given(st.lists(st.sampled_from(LOOK_ALIKES), min_size=1, max_size=4).map("".join))
@example("通知")
@example("联通")
def test_a_chinese_name_that_looks_like_another_encoding_is_read(word: str) -> None:
    with TemporaryDirectory() as directory:
        path = Path(directory, "a.zip")
        path.write_bytes(packed((f"{word}.csv", TEXT), encoding="gb18030"))
        assert [member.name for member in archives.members(str(path))] == [f"{word}.csv"]


name_parts = st.one_of(
    st.sampled_from(
        [
            "..",
            ".",
            "",
            "C:",
            "c:",
            "~",
            "表.xlsx",
            "a\x00b",
            "\u202egnp.txt",
            "con",
            "x" * 400,
            "\n",
            "-rf",
            "!",
            "a!",
        ]
    ),
    st.text(min_size=1, max_size=8),
)
names = st.builds(
    lambda parts, sign, lead: lead + sign.join(parts),
    st.lists(name_parts, min_size=1, max_size=30),
    st.sampled_from(["/", "\\"]),
    st.sampled_from(["", "/", "\\\\", "C:\\", "file:///"]),
)


@quick
@given(names)
def test_no_name_leads_out_of_its_archive(name: str) -> None:
    safe = archives.harmless(name)
    assert safe
    assert not os.path.isabs(safe)
    assert "\\" not in safe
    assert all(part not in ("", ".", "..") for part in safe.split("/"))
    assert len(safe) < 4200
    assert not any(char < " " or char in "\u202e\u200b\ufeff\x7f" for char in safe)
    assert os.path.normpath(os.path.join("/包.zip!", safe)).startswith("/包.zip!")


@quick
@given(st.lists(st.tuples(names, st.binary(max_size=40)), max_size=8))
def test_every_member_is_found_once_and_read_whole(tmp_path: Path, members: list[tuple[str, bytes]]) -> None:
    """Names that fall together when they are made harmless are told apart: no member hides another."""
    usable = [(name, content) for name, content in members if _writable(name) and not name.endswith("/")]
    path = tmp_path / "包.zip"
    path.write_bytes(packed(*usable))
    found = archives.members(str(path))
    assert len({member.name for member in found}) == len(found) == len(usable)
    for member, (_, content) in zip(found, usable, strict=True):
        assert contents(f"{path}!/{member.name}", 1000) == content
    assert sorted(os.listdir(tmp_path)) == ["包.zip"]


def _writable(name: str) -> bool:
    try:
        info = zipfile.ZipInfo(name)
        info.filename.encode("utf-8")
    except (UnicodeEncodeError, ValueError):
        return False
    return bool(info.filename) and not info.is_dir() and len(info.filename.encode()) < 60_000


def test_an_archive_inside_an_archive_and_pictures_are_named(tmp_path: Path) -> None:
    inner = packed(("表.csv", TEXT))
    path = tmp_path / "包.zip"
    path.write_bytes(
        packed(
            ("甲/表.csv", TEXT),
            ("甲/内.zip", inner),
            ("甲/内.rar", b"Rar!"),
            ("甲/照片.JPG", b"\xff\xd8\xff"),
            ("甲/程序.exe", b"MZ"),
            ("__MACOSX/甲/._表.csv", b"x"),
            ("甲/~$表.xlsx", b"x"),
            (".git/config", b"x"),
        )
    )
    passed: list[Passed] = []
    assert [found.path for found in find([str(path)], passed=passed)] == [f"{path}!/甲/表.csv"]
    assert [(one.path.rpartition("/")[2], one.kind) for one in passed] == [
        ("内.zip", "archive"),
        ("内.rar", "archive"),
        ("照片.JPG", "image"),
        ("程序.exe", "other"),
    ]
    assert [bool(one.problems()) for one in passed] == [True, True, False, False]


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "包.zip"
    path.write_bytes(packed(("弹.txt", b"\0" * (20 << 20)), ("表.txt", TEXT)))
    states = {member.name: member.state for member in archives.members(str(path))}
    assert states == {"弹.txt": "ratio", "表.txt": "fine"}
    (problem,) = read(f"{path}!/弹.txt").problems
    assert problem.code == "PGX013"
    assert read(f"{path}!/表.txt").blocks


def test_a_directory_that_lies_about_sizes_is_not_believed(tmp_path: Path) -> None:
    made = bytearray(packed(("弹.txt", b"\0" * (4 << 20))))
    at = made.rindex(b"PK\x01\x02")
    made[at + 24 : at + 28] = struct.pack("<I", 10)
    path = tmp_path / "包.zip"
    path.write_bytes(made)
    with pytest.raises((archives.ArchiveError, TooLargeError)):
        contents(f"{path}!/弹.txt", 1 << 20)
    (problem,) = read(f"{path}!/弹.txt").problems
    assert problem.code in ("PGX013", "PGX016")


def test_too_many_files_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MOST_MEMBERS", 3)
    path = tmp_path / "包.zip"
    path.write_bytes(packed(*((f"{n}.txt", TEXT) for n in range(4))))
    with pytest.raises(archives.ArchiveError):
        archives.members(str(path))
    (found,) = find([str(path)])
    assert read(found.path).problems


def test_the_limit_on_files_is_named(tmp_path: Path) -> None:
    path = tmp_path / "包.zip"
    path.write_bytes(packed(*((f"{n}.txt", b"") for n in range(archives.MOST_MEMBERS + 1))))
    (problem,) = read(str(path)).problems
    assert problem.code == "PGX013"
    assert problem.args["allowed"] == str(archives.MOST_MEMBERS)


def test_a_member_with_a_password_is_said_to_have_one(tmp_path: Path) -> None:
    made = bytearray(packed(("表.txt", TEXT)))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        made[made.index(mark) + at] |= 1
    path = tmp_path / "包.zip"
    path.write_bytes(made)
    (problem,) = read(f"{path}!/表.txt").problems
    assert (problem.code, problem.args) == ("PGX010", {"case": "member"})


@quick
@given(st.data())
def test_a_damaged_archive_costs_itself_only(tmp_path: Path, data: st.DataObject) -> None:
    made = bytearray(packed(("甲.txt", TEXT * 50), ("乙.txt", TEXT)))
    for _ in range(data.draw(st.integers(1, 6))):
        made[data.draw(st.integers(0, len(made) - 1))] = data.draw(st.integers(0, 255))
    path = tmp_path / "包.zip"
    path.write_bytes(made[: data.draw(st.integers(1, len(made)))])
    for found in find([str(path)]):
        source = read(found.path)
        assert source.blocks or source.problems


def test_an_office_file_is_no_archive(tmp_path: Path) -> None:
    path = tmp_path / "表.bin"
    path.write_bytes(packed(("[Content_Types].xml", b"<x/>"), ("xl/workbook.xml", b"<x/>")))
    assert list(find([str(path)])) == [FoundFile(str(path), True)]
    path.write_bytes(packed(("表.txt", TEXT)))
    assert [found.path for found in find([str(path)])] == [f"{path}!/表.txt"]
