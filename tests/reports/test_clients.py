"""Every format read by a program or a grammar that is not ours: what it makes of the report is what the report says.

SARIF has Microsoft's validator in ``test_sarif.py``, GitLab's demands are a schema in ``test_schemas.py``.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from perfgoals_lint.model import Finding, Location
from perfgoals_lint.reports.clean import visible
from perfgoals_lint.reports.run import Report, is_active
from reports.samples import SCENARIOS, operator, render, report, row, text_info

DOCS = Path(__file__).parents[2] / "docs"
SPECIAL = st.text(
    st.one_of(st.characters(), st.sampled_from("%:,=|*_`[]()<>!#&\\\"'~-+.1@ \n\r\t")), max_size=40
)
scenarios = pytest.mark.parametrize("scenario", SCENARIOS)


def active(scenario: str, lang: str = "zh") -> list[Finding]:
    """The findings of a scenario that count."""
    return [finding for finding in SCENARIOS[scenario](lang).findings if is_active(finding)]


def rendered(form: str, scenario: str, lang: str = "zh", **options: Any) -> str:
    """A scenario in a format."""
    return render(form, SCENARIOS[scenario](lang), **options)


def hostile(text: str) -> Report:
    """A run with one finding in which a document says whatever it likes."""
    found = operator(
        "zh",
        document=f"表/{text}.txt",
        message=text,
        advice=None,
        project_name=text,
        indicator=row(text, text),
        quote=text,
        span=(0, len(text)),
        location=Location(f"表/{text}.txt", line=2),
        fix=None,
    )
    return report("zh", [found], [text_info("zh")], line_text=lambda *_: text)


# --- GitHub: the runner's grammar of commands ------------------------------------------------------------------------


ANNOTATION = {"file", "line", "col", "endLine", "endColumn", "title"}
"""The properties that an annotation may have."""


class Command(NamedTuple):
    """A workflow command as the runner takes it apart."""

    name: str
    properties: dict[str, str]
    data: str


def commands(output: str) -> Iterator[Command]:
    """Read an output as the runner does: line by line, white space in front dropped, the head up to the next ``::``, the
    name up to the first blank, properties between commas, the first ``=`` ending a name, escapes undone last."""
    for line in re.split(r"\r\n|\r|\n", output):
        text = line.lstrip()
        if not text:
            continue
        assert text.startswith("::"), line
        head, mark, data = text[2:].partition("::")
        assert mark, line
        name, _, listed = head.strip().partition(" ")
        properties = dict(one.split("=", 1) for one in listed.split(",") if one.strip())
        for escape, meant in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
            properties = {key.strip(): value.replace(escape, meant) for key, value in properties.items()}
            data = data if escape in ("%3A", "%2C") else data.replace(escape, meant)
        yield Command(name, properties, data)


@scenarios
def test_the_runner_of_github_reads_every_annotation(scenario: str) -> None:
    names = {"error": "error", "warning": "warning", "info": "notice"}
    *lines, account = rendered("github", scenario).splitlines() or [""]
    if account.startswith("::"):
        lines.append(account)  # no figures, no account
    everything = list(commands("\n".join(lines)))
    read = [one for one in everything if "title" in one.properties]
    found = sorted(active(scenario), key=lambda finding: list(names).index(finding.severity))
    assert [one.name for one in read] == [names[finding.severity] for finding in found]
    for command, finding in zip(read, found, strict=True):
        assert command.properties["file"] == finding.document
        assert command.properties["title"].startswith(finding.rule)
        assert visible(finding.message) in command.data
        assert command.properties.keys() <= ANNOTATION
        numbers = command.properties.keys() - {"file", "title"}
        assert all(int(command.properties[name]) > 0 for name in numbers)
        assert ("line" in numbers) == bool(finding.location and finding.location.line)
    assert all("file" in one.properties for one in everything)


@given(text=SPECIAL)
@settings(max_examples=400, deadline=None)
def test_no_document_gives_the_runner_another_command(text: str) -> None:
    (command,) = commands(render("github", hostile(text)))
    assert command.name == "notice"
    assert {"file", "line", "title"} <= command.properties.keys() <= ANNOTATION
    assert visible(text) in command.data


# --- reviewdog: the message that its JSON is read into ----------------------------------------------------------------

FIELDS: dict[str, dict[str, str]] = {
    "Position": {"line": "int32", "column": "int32"},
    "Range": {"start": "Position", "end": "Position"},
    "Location": {"path": "string", "range": "Range"},
    "Source": {"name": "string", "url": "string"},
    "Code": {"value": "string", "url": "string"},
    "Suggestion": {"range": "Range", "text": "string"},
    "RelatedLocation": {"message": "string", "location": "Location"},
    "Diagnostic": {
        "message": "string",
        "location": "Location",
        "severity": "Severity",
        "source": "Source",
        "code": "Code",
        "suggestions": "Suggestion*",
        "original_output": "string",
        "related_locations": "RelatedLocation*",
    },
    "DiagnosticResult": {"diagnostics": "Diagnostic*", "source": "Source", "severity": "Severity"},
}
"""The fields of reviewdog's messages by name and type; ``*`` is repeated."""


