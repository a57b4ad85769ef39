"""``perfgoals-lint parse``: what a value means."""

import sys
from collections.abc import Iterator

import click

from perfgoals_lint.cli.options import form_option, lang_option
from perfgoals_lint.cli.outputs import print_answer
from perfgoals_lint.cli.wording import language, paragraphs, say
from perfgoals_lint.reports.clean import visible
from perfgoals_lint.rulebook.patterns import compiled

_OPTION = compiled("--?[A-Za-z]")


@click.command(
    "parse",
    help=paragraphs("parse.help"),
    short_help=say("parse.short"),
    context_settings={"ignore_unknown_options": True},
)
@click.argument("texts", nargs=-1, required=True, metavar="TEXT...")
@click.option("--name", metavar="NAME", help=say("parse.name"))
@click.option("--year", type=click.IntRange(1900, 2200), help=say("parse.year"))
@form_option
@lang_option
def command(texts: tuple[str, ...], name: str | None, year: int | None, form: str) -> None:
    from perfgoals_lint import values
    from perfgoals_lint.values.explain import explain

    constraints = [(text, values.parse(text, name, year)) for text in _texts(texts)]
    if form == "json":
        print_answer(
            "parse", constraints=[constraint.model_dump(mode="json") for _, constraint in constraints]
        )
        return
    for text, constraint in constraints:
        click.echo(f"{visible(text)} → {visible(explain(constraint, language()))}")
        click.echo(constraint.model_dump_json(exclude_none=True))


def _texts(given: tuple[str, ...]) -> Iterator[str]:
    """The values to be read: what begins with a minus is one (-18℃以下) unless it can only be a mistyped option."""
    for text in given:
        if _OPTION.match(text):
            raise click.NoSuchOption(text)
        if text == "-":
            yield from (line.rstrip("\n") for line in sys.stdin)
        else:
            yield text
