"""The protocol: which documents are open, when they are checked, and what is answered about them."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Literal
from urllib.parse import unquote

from lsprotocol import types
from lsprotocol.converters import get_converter
from pygls.lsp.server import LanguageServer
from pygls.uris import to_fs_path

from perfgoals_lint.lsp.actions import FIX_ALL, actions
from perfgoals_lint.lsp.checked import CARRIERS, Checked, Start, check
from perfgoals_lint.lsp.diagnostics import SOURCE, diagnostics
from perfgoals_lint.lsp.hover import hover
from perfgoals_lint.lsp.workspace import WatchedTexts, reported
from perfgoals_lint.version import __version__

Report = types.WorkspaceFullDocumentDiagnosticReport | types.WorkspaceUnchangedDocumentDiagnosticReport

_PAUSE = 0.4
"""Seconds without a further change after which a text is checked."""
_AT_ONCE = 20
"""Reports on texts of the workspace that are sent together."""
_ENDINGS = {
    "plaintext": ".txt", "text": ".txt", "csv": ".csv", "tsv": ".tsv", "markdown": ".md", "yaml": ".yaml",
    "json": ".json", "html": ".html",
}  # fmt: skip
"""The ending that a text of a language goes by where it has no name."""
_WATCHED = (
    "perfgoals.toml",
    ".perfgoals.toml",
    "pyproject.toml",
    "perfgoals-exceptions.yaml",
    "perfgoals-baseline.json",
)
"""Files on which findings depend; when one of them changes, every open document is checked again."""


class Server(LanguageServer):
    """One client's documents. Texts are checked one after the other in a thread; the newest state of each counts.

    ``start`` gives the run of a file, ``lang`` the language of this moment.
    """

    def __init__(self, start: Start, lang: Callable[[], Literal["zh", "en"]]) -> None:
        # Whole texts: what counts as a line differs between editors and libraries, and a change applied to other lines
        # than the editor meant would be checked for ever after.
        super().__init__(SOURCE, __version__, types.TextDocumentSyncKind.Full)
        self.start = start
        self.lang = lang
        self._worker = ThreadPoolExecutor(1)
        self.open: dict[str, str] = {}
        """The addresses of the open documents as the client writes them, with the languages that it says they are in."""
        self._told: dict[str, list[types.Diagnostic]] = {}
        self._known: dict[str, Checked] = {}
        self._waiting: dict[str, asyncio.Task[None]] = {}
        self._texts = WatchedTexts(start)

    def look_at(self, uri: str, pause: float = 0.0) -> None:
        """Check a document after a pause, unless it changes again before."""
        self.forget(uri)
        path = self._path(uri)
        if path and path.lower().endswith(CARRIERS) and uri in self.open:
            self._waiting[uri] = asyncio.get_running_loop().create_task(self._check(uri, path, pause))

    def _path(self, uri: str) -> str | None:
        """The path of a document; one that lies in no file yet is checked as if it lay in the workspace, under the ending
        of its language."""
        scheme, _, name = uri.partition(":")
        if scheme != "untitled":
            return to_fs_path(uri)
        ending = _ENDINGS.get(self.open.get(uri, ""))
        if ending is None:
            return None
        root = self.workspace.root_path or os.getcwd()
        return os.path.join(root, os.path.basename(name.rstrip("/")) or "untitled") + ending

    def forget(self, uri: str) -> None:
        """Give up a check that waits or runs."""
        waiting = self._waiting.pop(uri, None)
        if waiting is not None:
            waiting.cancel()

    def close(self, uri: str) -> None:
        """A document was closed: nothing is said of it any more."""
        self.open.pop(uri, None)
        self.forget(uri)
        self._known.pop(uri, None)
        self._publish(uri, [], None)

    @property
    def pulls(self) -> bool:
        """Does the client ask for diagnostics itself?"""
        documents = self.client_capabilities.text_document
        return documents is not None and documents.diagnostic is not None

    async def diagnosed(self, uri: str) -> list[types.Diagnostic]:
        """The diagnostics of the text as it is now; waits for them."""
        await self.checked(uri)
        return self._told.get(uri, [])

    @property
    def encoding(self) -> str:
        """How the client counts columns."""
        return self.workspace.position_encoding or types.PositionEncodingKind.Utf16

    async def all_diagnosed(self, known: Mapping[str, str]) -> AsyncIterator[Report]:
        """The diagnostics of the open documents and of every other text below the client's folders; only that it is
        unchanged of one that the client knows in the state (by address) it is in, and none of one that is gone."""
        folders = [to_fs_path(uri) for uri in self.workspace.folders] or [self.workspace.root_path]
        loop = asyncio.get_running_loop()
        texts = await loop.run_in_executor(self._worker, self._texts.below, list(filter(None, folders)))
        told = set()
        for uri in sorted(self.open):
            told.add(_plain(uri))
            document = self.workspace.get_text_document(uri)
            yield types.WorkspaceFullDocumentDiagnosticReport(
                uri, await self.diagnosed(uri), document.version
            )
        for text in texts:
            if _plain(text.uri) in told:
                continue
            told.add(_plain(text.uri))
            if known.get(text.uri) == text.state:
                yield types.WorkspaceUnchangedDocumentDiagnosticReport(text.uri, text.state)
                continue
            try:
                found = await loop.run_in_executor(self._worker, self._texts.found, text, self.encoding)
            except Exception as error:  # as with a text that is open
                found = [_refused(error)]
            yield reported(text, found)
        for uri in known:
            if _plain(uri) not in told:
                yield types.WorkspaceFullDocumentDiagnosticReport(uri, [])

    def language_of(self, known: Checked) -> Literal["zh", "en"]:
        """The language of a document: that of its run."""
        return known.lang or self.lang()

    async def checked(self, uri: str) -> Checked | None:
        """The result for the text as it is now; waits for it, ``None`` when there is none."""
        while (waiting := self._waiting.get(uri)) is not None and not waiting.done():
            await asyncio.wait([waiting])
        return self._known.get(uri)

    async def _check(self, uri: str, path: str, pause: float) -> None:
        await asyncio.sleep(pause)
        document = self.workspace.get_text_document(uri)
        text, version = document.source, document.version
        loop = asyncio.get_running_loop()
        try:
            result = self._known[uri] = await loop.run_in_executor(
                self._worker, check, text, path, self.start, self.encoding, uri.startswith("untitled:")
            )
            self._publish(uri, diagnostics(result, uri), version)
        except Exception as error:  # whatever goes wrong with one text, the server is there for the next
            self._known.pop(uri, None)
            self._publish(uri, [_refused(error)], version)

    def _publish(self, uri: str, found: list[types.Diagnostic], version: int | None) -> None:
        """Tell the diagnostics of a document, unless the client asks for them when it wants them."""
        self._told[uri] = found
        if uri not in self.open:
            self._told.pop(uri)
        if not self.pulls:
            self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, found, version))


_converter = cache(get_converter)


def _plain(uri: str) -> str:
    """An address in one spelling, however a client escapes it."""
    return unquote(uri)


def _refused(error: Exception) -> types.Diagnostic:
    """The one diagnostic of a text that could not be checked: never a silence that looks like a clean text."""
    start = types.Position(0, 0)
    message = str(error) if isinstance(error, ValueError) else f"{type(error).__name__}: {error}"
    return types.Diagnostic(
        types.Range(start, start), message, types.DiagnosticSeverity.Error, "PGX204", source=SOURCE
    )


def make(start: Start, lang: Callable[[], Literal["zh", "en"]]) -> Server:
    """A server with all it answers to."""
    server = Server(start, lang)
    _hear(server)
    _answer(server)
    return server


def _hear(server: Server) -> None:
    """What the editor tells the server."""

    @server.feature(types.INITIALIZED)
    def _(ls: Server, _: types.InitializedParams) -> None:
        _watch(ls)

    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def _(ls: Server, params: types.DidOpenTextDocumentParams) -> None:
        ls.open[params.text_document.uri] = params.text_document.language_id
        ls.look_at(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    def _(ls: Server, params: types.DidChangeTextDocumentParams) -> None:
        ls.look_at(params.text_document.uri, _PAUSE)

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    def _(ls: Server, params: types.DidSaveTextDocumentParams) -> None:
        ls.look_at(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def _(ls: Server, params: types.DidCloseTextDocumentParams) -> None:
        ls.close(params.text_document.uri)

    @server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def _(ls: Server, _: types.DidChangeWatchedFilesParams) -> None:
        for uri in sorted(ls.open):
            ls.look_at(uri)
        workspace = ls.client_capabilities.workspace
        if ls.pulls and workspace and workspace.diagnostics and workspace.diagnostics.refresh_support:
            ls.workspace_diagnostic_refresh(None)


def _answer(server: Server) -> None:
    """What the editor asks of the server."""

    @server.feature(
        types.TEXT_DOCUMENT_DIAGNOSTIC,
        types.DiagnosticOptions(inter_file_dependencies=False, workspace_diagnostics=True, identifier=SOURCE),
    )
    async def _(
        ls: Server, params: types.DocumentDiagnosticParams
    ) -> types.RelatedFullDocumentDiagnosticReport:
        return types.RelatedFullDocumentDiagnosticReport(await ls.diagnosed(params.text_document.uri))

    @server.feature(types.WORKSPACE_DIAGNOSTIC)
    async def _(ls: Server, params: types.WorkspaceDiagnosticParams) -> types.WorkspaceDiagnosticReport:
        known = {one.uri: one.value for one in params.previous_result_ids}
        reports: list[Report] = []
        async for report in ls.all_diagnosed(known):
            reports.append(report)
            if params.partial_result_token is not None and len(reports) == _AT_ONCE:
                part = types.WorkspaceDiagnosticReportPartialResult(reports)
                ls.progress(types.ProgressParams(params.partial_result_token, _converter().unstructure(part)))
                reports = []
        return types.WorkspaceDiagnosticReport(reports)

    @server.feature(types.TEXT_DOCUMENT_HOVER)
    async def _(ls: Server, params: types.HoverParams) -> types.Hover | None:
        known = await ls.checked(params.text_document.uri)
        return hover(known, params.position, ls.language_of(known)) if known else None

    @server.feature(
        types.TEXT_DOCUMENT_CODE_ACTION,
        types.CodeActionOptions(code_action_kinds=[types.CodeActionKind.QuickFix, FIX_ALL]),
    )
    async def _(ls: Server, params: types.CodeActionParams) -> list[types.CodeAction]:
        uri = params.text_document.uri
        known = await ls.checked(uri)
        return actions(known, uri, params.range, params.context.only, ls.language_of(known)) if known else []


def _watch(server: Server) -> None:
    """Ask the client to tell of changes to configuration, exceptions and baseline, where it can."""
    workspace = server.client_capabilities.workspace
    watched = workspace.did_change_watched_files if workspace else None
    if not (watched and watched.dynamic_registration):
        return
    watchers = [types.FileSystemWatcher(f"**/{name}") for name in _WATCHED]
    options = types.DidChangeWatchedFilesRegistrationOptions(watchers)
    registration = types.Registration(SOURCE, types.WORKSPACE_DID_CHANGE_WATCHED_FILES, options)
    server.client_register_capability(types.RegistrationParams([registration]))


def serve(start: Start, lang: Callable[[], Literal["zh", "en"]]) -> None:
    """Serve one client on standard input and output until it says goodbye.

    Whatever else prints, a plug-in say, prints to standard error: one stray line would end the conversation.
    """
    with os.fdopen(os.dup(sys.stdout.fileno()), "wb") as answers:
        os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
        make(start, lang).start_io(stdout=answers)
