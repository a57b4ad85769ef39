"""``perfgoals-lint check``: the default command."""

from __future__ import annotations

import gc
import os
import sys
from contextlib import ExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import click

from perfgoals_lint.cli.options import InputError, lang_option
from perfgoals_lint.cli.prepare import Asked, Prepared, prepare, run_options, said_clearly
from perfgoals_lint.cli.wording import os_error, paragraphs, say
from perfgoals_lint.model import Severity
from perfgoals_lint.reports import FORMATS, WITH_TABLES, writer

if TYPE_CHECKING:
    from perfgoals_lint.reports.run import Options
    from perfgoals_lint.runner.run import Run

REPORT_ENDINGS = (".json", ".jsonl", ".sarif", ".xml", ".md", ".txt")
"""Endings of reports; a file of another ending that is to be checked is never taken for an earlier report."""


@dataclass(slots=True)
class Shown:
    """What is written and what decides the exit status; ``None`` leaves it to the configuration."""

    form: str | None
    outputs: tuple[str, ...]
    fail_on: Severity | None
    exit_zero: bool
    max_warnings: int | None
    show_accounting: bool
    show_suppressed: bool
    statistics: bool
    timings: bool
    fix: bool
    unsafe_fixes: bool
    width: int | None
    colour: Literal["auto", "always", "never"]
    verbose: bool
    group_by: Literal["severity", "rule", "file", "unit"]


@click.command("check", help=paragraphs("check.help"), short_help=say("check.short"))
@click.argument("paths", nargs=-1, required=True, type=click.Path(allow_dash=True))
@click.option("--format", "-f", "form", type=click.Choice(list(FORMATS)), help=say("check.format"))
@click.option("--output", "-o", "outputs", multiple=True, metavar="FORMAT=FILE", help=say("check.output"))
@run_options
@click.option("--baseline", metavar="FILE", help=say("check.baseline"))
@click.option("--diff-base", metavar="REVISION", help=say("check.diff_base"))
@click.option("--stdin-filename", metavar="NAME", help=say("check.stdin_filename"))
@click.option("--fail-on", type=click.Choice(["error", "warning", "info"]), help=say("check.fail_on"))
@click.option("--max-warnings", type=click.IntRange(0), help=say("check.max_warnings"))
@click.option("--exit-zero", is_flag=True, help=say("check.exit_zero"))
@click.option("--show-files", is_flag=True, help=say("check.show_files"))
@click.option("--show-accounting", is_flag=True, help=say("check.accounting"))
@click.option("--show-suppressed", is_flag=True, help=say("check.show_suppressed"))
@click.option("--statistics", is_flag=True, help=say("check.statistics"))
@click.option("--timings", is_flag=True, help=say("check.timings"))
@click.option("--fix", is_flag=True, help=say("check.fix"))
@click.option("--unsafe-fixes", is_flag=True, help=say("check.unsafe_fixes"))
@click.option("--watch", is_flag=True, help=say("check.watch"))
@click.option("--verbose", "-v", is_flag=True, help=say("check.verbose"))
@click.option(
    "--group-by",
    type=click.Choice(["severity", "rule", "file", "unit"]),
    default="severity",
    help=say("check.group_by"),
)
@click.option("--width", type=click.IntRange(40, 500), help=say("check.width"))
@click.option(
    "--colour", type=click.Choice(["auto", "always", "never"]), default="auto", help=say("check.colour")
)
@lang_option
def command(paths: tuple[str, ...], show_files: bool, watch: bool, **given: Any) -> None:
    shown = Shown(**{name: given.pop(name) for name in Shown.__slots__})
    asked = Asked(paths, **given)
    try:
        if watch:
            from perfgoals_lint.cli.watch import forever

            forever(lambda: checked(asked, shown), asked)
        if show_files:
            for found in prepare(asked).files:
                click.echo(found.shown)
            return
        sys.exit(checked(asked, shown))
    except KeyboardInterrupt:
        click.echo(f"\n{say('interrupted')}", err=True)
        sys.exit(130)


