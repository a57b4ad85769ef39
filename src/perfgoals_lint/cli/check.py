"""``perfgoals-lint check``: the default command."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from typing import TYPE_CHECKING, Literal

import click

from perfgoals_lint.cli.options import InputError, lang_option, refuse_rule, split
from perfgoals_lint.cli.wording import language, say
from perfgoals_lint.model import Severity
from perfgoals_lint.reports import FORMATS, writer

if TYPE_CHECKING:
    from perfgoals_lint.reports.run import Options
    from perfgoals_lint.run import Run


@click.command("check", help="\b\n" + say("check.help"), short_help=say("check.short"))
@click.argument("paths", nargs=-1, required=True, type=click.Path())
@click.option(
    "--format", "-f", "form", type=click.Choice(list(FORMATS)), default="rich", help=say("check.format")
)
@click.option("--output", "-o", "outputs", multiple=True, metavar="FORMAT=FILE", help=say("check.output"))
@click.option("--select", multiple=True, callback=split, metavar="RULES", help=say("check.select"))
@click.option(
    "--extend-select", multiple=True, callback=split, metavar="RULES", help=say("check.extend_select")
)
@click.option("--ignore", multiple=True, callback=split, metavar="RULES", help=say("check.ignore"))
@click.option("--framework", metavar="NAME", help=say("check.framework"))
@click.option(
    "--fail-on", type=click.Choice(["error", "warning", "info"]), default="error", help=say("check.fail_on")
)
@click.option("--exit-zero", is_flag=True, help=say("check.exit_zero"))
@click.option("--show-accounting", is_flag=True, help=say("check.accounting"))
@click.option("--width", type=click.IntRange(40, 500), help=say("check.width"))
@click.option(
    "--colour", type=click.Choice(["auto", "always", "never"]), default="auto", help=say("check.colour")
)
@lang_option
def command(
    paths: tuple[str, ...],
    form: str,
    outputs: tuple[str, ...],
    select: list[str],
    extend_select: list[str],
    ignore: list[str],
    framework: str | None,
    fail_on: Severity,
    exit_zero: bool,
    show_accounting: bool,
    width: int | None,
    colour: Literal["auto", "always", "never"],
) -> None:
    from perfgoals_lint import frameworks
    from perfgoals_lint.cli.progress import watched
    from perfgoals_lint.discover import find
    from perfgoals_lint.reports.run import Options
    from perfgoals_lint.rulebook import UnknownRuleError
    from perfgoals_lint.run import Run
    from perfgoals_lint.settings import Settings

    if framework is not None and framework not in frameworks.names():
        raise InputError(say("error.framework", name=framework, known=", ".join(frameworks.names())))
    targets = _targets(outputs)
    settings = Settings(language(), framework, select, extend_select, ignore, fail_on)
    files = list(find(paths))
    if not files:
        raise InputError(say("check.nothing"))
    try:
        run = Run(watched(files), settings)
    except UnknownRuleError as error:
        refuse_rule(error.selector, error.near)
    except ValueError as error:
        raise InputError(say("error.rulebook", error=error)) from error
    options = Options(colour, width, show_accounting, fail_on=fail_on)
    _write(run, form, targets, options)
    sys.exit(_status(run, fail_on, exit_zero))


def _targets(outputs: tuple[str, ...]) -> list[tuple[str, str]]:
    """The (format, file) pairs of ``--output``. Raises :class:`InputError` for anything else."""
    targets = []
    for output in outputs:
        name, _, path = output.partition("=")
        if name not in FORMATS or not path:
            raise InputError(say("error.output", known=", ".join(FORMATS)))
        targets.append((name, path))
    return targets


def _write(run: Run, form: str, targets: list[tuple[str, str]], options: Options) -> None:
    """Write the report to standard output and to every file. Several reports need all findings at hand; one streams."""
    report = run.report
    if targets:
        report.findings = list(report.findings)
    with ExitStack() as stack:
        files = []
        for name, path in targets:
            try:
                files.append((name, stack.enter_context(open(path, "w", encoding="utf-8", newline=""))))
            except OSError as error:
                raise InputError(say("error.output_file", path=path, reason=error.strerror)) from error
        for name, file in files:
            writer(name)(report, file, options)
    writer(form)(report, sys.stdout, options)


def _status(run: Run, fail_on: Severity, exit_zero: bool) -> int:
    if run.incomplete:
        return 2
    summary = run.report.summary
    counts = {"error": summary.error, "warning": summary.warning, "info": summary.info}
    failing = sum(
        counts[severity] for severity in counts if list(counts).index(severity) <= list(counts).index(fail_on)
    )
    return 1 if failing and not exit_zero else 0
