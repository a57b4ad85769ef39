"""``perfgoals-lint rule``: a rule's page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from perfgoals_lint.cli.options import InputError, form_option, lang_option
from perfgoals_lint.cli.outputs import print_answer
from perfgoals_lint.cli.wording import language, listed, paragraphs, say
from perfgoals_lint.lint.finding import problem_codes, problem_entry
from perfgoals_lint.rulebook.messages import message

if TYPE_CHECKING:
    from perfgoals_lint.rulebook.rule import Rule


@click.command("rule", help=paragraphs("rule.help"), short_help=say("rule.short"))
@click.argument("code", required=False)
@click.option("--all", "everything", is_flag=True, help=say("rule.all"))
@form_option
@click.option("--pack", "packs", multiple=True, metavar="PATH", help=say("check.pack"))
@click.option("--plugin", "plugins", multiple=True, metavar="NAME", help=say("check.plugin"))
@lang_option
@click.pass_context
def command(
    context: click.Context,
    code: str | None,
    everything: bool,
    form: str,
    packs: tuple[str, ...],
    plugins: tuple[str, ...],
) -> None:
    from perfgoals_lint.cli.prepare import said_clearly
    from perfgoals_lint.packs.loading import load_with
    from perfgoals_lint.rulebook import rules as rulebook

    if code is None and not everything:
        argument = next(one for one in context.command.params if one.name == "code")
        raise click.MissingParameter(ctx=context, param=argument)
    with said_clearly():
        book = load_with(packs, plugins)
    problems = problem_codes(code or "PGX")
    try:
        found = list(book) if everything else [] if problems else book.find(code or "")
    except rulebook.UnknownRuleError as error:
        raise InputError(error.said(language())) from error
    if form == "json":
        told = [_data(rule) for rule in found] + [
            {"code": one, "status": "stable", **problem_entry(one)} for one in problems
        ]
        print_answer("rule", ruleset=book.digest, rules=told)
        return
    for rule in found:
        _tell(rule)
        moved = book.moved_from(code or "")
        if moved:
            click.echo(say("rule.moved", old=moved, new=rule.code))
    for one in problems:
        _tell_problem(one)


def off_note(rule: Rule) -> str:
    """What is said of a rule that is off by default: nothing of others, and the forms for which it is on."""
    if rule.is_on:
        return ""
    return say("rules.off_but", forms=listed(rule.default_in)) if rule.default_in else say("rules.off")


def _tell(rule: Rule) -> None:
    from perfgoals_lint.rulebook import rules as rulebook
    from perfgoals_lint.rulebook.measured import measured, shares

    lang = language()
    dimension = message("engine", f"dimensions.{rule.letter}", lang)
    status = f" · {say(f'rule.status.{rule.status}')}" if rule.status != "stable" else ""
    replaced = f" · {say('rule.replaced_by', code=rule.replaced_by)}" if rule.replaced_by else ""
    off = f" · {note}" if (note := off_note(rule)) else ""
    click.echo(f"{rule.code} {rule.name} · {rule.text('title', lang)}")
    click.echo(f"{dimension} · {rule.severity}{status}{replaced}{off}")
    if reason := rulebook.why_severe(rule, lang):
        click.echo(say("rule.because", severity=rule.severity, reason=reason))
    figures = measured(rule.code)
    if figures:
        click.echo(say("rule.measured", **shares(figures)))
    click.echo()
    click.echo(rulebook.page_text(rule, lang).strip() + "\n")


def _tell_problem(code: str) -> None:
    from perfgoals_lint.rulebook.patterns import compiled

    lang = language()
    entry = problem_entry(code)
    click.echo(f"{code} {entry['name']} · {entry['title'][lang]}")
    click.echo(f"{message('engine', 'dimensions.X', lang)} · {entry['severity']}\n")
    click.echo(compiled(r"\{\w+\}").sub("…", str(entry["message"][lang])) + "\n")
    if "advice" in entry:
        click.echo(str(entry["advice"][lang]) + "\n")


def _data(rule: Rule) -> dict[str, Any]:
    from perfgoals_lint.rulebook import rules as rulebook

    head = {key: value for key, value in rule.as_data().items() if key not in ("page_text", "line")}
    return head | {
        "scope": rule.scope,
        "default": rule.is_on,
        "status": rule.status,
        "replaced_by": rule.replaced_by,
        "origin": rule.origin,
        "page": rulebook.page_text(rule, language()).strip(),
    }
