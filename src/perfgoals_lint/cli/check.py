"""``perfgoals-lint check``: the default command."""

from __future__ import annotations

import gc
import io
import os
import sys
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Any, Literal, TextIO

import click

from perfgoals_lint.cli import opinions
from perfgoals_lint.cli.options import InputError, OptionBeside, lang_option
from perfgoals_lint.cli.outputs import tell_written
from perfgoals_lint.cli.prepare import Asked, Prepared, prepare, refuse_addresses, run_options, said_clearly
from perfgoals_lint.cli.wording import language, listed, os_error, paragraphs, say
from perfgoals_lint.files.storing import replacing
from perfgoals_lint.lint.finding import is_active
from perfgoals_lint.model import SEVERITIES, Severity
from perfgoals_lint.reports import FOR_PEOPLE, FORMATS, WITH_TABLES, base_of, writer
from perfgoals_lint.reports.clean import visible
from perfgoals_lint.reports.run import Options
from perfgoals_lint.reports.wording import Words

if TYPE_CHECKING:
    from perfgoals_lint.cli.printed import PrintedRun
    from perfgoals_lint.model import Finding
    from perfgoals_lint.reports.run import Tally
    from perfgoals_lint.runner.run import Run

STANDARD = "-"
"""The name that standard output goes by among output files."""
REPORT_ENDINGS = (".json", ".jsonl", ".sarif", ".xml", ".md", ".txt")
"""Endings of reports; a file of another ending that is to be checked is never taken for an earlier report."""


@dataclass(slots=True)
class Shown:
    """What is written and what decides the exit status; ``None`` leaves it to the configuration."""

    form: str | None
    outputs: tuple[str, ...]
    exit_zero: bool
    max_warnings: int | None
    show_accounting: bool
    show_suppressed: bool
    statistics: bool
    timings: bool
    fix: bool
    unsafe_fixes: bool
    diff: bool
    backup: bool
    per: Literal["unit", "project", "file"] | None
    opinion_form: str | None
    width: int | None
    colour: Literal["auto", "always", "never"]
    verbose: bool
    group_by: Literal["severity", "rule", "file", "unit"]
    quiet: bool
    severity: Severity


@click.command("check", help=paragraphs("check.help"), short_help=say("check.short"))
@click.argument("paths", nargs=-1, type=click.Path(allow_dash=True))
@click.option("--format", "-f", "form", type=click.Choice(list(FORMATS)), help=say("check.format"))
@click.option("--output", "-o", "outputs", multiple=True, metavar="FORMAT=FILE", help=say("check.output"))
@click.option("--per", type=click.Choice(["unit", "project", "file"]), help=say("check.per"))
@click.option("--opinion-form", metavar="NAME|FILE", help=say("check.opinion_form"))
@run_options
@click.option("--baseline", metavar="FILE", help=say("check.baseline"))
@click.option("--diff-base", metavar="REVISION", help=say("check.diff_base"))
@click.option("--stdin-filename", metavar="NAME", help=say("check.stdin_filename"))
@click.option("--fail-on", type=click.Choice(SEVERITIES), help=say("check.fail_on"))
@click.option("--max-warnings", type=click.IntRange(0), help=say("check.max_warnings"))
@click.option("--exit-zero", is_flag=True, help=say("check.exit_zero"))
@click.option("--show-files", is_flag=True, help=say("check.show_files"))
@click.option(
    "--null", "-0", "null", cls=OptionBeside, beside=("show_files",), is_flag=True, help=say("check.null")
)
@click.option("--show-accounting", is_flag=True, help=say("check.accounting"))
@click.option("--show-suppressed", is_flag=True, help=say("check.show_suppressed"))
@click.option("--statistics", is_flag=True, help=say("check.statistics"))
@click.option("--timings", is_flag=True, help=say("check.timings"))
@click.option("--fix", is_flag=True, help=say("check.fix"))
@click.option(
    "--unsafe-fixes", cls=OptionBeside, beside=("fix", "diff"), is_flag=True, help=say("check.unsafe_fixes")
)
@click.option("--quiet", "-q", is_flag=True, help=say("check.quiet"))
@click.option("--severity", type=click.Choice(SEVERITIES), default="info", help=say("check.severity"))
@click.option("--diff", is_flag=True, help=say("check.diff"))
@click.option("--backup", cls=OptionBeside, beside=("fix",), is_flag=True, help=say("check.backup"))
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
@click.pass_obj
def command(
    printed: PrintedRun | None,
    /,
    paths: tuple[str, ...],
    show_files: bool,
    null: bool,
    watch: bool,
    **given: Any,
) -> None:
    shown = Shown(**{name: given.pop(name) for name in Shown.__slots__})
    asked = Asked(paths or (os.curdir,), quiet=shown.quiet, **given)
    if watch:
        from perfgoals_lint.cli.watch import forever

        forever(lambda: checked(asked, shown), asked)
    if show_files:
        for found in prepare(asked).files:
            if null:
                sys.stdout.buffer.write(os.fsencode(found.shown) + b"\0")  # byte for byte, whatever they are
            else:
                click.echo(visible(found.shown))
        sys.stdout.flush()
        return
    sys.exit(checked(asked, shown, printed))


