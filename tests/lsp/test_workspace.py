"""Diagnostics of a whole workspace, over the real protocol: every text below the folders, open or not."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

pytest.importorskip("pygls", reason="the extra lsp is not installed")
pytest_lsp = pytest.importorskip("pytest_lsp", reason="pytest-lsp is not installed")

from lsprotocol import types  # noqa: E402 - behind the checks for optional packages
from pytest_lsp import ClientServerConfig, LanguageClient  # noqa: E402

from suppression.helpers import goal_csv, write  # noqa: E402

TOP = Path(__file__).parents[2]
pytestmark = pytest.mark.asyncio(loop_scope="module")
VAGUE, OTHER = "PGF401", "FQ001"
PACK = """\
pack: 枫桥镇
rules:
  - code: FQ001
    title: 满意度不得低于95%
    check: {kind: bound, where: {class: 满意度}, value: "≥95%"}
    bad: 满意度 | 服务对象满意度 | 群众满意度 | ≥80%
    good: 满意度 | 服务对象满意度 | 群众满意度 | ≥95%
"""


@pytest_lsp.fixture(
    scope="module",
    loop_scope="module",
    config=ClientServerConfig(
        [sys.executable, "-m", "perfgoals_lint", "lsp"],
        server_env={**os.environ, "PYTHONPATH": str(TOP / "src")},
    ),
)
async def client(lsp_client: LanguageClient, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[None]:
    root = tmp_path_factory.mktemp("乡 镇")
    lsp_client.root = root
    capabilities = types.ClientCapabilities(
        text_document=types.TextDocumentClientCapabilities(diagnostic=types.DiagnosticClientCapabilities())
    )
    folder = types.WorkspaceFolder(root.as_uri(), "乡镇")
    await lsp_client.initialize_session(
        types.InitializeParams(capabilities=capabilities, process_id=os.getpid(), workspace_folders=[folder])
    )
    yield
    await lsp_client.shutdown_session()


@pytest.fixture
def root(client: LanguageClient) -> Path:
    """The client's one folder, empty."""
    home: Path = client.root
    for one in home.iterdir():
        shutil.rmtree(one) if one.is_dir() else one.unlink()
    return home


async def asked(
    client: LanguageClient, known: dict[str, str] | None = None
) -> tuple[dict[str, set[str] | None], dict[str, str]]:
    """The codes found in each text, by its path below the folder (``None``: unchanged), and the states to come back with."""
    previous = [types.PreviousResultId(uri, value) for uri, value in (known or {}).items()]
    answer = await client.workspace_diagnostic_async(types.WorkspaceDiagnosticParams(previous))
    found: dict[str, set[str] | None] = {}
    states = dict(known or {})
    for item in answer.items:
        path = Path(client.root).as_uri()
        name = item.uri.removeprefix(path + "/")
        if isinstance(item, types.WorkspaceFullDocumentDiagnosticReport):
            found[name] = {str(one.code) for one in item.items}
            if item.result_id:
                states[item.uri] = item.result_id
        else:
            found[name] = None
    return found, states


async def test_every_text_below_the_folder_is_told_of(client: LanguageClient, root: Path) -> None:
    write(root / "a.csv", goal_csv())
    write(root / "sub/b.csv", goal_csv())
    (root / "sub" / "gbk.csv").write_bytes(goal_csv().encode("gb18030"))
    write(root / "sub/notes.txt", "会议记录：项目进展。\n")
    write(root / "README.md", "# 说明\n")
    write(root / ".git/c.csv", goal_csv())
    write(root / "old/d.csv", goal_csv())
    write(root / "perfgoals.toml", 'exclude = ["old/**"]\n')
    found, _ = await asked(client)
    assert {name for name, codes in found.items() if codes and VAGUE in codes} == {
        "a.csv",
        "sub/b.csv",
        "sub/gbk.csv",
    }
    assert {name for name, codes in found.items() if not codes} == {"sub/notes.txt", "README.md", "old/d.csv"}


async def test_what_is_unchanged_is_said_to_be(client: LanguageClient, root: Path) -> None:
    """Text, configuration, exceptions, pack: what changes any of them is looked at again, everything else is not."""
    write(root / "a.csv", goal_csv())
    write(root / "b.csv", goal_csv())
    first, states = await asked(client)
    assert first["a.csv"] == first["b.csv"]
    assert await asked(client, states) == ({"a.csv": None, "b.csv": None}, states)
    write(root / "a.csv", goal_csv().replace("提升", "≥90%"))
    second, states = await asked(client, states)
    assert VAGUE not in (second["a.csv"] or set())
    assert second["b.csv"] is None
    write(root / "own.yaml", PACK)
    write(root / "perfgoals.toml", 'packs = ["own.yaml"]\n')
    third, states = await asked(client, states)
    assert OTHER in (third["b.csv"] or set())
    fourth, states = await asked(client, states)
    assert fourth["b.csv"] is None
    write(root / "own.yaml", PACK.replace('value: "≥95%"', 'value: "≥90%"'))
    fifth, states = await asked(client, states)
    assert fifth["b.csv"] is not None
    assert OTHER not in fifth["b.csv"]
    (root / "b.csv").unlink()
    sixth, _ = await asked(client, states)
    assert sixth["b.csv"] == set()


async def test_an_open_text_counts_as_the_editor_has_it(client: LanguageClient, root: Path) -> None:
    path = write(root / "a.csv", goal_csv())
    text = goal_csv().replace("提升", "≥90%")
    item = types.TextDocumentItem(path.as_uri(), "csv", 7, text)
    client.text_document_did_open(types.DidOpenTextDocumentParams(item))
    found, _ = await asked(client)
    assert VAGUE not in (found["a.csv"] or set())
    assert len(found) == 1
    client.text_document_did_close(types.DidCloseTextDocumentParams(types.TextDocumentIdentifier(item.uri)))
    assert VAGUE in ((await asked(client))[0]["a.csv"] or set())


async def test_a_wrong_configuration_is_told_in_its_own_folder(client: LanguageClient, root: Path) -> None:
    write(root / "good/a.csv", goal_csv())
    write(root / "bad/b.csv", goal_csv())
    write(root / "bad/perfgoals.toml", "ignore = 7\n")
    found, _ = await asked(client)
    assert VAGUE in (found["good/a.csv"] or set())
    assert found["bad/b.csv"] == {"PGX204"}


async def test_many_texts_come_in_parts(client: LanguageClient, root: Path) -> None:
    for number in range(45):
        write(root / f"{number:02}.csv", goal_csv())
    parts: list[list[str]] = []

    def heard(told: types.ProgressParams) -> None:
        parts.append([item["uri"] for item in told.value["items"]])

    client.protocol.fm.features[types.PROGRESS] = heard
    params = types.WorkspaceDiagnosticParams([], partial_result_token="p")
    answer = await client.workspace_diagnostic_async(params)
    last = [item.uri for item in answer.items]
    assert [len(part) for part in (*parts, last)] == [20, 20, 5]
    assert len({uri for part in (*parts, last) for uri in part}) == 45
