"""``perfgoals-lint baseline``: write, compare and prune the file of known findings."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from perfgoals_lint.cli.options import form_option, lang_option, storing
from perfgoals_lint.cli.outputs import print_answer
from perfgoals_lint.cli.prepare import Asked, prepare, run_options, said_clearly
from perfgoals_lint.cli.wording import language, paragraphs, say
from perfgoals_lint.reports.clean import visible
from perfgoals_lint.reports.run import READING

if TYPE_CHECKING:
    from perfgoals_lint.model import Finding
    from perfgoals_lint.runner.run import Run


@click.group("baseline", help=paragraphs("baseline.help"), short_help=say("baseline.short"))
@lang_option
def command() -> None:
    pass


_SIGNS = {"new": "+", "updated": "~", "absent": "-"}
Decorator = Callable[[Callable[..., None]], Callable[..., None]]


def _subcommand(name: str, *own: Decorator) -> Callable[[Callable[..., None]], click.Command]:
    def decorate(function: Callable[..., None]) -> click.Command:
        options: tuple[Decorator, ...] = (
            lang_option,
            click.option("--baseline", metavar="FILE", help=say("baseline.file")),
            *own,
            run_options,
            click.argument("paths", nargs=-1, required=True, type=click.Path()),
        )
        for option in options:
            function = option(function)
        help_text = paragraphs(f"baseline.{name}.help")
        return command.command(name, help=help_text, short_help=say(f"baseline.{name}.short"))(function)

    return decorate


@_subcommand("write")
def write(**given: Any) -> None:
    from perfgoals_lint.suppression import baseline
    from perfgoals_lint.suppression.protection import protected

    run, path = _run(given, must_exist=False)
    with said_clearly():
        lines = [
            baseline.entry(finding, path)
            for finding in run.report.findings
            if finding.suppressed is None and not protected(finding, run.plans.of(finding.document))
        ]
    held = run.gate.baseline(path) if os.path.exists(path) else baseline.Baseline(path)
    moved = {key for key in held.seen if not held.exists(key[0])}
    checked = _Checked(run, path)
    others = [line for line in held.lines if not checked(line) and _key(line) not in moved]
    lines += others
    _save(path, lines)
    click.echo(say("baseline.written", path=path, n=len(lines)))
    sys.exit(2 if run.incomplete else 0)


@_subcommand("diff", form_option)
def diff(form: str, **given: Any) -> None:
    run, path = _run(given, must_exist=True)
    with said_clearly():
        findings: list[Finding] = [finding for finding in run.report.findings if finding.suppressed is None]
    changes = _changes(run, findings, path, given["paths"])
    counts = {state: sum(one["state"] == state for one in changes) for state in _SIGNS}
    counts["unchanged"] = len(findings) - counts["new"] - counts["updated"]
    if form == "json":
        print_answer("baseline-diff", summary=counts, changes=changes)
    else:
        for change in changes:
            click.echo(_told(change))
        click.echo(say("baseline.counts", **counts))
    sys.exit(2 if run.incomplete else 1 if counts["new"] or counts["updated"] else 0)


def _changes(run: Run, findings: list[Finding], path: str, asked: tuple[str, ...]) -> list[dict[str, Any]]:
    """What is new or says something else, in the order of the run, and then what is gone: entries of a baseline with
    their ``state``; an updated one has the entry that is held as ``before``."""
    from perfgoals_lint.suppression import baseline

    known = run.gate.baseline(path)
    changes: list[dict[str, Any]] = []
    for finding in findings:
        if finding.baseline_state in _SIGNS:
            change: dict[str, Any] = {"state": finding.baseline_state, **baseline.entry(finding, path)}
            if finding.baseline_state == "updated":
                change["before"] = known.entry_of(finding)
            changes.append(change)
    return changes + [{"state": "absent", **line} for line in _absent(run, path, asked)]


class _Checked:
    """Tells whether a run looked where an entry of a baseline points: its file was read, its rule asked."""

    def __init__(self, run: Run, path: str) -> None:
        from perfgoals_lint.suppression.baseline import relative

        self._plans = {
            relative(document.path, path): run.plans.of(document.path)
            for document in run.documents
            if not document.unreadable
        }

    def __call__(self, line: dict[str, str]) -> bool:
        plan = self._plans.get(line["document"])
        rule = line.get("rule", "")
        return plan is not None and (rule in plan.codes or rule.startswith(READING))


def _absent(run: Run, path: str, asked: tuple[str, ...]) -> list[dict[str, str]]:
    """The entries that were not found again: of the files that the run read, and of those that are gone from the places
    that it was asked to look at."""
    from perfgoals_lint.suppression.baseline import relative

    known = run.gate.baseline(path)
    checked = _Checked(run, path)
    places = [relative(one, path) for one in asked]

    def gone(document: str) -> bool:
        inside = any(
            place in (".", document) or document.startswith((f"{place}/", f"{place}!/")) for place in places
        )
        return inside and not known.exists(document)

    return [
        line
        for line in known.lines
        if _key(line) not in known.seen and (checked(line) or gone(line["document"]))
    ]


def _key(line: dict[str, str]) -> tuple[str, str]:
    return line["document"], line["fingerprint"]


def _told(change: dict[str, Any]) -> str:
    """One line of the text: the sign of what happened, the place, and what an updated entry said before."""
    from perfgoals_lint.reports.wording import Words

    place = " › ".join(change[key] for key in ("document", "project") if key in change)
    text = f"{_SIGNS[change['state']]} {change['rule']} {place}: {change.get('message', '')}"
    before = change.get("before")
    if before:
        said = before.get("message", "")
        if said == change["message"]:  # it only weighs more than it did
            said = Words(language()).name("severity", before.get("severity", ""))
        text += say("baseline.before", before=said)
    return visible(text)


@_subcommand("prune")
def prune(**given: Any) -> None:
    run, path = _run(given, must_exist=True)
    with said_clearly():
        for _ in run.report.findings:
            pass
    absent = {_key(line) for line in _absent(run, path, given["paths"])}
    kept = [line for line in run.gate.baseline(path).lines if _key(line) not in absent]
    _save(path, kept)
    click.echo(say("baseline.pruned", path=path, n=len(absent)))
    sys.exit(2 if run.incomplete else 0)


def _run(given: dict[str, Any], *, must_exist: bool) -> tuple[Run, str]:
    """The run over the given paths, with one baseline for all of them; and the baseline's path. One that need not exist
    is left aside where it does not."""
    from perfgoals_lint.suppression.baseline import NAME

    asked = Asked(**given)
    prepared = prepare(asked)
    path = asked.baseline or prepared.value("baseline") or NAME
    with said_clearly():
        read = path if must_exist or os.path.exists(path) else None
        return prepared.run(baseline=read, baselined=read is not None), path


def _save(path: str, lines: list[dict[str, str]]) -> None:
    from perfgoals_lint.suppression import baseline

    with storing(path):
        baseline.write(path, lines)
