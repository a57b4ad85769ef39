"""``perfgoals-lint rule``: a rule's page."""

from __future__ import annotations

import click

from perfgoals_lint.cli.options import lang_option, refuse_rule
from perfgoals_lint.cli.wording import language, paragraphs, say


@click.command("rule", help=paragraphs("rule.help"), short_help=say("rule.short"))
@click.argument("code")
@lang_option
def command(code: str) -> None:
    from perfgoals_lint.lint.finding import wording
    from perfgoals_lint.rulebook import rules as rulebook
    from perfgoals_lint.rulebook.measured import measured, shares

    book = rulebook.load()
    try:
        found = book.find(code)
    except rulebook.UnknownRuleError as error:
        refuse_rule(error.selector, error.near)
    for rule in found:
        lang = language()
        dimension = wording(f"dimensions.{rule.letter}", lang)
        click.echo(f"{rule.code} {rule.name} · {rule.text('title', lang)}")
        click.echo(f"{dimension} · {rule.severity}{'' if rule.default else ' · ' + say('rules.off')}")
        figures = measured(rule.code)
        if figures:
            click.echo(say("rule.measured", **shares(figures)))
        click.echo()
        click.echo(rulebook.page_text(rule, lang).strip() + "\n")
