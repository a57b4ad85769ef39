"""The server as an editor meets it, over the real protocol."""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

pytest.importorskip("pygls", reason="the extra lsp is not installed")
pytest_lsp = pytest.importorskip("pytest_lsp", reason="pytest-lsp is not installed")

from lsprotocol import types  # noqa: E402 - behind the checks for optional packages
from pytest_lsp import ClientServerConfig, LanguageClient  # noqa: E402

TOP = Path(__file__).parents[2]
FAULTY = TOP / "examples" / "form-dump-library.txt"
TABLE = (
    "项目名称,一级指标,二级指标,三级指标,年度指标值\n"
    "渡口𠮷码头修缮,产出指标,数量指标,修缮泊位,≧4个\n"
    "渡口𠮷码头修缮,产出指标,质量指标,验收合格率,≥95%\n"
    "渡口𠮷码头修缮,产出指标,时效指标,完工时间,2025年9月底前\n"
    "渡口𠮷码头修缮,效益指标,社会效益指标,渡运能力,有效提升\n"
    "渡口𠮷码头修缮,满意度指标,服务对象满意度指标,乘客满意度,≥90%\n"
)


pytestmark = pytest.mark.asyncio(loop_scope="module")


def command(*arguments: str) -> ClientServerConfig:
    """A server of this checkout, started by a Python with these arguments."""
    env = {**os.environ, "PYTHONPATH": str(TOP / "src")}
    return ClientServerConfig([sys.executable, *arguments], server_env=env)


@pytest_lsp.fixture(
    scope="module",
    loop_scope="module",
    config=command("-m", "perfgoals_lint", "lsp"),
)
async def client(lsp_client: LanguageClient) -> AsyncIterator[None]:
    await started(lsp_client)
    yield
    await lsp_client.shutdown_session()


# A rule of the rulebook that fails on every row, as a faulty plug-in would.
CRASHING = """
import sys
from perfgoals_lint.lint import binding
from perfgoals_lint.__main__ import main

bind = binding._bind

def fail(scope, rule):
    print("a plug-in may print")
    raise RuntimeError("faulty rule")

binding._bind = lambda rule: fail if rule.code == "PGF401" else bind(rule)
sys.argv = ["perfgoals-lint", "lsp", "--lang", "en"]
main()
"""


@pytest_lsp.fixture(scope="module", loop_scope="module", config=command("-c", CRASHING))
async def crashing(lsp_client: LanguageClient) -> AsyncIterator[None]:
    await started(lsp_client)
    yield
    await lsp_client.shutdown_session()


async def started(client: LanguageClient) -> None:
    """Introduce the client as an editor that counts columns in UTF-16."""
    capabilities = types.ClientCapabilities(
        general=types.GeneralClientCapabilities(position_encodings=[types.PositionEncodingKind.Utf16])
    )
    await client.initialize_session(types.InitializeParams(capabilities=capabilities, process_id=os.getpid()))
    listen(client)


HEARD: dict[LanguageClient, asyncio.Queue[types.PublishDiagnosticsParams]] = {}
"""What each client was told of diagnostics and no test has looked at."""


def listen(client: LanguageClient) -> None:
    """Keep all diagnostics that come: several documents may be told of at once, and none must be missed."""
    queue = HEARD.setdefault(client, asyncio.Queue())

    def heard(told: types.PublishDiagnosticsParams) -> None:
        queue.put_nowait(told)
        listen(client)

    client.protocol.wait_for_notification(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS, heard)


async def opened(
    client: LanguageClient, path: Path, text: str | None = None
) -> tuple[str, list[types.Diagnostic]]:
    """Open a document (with another text than the file's, when one is given); its address and diagnostics."""
    uri = path.as_uri()
    text = path.read_text(encoding="utf-8") if text is None else text
    item = types.TextDocumentItem(uri, "plaintext", 1, text)
    client.text_document_did_open(types.DidOpenTextDocumentParams(item))
    return uri, await published(client, uri)


async def published(client: LanguageClient, uri: str, version: int | None = 1) -> list[types.Diagnostic]:
    """The diagnostics of a version of a document, once they have come; of a closed one without a version."""
    while True:
        found = await asyncio.wait_for(HEARD[client].get(), timeout=240)
        if found.uri == uri and found.version == version:
            return list(found.diagnostics)


