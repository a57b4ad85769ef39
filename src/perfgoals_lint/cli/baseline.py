"""``perfgoals-lint baseline``: write, compare and prune the file of known findings."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from perfgoals_lint.cli.options import InputError, lang_option
from perfgoals_lint.cli.prepare import Asked, prepare, run_options, said_clearly
from perfgoals_lint.cli.wording import os_error, paragraphs, say

if TYPE_CHECKING:
    from perfgoals_lint.model import Finding
    from perfgoals_lint.run import Run


@click.group("baseline", help=paragraphs("baseline.help"), short_help=say("baseline.short"))
def command() -> None:
    pass


def _subcommand(name: str) -> Callable[[Callable[..., None]], click.Command]:
    def decorate(function: Callable[..., None]) -> click.Command:
        for option in (
            lang_option,
            click.option("--baseline", metavar="FILE", help=say("baseline.file")),
            run_options,
            click.argument("paths", nargs=-1, required=True, type=click.Path()),
        ):
            function = option(function)
        help_text = paragraphs(f"baseline.{name}.help")
        return command.command(name, help=help_text, short_help=say(f"baseline.{name}.short"))(function)

    return decorate


@_subcommand("write")
def write(**given: Any) -> None:
    from perfgoals_lint import baseline
    from perfgoals_lint.gate import protected

    run, path = _run(given, read=False)
    with said_clearly():
        lines = [
            baseline.entry(finding, path)
            for finding in run.report.findings
            if finding.suppressed is None and not protected(finding, run.plans.of(finding.document))
        ]
    _save(path, lines)
    click.echo(say("baseline.written", path=path, n=len(lines)))
    sys.exit(2 if run.incomplete else 0)


@_subcommand("diff")
def diff(**given: Any) -> None:
    from perfgoals_lint.reports.clean import visible

    run, _ = _run(given, read=True)
    with said_clearly():
        findings: list[Finding] = [finding for finding in run.report.findings if finding.suppressed is None]
    new = [finding for finding in findings if finding.baseline_state in ("new", "updated")]
    assert run.gate.baseline is not None
    absent = run.gate.baseline.absent(document.path for document in run.documents)
    for finding in new:
        place = " › ".join(part for part in (finding.document, finding.project_name) if part)
        click.echo(visible(f"+ {finding.rule} {place}: {finding.message}"))
    for line in absent:
        place = " › ".join(line[key] for key in ("document", "project") if key in line)
        click.echo(visible(f"- {line['rule']} {place}: {line.get('message', '')}"))
    counts = {"new": len(new), "unchanged": len(findings) - len(new), "absent": len(absent)}
    click.echo(say("baseline.counts", **counts))
    sys.exit(2 if run.incomplete else 1 if new else 0)


@_subcommand("prune")
def prune(**given: Any) -> None:
    run, path = _run(given, read=True)
    with said_clearly():
        for _ in run.report.findings:
            pass
    known = run.gate.baseline
    assert known is not None
    absent = {line["fingerprint"] for line in known.absent(document.path for document in run.documents)}
    if run.incomplete:  # what could not be read may well be there still
        absent = set()
    _save(path, [line for fingerprint, line in known.known.items() if fingerprint not in absent])
    click.echo(say("baseline.pruned", path=path, n=len(absent)))
    sys.exit(2 if run.incomplete else 0)


def _run(given: dict[str, Any], *, read: bool) -> tuple[Run, str]:
    """The run over the given paths, with the baseline when it is to be ``read``; and the baseline's path."""
    from perfgoals_lint.baseline import NAME

    prepared = prepare(Asked(**given))
    path = prepared.settings.baseline or NAME
    prepared.settings.baseline = path if read else None
    with said_clearly():
        return prepared.run(), path


def _save(path: str, lines: list[dict[str, str]]) -> None:
    from perfgoals_lint import baseline

    try:
        baseline.write(path, lines)
    except OSError as error:
        raise InputError(say("error.output_file", path=path, reason=os_error(error))) from error
