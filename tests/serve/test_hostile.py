"""A thousand hostile requests: the server goes on, and touches nothing outside its own folder."""

from __future__ import annotations

import json
import os
import random
import socket
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

pytest.importorskip("starlette", reason="the extra serve is not installed")
pytest.importorskip("uvicorn", reason="the extra serve is not installed")

from serve.served import Server, Visitor, served
from serve.test_serve import TABLE

REQUESTS = 1_000
SECRET = "机密-4711"
WATCH = """
import os, sys
_log = os.open({log!r}, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT

def _told(kind, path):
    if isinstance(path, (str, bytes, os.PathLike)):
        path = os.fsdecode(path)
        if path.startswith("file:"):
            path = path[5:]
        line = kind + chr(9) + os.path.abspath(path) + chr(10)
        os.write(_log, line.encode("utf-8", "surrogateescape"))

def _hook(event, args):
    if event == "open":
        _told("write" if (args[2] or 0) & _WRITES else "read", args[0])
    elif event in ("os.remove", "os.mkdir", "os.rmdir", "os.truncate", "os.chmod"):
        _told("write", args[0])
    elif event in ("os.rename", "os.link", "os.symlink"):
        _told("write", args[0])
        _told("write", args[1])

sys.addaudithook(_hook)
"""


@pytest.fixture
def watched(tmp_path: Path) -> Iterator[tuple[Server, Path, Path]]:
    """A server every file access of which is written down, in a directory with a secret; its log and its home."""
    home = tmp_path / "home"
    (home / "secret").mkdir(parents=True)
    (home / "secret" / "secret.csv").write_text(SECRET, encoding="utf-8")
    hooks, log = tmp_path / "hooks", tmp_path / "accesses"
    hooks.mkdir()
    (hooks / "sitecustomize.py").write_text(WATCH.format(log=str(log)), encoding="utf-8")
    env = {"PYTHONPATH": str(hooks), "PERFGOALS_CACHE_DIR": str(tmp_path / "cache"), "HOME": str(home)}
    with served(tmp_path / "tmp", env=env, cwd=home) as running:
        yield running, log, home


def hostile_path(draw: random.Random, home: Path) -> str:
    """Something that may be taken for a path."""
    target = draw.choice(
        ["secret/secret.csv", "../secret/secret.csv", str(home / "secret/secret.csv"), "etc/passwd"]
    )
    up = draw.choice(["../", "..\\", "%2e%2e/", "..%2f", "....//", "%252e%252e/", "./", "\x00/", "！/", ""])
    text = up * draw.randrange(8) + target
    return draw.choice(
        [text, text.replace("/", "\\"), "包.zip!/" + text, "file://" + text, text * 40, "-", "con"]
    )


def quoted(text: str, draw: random.Random) -> str:
    """A text as it may stand in an address: escaped well, doubly, or not at all."""
    raw = text.encode("utf-8", "surrogatepass")
    plain = "".join(f"%{byte:02x}" for byte in raw)
    return draw.choice(
        [plain, plain.replace("%", "%25"), "".join(chr(b) if 32 < b < 127 else f"%{b:02x}" for b in raw)]
    )