def change(client: LanguageClient, uri: str, version: int, text: str) -> None:
    client.text_document_did_change(
        types.DidChangeTextDocumentParams(
            types.VersionedTextDocumentIdentifier(version, uri),
            [types.TextDocumentContentChangeWholeDocument(text)],
        )
    )


def marked(text: str, found: types.Diagnostic) -> str:
    """The text that a diagnostic marks, counted in UTF-16 as editors do."""
    return cut(text, found.range)


def cut(text: str, place: types.Range) -> str:
    lines = text.split("\n")
    assert place.start.line == place.end.line
    wide = lines[place.start.line].encode("utf-16-le")
    return wide[2 * place.start.character : 2 * place.end.character].decode("utf-16-le")


def applied(text: str, action: types.CodeAction) -> str:
    """The text after an action, as an editor would make it."""
    assert action.edit is not None
    assert action.edit.changes is not None
    ((edits),) = action.edit.changes.values()
    lines = text.split("\n")

    def offset(position: types.Position) -> int:
        before = lines[position.line].encode("utf-16-le")[: 2 * position.character].decode("utf-16-le")
        return sum(len(line) + 1 for line in lines[: position.line]) + len(before)

    for edit in sorted(edits, key=lambda one: offset(one.range.start), reverse=True):
        text = text[: offset(edit.range.start)] + edit.new_text + text[offset(edit.range.end) :]
    return text


async def offered(
    client: LanguageClient, uri: str, place: types.Range, only: list[str] | None = None
) -> list[types.CodeAction]:
    context = types.CodeActionContext([], only=only)
    params = types.CodeActionParams(types.TextDocumentIdentifier(uri), place, context)
    found = await client.text_document_code_action_async(params)
    return [one for one in found or [] if isinstance(one, types.CodeAction)]


async def test_findings_are_marked_where_an_editor_counts(client: LanguageClient, tmp_path: Path) -> None:
    _, found = await opened(client, tmp_path / "码 头.csv", TABLE)
    by_rule = {one.code: one for one in found}
    sign = by_rule["PGN501"]
    assert "≧" in marked(TABLE, sign)
    assert sign.range.start.line == 1
    vague = by_rule["PGF401"]
    assert marked(TABLE, vague) == "有效提升"
    assert vague.range.start.character == len("渡口𠮷码头修缮,效益指标,社会效益指标,渡运能力,") + 1
    assert vague.source == "perfgoals-lint"
    assert vague.code_description is not None
    assert vague.code_description.href.endswith("PGF401-vague-judgement.md")


async def test_diagnostics_may_be_asked_for(client: LanguageClient, tmp_path: Path) -> None:
    uri, told = await opened(client, tmp_path / "表.csv", TABLE)
    asked = await client.text_document_diagnostic_async(
        types.DocumentDiagnosticParams(types.TextDocumentIdentifier(uri))
    )
    assert isinstance(asked, types.RelatedFullDocumentDiagnosticReport)
    assert [one.code for one in asked.items] == [one.code for one in told]


async def test_a_text_that_lies_in_no_file_is_checked_by_its_language(client: LanguageClient) -> None:
    for uri, language, text in (
        ("untitled:Untitled-1", "csv", TABLE),
        ("untitled:Untitled-2", "plaintext", "会议记录\n"),
    ):
        item = types.TextDocumentItem(uri, language, 1, text)
        client.text_document_did_open(types.DidOpenTextDocumentParams(item))
        codes = {one.code for one in await published(client, uri)}
        assert ("PGN501" in codes) if language == "csv" else not codes


async def test_hover_speaks_the_language_of_the_configuration(client: LanguageClient, tmp_path: Path) -> None:
    (tmp_path / "perfgoals.toml").write_text('lang = "en"\n', encoding="utf-8")
    uri, told = await opened(client, tmp_path / "表.csv", TABLE)
    vague = next(one for one in told if one.code == "PGF401")
    document = types.TextDocumentIdentifier(uri)
    shown = await client.text_document_hover_async(types.HoverParams(document, vague.range.start))
    assert shown is not None
    assert isinstance(shown.contents, types.MarkupContent)
    assert "What it checks" in shown.contents.value
    assert "检查什么" not in shown.contents.value


