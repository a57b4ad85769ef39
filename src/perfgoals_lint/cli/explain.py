"""``perfgoals-lint explain``: what an indicator's name says, and what its value means beside it."""

import click

from perfgoals_lint.cli.options import form_option, lang_option
from perfgoals_lint.cli.outputs import print_answer
from perfgoals_lint.cli.wording import language, paragraphs, say
from perfgoals_lint.reports.clean import visible


@click.command("explain", help=paragraphs("explain.help"), short_help=say("explain.short"))
@click.argument("name")
@click.argument("value", required=False)
@click.option("--unit", "body", default="", help=say("explain.unit"))
@form_option
@lang_option
def command(name: str, value: str | None, body: str, form: str) -> None:
    from perfgoals_lint import values
    from perfgoals_lint.lint.facts.ecology import is_ecological
    from perfgoals_lint.lint.facts.management import is_routine
    from perfgoals_lint.lint.facts.names import analyse
    from perfgoals_lint.lint.facts.regions import place_of
    from perfgoals_lint.lint.facts.times import named_timely
    from perfgoals_lint.values.explain import explain

    said = analyse(name)
    spoken = {"who": said.who, "place": place_of(said.text, body), "modifier": said.modifier}
    constraint = values.parse(value, name) if value else None
    about = {"ecological": is_ecological(name), "timely": named_timely(name), "routine": is_routine(name)}
    if form == "json":
        dumped = constraint.model_dump(mode="json") if constraint else None
        told = said._asdict() | {"capped": said.capped} | spoken | about
        print_answer("explain", name=told, constraint=dumped)
        return
    click.echo(f"{visible(said.text)}")
    for key in ("kind", "polarity", "dimension", "who", "place", "modifier"):
        known = spoken[key] if key in spoken else getattr(said, key)
        shown = say(f"explain.{key}.{known}") if known else say("explain.unknown")
        click.echo(f"  {say(f'explain.{key}')} {shown}")
    click.echo(f"  {say('explain.measured')} {visible(said.measured) or say('explain.unknown')}")
    traits = {key: getattr(said, key) for key in ("act", "received", "effect", "macro", "capped")} | about
    named = [say(f"explain.{trait}") for trait, holds in traits.items() if holds]
    click.echo(f"  {say('explain.traits')} {say('explain.join').join(named) or say('explain.unknown')}")
    if constraint is not None and value:
        click.echo(f"  {visible(value)} → {visible(explain(constraint, language()))}")
