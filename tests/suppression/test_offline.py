"""No command opens a connection: every one runs with sockets forbidden, in all processes that it starts."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from perfgoals_lint.cli.main import COMMANDS
from suppression.helpers import goal_csv, run, write

GUARD = """\
import os
import sys

def forbid(event, arguments):
    inet = event == "socket.__new__" and int(arguments[1]) in (2, 10, 23, 30)
    if inet or event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"):
        os.write(2, b"NETWORK " + event.encode())
        with open(os.environ["GUARD_LOG"], "a") as log:
            log.write(event + "\\n")
        os._exit(99)

sys.addaudithook(forbid)
with open(os.environ["GUARD_LOG"] + ".on", "a") as log:
    log.write("on\\n")
"""
ARGUMENTS: dict[str, list[list[str]]] = {
    "check": [
        [
            "表",
            "--jobs",
            "2",
            "--output",
            "sarif=o.sarif",
            "--output",
            "junit=o.xml",
            "--output",
            "markdown=o.md",
        ],
        ["表", "--format", "github", "--baseline", "perfgoals-baseline.json"],
    ],
    "extract": [["表"]],
    "parse": [["≥90%"]],
    "rule": [["PGK605"]],
    "rules": [[]],
    "schema": [["check"], ["config"], ["exceptions"]],
    "config": [["show", "表/表.csv"], ["init", "new.toml"]],
    "baseline": [["write", "表"], ["diff", "表"], ["prune", "表"]],
    "cache": [["dir"], ["clean"]],
    "completion": [["bash"]],
    "init": [["--framework", "mof21", "--format", "yaml"]],
    "lsp": [[]],
}


@pytest.mark.parametrize("command", sorted(COMMANDS, key=lambda name: (name != "baseline", name)))
def test_the_network_is_never_touched(tmp_path: Path, command: str) -> None:
    write(tmp_path / "表/表.csv", goal_csv())
    write(tmp_path / "表/网页.html", "<table><tr><td>项目名称</td><td>甲</td></tr></table>")
    write(tmp_path / "site/sitecustomize.py", GUARD)
    log = tmp_path / "guard.log"
    paths = [str(tmp_path / "site"), *filter(None, [os.environ.get("PYTHONPATH")])]
    env = {
        "PYTHONPATH": os.pathsep.join(paths),
        "GUARD_LOG": str(log),
        "GITHUB_STEP_SUMMARY": str(tmp_path / "s.md"),
    }
    run("baseline", "write", "表", cwd=tmp_path)
    for arguments in ARGUMENTS.get(command, [["--help"], ["表"]]):
        done = run(command, *arguments, cwd=tmp_path, env=env)
        assert done.returncode in (0, 1, 2)
        assert "NETWORK" not in done.stderr
    assert log.with_name("guard.log.on").exists()
    assert not log.exists()


def test_the_guard_would_notice(tmp_path: Path) -> None:
    import subprocess
    import sys

    write(tmp_path / "sitecustomize.py", GUARD)
    env = {**os.environ, "PYTHONPATH": str(tmp_path), "GUARD_LOG": str(tmp_path / "log")}
    code = "import socket; socket.socket()"
    assert (
        subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, check=False).returncode
        == 99
    )