async def test_related_places_come_along(client: LanguageClient, tmp_path: Path) -> None:
    shutil.copy(FAULTY, tmp_path / "馆.txt")
    uri, found = await opened(client, tmp_path / "馆.txt")
    product = next(one for one in found if one.code == "PGK605")
    assert product.severity == types.DiagnosticSeverity.Error
    assert (
        "三年合共36万元"
        in product.message + FAULTY.read_text(encoding="utf-8").split("\n")[product.range.start.line]
    )
    with_places = [one for one in found if one.related_information]
    assert all(place.location.uri == uri for one in with_places for place in one.related_information or [])


async def test_a_change_is_followed_and_closing_clears(client: LanguageClient, tmp_path: Path) -> None:
    uri, found = await opened(client, tmp_path / "a.csv", TABLE)
    assert "PGN501" in {one.code for one in found}
    for version in (2, 3):
        change(client, uri, version, TABLE.replace("≧", "≥" if version == 3 else "≦"))
    assert "PGN501" not in {one.code for one in await published(client, uri, 3)}
    client.text_document_did_close(types.DidCloseTextDocumentParams(types.TextDocumentIdentifier(uri)))
    assert await published(client, uri, None) == []


async def test_hover_tells_the_meaning_of_a_value_and_the_page_of_a_rule(
    client: LanguageClient, tmp_path: Path
) -> None:
    uri, found = await opened(client, tmp_path / "a.csv", TABLE)
    document = types.TextDocumentIdentifier(uri)
    clean = types.Position(2, TABLE.split("\n")[2].index("95%") + 1)
    shown = await client.text_document_hover_async(types.HoverParams(document, clean))
    assert shown is not None
    assert isinstance(shown.contents, types.MarkupContent)
    assert "不少于 95%" in shown.contents.value
    assert shown.range is not None
    assert cut(TABLE, shown.range) == "≥95%"
    vague = next(one for one in found if one.code == "PGF401")
    page = await client.text_document_hover_async(types.HoverParams(document, vague.range.start))
    assert page is not None
    assert isinstance(page.contents, types.MarkupContent)
    assert "### PGF401" in page.contents.value
    nothing = await client.text_document_hover_async(types.HoverParams(document, types.Position(0, 0)))
    assert nothing is None


async def test_a_safe_fix_is_preferred_and_leaves_nothing_to_fix(
    client: LanguageClient, tmp_path: Path
) -> None:
    uri, found = await opened(client, tmp_path / "a.csv", TABLE)
    sign = next(one for one in found if one.code == "PGN501")
    quick = [one for one in await offered(client, uri, sign.range) if one.is_preferred]
    assert quick[0].kind == types.CodeActionKind.QuickFix
    text = applied(TABLE, quick[0])
    assert text == TABLE.replace("≧", "≥")
    change(client, uri, 2, text)
    assert "PGN501" not in {one.code for one in await published(client, uri, 2)}


async def test_all_safe_fixes_come_as_one_action_on_request(client: LanguageClient, tmp_path: Path) -> None:
    text = TABLE.replace("≥95%", "≧95%")
    uri, _ = await opened(client, tmp_path / "a.csv", text)
    whole = types.Range(types.Position(0, 0), types.Position(0, 0))
    (action,) = await offered(client, uri, whole, ["source.fixAll"])
    assert applied(text, action) == text.replace("≧", "≥")


PIPES = "| 项目名称 | 一级指标 | 二级指标 | 三级指标 | 年度指标值 |\n|---|---|---|---|---|\n" + "".join(
    f"| {' | '.join(line.split(','))} |\n" for line in TABLE.splitlines()[1:]
)
ROWS = "".join(
    f"<tr>{''.join(f'<td>{field}</td>' for field in line.split(','))}</tr>\n" for line in TABLE.splitlines()
)
PAGE = f"<html><body><table>\n{ROWS}</table></body></html>\n"
YAML = "项目名称: 渡口码头修缮\n年度目标: 修缮泊位4个\n指标:\n" + "".join(
    "  - 一级指标: {1}\n    二级指标: {2}\n    三级指标: {3}\n    年度指标值: {4}\n".format(*line.split(","))
    for line in TABLE.splitlines()[1:]
)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.csv", TABLE),
        ("a.tsv", TABLE.replace(",", "\t")),
        ("a.md", PIPES),
        ("a.html", PAGE),
        ("a.yaml", YAML),
    ],
)
async def test_the_comment_that_is_offered_sets_the_finding_aside(
    client: LanguageClient, tmp_path: Path, name: str, text: str
) -> None:
    uri, found = await opened(client, tmp_path / name, text)
    vague = next(one for one in found if one.code == "PGF401")
    assert text.split("\n")[vague.range.start.line].find("有效提升") >= 0
    action = next(
        one
        for one in await offered(client, uri, vague.range)
        if "PGF401" in one.title and not one.is_preferred
    )
    changed = applied(text, action)
    assert "perfgoals: ignore[PGF401]" in changed
    change(client, uri, 2, changed)
    left = await published(client, uri, 2)
    assert sorted(str(one.code) for one in left) == sorted(
        str(one.code) for one in found if one.code != "PGF401"
    )