def hostile_json(draw: random.Random, home: Path) -> bytes:
    """A request to the session's process that it may misunderstand."""
    path = hostile_path(draw, home)
    number = draw.choice([0, -1, 10**30, 1.5, None, "0", [], {}, True])
    asked: object = draw.choice(
        [
            {
                "do": "make",
                "kind": draw.choice(["corrected", "annotated", "report", "__class__", path]),
                "path": path,
            },
            {"do": "make", "kind": "opinion-docx", "path": draw.choice([None, path])},
            {"do": "edit", "grid": number, "cell": number, "old": path, "new": path},
            {"do": "about", "grid": number, "cell": number},
            {"do": "meaning", "grid": number, "cell": number, "text": path},
            {"do": "fix", "path": path, "finding": path},
            {"do": path},
            {"do": "undo"},
            [path],
            number,
        ]
    )
    text = json.dumps(asked).encode()
    return draw.choice([text, text, text[: len(text) // 2], b"[" * 20_000, b"\xff\xfe", b"", text + text])


def multipart(draw: random.Random, home: Path) -> tuple[str, bytes]:
    """A form with files, broken here and there; its content type and body."""
    boundary = draw.choice(["x", "x" * 300, "", "\t", "--"])
    part = (
        f'--{boundary}\r\nContent-Disposition: form-data; name="f"; filename="{hostile_path(draw, home)}"\r\n'
        f"Content-Type: {draw.choice(['text/csv', 'multipart/mixed; boundary=y', ''])}\r\n\r\n"
    ).encode("utf-8", "replace")
    body = part * draw.randrange(1, 4) + draw.choice([TABLE, bytes(2_000), b""])
    return f"multipart/form-data; boundary={boundary}", body + draw.choice(
        [f"\r\n--{boundary}--\r\n".encode(), b""]
    )


def hostile_request(draw: random.Random, visitor: Visitor, home: Path) -> tuple[bytes, bool]:
    """The bytes of one request, and whether more are announced than come."""
    usual = {
        "Host": f"127.0.0.1:{visitor.port}",
        "Origin": visitor.origin,
        "Cookie": visitor.cookie,
        "Connection": "close",
    }
    inner = quoted(hostile_path(draw, home), draw)
    content = draw.choice([TABLE, b"PK\x03\x04" + draw.randbytes(200), b""])
    form, parts = multipart(draw, home)
    json_type = {"Content-Type": "application/json"}
    method, path, headers, body = draw.choice(
        [
            ("POST", f"/files?name={inner}", {"Content-Type": "application/octet-stream"}, content),
            ("POST", "/do", json_type, hostile_json(draw, home)),
            ("POST", "/do", json_type, hostile_json(draw, home)),
            ("POST", f"/files?name={inner}", {"Content-Type": form}, parts),
            ("GET", f"/static/{inner}", {}, b""),
            ("GET", f"/{inner}", {}, b""),
            ("GET", f"/?token={inner}", {}, b""),
        ]
    )
    headers = {**usual, **headers, "Content-Length": str(len(body))}
    short = False
    for _ in range(draw.choice([0, 0, 1, 1, 2])):
        wrong = draw.randrange(7)
        if wrong == 0:
            method = draw.choice(
                ["PUT", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "HEAD", "X" * 99]
            )
        elif wrong == 1:
            path = draw.choice(
                ["*", "/files", "//" + inner, f"http://127.0.0.1:{visitor.port}/{inner}", "/end/" + inner]
            )
        elif wrong == 2:
            name = draw.choice(["Host", "Origin", "Cookie", "Content-Type"])
            headers[name] = draw.choice(
                ["evil.example", "null", "x=" + "y" * 5_000, headers.get(name, "") + "x", "\u202e"]
            )
        elif wrong == 3:
            headers["Content-Length"] = draw.choice(["-1", "0", "x", str(10**12), str(len(body) + 100)])
            short = True
        elif wrong == 4:
            headers["Transfer-Encoding"] = draw.choice(["chunked", "gzip", "chunked, chunked"])
            short = True
        elif wrong == 5:
            headers.update(
                {"X-Forwarded-For": "8.8.8.8", "X-Forwarded-Host": "evil.example", "Range": "bytes=0-9999"}
            )
        else:
            headers.update(
                draw.choice(
                    [
                        {"Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Key": "eA=="},
                        {f"X-{number}": "y" * 100 for number in range(200)},
                        {"Content-Length ": "5"},
                        {"X": "\r\nHost: evil.example"},
                    ]
                )
            )
    lines = [f"{method} {path} HTTP/1.{draw.choice([1] * 9 + [0, 7])}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("utf-8", "replace") + body, short


def sent(port: int, content: bytes, short: bool) -> bytes:
    """What the server answers to some bytes; it is told that no more will come where more were announced."""
    answer = b""
    with socket.create_connection(("127.0.0.1", port), timeout=240) as connection, suppress(OSError):
        connection.sendall(content)
        if short:
            connection.shutdown(socket.SHUT_WR)
        while piece := connection.recv(1 << 16):
            answer += piece
            if b"Upgrade" in content:
                break
    return answer


def test_a_thousand_hostile_requests_touch_nothing_outside(watched: tuple[Server, Path, Path]) -> None:
    server, log, home = watched
    draw = random.Random(20261129)
    visitor = server.visitor()
    visitor.put("甲/a.csv", TABLE)
    assert visitor.check()["files"] == ["甲/a.csv"]
    before = sorted(home.rglob("*"))
    statuses: dict[bytes, int] = {}
    for _ in range(REQUESTS):
        answer = sent(server.port, *hostile_request(draw, visitor, home))
        assert SECRET.encode() not in answer
        assert b"root:x" not in answer
        assert b"Traceback" not in answer
        status = answer[9:12]
        statuses[status] = statuses.get(status, 0) + 1
    assert server.process.poll() is None
    assert not [status for status in statuses if status.startswith(b"5") and status != b"503"], statuses
    assert statuses.get(b"200", 0) > 60, "some requests must get as far as the session"
    data = visitor.check()
    assert "甲/a.csv" in data["files"]
    assert sorted(home.rglob("*")) == before
    folder = str(server.tmp)
    allowed = (folder + os.sep, str(log.parent / "cache"), "/dev/null", os.sep + "proc" + os.sep)
    accesses = [line.split("\t", 1) for line in log.read_text("utf-8", "surrogateescape").splitlines()]
    written = {
        path for kind, path in accesses if kind == "write" and not path.startswith(allowed) and path != folder
    }
    assert written == set()
    assert not [path for _, path in accesses if path.startswith(str(home) + os.sep + "secret")]
    assert not [path for _, path in accesses if path == "/etc/passwd"]
    visitor.ask("POST", "/end")
    assert server.process.wait(30) == 0
    assert server.left() == []
