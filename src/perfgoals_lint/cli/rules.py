"""``perfgoals-lint rules``: the list of rules."""

from __future__ import annotations

import json

import click

from perfgoals_lint.cli.options import lang_option, refuse_rule, split
from perfgoals_lint.cli.wording import language, say


@click.command("rules", help="\b\n" + say("rules.help"), short_help=say("rules.short"))
@click.option("--select", multiple=True, callback=split, metavar="RULES", help=say("check.select"))
@click.option(
    "--format", "-f", "form", type=click.Choice(["text", "json"]), default="text", help=say("parse.format")
)
@lang_option
def command(select: list[str], form: str) -> None:
    from perfgoals_lint import rulebook

    book = rulebook.load()
    try:
        chosen = {rule.code: rule for selector in select or ["all"] for rule in book.find(selector)}
    except rulebook.UnknownRuleError as error:
        refuse_rule(error.selector, error.near)
    if form == "json":
        heads = [{**rule.head, "scope": rule.scope, "default": rule.default} for rule in chosen.values()]
        click.echo(json.dumps({"ruleset": book.digest, "rules": heads}, ensure_ascii=False, indent=1))
        return
    for rule in chosen.values():
        note = "" if rule.default else f"  ({say('rules.off')})"
        click.echo(f"{rule.code}  {rule.severity:<7}  {rule.name}  {rule.text('title', language())}{note}")