async def test_the_configuration_beside_the_file_holds(client: LanguageClient, tmp_path: Path) -> None:
    (tmp_path / "perfgoals.toml").write_text(
        'ignore = ["PGF401"]\n[severity]\nPGN501 = "error"\n', encoding="utf-8"
    )
    uri, found = await opened(client, tmp_path / "a.csv", TABLE)
    assert "PGF401" not in {one.code for one in found}
    assert next(one for one in found if one.code == "PGN501").severity == types.DiagnosticSeverity.Error
    (tmp_path / "perfgoals.toml").write_text("ignore = 7\n", encoding="utf-8")
    client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([]))
    (wrong,) = await published(client, uri)
    assert wrong.severity == types.DiagnosticSeverity.Error
    assert "perfgoals.toml" in wrong.message


async def test_an_excluded_file_and_one_that_is_no_goal_table_are_left_alone(
    client: LanguageClient, tmp_path: Path
) -> None:
    (tmp_path / "perfgoals.toml").write_text('exclude = ["旧/**"]\n', encoding="utf-8")
    (tmp_path / "旧").mkdir()
    (tmp_path / "旧" / "a.csv").write_text(TABLE, encoding="utf-8")
    assert (await opened(client, tmp_path / "旧" / "a.csv"))[1] == []
    assert (await opened(client, tmp_path / "README.md", "# 说明\n\n一段文字。\n"))[1] == []
    assert (await opened(client, tmp_path / "package.json", '{"name": "x"}\n'))[1] == []


async def test_no_text_ends_the_server(client: LanguageClient, tmp_path: Path) -> None:
    for number, text in enumerate(
        ["", "\x00\x01", "{" * 5000, '"' * 9999 + ",\n", "项目名称:\n  - [", "\ud800,a,b\n" * 9]
    ):
        await opened(client, tmp_path / f"{number}.yaml", text.encode("utf-8", "replace").decode())
    _, found = await opened(client, tmp_path / "a.csv", TABLE)
    assert "PGF401" in {one.code for one in found}


async def test_a_rule_that_crashes_and_prints_is_told_and_the_others_go_on(
    crashing: LanguageClient, tmp_path: Path
) -> None:
    for name in ("a.csv", "b.csv"):
        _, found = await opened(crashing, tmp_path / name, TABLE)
        (crash,) = [one for one in found if one.code == "PGX201"]
        assert "PGF401" in crash.message
        assert "faulty rule" in crash.message
        assert "PGN501" in {one.code for one in found}


async def test_what_is_in_the_baseline_is_not_shown(client: LanguageClient, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(TABLE, encoding="utf-8")
    (tmp_path / "perfgoals.toml").write_text('baseline = "known.json"\n', encoding="utf-8")
    written = subprocess.run(
        [sys.executable, "-m", "perfgoals_lint", "baseline", "write", str(tmp_path)],
        env={**os.environ, "PYTHONPATH": str(TOP / "src")},
        capture_output=True,
        check=False,
    )
    assert written.returncode == 0, written.stderr.decode()
    uri, found = await opened(client, path)
    assert found == []
    change(client, uri, 2, TABLE.replace("≥90%", "≧90%"))
    assert {one.code for one in await published(client, uri, 2)} == {"PGN501"}


async def test_an_exception_with_a_reason_holds_here_too(client: LanguageClient, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(TABLE, encoding="utf-8")
    (tmp_path / "perfgoals-exceptions.yaml").write_text(
        "exceptions:\n  - rule: PGF401\n    project: 渡口𠮷码头修缮\n    indicator: 渡运能力\n    quote: 有效提升\n"
        "    reason: 年中另行核定\n    person: 王五\n    date: 2025-01-06\n    expires: 2999-12-31\n",
        encoding="utf-8",
    )
    rules = {one.code for one in (await opened(client, path))[1]}
    assert "PGF401" not in rules
    assert "PGN501" in rules
