"""The extension of the editor, with a stand-in for the editor and with the server itself."""

from __future__ import annotations

import os

from pipelines.helpers import BIN, TOP, run, tool

HOME = TOP / "editors" / "vscode"


def test_the_extension_starts_the_server_and_says_when_it_cannot() -> None:
    """Its own tests; the client library is replaced there, so that nothing need be installed."""
    program = BIN / "perfgoals-lint"
    env = {**os.environ, **({"PERFGOALS_COMMAND": str(program)} if program.is_file() else {})}
    done = run(tool("node"), "--test", "test/", cwd=HOME, env=env)
    assert done.returncode == 0, done.stdout
