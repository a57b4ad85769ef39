"""The local page as a program that runs, and a client that says what it likes."""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

BINARY = "application/octet-stream"


class Answer(NamedTuple):
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def data(self) -> Any:
        """The body, or its last line, as JSON."""
        return json.loads(self.body.strip().split(b"\n")[-1])


class Visitor:
    """Talks to the server as a browser would, with the cookie of a session once it has one."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.cookie = ""

    @property
    def origin(self) -> str:
        """The origin of the page."""
        return f"http://127.0.0.1:{self.port}"

    def ask(self, method: str, path: str, body: bytes = b"", headers: dict[str, str] | None = None) -> Answer:
        """One request; ``headers`` go over those of a browser, ``""`` leaves one out."""
        usual = {"Cookie": self.cookie, "Origin": self.origin if method == "POST" else ""}
        given = {name: value for name, value in {**usual, **(headers or {})}.items() if value}
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=240)
        try:
            connection.request(method, path, body, given)
            response = connection.getresponse()
            names = {name.lower(): value for name, value in response.getheaders()}
            return Answer(response.status, names, response.read())
        finally:
            connection.close()

    def enter(self, token: str) -> Answer:
        """Exchange a token for a session."""
        answer = self.ask("GET", f"/?token={token}")
        if answer.status == 303:
            self.cookie = answer.headers["set-cookie"].split(";")[0]
        return answer

    def put(self, name: str, content: bytes, **headers: str) -> Answer:
        """Hand over a file."""
        given = {"Content-Type": BINARY, **{key.replace("_", "-"): value for key, value in headers.items()}}
        return self.ask("POST", f"/files?name={quote(name, safe='')}", content, given)

    def do(self, **request: Any) -> Any:
        """The answer to a request."""
        told = self.made(**request).data
        return told.get("answer", told)

    def made(self, **request: Any) -> Answer:
        """The answer to a request as it came."""
        return self.ask("POST", "/do", json.dumps(request).encode(), {"Content-Type": "application/json"})

    def check(self) -> dict[str, Any]:
        """The data of the page after a check."""
        data: dict[str, Any] = self.do(do="check")["data"]
        return data


class Server:
    """A running server whose temporary files lie in ``tmp``."""

    def __init__(self, process: subprocess.Popen[str], tmp: Path) -> None:
        self.process = process
        self.tmp = tmp
        self.port, self.token = self._told()

    def _told(self) -> tuple[int, str]:
        assert self.process.stderr is not None
        line = self.process.stderr.readline()
        found = re.search(r"http://127\.0\.0\.1:(\d+)/\?token=([\w-]+)", line)
        assert found, line + self.process.stderr.read()
        return int(found[1]), found[2]

    @property
    def address(self) -> str:
        """The address that opens a session, once."""
        return f"http://127.0.0.1:{self.port}/?token={self.token}"

    def visitor(self) -> Visitor:
        """Somebody with a session of their own."""
        visitor = Visitor(self.port)
        answer = visitor.enter(self.token)
        assert answer.status == 303, answer
        _, self.token = self._told()
        return visitor

    def left(self) -> list[Path]:
        """Everything that lies in the temporary folder, which the program may be emptying meanwhile."""
        walked = os.walk(self.tmp)  # passes over a folder that is gone by the time it is listed
        return sorted(Path(folder, name) for folder, inner, files in walked for name in (*inner, *files))

    def end(self, sign: int = signal.SIGTERM) -> int:
        """End the program by a signal; its exit status."""
        self.process.send_signal(sign)
        return self.process.wait(240)


@contextmanager
def served(
    tmp: Path, *arguments: str, env: dict[str, str] | None = None, cwd: Path | None = None
) -> Iterator[Server]:
    """The program for the time of a block."""
    tmp.mkdir(parents=True, exist_ok=True)
    process = subprocess.Popen(
        [sys.executable, "-m", "perfgoals_lint", "serve", "--no-browser", *arguments],
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
        env={**os.environ, "TMPDIR": str(tmp), **(env or {})},
        cwd=cwd,
    )
    try:
        yield Server(process, tmp)
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        process.wait(240)
        for stream in (process.stdout, process.stderr):
            if stream is not None:
                stream.close()