@pytest.fixture(scope="module")
def messages() -> Any:
    """Gives the class of a message by its name. Its JSON is read strictly: a field that it does not have, a value of
    another type or a severity that is none is an error, as it is in reviewdog."""
    pytest.importorskip("google.protobuf", reason="protobuf is not installed")
    from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

    kinds = descriptor_pb2.FieldDescriptorProto
    file = descriptor_pb2.FileDescriptorProto(name="rdf.proto", package="rdf", syntax="proto3")
    severity = file.enum_type.add(name="Severity")
    for number, name in enumerate(("UNKNOWN_SEVERITY", "ERROR", "WARNING", "INFO")):
        severity.value.add(name=name, number=number)
    for name, members in FIELDS.items():
        message = file.message_type.add(name=name)
        for number, (member, kind) in enumerate(members.items(), 1):
            label = kinds.LABEL_REPEATED if kind.endswith("*") else kinds.LABEL_OPTIONAL
            field = message.field.add(name=member, number=number, label=label)
            plain = {"int32": kinds.TYPE_INT32, "string": kinds.TYPE_STRING}.get(kind)
            if plain is not None:
                field.type = plain
            else:
                field.type = kinds.TYPE_ENUM if kind == "Severity" else kinds.TYPE_MESSAGE
                field.type_name = f".rdf.{kind.rstrip('*')}"
    pool = descriptor_pool.DescriptorPool()
    pool.Add(file)
    return lambda name: message_factory.GetMessageClass(pool.FindMessageTypeByName(f"rdf.{name}"))


@scenarios
def test_reviewdog_reads_both_of_its_formats(scenario: str, messages: Any) -> None:
    from google.protobuf import json_format

    whole = json_format.Parse(rendered("rdjson", scenario), messages("DiagnosticResult")())
    lines = [
        json_format.Parse(line, messages("Diagnostic")())
        for line in rendered("rdjsonl", scenario).splitlines()
    ]
    assert whole.source.name == "perfgoals-lint"
    found = active(scenario)
    for read in (whole.diagnostics, lines):
        assert len(read) >= len(found)
        for diagnostic, finding in zip(read, found, strict=False):
            assert finding.message in diagnostic.message
            assert diagnostic.code.value == finding.rule
            assert diagnostic.location.path == finding.document
            assert diagnostic.severity == 1 + ("error", "warning", "info").index(finding.severity)
            line = finding.location.line if finding.location else None
            assert diagnostic.location.range.start.line == (line or 0)
            assert len(diagnostic.related_locations) == len(finding.related)


# --- JUnit: junitparser ------------------------------------------------------------------------------------------------


@scenarios
def test_junitparser_counts_what_the_report_counts(scenario: str) -> None:
    junitparser = pytest.importorskip("junitparser", reason="junitparser is not installed")
    read = junitparser.JUnitXml.fromstring(rendered("junit", scenario, fail_on="info").encode())
    suites = list(read)
    assert suites
    for declared in (read, *suites):
        before = (declared.tests, declared.failures, declared.errors)
        declared.update_statistics()
        assert (declared.tests, declared.failures, declared.errors) == before
    results: dict[str, list[Any]] = {case.name: case.result for suite in suites for case in suite}
    for finding in active(scenario):
        (outcome,) = next(result for name, result in results.items() if name.startswith(finding.rule))
        assert isinstance(outcome, junitparser.Failure | junitparser.Error)
        assert visible(finding.message) in (outcome.text or "")
    for result in results.values():
        assert all(
            isinstance(one, junitparser.Failure | junitparser.Error | junitparser.Skipped) for one in result
        )


