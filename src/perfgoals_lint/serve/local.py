"""The server of the local page: one port of this machine, one folder, and nothing left of either at the end."""

import asyncio
import os
import shutil
import socket
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import uvicorn

from perfgoals_lint.serve.app import App
from perfgoals_lint.serve.guard import Guard
from perfgoals_lint.serve.sessions import Sessions

ADDRESS = "127.0.0.1"
_TICK = 5.0
_LEFT_ALONE = 360
"""Ticks (half an hour; a browser may let a page in the background sleep for some of it) without a page after which a server ends that nobody can see."""


class Local:
    """A server on a free port. ``tell`` is given the address of the page, with a token that opens it once; another one
    when that is used. ``alone`` lets the server end when no page has been open for a while."""

    def __init__(self, lang: str, tell: Callable[[str], None], *, port: int = 0, alone: bool = False) -> None:
        self._tell = tell
        self._alone = alone
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        if os.name == "posix":  # on Windows this would let another program listen here too
            self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._socket.bind((ADDRESS, port))
        self._socket.listen()  # a browser that comes at once waits in line
        self._port: int = self._socket.getsockname()[1]
        self._folder = Path(tempfile.mkdtemp(prefix="perfgoals-serve-"))
        self._sessions = Sessions(self._folder, lang)
        self._met = 0
        app = App(self._sessions, self._port, lang, self._leave, self._seen, self._hand_out)
        guarded = Guard(app.routes(), f"{ADDRESS}:{self._port}")
        self._server = uvicorn.Server(
            uvicorn.Config(
                guarded,
                log_config=None,
                log_level="critical",
                access_log=False,
                lifespan="off",
                ws="none",
                server_header=False,
                date_header=False,
                proxy_headers=False,
                timeout_graceful_shutdown=2,
                limit_concurrency=100,
                h11_max_incomplete_event_size=64 << 10,
                http="h11",
            )
        )

    def serve(self) -> None:
        """Serve until a signal or the page asks for the end; then everything that was taken in is gone."""
        try:
            self._hand_out()
            asyncio.run(self._serve())
        finally:
            self._socket.close()
            shutil.rmtree(self._folder, ignore_errors=True)

    async def _serve(self) -> None:
        watch = asyncio.create_task(self._watch())
        try:
            await self._server.serve([self._socket])
        finally:
            watch.cancel()
            with suppress(asyncio.CancelledError):
                await watch
            await self._sessions.end_all()

    async def _watch(self) -> None:
        """End what nobody uses."""
        since = 0
        while True:
            await asyncio.sleep(_TICK)
            await self._sessions.end_idle()
            since = 0 if self._met else since + 1
            self._met = 0
            if self._alone and since >= _LEFT_ALONE:
                self._leave()

    def _hand_out(self) -> None:
        self._tell(f"http://{ADDRESS}:{self._port}/?token={self._sessions.token()}")

    def _seen(self) -> None:
        self._met += 1

    def _leave(self) -> None:
        self._server.should_exit = True
