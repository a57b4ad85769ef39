"""The local page at its end: what is left, who takes the server along, what is said when it cannot start."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytest.importorskip("starlette", reason="the extra serve is not installed")
pytest.importorskip("uvicorn", reason="the extra serve is not installed")

from cli.commands import error_line, run
from perfgoals_lint.rulebook.policy import index
from serve.served import served
from serve.test_serve import TABLE


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_nothing_is_left_at_the_end(tmp_path: Path, sign: int) -> None:
    with served(tmp_path / "tmp") as running:
        one = running.visitor()
        one.put("a.csv", TABLE)
        assert one.check()["tables"]
        assert running.left()
        running.end(sign)
        for _ in range(1200):
            if not running.left():
                break
            time.sleep(0.05)
        assert running.left() == []


def test_the_last_session_takes_the_server_with_it(tmp_path: Path) -> None:
    with served(tmp_path / "tmp") as running:
        one = running.visitor()
        two = running.visitor()
        one.put("a.csv", TABLE)
        one.ask("POST", "/end")
        assert two.ask("GET", "/").status == 200
        two.ask("POST", "/end")
        assert running.process.wait(240) == 0
        assert running.left() == []


def test_nothing_is_said_but_addresses(tmp_path: Path) -> None:
    with served(tmp_path / "tmp") as running:
        one = running.visitor()
        one.put("秘密.csv", TABLE)
        one.check()
        running.end()
        assert running.process.stdout is not None
        assert running.process.stderr is not None
        assert running.process.stdout.read() == ""
        assert running.process.stderr.read() == ""


def test_a_port_in_use_is_one_clear_line() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert str(port) in error_line(run("serve", "--no-browser", "--port", str(port)))


def test_without_the_extra_the_command_to_install_it_is_named(tmp_path: Path) -> None:
    code = (
        "import sys; sys.modules['uvicorn'] = None\n"
        "from perfgoals_lint.__main__ import main\n"
        "sys.argv = ['perfgoals-lint', 'serve', '--no-browser']; main()"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False, cwd=tmp_path)
    assert 'pip install "perfgoals-lint[serve]"' in error_line(done)


def test_every_word_of_the_page_is_there_in_both_languages() -> None:
    for key, texts in index()["messages"]["serve"].items():
        assert set(texts) == {"zh", "en"}, key