def checked(asked: Asked, shown: Shown, printed: PrintedRun | None = None) -> int:
    """Check once and write every report; the exit status. ``printed`` is where what is printed may be kept."""
    from perfgoals_lint.cli.progress import Watched

    seen = _seen(asked, shown) if printed else []
    prepared = prepare(asked, may_be_empty=not (shown.diff or shown.fix))
    scheduler, prepared.settings.scheduler = prepared.settings.scheduler, None
    if shown.diff:
        return _preview(prepared, shown)
    if shown.fix:
        _fix(prepared, shown)
    prepared.settings.scheduler = scheduler  # files are put right here, one after the other
    prepared.settings.timed = shown.timings
    prepared.settings.accounting = shown.show_accounting
    outputs = shown.outputs or tuple(prepared.value("output") or ())
    fail_on: Severity = prepared.value("fail-on")
    form, targets = _reports(shown, prepared, outputs)
    prepared.settings.printed = not WITH_TABLES.isdisjoint({form, *(name for name, _ in targets)})
    papers = [path for name, path in targets if name == opinions.FORMAT]
    wanted = opinions.Wanted(papers, shown.opinion_form, shown.per)
    wanted.refuse(prepared)
    prepared.settings.projects = bool(papers)
    prepared.settings.lines = form == "concise" and not outputs and _plainly(shown)
    # What is loaded by now stays; looking through it again and again took a tenth of the time of a run.
    gc.freeze()
    with said_clearly():
        run = prepared.run(prepared.files if shown.quiet else Watched(prepared.files))
    options = _options(shown, fail_on)
    least = SEVERITIES.index(shown.severity)
    run.report.findings = _weighty(run.report.findings, run.report.unlisted, least)
    with said_clearly():
        kept = io.StringIO() if seen else None
        reports = [one for one in targets if one[0] != opinions.FORMAT]
        _write(run, form, reports, options, kept or sys.stdout, keep=bool(papers))
    wanted.write(run)
    left_out = sum(run.report.unlisted.total.values())
    if left_out and not shown.quiet:
        least_shown = Words(language()).name("severity", shown.severity)
        click.echo(say("check.below", n=left_out, severity=least_shown), err=True)
    if targets and not shown.quiet:
        tell_written(*(path for _, path in targets))
    _tell_tallies(run, shown)
    status = _status(run, shown, prepared)
    if printed and kept:
        sys.stdout.write(kept.getvalue())
        sys.stdout.flush()
        printed.keep(seen, status, kept.getvalue())
    return status


