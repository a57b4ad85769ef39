"""The local page without a browser: who is let in, what is taken, what becomes of it, and what is left at the end."""

from __future__ import annotations

import io
import json
import random
import struct
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import openpyxl
import pytest

pytest.importorskip("starlette", reason="the extra serve is not installed")
pytest.importorskip("uvicorn", reason="the extra serve is not installed")

from cli.commands import EXAMPLES, run
from perfgoals_lint.serve.names import stored_name
from serve.served import BINARY, Server, Visitor, served

TABLE = (
    "项目名称,一级指标,二级指标,三级指标,年度指标值\n"
    "渡口码头修缮,产出指标,数量指标,修缮泊位,≧4个\n"
    "渡口码头修缮,满意度指标,服务对象满意度指标,乘客满意度,≥90%\n"
).encode()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with served(tmp_path_factory.mktemp("served") / "tmp") as running:
        yield running


@pytest.fixture
def visitor(server: Server) -> Iterator[Visitor]:
    one = server.visitor()
    yield one
    if one.cookie:
        one.ask("POST", "/clear")
        # The last session would take the server with it.
        server_kept = server.visitor()
        one.ask("POST", "/end")
        KEPT.append(server_kept)
        while len(KEPT) > 2:
            KEPT.pop(0).ask("POST", "/end")


KEPT: list[Visitor] = []


