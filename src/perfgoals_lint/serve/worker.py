"""The process of one session: requests come in as lines of JSON, answers go out likewise.

It is started in the folder of the session's files, reads foreign formats in a further process under the limits of the
command line, and ends with its standard input. An answer that may be long is a file in the session's folder.
"""

import json
import os
import secrets
import shutil
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO

from perfgoals_lint.cli.wording import language, os_error
from perfgoals_lint.serve.desk import Desk
from perfgoals_lint.serve.errors import RefusedError

Tell = Callable[[dict[str, Any]], None]


class SessionWorker:
    """Answers the requests of one session."""

    def __init__(self, folder: Path, tell: Tell) -> None:
        self._desk = Desk(folder)
        self._folder = folder
        self._tell = tell

    def answer(self, request: dict[str, Any]) -> dict[str, Any]:
        """What was asked (``do``, with its arguments) as data; ``refused`` says in words why it cannot be done."""
        try:
            return self._answer(request)
        except RefusedError as error:
            return {"refused": error.said(language())}
        except OSError as error:
            return {"refused": RefusedError("lost", reason=os_error(error)).said(language())}

    def _answer(self, request: dict[str, Any]) -> dict[str, Any]:
        desk = self._desk
        match request:
            case {"do": "check"}:
                return {"data": desk.check(self._told)}
            case {"do": "about", "grid": int(grid), "cell": int(cell)}:
                return desk.about(grid, cell)
            case {"do": "meaning", "grid": int(grid), "cell": int(cell), "text": str(text)}:
                return desk.meaning(grid, cell, text)
            case {"do": "edit", "grid": int(grid), "cell": int(cell), "old": str(old), "new": str(new)}:
                return desk.edit(grid, cell, old, new, self._told)
            case {"do": "fix", "path": None}:
                return desk.fix(self._told)
            case {"do": "fix", "path": str(path), "finding": str(finding)}:
                return desk.fix(self._told, (path, finding))
            case {"do": "undo"}:
                return desk.undo(self._told)
            case {"do": "make", "kind": str(kind), "path": str() | None as path}:
                return self._make(kind, path)
            case _:
                raise RefusedError("request")

    def _make(self, kind: str, path: str | None) -> dict[str, Any]:
        from perfgoals_lint.serve.making import KINDS

        if kind not in KINDS:
            raise RefusedError("request")
        name, content = KINDS[kind](self._desk, path)
        return {"name": name, "file": self._kept(content)}

    def _told(self, done: int, total: int) -> None:
        self._tell({"done": done, "total": total})

    def _kept(self, content: bytes) -> str:
        """Keep an answer in a file of its own, which the server removes; its name."""
        name = f"made-{secrets.token_hex(8)}"
        (self._folder / name).write_bytes(content)
        return name


def serve(requests: BinaryIO, tell: Tell, folder: Path) -> None:
    """Answer requests until there are no more; whatever goes wrong with one is its answer."""
    worker = SessionWorker(folder, tell)
    for line in requests:
        try:
            answer = worker.answer(json.loads(line))
        except Exception as error:  # the session goes on; the page says what to do
            said = RefusedError("failed", reason=type(error).__name__).said(language())
            answer = {"refused": said}
        tell({"answer": answer})


def main() -> None:
    """Serve the server that started this process."""
    out = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, sys.stdout.fileno())  # nothing that is printed by chance is taken for an answer

    def tell(message: dict[str, Any]) -> None:
        out.write(json.dumps(message, ensure_ascii=True).encode("ascii") + b"\n")
        out.flush()

    folder = Path.cwd().parent
    serve(sys.stdin.buffer, tell, folder)
    os.chdir(folder.anchor)
    shutil.rmtree(folder, ignore_errors=True)  # the server is gone, in whatever way
    with suppress(OSError):
        folder.parent.rmdir()


if __name__ == "__main__":
    main()