@given(text=SPECIAL)
@settings(max_examples=50, deadline=None)
def test_junitparser_reads_whatever_a_document_says(text: str) -> None:
    junitparser = pytest.importorskip("junitparser", reason="junitparser is not installed")
    read = junitparser.JUnitXml.fromstring(render("junit", hostile(text), fail_on="info").encode())
    (failure,) = [
        one for suite in read for case in suite for one in case.result if type(one) is junitparser.Failure
    ]
    assert visible(text).strip() in failure.text


# --- Markdown: a CommonMark parser with the tables of GitHub and GitLab -------------------------------------------------


def tokens(text: str) -> list[Any]:
    """All tokens of a page, inner ones too."""
    markdown_it = pytest.importorskip("markdown_it", reason="markdown-it-py is not installed")
    outer = markdown_it.MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text)
    return [one for token in outer for one in (token, *(token.children or ()))]


BLOCKS = {
    f"{name}_open"
    for name in (
        "heading", "paragraph", "bullet_list", "list_item", "blockquote", "table", "thead", "tbody", "tr", "th", "td",
    )
}  # fmt: skip
"""What a page is made of."""


def blocks(parts: list[Any]) -> list[str]:
    """The blocks of a page in their order."""
    return [f"{one.type} {one.tag}" for one in parts if one.block]


OURS = {"<b>", "</b>", "<!-- -->"}
"""The markup of a page that is HTML: what marks the faulty part, and what keeps ``@`` and ``#`` from meaning somebody."""


def shown(parts: list[Any]) -> str:
    """What a reader of the page sees, without blanks."""
    text = "".join(one.content for one in parts if one.type in ("text", "code_inline", "text_special"))
    return "".join(text.split())