def checked(asked: Asked, shown: Shown) -> int:
    """Check once and write every report; the exit status."""
    from perfgoals_lint.cli.progress import Watched
    from perfgoals_lint.reports.run import Options

    prepared = prepare(asked)
    if shown.fix or shown.unsafe_fixes:
        from perfgoals_lint.cli.fixing import fix

        fixed = fix(prepared, unsafe=shown.unsafe_fixes)
        click.echo(say("check.fixed", n=fixed.applied, files=fixed.files, left=fixed.refused), err=True)
    prepared.settings.timed = shown.timings
    prepared.settings.accounting = shown.show_accounting
    outputs = shown.outputs or tuple(prepared.value("output") or ())
    fail_on: Severity = shown.fail_on or prepared.value("fail-on")
    form = shown.form or prepared.value("format")
    if form not in FORMATS:
        raise InputError(say("config.wrong_choice", name="format", known=", ".join(FORMATS)))
    targets = _targets(outputs, prepared)
    prepared.settings.printed = not WITH_TABLES.isdisjoint({form, *(name for name, _ in targets)})
    # What is loaded by now stays; looking through it again and again took a tenth of the time of a run.
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)
    with said_clearly():
        run = prepared.run(Watched(prepared.files))
    options = Options(
        shown.colour,
        shown.width,
        shown.show_accounting,
        shown.show_suppressed,
        fail_on=fail_on,
        verbose=shown.verbose,
        group_by=shown.group_by,
    )
    with said_clearly():
        _write(run, form, targets, options)
    if shown.statistics or shown.timings:
        from perfgoals_lint.cli.tallies import statistics, timings

        click.echo(
            (statistics(run) if shown.statistics else "") + (timings(run) if shown.timings else ""), err=True
        )
    return _status(run, prepared, shown, fail_on)


def _targets(outputs: tuple[str, ...], prepared: Prepared) -> list[tuple[str, str]]:
    """The (format, file) pairs of ``--output``. Raises :class:`InputError` for anything else, and for a file that is
    itself to be checked: the report must not take the place of the table. A report of an earlier run that lies in a
    linted directory is no input but written anew.
    """
    targets = []
    for output in outputs:
        name, _, path = output.partition("=")
        if name not in FORMATS or not path:
            raise InputError(say("error.output", known=", ".join(FORMATS)))
        targets.append((name, path))
    places = {os.path.realpath(path): path for _, path in targets}
    if places:
        for found in list(prepared.files):
            path = places.get(os.path.realpath(found.path), "")
            if path and (found.named or not _earlier_report(path)):
                raise InputError(say("error.output_input", path=path))
            if path:
                prepared.files.remove(found)
    return targets


def _earlier_report(path: str) -> bool:
    """Is a file that lies where a report is to be written one of an earlier run, and no table?"""
    if not path.lower().endswith((".html", ".htm")):
        return path.lower().endswith(REPORT_ENDINGS)
    with open(path, "rb") as file:
        return b'name="generator" content="perfgoals-lint' in file.read(1000)


def _write(run: Run, form: str, targets: list[tuple[str, str]], options: Options) -> None:
    """Write the report to standard output and to every file. Several reports need all findings at hand; one streams."""
    report = run.report
    with ExitStack() as stack:
        files = []
        for name, path in targets:
            try:
                files.append((name, stack.enter_context(open(path, "w", encoding="utf-8", newline=""))))
            except OSError as error:
                raise InputError(say("error.output_file", path=path, reason=os_error(error))) from error
        if targets:
            from perfgoals_lint.reports.spool import Spool

            report.findings = Spool(report.findings)
        for name, file in files:
            writer(name)(report, file, options)
    writer(form)(report, sys.stdout, options)


def _status(run: Run, prepared: Prepared, shown: Shown, fail_on: Severity) -> int:
    if run.incomplete:
        return 2
    summary = run.report.summary
    counts = {"error": summary.error, "warning": summary.warning, "info": summary.info}
    failing = sum(
        counts[severity] for severity in counts if list(counts).index(severity) <= list(counts).index(fail_on)
    )
    most = shown.max_warnings if shown.max_warnings is not None else prepared.value("max-warnings")
    if most is not None and summary.warning > most:
        click.echo(say("check.too_many_warnings", n=summary.warning, most=most), err=True)
        failing += 1
    return 1 if failing and not shown.exit_zero else 0
