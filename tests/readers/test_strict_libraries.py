"""Libraries that complain, panic or leave their stream at its end cost one file at most, and are not called damage."""

from __future__ import annotations

import io
import struct
import sys
import types
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perfgoals_lint.extraction.document import extract_file
from perfgoals_lint.forms.traits import looks_authored
from perfgoals_lint.lint.finding import Writer
from perfgoals_lint.model import Source, cell_name
from perfgoals_lint.readers import worker, xls, xls_parts
from perfgoals_lint.readers.limits import Limits, ReadError
from readers.helpers import grids, read_bytes
from readers.written import ole2, zipped
from shared_data import DATA

XLSB = zipped({"xl/workbook.bin": b"x", "[Content_Types].xml": "<Types/>"})
SAMPLE = DATA / "faults" / "tables" / "public-sample.xlsb"


class PanicException(BaseException):
    """What a panic of a compiled library raises."""


def calamine(monkeypatch: pytest.MonkeyPatch, **answers: object) -> None:
    """A stand-in for the library."""
    module = types.ModuleType("python_calamine")
    module.CalamineWorkbook = types.SimpleNamespace(**answers)  # type: ignore[attr-defined]
    module.CalamineError = type("CalamineError", (Exception,), {})  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "python_calamine", module)


def test_the_library_is_given_the_file_from_its_start(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[bytes] = []

    def opened(stream: io.BytesIO) -> object:
        seen.append(stream.read(2))
        return types.SimpleNamespace(sheet_names=[], sheets_metadata=[])

    calamine(monkeypatch, from_filelike=opened)
    read_bytes(XLSB)
    assert seen == [b"PK"]


@pytest.mark.parametrize(
    "raised", [PanicException("index out of bounds"), ValueError("no"), RuntimeError("no")]
)
def test_a_panic_costs_the_file(monkeypatch: pytest.MonkeyPatch, raised: BaseException) -> None:
    def opened(_: object) -> object:
        raise raised

    calamine(monkeypatch, from_filelike=opened)
    with pytest.raises(ReadError) as error:
        read_bytes(XLSB)
    assert (error.value.code, error.value.args_shown["case"]) == ("PGX016", "refused")


def test_a_panic_in_any_reader_is_an_answer_of_the_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    def panics(*_: object) -> object:
        raise PanicException("unreachable")

    monkeypatch.setattr("perfgoals_lint.readers.dispatch.read_as", panics)
    announced: list[tuple[object, ...]] = []
    reader = worker.WatchedReader(announced.append)
    answer = reader("f", "xlsb", None, Limits(), "f")
    assert not isinstance(answer, Source)
    assert (answer[1], answer[2]["case"]) == ("PGX016", "refused")
    assert announced == [("reading", "f", "xlsb"), ("read",)]
    monkeypatch.setattr("perfgoals_lint.readers.dispatch.read_as", lambda *_: sys.exit(3))
    with pytest.raises(SystemExit):
        reader("f", "xlsb", None, Limits(), "f")


@pytest.mark.skipif(not SAMPLE.is_file(), reason="the shared test data is not here")
def test_a_binary_workbook_gives_its_cells() -> None:
    pytest.importorskip("python_calamine")
    source = read_bytes(SAMPLE.read_bytes())
    assert sum(len(grid.cells) for grid in grids(source)) > 10


def test_a_complaint_names_the_way_out(tmp_path: Path) -> None:
    path = tmp_path / "t.xls"
    path.write_bytes(ole2({"Workbook": bytes(i * 7 % 251 for i in range(20_000))}))
    (problem,) = extract_file(str(path)).problems
    assert (problem.code, problem.args["case"]) == ("PGX016", "refused")
    for lang in ("zh", "en"):
        finding = Writer(lang).problem(problem, str(path))
        assert "--convert" in (finding.advice or "")
        assert "损坏" not in finding.message
        assert "damaged" not in finding.message


def test_a_workbook_whose_container_is_sloppy_is_opened_leniently(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[bool] = []

    def opened(**options: object) -> str:
        asked.append(bool(options["ignore_workbook_corruption"]))
        if not asked[-1]:
            raise xls.xlrd.compdoc.CompDocError("Workbook corruption: seen[2] == 4")
        return "book"

    monkeypatch.setattr(xls.xlrd, "open_workbook", opened)
    assert xls._open(b"x") == "book"
    assert asked == [False, True]


# --- drawings of old workbooks ------------------------------------------------------------------------------------


def record(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def drawn(kind: int, cell: tuple[int, int, int, int], text: str | None = None) -> bytes:
    left, top, right, bottom = cell
    anchor = b"\x00\x00\x10\xf0\x12\x00\x00\x00" + struct.pack("<9H", 0, left, 0, top, 0, right, 0, bottom, 0)
    out = record(0xEC, anchor) + record(0x5D, struct.pack("<HHHH", 0x15, 0x12, kind, 1) + b"\0" * 14)
    if text is not None:
        out += record(0x1B6, b"\0" * 18) + record(0x3C, b"\1" + text.encode("utf-16-le"))
    return out


objects = st.lists(
    st.tuples(
        st.sampled_from(["picture", "chart", "text_box", "button"]),
        st.integers(0, 40),
        st.integers(0, 3000),
        st.integers(0, 20),
        st.integers(0, 60),
        st.text(st.characters(codec="utf-16-le", categories=["L", "N"]), min_size=1, max_size=9),
    ),
    max_size=6,
)


@given(st.lists(objects, min_size=1, max_size=4))
@settings(max_examples=60, deadline=None)
def test_what_is_drawn_on_old_sheets_is_named_with_its_cell(
    sheets: list[list[tuple[str, int, int, int, int, str]]],
) -> None:
    kinds = {"picture": 8, "chart": 5, "text_box": 6, "button": 7}
    bof, eof = record(0x809, b"\0\6\x10\0" + b"\0" * 12), record(0x0A, b"")
    bodies = []
    for sheet in sheets:
        body = bof
        for what, left, top, wide, high, text in sheet:
            said = text if what == "text_box" else None
            body += drawn(kinds[what], (left, top, left + wide, top + high), said)
            if what == "chart":
                body += bof + drawn(8, (0, 0, 1, 1)) + eof  # a chart is a stream of its own
        bodies.append(body + eof)
    head = len(bof) + len(sheets) * len(record(0x85, b"\0" * 8)) + len(eof)
    starts = [head + sum(map(len, bodies[:number])) for number in range(len(bodies))]
    stream = bof + b"".join(record(0x85, struct.pack("<I", start) + b"\0" * 4) for start in starts) + eof
    found = xls_parts.drawn_parts(stream + b"".join(bodies), [f"表{n}" for n in range(len(sheets))], "f")
    for number, sheet in enumerate(sheets):
        named = [one for one in sheet if one[0] != "button"]
        parts = found.get(number, [])
        assert [part.what for part in parts] == [one[0] for one in named]
        for part, (what, left, top, wide, high, text) in zip(parts, named, strict=True):
            assert part.location.sheet == f"表{number}"
            assert part.location.cell == cell_name(top, left)
            assert part.text == (text if what == "text_box" else None)
            if what == "picture":
                assert part.size == ((wide + 1) * 17.0, (high + 1) * 5.0)


@given(st.binary(max_size=400))
@settings(max_examples=200, deadline=None)
def test_noise_in_place_of_drawings_is_no_error(noise: bytes) -> None:
    assert isinstance(xls_parts.drawn_parts(noise, ["表"] * 3, "f"), dict)


# --- what is no YAML ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("label", ["项目名称", "预算项目名称", "项目"])
@given(
    value=st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=8),
    blank=st.sampled_from(["", " ", "\t", "  "]),
)
@settings(max_examples=40, deadline=None)
def test_a_bar_behind_a_colon_begins_a_cell(label: str, value: str, blank: str) -> None:
    assert not looks_authored(f"{label}: |{blank}{value} | 项目编号: |\n|\n")
    assert not looks_authored(f"{label}: |{blank}\n{value} |\n")
    assert not looks_authored(f"{label}:{blank}|")
    assert looks_authored(f"{label}: {value}\n")
    assert looks_authored(f"{label}: |{blank.strip(chr(9))}\n  {value}\n")
    assert looks_authored(f"{label}: >-\n  {value}\n")
