"""Text in any usual encoding is read right without a flag; what cannot be read is said and never raised."""

from __future__ import annotations

import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perfgoals_lint.readers import read
from perfgoals_lint.readers.limits import Limits

TEXT = "部门名称：临澜市水务局\t单位：万元\n巡查里程 ≥90%，每季1次。\n"
ENCODINGS = {
    "utf-8": TEXT.encode(),
    "utf-8 with mark": TEXT.encode("utf-8-sig"),
    "utf-16 with mark": b"\xff\xfe" + TEXT.encode("utf-16-le"),
    "utf-16 big with mark": b"\xfe\xff" + TEXT.encode("utf-16-be"),
    "utf-16": TEXT.encode("utf-16-le"),
    "utf-16 big": TEXT.encode("utf-16-be"),
    "utf-32 with mark": TEXT.encode("utf-32"),
    "gb18030": TEXT.encode("gb18030"),
    "gbk without ascii": "巡查里程达到要求".encode("gbk"),
    "ascii": b"PGK605\n100%\n",
}


def read_bytes(tmp_path, data, **limits):
    path = tmp_path / "dump.bin"
    path.write_bytes(data)
    return read(str(path), display="dump.txt", limits=Limits(**limits))


def texts(source):
    return [line.text for block in source.blocks for line in block.lines]


def codes(source):
    return [problem.code for problem in source.problems]


@pytest.mark.parametrize("name", ENCODINGS)
def test_every_usual_encoding_is_found(tmp_path, name):
    source = read_bytes(tmp_path, ENCODINGS[name])
    expected = {"gbk without ascii": "巡查里程达到要求", "ascii": "PGK605\n100%\n"}.get(name, TEXT)
    assert texts(source) == expected.split("\n")
    assert source.problems == []
    assert source.format == "text"
    assert source.path == "dump.txt"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\f", "\x85", "\u2028", "\u2029", "\x0b"])
def test_every_line_end_counts_one_line(tmp_path, end):
    source = read_bytes(tmp_path, end.join(["甲", "", "乙"]).encode())
    assert [(line.text, line.location.line) for line in source.blocks[0].lines] == [
        ("甲", 1),
        ("", 2),
        ("乙", 3),
    ]


def test_control_characters_and_invisible_marks_are_kept_out(tmp_path):
    source = read_bytes(tmp_path, "巡\u200b查\x07里\ufeff程\t5\x1b[0m公里".encode())
    assert texts(source) == ["巡查里程\t5[0m公里"]


def test_a_cut_sequence_in_utf8_is_reported_with_its_line(tmp_path):
    lines = ["巡查里程达到要求，设施运行平稳。"] * 9
    data = "\n".join(lines).encode()
    source = read_bytes(tmp_path, data[:60] + data[61:])
    assert codes(source) == ["PGX007"]
    assert source.problems[0].location.line == 2
    assert texts(source)[2:] == lines[2:]


def test_a_damaged_byte_in_gb18030_is_reported_with_its_line(tmp_path):
    data = bytearray("\n".join(["巡查里程达到要求，设施运行平稳。"] * 9), "gb18030")
    data[34] = 0xFF
    source = read_bytes(tmp_path, bytes(data))
    assert codes(source) == ["PGX007"]
    assert source.problems[0].location.line == 2


def test_stray_zero_bytes_do_not_make_a_text_binary(tmp_path):
    source = read_bytes(tmp_path, (TEXT * 20).encode().replace("季".encode(), "季\0".encode(), 1))
    assert texts(source)[:2] == TEXT.split("\n")[:2]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "PGX003"),
        (b" \r\n\t\n", "PGX003"),
        (b"\xef\xbb\xbf", "PGX003"),
        (b"MZ\x90\x00\x03" + bytes(range(256)), "PGX006"),
        (bytes(range(256)) * 8, "PGX006"),
    ],
)
def test_what_is_no_text_is_named(tmp_path, data, code):
    source = read_bytes(tmp_path, data)
    assert codes(source) == [code]
    assert source.blocks == []


def test_a_file_over_the_limit_is_refused_before_it_is_read(tmp_path):
    source = read_bytes(tmp_path, b"12345", file_bytes=4)
    assert codes(source) == ["PGX004"]
    assert source.problems[0].args == {"size": "5", "allowed": "4"}


def test_a_file_of_line_ends_is_refused(tmp_path):
    assert codes(read_bytes(tmp_path, b"\n" * 600_000 + b"x")) == ["PGX004"]


def test_a_missing_file_and_a_directory_are_told_apart(tmp_path):
    assert codes(read(str(tmp_path / "absent.txt"))) == ["PGX001"]
    assert codes(read(str(tmp_path))) == ["PGX008"]
    assert codes(read("a\0b")) == ["PGX001"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    assert codes(read(str(tmp_path / "pipe"))) == ["PGX008"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_named(tmp_path):
    path = tmp_path / "closed.txt"
    path.write_text("x")
    path.chmod(0)
    assert codes(read(str(path))) == ["PGX002"]


@settings(deadline=None)
@given(st.binary(max_size=400))
def test_no_bytes_raise(tmp_path_factory, data):
    path = tmp_path_factory.getbasetemp() / "any.bin"
    path.write_bytes(data)
    source = read(str(path))
    assert source.blocks or source.problems


@settings(deadline=None)
@given(
    st.text(
        st.characters(blacklist_categories=("C",), blacklist_characters="\u2028\u2029"),
        min_size=1,
        max_size=80,
    )
)
def test_any_printable_text_in_utf8_comes_back(tmp_path_factory, text):
    path = tmp_path_factory.getbasetemp() / "any.txt"
    path.write_bytes(("表 " + text).encode())
    assert texts(read(str(path))) == ["表 " + text]