def _reports(shown: Shown, prepared: Prepared, outputs: tuple[str, ...]) -> tuple[str, list[tuple[str, str]]]:
    """The format of standard output, and the formats and paths of the files. Raises ``InputError`` for an unknown one."""
    form: str | None = shown.form or ("concise" if shown.quiet else prepared.value("format"))
    if form not in FORMATS:
        raise InputError(say("config.wrong_choice", name="format", known=listed(FORMATS)))
    targets = _targets(outputs, prepared)
    written = [name for name, path in targets if path == STANDARD]
    if written and shown.form is not None:
        raise InputError(say("error.output_twice", path=STANDARD))
    form = written[0] if written else form
    targets = [(name, path) for name, path in targets if path != STANDARD]
    if prepared.nothing and not targets and form in FOR_PEOPLE:
        raise InputError(say("check.nothing"))  # a program reads an empty document first
    return form, targets


def _seen(asked: Asked, shown: Shown) -> list[str]:
    """The files of a run that prints nothing but what its command line and its files say, as they are before they are read
    (see :mod:`perfgoals_lint.cli.printed`); nothing of any other run."""
    from perfgoals_lint.cli.printed import MOST_FILES, seen

    options = (shown.outputs, shown.fix, shown.diff, shown.statistics, shown.timings)
    plain = asked == Asked(asked.paths, quiet=asked.quiet) and not any(options)
    said = shown.form in (None, "rich", "concise") and shown.colour != "always" and shown.severity == "info"
    limited = shown.max_warnings is not None
    return (
        seen(list(asked.paths)) if plain and said and not limited and len(asked.paths) <= MOST_FILES else []
    )


def _preview(prepared: Prepared, shown: Shown) -> int:
    """Print what fixes would change; the exit status."""
    from perfgoals_lint.cli.fixing import previewed

    refuse_addresses(prepared)
    lines = previewed(prepared, unsafe=shown.unsafe_fixes)
    click.echo("".join(line + "\n" for line in lines), nl=False)
    return 1 if lines else 0


def _plainly(shown: Shown) -> bool:
    """Are all findings wanted, each as a line without colour, and nothing else?"""
    from perfgoals_lint.reports.styled import is_coloured

    more = shown.statistics or shown.timings or shown.show_accounting or shown.show_suppressed
    return not more and shown.severity == SEVERITIES[-1] and not is_coloured(sys.stdout, shown.colour)


def _fix(prepared: Prepared, shown: Shown) -> None:
    """Put right what can be, and say how much."""
    from perfgoals_lint.cli.fixing import fix

    refuse_addresses(prepared)
    fixed = fix(prepared, unsafe=shown.unsafe_fixes, backup=shown.backup)
    left = say("check.fixed_left", left=fixed.refused) if fixed.refused else ""
    click.echo(say("check.fixed", n=fixed.applied, files=fixed.files) + left, err=True)


def _tell_tallies(run: Run, shown: Shown) -> None:
    """Say on standard error how often each rule spoke and what it took, where that was asked."""
    if shown.statistics or shown.timings:
        from perfgoals_lint.cli.tallies import statistics, timings

        click.echo(
            (statistics(run) if shown.statistics else "") + (timings(run) if shown.timings else ""), err=True
        )


def _options(shown: Shown, fail_on: Severity) -> Options:
    return Options(
        shown.colour,
        shown.width,
        shown.show_accounting,
        shown.show_suppressed,
        fail_on=fail_on,
        verbose=shown.verbose,
        group_by=shown.group_by,
        quiet=shown.quiet,
        warn=lambda text: click.echo(f"perfgoals-lint: {text}", err=True),
    )


def _weighty(findings: Iterable[Finding], unlisted: Tally, least: int) -> Iterator[Finding]:
    """The findings of a stream from a severity on; the others that count are counted as ``unlisted``."""
    for finding in findings:
        if SEVERITIES.index(finding.severity) <= least:
            yield finding
        elif is_active(finding):
            unlisted.add(finding)


