"""The local page as an application: a few addresses, none of which is ever taken for a path on the disk."""

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from perfgoals_lint.cli.wording import os_error
from perfgoals_lint.reports.html import MODULES
from perfgoals_lint.reports.html import PAGE as REPORT_PAGE
from perfgoals_lint.serve.errors import RefusedError, words
from perfgoals_lint.serve.names import MOST_BYTES, MOST_FILE_BYTES, MOST_FILES, stored_name
from perfgoals_lint.serve.sessions import Session, Sessions

_PAGE = Path(__file__).parent / "page"
_LONGEST_REQUEST = 1 << 20
_MEGABYTE = 1 << 20
_SCRIPT, _STYLE = "text/javascript; charset=utf-8", "text/css; charset=utf-8"
_PIECE = 1 << 18

Answer = Callable[[Request, Session], Awaitable[Response]]


class App:
    """Answers the page of every session. ``leave`` is called when somebody asks for the server to end, ``met`` with every
    request of a session, ``opened`` when a token was used."""

    def __init__(
        self,
        sessions: Sessions,
        port: int,
        lang: str,
        leave: Callable[[], None],
        met: Callable[[], None],
        opened: Callable[[], None],
    ) -> None:
        self._sessions = sessions
        self._cookie = f"perfgoals-{port}"
        self._lang = lang
        self._leave = leave
        self._met = met
        self._opened = opened
        self._words = words(lang)
        self._assets = _assets(lang)

    def routes(self) -> Starlette:
        """The application."""
        inside = {
            "/files": self._put,
            "/do": self._do,
            "/clear": self._clear,
            "/end": self._end,
            "/here": self._here,
        }
        routes = [Route("/", self._start), Route("/static/{name}", self._static)]
        routes += [Route(path, self._of_session(answer), methods=["POST"]) for path, answer in inside.items()]
        return Starlette(routes=routes)

    # --- coming in --------------------------------------------------------------------------------------------------

    async def _start(self, request: Request) -> Response:
        """The page; an address with a token is exchanged for a cookie and forgotten."""
        token = request.query_params.get("token")
        if token is not None:
            secret = self._sessions.open(token)
            if secret is None:
                return self._closed()
            self._opened()
            response = RedirectResponse("/", status_code=303)
            response.set_cookie(self._cookie, secret, httponly=True, samesite="strict", path="/")
            return response
        if self._session(request) is None:
            return self._closed()
        return Response(self._assets["index.html"][1], media_type="text/html; charset=utf-8")

    def _closed(self) -> Response:
        return Response(self._assets["closed.html"][1], 403, media_type="text/html; charset=utf-8")

    def _session(self, request: Request) -> Session | None:
        return self._sessions.of(request.cookies.get(self._cookie, ""))

    def _of_session(self, answer: Answer) -> Callable[[Request], Awaitable[Response]]:
        """An address that only a session is answered at."""

        async def answered(request: Request) -> Response:
            session = self._session(request)
            if session is None:
                return self._refused(RefusedError("no_session"), 403)
            self._met()
            try:
                return await answer(request, session)
            except RefusedError as error:
                return self._refused(error, 413 if error.key.startswith("too_") else 400)
            except ClientDisconnect:
                return Response(status_code=400)

        return answered

    def _refused(self, error: RefusedError, status: int) -> Response:
        return JSONResponse({"refused": error.said(self._lang)}, status)

    async def _static(self, request: Request) -> Response:
        """Scripts and styles: those that there are, by name."""
        found = self._assets.get(request.path_params["name"])
        if found is None or self._session(request) is None:
            return Response(status_code=404)
        return Response(found[1], media_type=found[0])

    # --- what the page asks for -------------------------------------------------------------------------------------

    async def _put(self, request: Request, session: Session) -> Response:
        """Take one file: its content as it is, its name in ``name``."""
        name = request.query_params.get("name", "")
        if not name or len(name) > 4_000 or request.headers.get("content-type") != "application/octet-stream":
            raise RefusedError("request")
        files, size = session.held
        most = min(MOST_FILE_BYTES, MOST_BYTES - size)
        if files >= MOST_FILES:
            raise RefusedError("too_many", most=MOST_FILES)
        said = request.headers.get("content-length", "")
        if not said.isascii() or not said.isdigit() or len(said) > 15 or int(said) > most:
            raise _too_large(size, most)
        await session.started()
        stored = stored_name(name)
        aside = session.new_file()
        try:
            await _received(request, aside, most, size)
            shown = session.keep(aside, stored)
        except OSError as error:
            raise RefusedError("lost", reason=os_error(error)) from None
        finally:
            aside.unlink(missing_ok=True)
        return JSONResponse({"name": shown})

    async def _do(self, request: Request, session: Session) -> Response:
        """Hand a request to the session's process; progress and answer come as lines of JSON, a file as it is."""
        asked = await _asked(request)
        if asked.get("do") == "make":
            answer: dict[str, Any] = {}
            async for message in session.ask(asked):
                answer = message.get("answer", {})
            if "file" not in answer:
                return JSONResponse(answer, 400)
            disposition = f"attachment; filename*=UTF-8''{quote(answer['name'], safe='')}"
            content = _pieces(session.folder / answer["file"])
            return StreamingResponse(
                content, media_type="application/octet-stream", headers={"content-disposition": disposition}
            )

        async def lines() -> AsyncIterator[bytes]:
            async for message in session.ask(asked):
                yield (
                    json.dumps(message, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
                    + b"\n"
                )

        return StreamingResponse(lines(), media_type="application/x-ndjson")

    async def _clear(self, request: Request, session: Session) -> Response:
        await session.clear()
        return JSONResponse({})

    async def _here(self, request: Request, session: Session) -> Response:
        """The page is open; gives how many files there are."""
        return JSONResponse({"files": session.held[0]})

    async def _end(self, request: Request, session: Session) -> Response:
        """End the session, and the server with the last one."""
        await self._sessions.end(request.cookies[self._cookie])
        if not len(self._sessions):
            self._leave()
        response = JSONResponse({})
        response.delete_cookie(self._cookie, path="/")
        return response


def _too_large(held: int, most: int) -> RefusedError:
    if held + MOST_FILE_BYTES > MOST_BYTES and most < MOST_FILE_BYTES:
        return RefusedError("too_much", most=MOST_BYTES // _MEGABYTE)
    return RefusedError("too_large", most=MOST_FILE_BYTES // _MEGABYTE)


async def _received(request: Request, path: Path, most: int, held: int) -> None:
    """Write the body of a request to a file, which it must not outgrow."""
    length = 0
    with path.open("xb") as file:
        async for piece in request.stream():
            length += len(piece)
            if length > most:
                raise _too_large(held, most)
            file.write(piece)


async def _asked(request: Request) -> dict[str, Any]:
    """The JSON object that a request holds."""
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > _LONGEST_REQUEST:
            raise RefusedError("request")
    try:
        asked = json.loads(body)
    except (ValueError, RecursionError):
        raise RefusedError("request") from None
    if not isinstance(asked, dict):
        raise RefusedError("request")
    return asked


async def _pieces(path: Path) -> AsyncIterator[bytes]:
    """The content of a file, which is removed then."""
    try:
        with path.open("rb") as file:
            while piece := file.read(_PIECE):
                yield piece
    finally:
        path.unlink(missing_ok=True)  # now that it is closed: Windows removes no file that is open


def _assets(lang: str) -> dict[str, tuple[str, bytes]]:
    """Everything that the page consists of, by name: media type and content."""
    said = words(lang)
    found = {
        name: ("text/html", _filled(_PAGE / name, said, lang).encode())
        for name in ("index.html", "closed.html")
    }
    texts = json.dumps(
        {key.removeprefix("page."): said[key] for key in said if key.startswith("page.")}, ensure_ascii=False
    )
    found["words.js"] = _SCRIPT, f"export const WORDS = {texts};\n".encode()
    for name in MODULES[:-1]:  # the last one starts the page of a report
        found[f"{name}.js"] = _SCRIPT, (REPORT_PAGE / f"{name}.js").read_bytes()
    found["page.css"] = _STYLE, (REPORT_PAGE / "page.css").read_bytes()
    for path in (*_PAGE.glob("*.js"), *_PAGE.glob("*.css")):
        found[path.name] = _SCRIPT if path.suffix == ".js" else _STYLE, path.read_bytes()
    return found


def _filled(path: Path, said: dict[str, str], lang: str) -> str:
    """A page with its words."""
    text = path.read_text(encoding="utf-8").replace("{{lang}}", "zh-CN" if lang == "zh" else "en")
    for key, value in said.items():
        text = text.replace("{{" + key + "}}", value)
    return text
