"""A finding that is set aside is neither marked in an editor nor offered a fix, by whatever it was set aside."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

pytest.importorskip("pygls", reason="the extra lsp is not installed")
pytest_lsp = pytest.importorskip("pytest_lsp", reason="pytest-lsp is not installed")

from lsprotocol import types  # noqa: E402 - behind the checks for optional packages
from pytest_lsp import LanguageClient  # noqa: E402

from lsp.test_server import applied, command, offered, opened, started  # noqa: E402
from suppression.states import FIXED, RULE, STATES, VALUE, prepared  # noqa: E402

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_lsp.fixture(scope="module", loop_scope="module", config=command("-m", "perfgoals_lint", "lsp"))
async def client(lsp_client: LanguageClient) -> AsyncIterator[None]:
    await started(lsp_client)
    yield
    await lsp_client.shutdown_session()


@pytest.mark.parametrize("state", [state for state in STATES if state != "stood"])
async def test_an_editor_marks_and_fixes_what_counts(
    client: LanguageClient, tmp_path: Path, state: str
) -> None:
    path = prepared(tmp_path, state)
    text = path.read_text(encoding="utf-8")
    uri, found = await opened(client, path)
    counts = state == "active"
    assert [(one.code, one.severity) for one in found] == [(RULE, types.DiagnosticSeverity.Warning)] * counts
    at = next(number for number, line in enumerate(text.split("\n")) if VALUE in line)
    row = types.Range(types.Position(at, 0), types.Position(at, len(text.split("\n")[at])))
    for only in (None, ["source.fixAll"]):
        fixes = [one for one in await offered(client, uri, row, only) if one.edit]
        assert bool(fixes) == counts
        if counts:
            assert applied(text, fixes[0]) == text.replace(VALUE, FIXED)
    sign = types.Position(at, row.end.character - len(VALUE))
    place = types.HoverParams(types.TextDocumentIdentifier(uri), sign)
    shown = await client.text_document_hover_async(place)
    told = shown.contents.value if shown and isinstance(shown.contents, types.MarkupContent) else ""
    assert (RULE in told) == counts
