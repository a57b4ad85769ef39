"""``perfgoals-lint init``: an empty form to fill in, with a framework's levels laid out."""

import os
from typing import Any, Literal

import click

from perfgoals_lint.cli.options import InputError, lang_option
from perfgoals_lint.cli.wording import language, listed, near, paragraphs, say

Form = Literal["yaml", "xlsx", "csv", "docx"]
_SUFFIXES: dict[str, Form] = {
    ".yml": "yaml", ".yaml": "yaml", ".xlsx": "xlsx", ".csv": "csv", ".docx": "docx",
}  # fmt: skip


@click.command("init", help=paragraphs("init.help"), short_help=say("init.short"))
@click.option(
    "--format", "-f", "form", type=click.Choice(["yaml", "xlsx", "csv", "docx"]), help=say("init.format")
)
@click.option("--framework", metavar="NAME", help=say("init.framework"))
@click.option("--from", "source", metavar="FILE", type=click.Path(exists=True), help=say("init.from"))
@click.option("--output", "-o", metavar="FILE", help=say("init.output"))
@click.option("--force", is_flag=True, help=say("output.force"))
@lang_option
def command(
    form: Form | None, framework: str | None, source: str | None, output: str | None, force: bool
) -> None:
    from perfgoals_lint import forms
    from perfgoals_lint.cli.outputs import print_made, tell_written, write_made

    form = form or _SUFFIXES.get(os.path.splitext(output or "")[1].lower(), "yaml")
    name = _known(framework)
    if output is None and form in ("xlsx", "docx"):
        raise InputError(say("output.needed", format=form))
    if form == "xlsx" or form == "docx":
        made: str | bytes = _printed(name, form, source)
    elif source is not None:
        raise InputError(say("init.from_printed"))
    else:
        made = forms.template(name, form)
    if output is None:
        print_made(made)
        return
    write_made(output, made, force=force)
    tell_written(output)
    if source is not None:
        _say_differences(source, output)


def _printed(framework: str, form: Literal["xlsx", "docx"], source: str | None) -> bytes:
    """The printable form, empty or with the tables of a file. Raises :class:`InputError` for a file without any."""
    from perfgoals_lint.extraction.document import extract_file
    from perfgoals_lint.forms.printed import printed

    if source is None:
        return printed(framework, form)
    tables = extract_file(source).tables
    if not tables:
        raise InputError(say("init.from_none", path=source))
    return printed(framework, form, tables)


def _say_differences(source: str, output: str) -> None:
    """Read the form again and name every field that does not say there what it says in the original."""
    from perfgoals_lint.extraction.document import extract_file
    from perfgoals_lint.fixes.passes import plain
    from perfgoals_lint.reports.clean import visible
    from perfgoals_lint.reports.wording import Words

    words = Words(language())
    before, after = extract_file(source).tables, extract_file(output).tables
    if len(before) != len(after):
        click.echo(say("init.from_count", before=len(before), after=len(after)), err=True)
        return
    for old, new in zip(before, after, strict=True):
        one, two = filled_in(plain(old)), filled_in(plain(new))
        names = [words.name("field", key) for key in one if one[key] != two[key]]
        if names:
            shown = words("address.list").join(names)
            click.echo(say("init.from_differs", project=visible(old.project_name), fields=shown), err=True)


_OF_FORM = frozenset({"title", "header", "money_unit", "unread", "state"})
"""Fields that say how a form is laid out, not what is filled in."""
_OF_COLUMNS = frozenset({"sign", "unit", "columns"})
"""The same of a row: parts of the value that have a column of their own."""


def filled_in(table: dict[str, Any]) -> dict[str, Any]:
    """What is filled in in a table, however it is laid out."""
    kept = {key: value for key, value in table.items() if key not in _OF_FORM}
    kept["indicators"] = [
        {key: value for key, value in row.items() if key not in _OF_COLUMNS} for row in table["indicators"]
    ]
    return kept


def _known(framework: str | None) -> str:
    """The framework's name. Raises :class:`InputError` with the known ones, the closest first asked about."""
    from perfgoals_lint.rulebook import frameworks

    if framework is None:
        titles = frameworks.titles(language())
        width = max(map(len, titles))
        lines = "".join(f"\n  {name:<{width}}  {title}" for name, title in titles.items())
        raise InputError(say("init.which", known=lines))
    if framework not in frameworks.names():
        from perfgoals_lint.text import nearest

        hint = near(nearest(framework, frameworks.names()))
        raise InputError(say("error.framework", name=framework, known=listed(frameworks.names())) + hint)
    return framework
