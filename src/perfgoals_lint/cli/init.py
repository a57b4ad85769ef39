"""``perfgoals-lint init``: an empty form to fill in, with a framework's levels laid out."""

from __future__ import annotations

import os
from typing import Literal

import click

from perfgoals_lint.cli.options import InputError, lang_option
from perfgoals_lint.cli.wording import language, paragraphs, say

_SUFFIXES: dict[str, Literal["yaml", "xlsx", "csv"]] = {
    ".yml": "yaml",
    ".yaml": "yaml",
    ".xlsx": "xlsx",
    ".csv": "csv",
}


@click.command("init", help=paragraphs("init.help"), short_help=say("init.short"))
@click.option("--format", "-f", "form", type=click.Choice(["yaml", "xlsx", "csv"]), help=say("init.format"))
@click.option("--framework", metavar="NAME", help=say("init.framework"))
@click.option("--output", "-o", metavar="FILE", help=say("init.output"))
@click.option("--force", is_flag=True, help=say("output.force"))
@lang_option
def command(
    form: Literal["yaml", "xlsx", "csv"] | None, framework: str | None, output: str | None, force: bool
) -> None:
    from perfgoals_lint import forms
    from perfgoals_lint.cli.outputs import print_made, write_made

    form = form or _SUFFIXES.get(os.path.splitext(output or "")[1].lower(), "yaml")
    name = _known(framework)
    if output is None and form == "xlsx":
        raise InputError(say("output.needed", format=form))
    made = forms.template(name, form)
    if output is None:
        print_made(made)
        return
    write_made(output, made, force=force)
    click.echo(say("config.init.written", path=output), err=True)


def _known(framework: str | None) -> str:
    """The framework's name. Raises :class:`InputError` with the known ones, the closest first asked about."""
    from perfgoals_lint.rulebook import frameworks

    known = ", ".join(frameworks.names())
    if framework is None:
        titles = frameworks.titles(language())
        width = max(map(len, titles))
        listed = "\n".join(f"  {name:<{width}}  {title}" for name, title in titles.items())
        raise InputError(say("init.which", known=f"\n{listed}"))
    if framework not in frameworks.names():
        from perfgoals_lint.config.schema import nearest

        near = nearest(framework, frameworks.names())
        hint = say("error.near", near=", ".join(near)) if near else ""
        raise InputError(say("error.framework", name=framework, known=known) + hint)
    return framework