def _targets(outputs: tuple[str, ...], prepared: Prepared) -> list[tuple[str, str]]:
    """The (format, file) pairs of ``--output``. Raises :class:`InputError` for anything else, and for a file that is
    itself to be checked: the report must not take the place of the table. A report of an earlier run that lies in a
    linted directory is no input but written anew.
    """
    targets = []
    for output in outputs:
        name, _, path = output.partition("=")
        if base_of(name) not in (*FORMATS, opinions.FORMAT) or not path:
            raise InputError(say("error.output", known=listed((*FORMATS, opinions.FORMAT))))
        targets.append((name, path))
    twice = Counter(path if path == STANDARD else os.path.realpath(path) for _, path in targets)
    if any(number > 1 for number in twice.values()):
        raise InputError(say("error.output_twice", path=next(path for path, n in twice.items() if n > 1)))
    places = {
        os.path.realpath(path): path for name, path in targets if path != STANDARD and name != opinions.FORMAT
    }
    if places:
        _leave_out_pages([path for name, path in targets if _is_folder(name, path)], prepared)
        written = [found for found in prepared.files if os.path.realpath(found.path) in places]
        for found in written:
            path = places[os.path.realpath(found.path)]
            if found.named or not _earlier_report(path):
                raise InputError(say("error.output_input", path=path))
        prepared.leave_out(written)
    return targets


def _earlier_report(path: str) -> bool:
    """Is a file that lies where a report is to be written one of an earlier run, and no table?"""
    if not path.lower().endswith((".html", ".htm")):
        return path.lower().endswith(REPORT_ENDINGS)
    from perfgoals_lint.reports.html import is_report

    return is_report(path)


def _is_folder(name: str, path: str) -> bool:
    """Is a report to be written as a folder of pages? ``html=报告/`` says so."""
    return name == "html" and path.endswith(("/", os.sep))


def _leave_out_pages(folders: list[str], prepared: Prepared) -> None:
    """Take the pages of earlier reports out of the files. Raises :class:`InputError` when anything else lies there
    that is to be checked."""
    for folder in folders:
        home = os.path.realpath(folder) + os.sep
        pages = [one for one in prepared.files if os.path.realpath(one.path).startswith(home)]
        if any(found.named or not _earlier_report(found.path) for found in pages):
            raise InputError(say("error.output_input", path=folder))
        prepared.leave_out(pages)


def _write(
    run: Run,
    form: str | None,
    targets: list[tuple[str, str]],
    options: Options,
    standard: TextIO,
    *,
    keep: bool,
) -> None:
    """Write the report to ``standard`` (``form`` ``None``: not at all) and to every file, each whole or not at all. Several
    reports, and what is to be written after them (``keep``), need all findings at hand; one streams."""
    report = run.report
    if targets or keep:
        from perfgoals_lint.files.blocks import Blocks

        report.findings = Blocks(report.findings)
    for name, path in targets:
        try:
            if _is_folder(name, path):
                from perfgoals_lint.reports.html_folder import write_folder

                write_folder(report, path, options)
                continue
            with replacing(path) as file, _text(file) as out:
                writer(name)(report, out, options)
        except OSError as error:
            reason = os_error(error)
            raise InputError(say("error.output_file", path=error.filename or path, reason=reason)) from error
    if form is not None:
        writer(form)(report, standard, options)
        standard.flush()
    elif not targets:
        deque(report.findings, 0)


@contextmanager
def _text(file: IO[bytes]) -> Iterator[TextIO]:
    """The file as one of text; closed by whoever opened it."""
    out = io.TextIOWrapper(file, encoding="utf-8", newline="")
    yield out
    out.flush()
    out.detach()


def _status(run: Run, shown: Shown, prepared: Prepared) -> int:
    if prepared.nothing:
        raise InputError(say("check.nothing"))
    if run.incomplete:
        return 2
    found = run.report.summary.warning
    crowded = [(found, shown.max_warnings)] if shown.max_warnings is not None else list(run.crowded())
    failing = run.failing
    for number, most in crowded:
        if number > most:
            click.echo(say("check.too_many_warnings", n=number, most=most), err=True)
            failing += 1
    return 1 if failing and not shown.exit_zero else 0
