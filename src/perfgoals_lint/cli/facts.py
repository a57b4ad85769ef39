"""``perfgoals-lint facts``: every figure of a file with its role and its relations."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from perfgoals_lint.cli.options import InputError, form_option, lang_option
from perfgoals_lint.cli.outputs import print_answer
from perfgoals_lint.cli.wording import language, paragraphs, say
from perfgoals_lint.reports.clean import visible

if TYPE_CHECKING:
    from perfgoals_lint.lint.facts.figure_fact import FigureFact


@click.command("facts", help=paragraphs("facts.help"), short_help=say("facts.short"))
@click.argument("paths", nargs=-1, required=True, type=click.Path())
@form_option
@lang_option
def command(paths: tuple[str, ...], form: str) -> None:
    from perfgoals_lint.extraction.document import extract_file
    from perfgoals_lint.lint.engine import engine_of_figures
    from perfgoals_lint.lint.facts.figure_fact import account
    from perfgoals_lint.lint.finding import problem_title
    from perfgoals_lint.runner.discover import find

    files = list(find(paths))
    nothing = None if files else InputError(say("check.nothing"))
    if nothing and form != "json":
        raise nothing
    failed = False
    documents: list[dict[str, Any]] = []
    engine = engine_of_figures()
    for file in files:
        document = extract_file(file.path, file.shown)
        checked = engine.check(document)
        if not checked.facts:
            failed = True
            why = next((one.code for one in document.problems if not document.tables), "")
            told = problem_title(why, language())
            text = f"{file.shown}: {told}" if told else say("facts.no_table", path=file.shown)
            click.echo(f"perfgoals-lint: {text}", err=True)
            continue
        if form == "text":
            for table, figures in checked.facts:
                _print(file.shown, table.title, "facts.account", figures)
            if checked.totals:
                _print(file.shown, say("facts.totals"), "facts.account_of_totals", checked.totals)
            continue
        tables = [
            {
                "project_name": table.title,
                "account": account(figures),
                "figures": [fact.as_json() for fact in figures],
            }
            for table, figures in checked.facts
        ]
        totals = {"account": account(checked.totals), "figures": [fact.as_json() for fact in checked.totals]}
        documents.append({"document": file.shown, "tables": tables, "totals": totals})
    if form == "json":
        print_answer("facts", documents=documents)
    if nothing:
        raise nothing
    sys.exit(2 if failed else 0)


def _print(path: str, title: str, summary: str, figures: list[FigureFact]) -> None:
    from perfgoals_lint.lint.facts.figure_fact import account

    click.echo(visible(f"{path}  {title}"))
    click.echo("  " + say(summary, **account(figures)))
    for fact in figures:
        if fact.status == "context":
            continue
        unit = say(f"facts.status.{fact.status}")
        role = say(f"facts.role.{fact.role}")
        label = fact.scope.removeprefix("funding_yuan.")
        label = say(f"facts.field.{label}") if label in _FIELDS else label
        counted = f"（{fact.counts}）" if fact.counts else ""
        told = fact.as_json()
        where = f"  {say('facts.place', place=told['place'])}" if told["place"] else ""
        words = f"  {say('facts.clause', clause=told['clause'])}" if told["clause"] else ""
        click.echo(visible(f"  {label}  {fact.text}  {role}{counted}{where}  {unit}{words}"))
        for relation in fact.relations:
            holds = say(f"facts.holds.{relation['holds']}")
            kind = say(f"facts.kind.{relation['kind']}")
            click.echo(visible(f"      {kind} {holds} {' '.join(relation['with'])}"))
    click.echo("")


_FIELDS = frozenset(
    {
        *("budget_yuan", "tasks", "cycle_goal", "annual_goal", "purpose", "annual_value", "cycle_value"),
        *("level3", "description", "basis", "weight", "project_name", "disbursement_plan", "unread"),
        *("title", "department", "unit"),
    }
)
