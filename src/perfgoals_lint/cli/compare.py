"""``perfgoals-lint compare``: what became of the findings of the first round in the second."""

from __future__ import annotations

import io
import os
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from perfgoals_lint.cli.options import InputError, lang_option
from perfgoals_lint.cli.outputs import tell_written, write_made
from perfgoals_lint.cli.prepare import Asked, prepare, refuse_addresses, run_options, said_clearly
from perfgoals_lint.cli.wording import language, listed, paragraphs, say
from perfgoals_lint.reports import FORMATS, writer
from perfgoals_lint.reports.clean import visible
from perfgoals_lint.reports.run import Options, is_active

if TYPE_CHECKING:
    from perfgoals_lint.handback.compare import FindingChange, Round
    from perfgoals_lint.handback.wording import HandbackWords
    from perfgoals_lint.handback.xlsx.review_sheet import Answer
    from perfgoals_lint.reports.run import Report
    from perfgoals_lint.runner.run import Run

_OWN = "text"


@click.command("compare", help=paragraphs("compare.help"), short_help=say("compare.short"))
@click.argument("first", type=click.Path(exists=True))
@click.argument("second", type=click.Path(exists=True))
@click.option(
    "--format", "-f", "form", type=click.Choice([_OWN, *FORMATS]), default=_OWN, help=say("check.format")
)
@click.option("--output", "-o", "outputs", multiple=True, metavar="FORMAT=FILE", help=say("compare.output"))
@click.option("--answers", multiple=True, type=click.Path(exists=True), help=say("compare.answers"))
@run_options
@lang_option
def command(
    first: str, second: str, form: str, outputs: tuple[str, ...], answers: tuple[str, ...], **given: Any
) -> None:
    from perfgoals_lint.handback.compare import compare
    from perfgoals_lint.handback.wording import HandbackWords

    targets = [_target(output) for output in outputs]
    one, _ = _round(first, given)
    two, run = _round(second, given)
    words = HandbackWords(language())
    changes = compare(one, two, _answers((first, second, *answers)))
    for name, path in targets:
        if name == "xlsx":
            from perfgoals_lint.handback.compare_workbook import comparison_workbook

            write_made(path, comparison_workbook(changes, words), force=True)
            continue
        out = io.StringIO()
        _report(run.report, changes, words, name, out)
        write_made(path, out.getvalue(), force=True)
    _report(run.report, changes, words, form, sys.stdout)
    if targets:
        tell_written(*(path for _, path in targets))
    states = Counter(change.state for change in changes)
    sys.exit(2 if run.incomplete else 1 if states["new"] or states["changed"] or states["unchanged"] else 0)


_STATED = frozenset({"json", "jsonl", "sarif"})
"""Formats in which every finding has a state; the others tell only whether one was there before."""


def _target(output: str) -> tuple[str, str]:
    name, _, path = output.partition("=")
    known = (_OWN, *FORMATS, "xlsx")
    if name not in known or not path:
        raise InputError(say("error.output", known=listed(known)))
    return name, path


def _round(path: str, given: dict[str, Any]) -> tuple[Round, Run]:
    from perfgoals_lint.handback.answers import is_letter
    from perfgoals_lint.handback.compare import Round

    prepared = prepare(Asked((path,), **given))
    refuse_addresses(prepared)
    prepared.settings.projects = True
    prepared.files = [found for found in prepared.files if not is_letter(found.path)]
    with said_clearly():
        run = prepared.run()
        findings = [finding for finding in run.report.findings if is_active(finding)]
    root = path if os.path.isdir(path) else os.path.dirname(path) or "."
    projects = {
        shown: frozenset(project.name for project in held if project.name)
        for shown, held in run.projects.items()
    }
    read = [info.path for info in run.documents if not info.unreadable]
    return Round(findings, root, read, projects), run


def _answers(paths: tuple[str, ...]) -> dict[str, Answer]:
    """What people wrote into the lists of findings and the letters below some paths, by fingerprint; later ones count."""
    from perfgoals_lint.handback.answers import answers_of_file

    found: dict[str, Answer] = {}
    for path in paths:
        for file in _handed_back(path):
            found |= answers_of_file(file)
    return found


def _handed_back(path: str) -> Iterator[str]:
    """The files at a path that may hold answers."""
    from perfgoals_lint.handback.answers import ENDINGS
    from perfgoals_lint.runner.discover import HIDDEN

    if not os.path.isdir(path):
        yield path
        return
    for directory, folders, files in os.walk(path):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if name.lower().endswith(ENDINGS) and not name.startswith(HIDDEN):
                yield os.path.join(directory, name)


def _report(report: Report, changes: list[FindingChange], words: HandbackWords, form: str, out: Any) -> None:
    if form == _OWN:
        out.write(_text(changes, words))
        return
    from perfgoals_lint.handback.compare import as_findings, as_remarks

    findings = (as_findings if form in _STATED else as_remarks)(changes, words)
    summary = replace(report.summary, findings=0, error=0, warning=0, info=0, suppressed=0, baselined=0)
    for finding in findings:
        summary.add_finding(finding)
    shown = replace(report, findings=findings, summary=summary)
    writer(form)(shown, out, Options(show_suppressed=True, verbose=True, group_by="file"))


def _text(changes: list[FindingChange], words: HandbackWords) -> str:
    """The changes by state, a line each, and the counts."""
    from perfgoals_lint.handback.compare import STATES, answered
    from perfgoals_lint.reports.places import owner

    lines = []
    counts = Counter(change.state for change in changes)
    for state in STATES:
        if not counts[state]:
            continue
        lines.append(words("compare.heading", state=words(f"compare.{state}"), n=counts[state]))
        for change in changes:
            if change.state != state:
                continue
            finding = change.finding
            where = ":".join(part for part in (finding.document, words.brief(finding.location)) if part)
            belongs = owner(finding)
            line = f"  {where}: {words(f'severity.{finding.severity}')} {finding.rule} {finding.message}"
            line += f" [{belongs}]" if belongs else ""
            if state == "changed" and change.before is not None and change.before.quote != finding.quote:
                edit = words("finding.edit", old=change.before.quote or "", new=finding.quote or "")
                line += f"  {edit}"
            if change.answer is not None:
                line += "  " + answered(change.answer, words)
            lines.append(visible(line))
    lines.append(
        words("summary.join").join(f"{words(f'compare.{state}')} {counts[state]}" for state in STATES)
    )
    return "\n".join(lines) + "\n"
