"""``perfgoals-lint parse``: what a value means."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import click

from perfgoals_lint.cli.options import lang_option
from perfgoals_lint.cli.outputs import print_json
from perfgoals_lint.cli.wording import language, paragraphs, say


@click.command("parse", help=paragraphs("parse.help"), short_help=say("parse.short"))
@click.argument("texts", nargs=-1, required=True, metavar="TEXT...")
@click.option("--name", metavar="NAME", help=say("parse.name"))
@click.option("--year", type=click.IntRange(1900, 2200), help=say("parse.year"))
@click.option(
    "--format", "-f", "form", type=click.Choice(["text", "json"]), default="text", help=say("parse.format")
)
@lang_option
def command(texts: tuple[str, ...], name: str | None, year: int | None, form: str) -> None:
    from perfgoals_lint import values
    from perfgoals_lint.reports.clean import visible
    from perfgoals_lint.values.explain import explain
    from perfgoals_lint.version import __version__

    constraints = [(text, values.parse(text, name, year)) for text in _texts(texts)]
    if form == "json":
        head = {"schema": "perfgoals-lint/parse/1", "version": __version__}
        dumped = [constraint.model_dump(mode="json") for _, constraint in constraints]
        print_json({**head, "constraints": dumped})
        return
    for text, constraint in constraints:
        click.echo(f"{visible(text)} → {visible(explain(constraint, language()))}")
        click.echo(constraint.model_dump_json(exclude_none=True))


def _texts(given: tuple[str, ...]) -> Iterator[str]:
    for text in given:
        if text == "-":
            yield from (line.rstrip("\n") for line in sys.stdin)
        else:
            yield text
