"""``perfgoals-lint rules``: the list of rules, a template for an own rule, and the test of a pack."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from perfgoals_lint.cli.options import InputError, form_option, lang_option, split
from perfgoals_lint.cli.outputs import print_json, print_made, tell_written, write_made
from perfgoals_lint.cli.rule import off_note
from perfgoals_lint.cli.wording import language, listed, near, paragraphs, say
from perfgoals_lint.text import nearest

if TYPE_CHECKING:
    from perfgoals_lint.rulebook.rule import Rule


@click.group(
    "rules", help=paragraphs("rules.help"), short_help=say("rules.short"), invoke_without_command=True
)
@click.option("--select", multiple=True, callback=split, metavar="RULES", help=say("check.select"))
@click.option("--pack", "packs", multiple=True, metavar="PATH", help=say("check.pack"))
@click.option("--plugin", "plugins", multiple=True, metavar="NAME", help=say("check.plugin"))
@form_option
@click.option("--explain-plan", "plan", is_flag=True, help=say("rules.explain_plan"))
@lang_option
@click.pass_context
def command(
    context: click.Context,
    select: list[str],
    packs: tuple[str, ...],
    plugins: tuple[str, ...],
    form: str,
    plan: bool,
) -> None:
    if context.invoked_subcommand:
        return
    from perfgoals_lint.packs.loading import load_with
    from perfgoals_lint.rulebook.rules import UnknownRuleError

    try:
        book = load_with(packs, plugins)
    except ValueError as error:
        raise InputError(str(error)) from error
    try:
        chosen = {rule.code: rule for selector in select or ["all"] for rule in book.find(selector)}
    except UnknownRuleError as error:
        raise InputError(error.said(language())) from error
    if plan:
        source = _plan(list(chosen.values()))
        if form == "json":
            print_json({"ruleset": book.digest, "plan": source})
        else:
            print_made(source)
        return
    if form == "json":
        heads = [
            {key: value for key, value in rule.as_data().items() if key not in ("page_text", "line")}
            | {"scope": rule.scope, "default": rule.is_on, "origin": rule.origin}
            for rule in chosen.values()
        ]
        print_json({"ruleset": book.digest, "rules": heads})
        return
    for rule in chosen.values():
        off = f"  ({note})" if (note := off_note(rule)) else ""
        click.echo(f"{rule.code}  {rule.severity:<7}  {rule.name}  {rule.text('title', language())}{off}")


def _plan(rules: list[Rule]) -> str:
    """The function of the selectors of rules, with comments that say what it calls and which rules it is not about."""
    from perfgoals_lint.lint.kinds.generated import planned
    from perfgoals_lint.lint.kinds.kinds import row_conditions

    rows = [(rule.code, row_conditions(rule)) for rule in rules if rule.scope == "row"]
    told = [(code, where) for code, where in rows if where is not None]
    plan = planned(told)
    said = [say("rules.plan.function")]
    said += [say("rules.plan.test", name=name, spec=spec) for name, spec in plan.tests.items()]
    apart = {
        "always": [code for code, where in rows if where is None],
        "tables": [rule.code for rule in rules if rule.scope == "table"],
        "documents": [rule.code for rule in rules if rule.scope == "document"],
    }
    said += [say(f"rules.plan.{key}", codes=" ".join(codes)) for key, codes in apart.items() if codes]
    return plan.source + "".join(f"# {line}\n" for text in said for line in text.splitlines())


@command.command("new", help=paragraphs("rules.new.help"), short_help=say("rules.new.short"))
@click.argument("code")
@click.option("--kind", default="bound", metavar="KIND", help=say("rules.new.kind"))
@click.option("--output", "-o", type=click.Path(dir_okay=False), help=say("rules.new.output"))
@lang_option
def new(code: str, kind: str, output: str | None) -> None:
    from perfgoals_lint.packs import guide

    if kind not in guide.with_samples():
        hint = near(nearest(kind, guide.with_samples()))
        raise InputError(say("rules.new.no_kind", kind=kind, known=listed(guide.with_samples())) + hint)
    text = guide.sample_pack(kind, code, say("rules.new.pack"), language())
    if output is None:
        print_made(text)
        return
    write_made(output, text)
    tell_written(output)


@command.command("test", help=paragraphs("rules.test.help"), short_help=say("rules.test.short"))
@click.argument("packs", nargs=-1, required=True, metavar="PACK...", type=click.Path())
@lang_option
def test(packs: tuple[str, ...]) -> None:
    from perfgoals_lint.packs.errors import PackError
    from perfgoals_lint.packs.loading import load_pack, load_with

    wrong: list[str] = []
    for path in packs:
        try:
            rules = load_pack(path)
        except PackError as error:
            wrong.append(error.said(language()))
            continue
        for rule in rules:
            click.echo(f"{rule.code}  {rule.text('title', language())}  {say('rules.test.passed')}")
    if wrong:
        raise InputError("\n".join(wrong))
    try:
        load_with(packs)
    except ValueError as error:
        raise InputError(str(error)) from error
