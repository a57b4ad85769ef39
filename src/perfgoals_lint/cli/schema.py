"""``perfgoals-lint schema``: the JSON Schema of an output."""

import click

from perfgoals_lint.cli.options import lang_option
from perfgoals_lint.cli.outputs import print_json
from perfgoals_lint.cli.wording import language, paragraphs, say


@click.command("schema", help=paragraphs("schema.help"), short_help=say("schema.short"))
@click.argument(
    "name", type=click.Choice(["check", "extract", "facts", "parse", "config", "exceptions", "form", "pack"])
)
@lang_option
def command(name: str) -> None:
    from perfgoals_lint import forms
    from perfgoals_lint.config import schema as config_schema
    from perfgoals_lint.reports import schemas
    from perfgoals_lint.suppression import exceptions_file

    if name == "config":
        made = config_schema.json_schema(language())
    elif name == "exceptions":
        made = exceptions_file.json_schema(language())
    elif name == "pack":
        from perfgoals_lint.packs import schema as pack_schema

        made = pack_schema.json_schema(language())
    elif name == "form":
        made = forms.json_schema()
    else:
        made = schemas.schema(name)
    print_json(made)
