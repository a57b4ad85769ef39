"""Sessions of the local page: each has a folder and a process of its own, and both are gone when it ends."""

import asyncio
import json
import os
import secrets
import shutil
import sys
import time
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from perfgoals_lint.serve.errors import RefusedError
from perfgoals_lint.serve.names import size_of

MOST_SESSIONS = 8
_SECONDS = 900.0
"""What one request may take; the process of a session that takes longer is ended."""
_IDLE = 8 * 3600.0
_LONGEST_LINE = 512 << 20
_TRIES, _PAUSE = 30, 0.1
"""How often a folder is taken away that a program still works in, and the seconds between."""


class Session:
    """One person's files. ``files`` is the folder that they are put in."""

    def __init__(self, folder: Path, lang: str) -> None:
        self.folder = folder
        self.files = folder / "files"
        self.seen = time.monotonic()
        self._lock = asyncio.Lock()
        self._tasks: set[asyncio.Task[None]] = set()
        self._lang = lang
        self._process: asyncio.subprocess.Process | None = None
        self._count: tuple[int, int] | None = None
        self._make_folders()

    def _make_folders(self) -> None:
        for path in (self.folder, self.files, self.folder / "tmp"):
            path.mkdir(mode=0o700)

    @property
    def held(self) -> tuple[int, int]:
        """How many files the session holds, and their bytes."""
        if self._count is None:
            self._count = size_of(self.files)
        return self._count

    def new_file(self) -> Path:
        """A path for what comes in, aside from the files that are looked at."""
        return self.folder / "tmp" / secrets.token_hex(8)

    def keep(self, path: Path, name: str) -> str:
        """Put what came in under a harmless name, in the place of an earlier one of that name; gives the name. Raises
        ``OSError``."""
        target = self.files / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.is_file():
            files, size = self.held
            self._count = files - 1, size - target.stat().st_size
        length = path.stat().st_size
        os.replace(path, target)
        files, size = self.held
        self._count = files + 1, size + length
        return name

    def forget_count(self) -> None:
        """The files have changed."""
        self._count = None

    async def ask(self, request: dict[str, Any]) -> AsyncIterator[dict[str, Any]]:
        """The messages that answer a request: ``done`` and ``total`` while it is worked on, then ``answer``. One request
        is answered after the other."""
        messages: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        # Goes on when nobody listens any more: the next request must not be given this one's answer.
        task = asyncio.create_task(self._exchange(request, messages))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        while True:
            message = await messages.get()
            yield message
            if "answer" in message:
                return

    async def _exchange(self, request: dict[str, Any], messages: asyncio.Queue[dict[str, Any]]) -> None:
        async with self._lock:
            self.forget_count()
            try:
                async with asyncio.timeout(_SECONDS):
                    process = await self.started()
                    assert process.stdin is not None
                    assert process.stdout is not None
                    process.stdin.write(json.dumps(request).encode() + b"\n")
                    await process.stdin.drain()
                    while line := await process.stdout.readline():
                        message = json.loads(line)
                        messages.put_nowait(message)
                        if "answer" in message:
                            return
            except (TimeoutError, OSError, ValueError):
                pass
            await self._end_process()  # what it leaves unsaid, nobody will say
            messages.put_nowait({"answer": {"refused": RefusedError("died").said(self._lang)}})

    async def started(self) -> asyncio.subprocess.Process:
        """The process of the session. It removes the session's folder when this one is gone without a word."""
        if self._process is None or self._process.returncode is not None:
            self._process = await self._start()
        return self._process

    async def _start(self) -> asyncio.subprocess.Process:
        own = {
            "PERFGOALS_LANG": self._lang,
            **dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(self.folder / "tmp")),
        }
        return await asyncio.create_subprocess_exec(
            sys.executable,
            "-P",
            "-m",
            "perfgoals_lint.serve.worker",
            cwd=self.files,
            env={**os.environ, **own},
            limit=_LONGEST_LINE,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
        )

    async def _end_process(self) -> None:
        process, self._process = self._process, None
        if process is not None and process.returncode is None:
            with suppress(ProcessLookupError):
                process.terminate()
            try:
                await asyncio.wait_for(process.wait(), 3)
            except TimeoutError:
                with suppress(ProcessLookupError):
                    process.kill()
                await process.wait()

    async def clear(self) -> None:
        """Take all files away; the session goes on empty."""
        async with self._lock:
            await self._end_process()
            await _removed(self.folder)
            self._make_folders()
            self.forget_count()

    async def end(self) -> None:
        """End the process and take the folder away."""
        await self._end_process()
        await _removed(self.folder)


async def _removed(folder: Path) -> None:
    """Take a folder away. On Windows a program that works in it keeps it, so that what the session's process has started
    gets the time to end."""
    for _ in range(_TRIES):
        shutil.rmtree(folder, ignore_errors=True)
        if not folder.exists():
            return
        await asyncio.sleep(_PAUSE)


class Sessions:
    """The sessions of one server, by a secret that only their browsers know. ``folder`` is removed at the end."""

    def __init__(self, folder: Path, lang: str) -> None:
        self._folder = folder
        self._lang = lang
        self._known: dict[str, Session] = {}
        self._tokens: set[str] = set()
        self._number = 0

    def token(self) -> str:
        """A new token; it opens one session, once."""
        made = secrets.token_urlsafe(32)
        self._tokens.add(made)
        return made

    def open(self, token: str) -> str | None:
        """The secret of a new session for a token; ``None`` for one that is wrong or was used."""
        known = next(
            (one for one in self._tokens if secrets.compare_digest(one.encode(), token.encode())), None
        )
        if known is None or len(self._known) >= MOST_SESSIONS:
            return None
        self._tokens.discard(known)
        self._number += 1
        secret = secrets.token_urlsafe(32)
        self._known[secret] = Session(self._folder / f"session-{self._number}", self._lang)
        return secret

    def of(self, secret: str) -> Session | None:
        """The session of a secret."""
        session = self._known.get(secret)
        if session is not None:
            session.seen = time.monotonic()
        return session

    def __len__(self) -> int:
        return len(self._known)

    async def end(self, secret: str) -> None:
        """End one session."""
        session = self._known.pop(secret, None)
        if session is not None:
            await session.end()

    async def end_idle(self) -> None:
        """End the sessions that nobody has used for long."""
        now = time.monotonic()
        for secret, session in list(self._known.items()):
            if now - session.seen > _IDLE:
                await self.end(secret)

    async def end_all(self) -> None:
        """End every session."""
        for secret in list(self._known):
            await self.end(secret)