def packed(**files: bytes) -> bytes:
    """A zip archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def cell(data: dict[str, Any], text: str) -> dict[str, Any]:
    """The grid and number of the cell that shows a text, as a request names them."""
    for grid, shown in enumerate(data["grids"]):
        for number, one in enumerate(shown["c"]):
            if one[4] == text:
                return {"grid": grid, "cell": number}
    raise AssertionError(text)


# --- who is let in ----------------------------------------------------------------------------------------------------


def test_a_token_opens_one_session_once(server: Server) -> None:
    token = server.token
    first = server.visitor()
    KEPT.append(first)
    assert first.ask("GET", "/").status == 200
    again = Visitor(server.port)
    refused = again.enter(token)
    assert refused.status == 403
    assert "失效" in refused.body.decode()
    assert again.ask("GET", "/").status == 403
    assert Visitor(server.port).enter("x" * 43).status == 403
    assert Visitor(server.port).enter("").status == 403


def test_the_cookie_is_for_this_page_alone(server: Server) -> None:
    other = Visitor(server.port)
    answer = other.enter(server.token)
    _, server.token = server._told()
    KEPT.append(other)
    said = answer.headers["set-cookie"].lower()
    assert "httponly" in said
    assert "samesite=strict" in said
    assert "domain" not in said


FOREIGN = [
    {"Origin": "http://example.com"},
    {"Origin": "null"},
    {"Origin": "http://127.0.0.1"},
    {"Origin": "http://localhost:{port}"},
    {"Origin": "https://127.0.0.1:{port}"},
    {"Origin": "http://127.0.0.1:{port}.example.com"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Host": "example.com:{port}"},
    {"Host": "localhost:{port}"},
    {"Host": "127.0.0.1"},
    {"Host": "127.0.0.1:{port}.example.com"},
]


@pytest.mark.parametrize("headers", FOREIGN, ids=lambda headers: "-".join(next(iter(headers.items()))))
def test_nothing_foreign_is_answered(server: Server, visitor: Visitor, headers: dict[str, str]) -> None:
    given = {name: value.format(port=server.port) for name, value in headers.items()}
    for method, path in (("GET", "/"), ("POST", "/do"), ("POST", "/files?name=a.csv"), ("POST", "/end")):
        answer = visitor.ask(method, path, b"{}", {"Content-Type": "application/json", **given})
        assert answer.status == 403, (method, path)
        assert answer.body == b""
    token = server.token
    assert Visitor(server.port).ask("GET", f"/?token={token}", headers=given).status == 403
    assert token == server.token


def test_a_post_without_an_origin_is_refused(visitor: Visitor) -> None:
    assert visitor.ask("POST", "/do", b'{"do":"check"}', {"Origin": ""}).status == 403


def test_no_answer_opens_the_page_to_others(server: Server, visitor: Visitor) -> None:
    for answer in (
        visitor.ask("GET", "/"),
        visitor.ask("GET", "/static/desk.js"),
        visitor.ask("OPTIONS", "/do", headers={"Origin": visitor.origin}),
        visitor.ask("GET", "/nowhere"),
        Visitor(server.port).ask("GET", "/"),
    ):
        assert not [name for name in answer.headers if name.startswith("access-control")]
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["cache-control"] == "no-store"
        assert "server" not in answer.headers


def test_without_a_session_nothing_is_given_out(server: Server) -> None:
    stranger = Visitor(server.port)
    assert stranger.ask("GET", "/static/desk.js").status == 404
    for path in ("/do", "/files?name=a.csv", "/clear", "/end", "/here"):
        answer = stranger.ask("POST", path, b"{}", {"Content-Type": BINARY})
        assert answer.status == 403
        assert "重新打开" in answer.data["refused"]


def test_two_sessions_never_meet(server: Server, visitor: Visitor) -> None:
    other = server.visitor()
    visitor.put("甲局/甲.csv", TABLE)
    other.put("乙局/乙.csv", TABLE.replace("渡口码头".encode(), "灯塔".encode()))
    mine, theirs = visitor.check(), other.check()
    assert mine["files"] == ["甲局/甲.csv"]
    assert theirs["files"] == ["乙局/乙.csv"]
    assert "灯塔" not in json.dumps(mine, ensure_ascii=False)
    assert other.do(do="make", kind="corrected", path="甲局/甲.csv")["refused"]
    other.ask("POST", "/end")
    assert visitor.check()["files"] == ["甲局/甲.csv"]


# --- what is taken ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("表.xlsx", "表.xlsx"),
        ("../../../etc/passwd", "etc/passwd"),
        ("/etc/passwd", "etc/passwd"),
        ("C:\\甲\\表.xlsx", "甲/表.xlsx"),
        ("a/./b//../表.csv", "a/b/表.csv"),
        ("包.zip!/x.csv", "包.zip/x.csv"),
        ("con.csv", "_con.csv"),
        ("a\x00b\u202e.csv", "ab.csv"),
        ("尾 . . /表.csv", "尾/表.csv"),
        ("..", "_"),
        ('a<b>:"|?*.csv', "a_b______.csv"),
        ("~$表.xlsx", "~$表.xlsx"),
    ],
)
def test_names_are_kept_inside_the_folder(name: str, kept: str) -> None:
    assert stored_name(name) == kept


def test_any_name_is_one_that_every_file_system_takes() -> None:
    draw = random.Random(17)
    letters = "表a./\\:!*?\0\n\u202e~ \ud800$-"
    for _ in range(3_000):
        name = stored_name("".join(draw.choices(letters, k=draw.randrange(400))))
        parts = name.split("/")
        assert len(parts) <= 8
        assert all(part not in ("", ".", "..") and len(part.encode()) <= 240 for part in parts)
        assert not set(name) & set('\\:*?"<>|\0\n')
        assert "!/" not in name


def test_files_of_one_name_replace_each_other(visitor: Visitor) -> None:
    visitor.put("a.csv", b"nothing")
    visitor.put("a.csv", TABLE)
    assert visitor.ask("POST", "/here").data == {"files": 1}
    assert len(visitor.check()["tables"]) == 1


def test_fifty_megabytes_are_taken_and_judged(visitor: Visitor) -> None:
    assert visitor.put("大.bin", bytes(50 << 20)).status == 200
    visitor.put("a.csv", TABLE)
    data = visitor.check()
    assert "a.csv" in data["files"]
    assert any("大.bin" in line for line in data["missed"])


def test_too_much_is_refused_before_it_is_read(server: Server, visitor: Visitor) -> None:
    answer = visitor.put("a.xlsx", b"x", Content_Length=str(101 << 20))
    assert answer.status == 413
    assert "100 MB" in answer.data["refused"]
    for said in ("-1", "x", "", "9" * 40):
        assert visitor.put("a.xlsx", b"", Content_Length=said or "-").status in (400, 413)
    assert not [path for path in server.left() if path.name == "a.xlsx"]


def test_other_ways_of_sending_are_refused(visitor: Visitor) -> None:
    for kind in ("multipart/form-data; boundary=x", "text/plain", "application/x-www-form-urlencoded"):
        answer = visitor.put("a.csv", b"--x\r\n", Content_Type=kind)
        assert answer.status == 400
    assert visitor.ask("POST", "/here").data == {"files": 0}


def test_an_archive_becomes_a_folder_whose_files_can_be_changed(visitor: Visitor) -> None:
    visitor.put("报送.zip", packed(**{"甲局/表.csv": TABLE, "../外.csv": TABLE}))
    data = visitor.check()
    assert data["files"] == ["报送/外.csv", "报送/甲局/表.csv"]
    said = visitor.do(do="edit", **cell(data, "≧4个"), old="≧4个", new="≥4个")
    assert said["gone"]
    content = visitor.made(do="make", kind="corrected", path=None).body
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        texts = [archive.read(name).decode() for name in archive.namelist()]
    assert sorted("≥4个" in text for text in texts) == [False, True]


def test_a_bomb_is_left_packed_and_named(server: Server, visitor: Visitor) -> None:
    visitor.put("弹.zip", packed(**{"a.csv": bytes(99 << 20)}))
    visitor.put("b.csv", TABLE)
    data = visitor.check()
    assert any("弹.zip" in line for line in data["missed"])
    assert len(data["tables"]) == 1
    assert sum(path.stat().st_size for path in server.left() if path.is_file()) < 5 << 20


def lying_archive() -> bytes:
    """An archive that says a member is small and unpacks to much more."""
    content = bytearray(packed(**{"a.csv": bytes(30 << 20)}))
    for mark, at in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        start = content.find(mark)
        content[start + at : start + at + 4] = struct.pack("<I", 100)
    return bytes(content)


def test_an_archive_that_lies_is_not_unpacked(server: Server, visitor: Visitor) -> None:
    visitor.put("谎.zip", lying_archive())
    data = visitor.check()
    assert data["findings"]
    assert sum(path.stat().st_size for path in server.left() if path.is_file()) < 5 << 20


def test_what_is_no_table_is_said_to_be_none(visitor: Visitor) -> None:
    visitor.put("坏.xlsx", b"PK\x03\x04 broken")
    visitor.put("信.txt", "各科室：请于周五前报送。".encode())
    data = visitor.check()
    assert "坏.xlsx" in data["files"]
    assert data["tables"] == []
    assert visitor.do(do="make", kind="opinion-docx", path=None)["refused"]


def test_a_configuration_among_the_files_has_no_say(visitor: Visitor) -> None:
    visitor.put("a.csv", TABLE)
    before = visitor.check()["findings"]
    visitor.put("perfgoals.toml", b'ignore = ["PG"]\nplugins = ["evil"]\npacks = ["/etc"]\n')
    assert len(visitor.check()["findings"]) == len(before) > 0


# --- changing ---------------------------------------------------------------------------------------------------------


def test_a_changed_cell_is_checked_and_given_back(visitor: Visitor) -> None:
    visitor.put("市政.xlsx", (EXAMPLES / "municipal.xlsx").read_bytes())
    data = visitor.check()
    place = cell(data, "≥3%")
    about = visitor.do(do="about", **place)
    assert (about["name"], about["field"], about["refused"]) == ("路灯故障率", "年度指标值", None)
    assert "不少于 3%" in about["meaning"]
    assert "不超过 3%" in visitor.do(do="meaning", **place, text="≤3%")["meaning"]
    said = visitor.do(do="edit", **place, old="≥3%", new="≤3%")
    assert any("PGK615" in message for message in said["gone"])
    assert said["new"] == []
    answer = visitor.made(do="make", kind="corrected", path="市政.xlsx")
    shown = [
        value
        for sheet in openpyxl.load_workbook(io.BytesIO(answer.body))
        for row in sheet.iter_rows(values_only=True)
        for value in row
    ]
    assert "≤3%" in shown
    assert "≥3%" not in shown
    back = visitor.do(do="undo")
    assert any("PGK615" in message for message in back["new"])
    assert (
        visitor.made(do="make", kind="corrected", path="市政.xlsx").body
        == (EXAMPLES / "municipal.xlsx").read_bytes()
    )
    assert visitor.do(do="undo")["refused"]


def test_a_value_that_is_spread_over_cells_is_understood_as_a_whole(visitor: Visitor, tmp_path: Path) -> None:
    run("example", "-o", tmp_path)
    visitor.put("a.xlsx", (tmp_path / "码头修缮.xlsx").read_bytes())
    place = cell(visitor.check(), "90")
    assert "不少于 90%" in visitor.do(do="about", **place)["meaning"]
    assert "不少于 95%" in visitor.do(do="meaning", **place, text="95")["meaning"]


def test_a_cell_that_has_changed_meanwhile_is_not_written_over(visitor: Visitor) -> None:
    visitor.put("a.csv", TABLE)
    place = cell(visitor.check(), "≧4个")
    assert "变" in visitor.do(do="edit", **place, old="≥5个", new="≥4个")["refused"]


def test_what_is_only_read_says_so(visitor: Visitor) -> None:
    visitor.put("市政.pdf", (EXAMPLES / "municipal.pdf").read_bytes())
    place = cell(visitor.check(), "≥3%")
    assert "格式" in visitor.do(do="about", **place)["refused"]
    assert "格式" in visitor.do(do="edit", **place, old="≥3%", new="≤3%")["refused"]


def test_safe_fixes_are_made_at_once_or_one_by_one_and_taken_back(visitor: Visitor) -> None:
    visitor.put("a.csv", TABLE)
    visitor.put("b.csv", TABLE)
    data = visitor.check()
    fixable = [finding for finding in data["findings"] if finding.get("fx")]
    assert data["fixes"] == len(fixable) == 2
    said = visitor.do(do="fix", finding=fixable[0]["id"], path="a.csv")
    assert (said["applied"], said["data"]["fixes"]) == (1, 1)
    said = visitor.do(do="fix", path=None)
    assert (said["applied"], said["data"]["fixes"], said["data"]["undo"]) == (1, 0, 2)
    visitor.do(do="undo")
    assert visitor.do(do="undo")["data"]["fixes"] == 2


def test_everything_can_be_taken_home(visitor: Visitor) -> None:
    for name in ("municipal.xlsx", "municipal.docx", "small-form.txt"):
        visitor.put(f"局/{name}", (EXAMPLES / name).read_bytes())
    visitor.check()
    heads = {"opinion-docx": b"PK", "opinion-xlsx": b"PK", "report": b"<!DOCTYPE html>"}
    for kind, head in heads.items():
        answer = visitor.made(do="make", kind=kind, path=None)
        assert answer.status == 200
        assert answer.body.startswith(head)
        assert "attachment" in answer.headers["content-disposition"]
    for kind in ("corrected", "annotated"):
        with zipfile.ZipFile(io.BytesIO(visitor.made(do="make", kind=kind, path=None).body)) as archive:
            assert {"局/municipal.xlsx", "局/municipal.docx"} <= set(archive.namelist())
            assert archive.testzip() is None
    copy = visitor.made(do="make", kind="annotated", path="局/municipal.xlsx").body
    book = openpyxl.load_workbook(io.BytesIO(copy))
    assert any(one.comment for sheet in book for row in sheet.iter_rows() for one in row)


# --- the end ----------------------------------------------------------------------------------------------------------


def test_what_was_taken_home_leaves_nothing_beside_the_files(server: Server, visitor: Visitor) -> None:
    """Also when two are asked for at once: each is whole."""
    visitor.put("a.csv", TABLE)
    visitor.check()
    with ThreadPoolExecutor() as pool:
        asked = [
            pool.submit(visitor.made, do="make", kind=kind, path="a.csv")
            for kind in ("report", "corrected") * 3
        ]
        bodies = [one.result().body for one in asked]
    assert {body[:9].lower() for body in bodies[::2]} == {b"<!doctype"}
    assert set(bodies[1::2]) == {TABLE}
    kept = [path for path in server.left() if path.is_file() and path.suffix not in (".sqlite", ".json")]
    assert [path.name for path in kept if path.parent.name != "files"] == []
