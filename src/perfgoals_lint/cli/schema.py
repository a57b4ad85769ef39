"""``perfgoals-lint schema``: the JSON Schema of an output."""

from __future__ import annotations

import json

import click

from perfgoals_lint.cli.options import lang_option
from perfgoals_lint.cli.wording import say


@click.command("schema", help="\b\n" + say("schema.help"), short_help=say("schema.short"))
@click.argument("name", type=click.Choice(["check", "extract", "parse"]))
@lang_option
def command(name: str) -> None:
    from perfgoals_lint import schemas

    click.echo(json.dumps(schemas.schema(name), ensure_ascii=False, indent=1))