@scenarios
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_page_shows_every_finding_as_text(scenario: str, lang: str) -> None:
    parts = tokens(rendered("markdown", scenario, lang))
    seen = shown(parts)
    for finding in active(scenario, lang):
        assert "".join(visible(finding.message).split()) in seen
        assert "".join(visible(finding.document).split()) in seen
    headings = [one for one in parts if one.type == "heading_open"]
    assert [one.tag for one in headings][:1] == ["h1"]
    tables = [one.type for one in parts if one.type in ("table_open", "table_close")]
    assert tables == ["table_open", "table_close"] * (len(tables) // 2)
    assert bool(tables) == bool(active(scenario, lang))
    assert {one.content for one in parts if one.type == "html_inline"} <= OURS


@given(text=SPECIAL)
@example("===")
@example("---")
@example("- 甲")
@example("+ 甲")
@example("1. 甲")
@example("1) 甲")
@example("甲  ")
@example("      甲")
@example("[甲]: 乙")
@settings(max_examples=400, deadline=None)
def test_no_document_puts_markup_into_a_page(text: str) -> None:
    parts = tokens(render("markdown", hostile(text)))
    said = visible(text).strip()
    if said:
        assert blocks(parts) == blocks(tokens(render("markdown", hostile("平常"))))
    assert {one.type for one in parts if one.type.endswith("_open")} <= BLOCKS | {"strong_open"}
    assert {one.content for one in parts if one.type == "html_inline"} <= OURS
    assert "".join(said.split()) in shown(parts)


# --- one line a finding: Vim, and a pattern as problem matchers have it -------------------------------------------------

MATCHER = re.compile(
    r"^(?P<file>.+?):(?:(?P<line>\d+)(?::(?P<column>\d+))?:|(?P<place>[^:]+):)? "
    r"(?P<severity>错误|警告|提示|error|warning|info) (?:(?P<code>[A-Z]{2,5}\d{3}) )?(?P<message>.+)$"
)


@scenarios
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_problem_matcher_reads_every_line(scenario: str, lang: str) -> None:
    found = active(scenario, lang)
    lines = rendered("concise", scenario, lang).splitlines()
    closing = list(takewhile(lambda line: not MATCHER.match(line), reversed(lines)))
    assert 1 <= len(closing) <= 2  # the account of figures, if there are any, and the totals
    lines = lines[: -len(closing)]
    read = [MATCHER.match(line) for line in lines]
    for match, finding in zip(read, found, strict=False):
        assert match is not None
        assert match["file"] == finding.document
        assert match["code"] == finding.rule
        place = finding.location
        assert (match["line"] or None) == (str(place.line) if place and place.line else None)
        assert match["message"].startswith(visible(finding.message))
    assert all(read)


@pytest.mark.parametrize("page", ["ci.md", "ci.zh-CN.md"])
@scenarios
def test_vim_jumps_to_every_finding(tmp_path: Path, scenario: str, page: str) -> None:
    """With the setting that the documentation gives."""
    vim = shutil.which("vim")
    if vim is None:
        pytest.skip("vim is not installed")
    (setting,) = re.findall(r"^set errorformat=.+$", (DOCS / page).read_text(encoding="utf-8"), re.MULTILINE)
    lang = "zh" if "zh" in page else "en"
    (tmp_path / "out.txt").write_text(rendered("concise", scenario, lang), encoding="utf-8")
    (tmp_path / "script.vim").write_text(
        f"set encoding=utf-8\n{setting}\ncgetfile out.txt\n"
        "let found = map(getqflist(), {_, one -> [one.valid, bufname(one.bufnr), one.lnum, one.text]})\n"
        'call writefile([json_encode(found)], "found.json")\nqall!\n',
        encoding="utf-8",
    )
    command = [vim, "-u", "NONE", "-i", "NONE", "-N", "-n", "-es", "-S", "script.vim"]
    done = subprocess.run(
        command, cwd=tmp_path, stdin=subprocess.DEVNULL, capture_output=True, timeout=60, check=False
    )
    if not (tmp_path / "found.json").exists():
        pytest.skip(f"this vim has no scripts: {done.stderr.decode()[:80]}")
    read = json.loads((tmp_path / "found.json").read_text(encoding="utf-8"))
    expected = [
        (finding.document, (finding.location and finding.location.line) or 0)
        for finding in active(scenario, lang)
    ]
    assert [(file, line) for valid, file, line, _ in read if valid][: len(expected)] == expected
    for (_, _, _, text), finding in zip(read, active(scenario, lang), strict=False):
        assert visible(finding.message) in text


# --- for people: what a terminal makes of colours and widths -----------------------------------------------------------


@scenarios
@pytest.mark.parametrize("form", ["rich", "grouped"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_terminal_shows_each_line_on_a_line(
    form: str, scenario: str, lang: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Read by another library's tables of widths, and by a decoder of what colours text: neither changes a line."""
    wcwidth = pytest.importorskip("wcwidth", reason="wcwidth is not installed")
    from rich.ansi import AnsiDecoder

    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    plain = rendered(form, scenario, lang, colour="never", width=80).splitlines()
    assert [line for line in plain if not 0 <= wcwidth.wcswidth(line) <= 80] == []
    text = rendered(form, scenario, lang, colour="always", width=80).removesuffix("\n")
    coloured = list(AnsiDecoder().decode(text))
    assert [line.plain.rstrip() for line in coloured] == [line.rstrip() for line in plain]
    assert any(line.spans for line in coloured)


# --- JSON: jq ------------------------------------------------------------------------------------------------------------


@scenarios
def test_jq_selects_what_counts(scenario: str) -> None:
    jq = shutil.which("jq")
    if jq is None:
        pytest.skip("jq is not installed")
    counts = 'select(.suppressed == null and .baseline_state != "unchanged") | .rule'
    for form, query in (
        ("json", f".findings[] | {counts}"),
        ("jsonl", f'select(.kind == "finding") | {counts}'),
    ):
        done = subprocess.run(
            [jq, "-r", query], input=rendered(form, scenario).encode(), capture_output=True, check=True
        )
        assert done.stdout.decode().split() == [finding.rule for finding in active(scenario)]
