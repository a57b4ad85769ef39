"""``perfgoals-lint example``: one small table and its report, and the same table as files to try things on."""

import os
import sys
import tempfile

import click

from perfgoals_lint.cli.options import lang_option, storing
from perfgoals_lint.cli.outputs import write_made
from perfgoals_lint.cli.wording import language, paragraphs, say
from perfgoals_lint.model import GoalTable
from perfgoals_lint.reports import writer
from perfgoals_lint.reports.run import Options
from perfgoals_lint.rulebook.policy import rules_dir

_NAME = "码头修缮"
_FRAMEWORK = "mof21"
_FIELDS = ("project_name", "unit", "budget_yuan", "annual_goal")


@click.command("example", help=paragraphs("example.help"), short_help=say("example.short"))
@click.option("--output", "-o", "folder", metavar="DIR", help=say("example.output"))
@click.option("--force", is_flag=True, help=say("output.force"))
@lang_option
def command(folder: str | None, force: bool) -> None:
    if folder is None:
        _show()
    else:
        _write(folder, force)


def _source() -> str:
    return (rules_dir() / "examples" / f"{_NAME}.yaml").read_text(encoding="utf-8")


def _table() -> GoalTable:
    from perfgoals_lint.forms import load

    document = load(_source(), _NAME)
    assert document is not None  # the example is a part of the program
    return document.tables[0]


def _show() -> None:
    """Print the table, then its report as ``check`` prints it."""
    from perfgoals_lint.cli.prepare import Asked, prepare, said_clearly
    from perfgoals_lint.forms.printed import printed
    from perfgoals_lint.runner.discover import FoundFile

    table = _table()
    name = f"{_NAME}.xlsx"
    with tempfile.TemporaryDirectory(prefix="perfgoals-") as home:
        path = os.path.join(home, name)
        with open(path, "wb") as file:
            file.write(printed(_FRAMEWORK, "xlsx", [table]))
        prepared = prepare(Asked((path,), no_config=True, no_cache=True))
        prepared.files = [FoundFile(path, True, name)]
        click.echo("\n".join(_lines(table)) + "\n")
        with said_clearly():
            writer("rich")(prepared.run().report, sys.stdout, Options())
    click.echo(f"\n{say('example.next')}")


def _lines(table: GoalTable) -> list[str]:
    """The table as a person would read it: a line a box, then a line a row."""
    from perfgoals_lint.reports.textwidth import pad, width
    from perfgoals_lint.reports.wording import Words

    words = Words(language())
    boxes = [
        (words.name("field", name), f"{value:,f}" if name == "budget_yuan" else str(value))
        for name in _FIELDS
        if (value := getattr(table, name))
    ]
    boxes[3:3] = [(kind, f"{amount:,f}") for kind, amount in (table.funding_yuan or {}).items()]
    label = max(width(name) for name, _ in boxes)
    rows = [
        (row.level1 or "", row.level2 or "", row.level3 or "", row.annual_value or "")
        for row in table.indicators
    ]
    columns = [max(width(row[number]) for row in rows) for number in range(4)]
    return [
        *(f"{pad(name, label)}  {text}" for name, text in boxes),
        "",
        *("  ".join(pad(text, columns[number]) for number, text in enumerate(row)).rstrip() for row in rows),
    ]


def _write(folder: str, force: bool) -> None:
    """Write the table as a workbook, a Word document and the authoring form."""
    from perfgoals_lint.forms.printed import printed

    table = _table()
    with storing(folder):
        os.makedirs(folder, exist_ok=True)
    write_made(os.path.join(folder, f"{_NAME}.xlsx"), printed(_FRAMEWORK, "xlsx", [table]), force=force)
    write_made(os.path.join(folder, f"{_NAME}.docx"), printed(_FRAMEWORK, "docx", [table]), force=force)
    write_made(os.path.join(folder, f"{_NAME}.yaml"), _source(), force=force)
    click.echo(say("example.written", folder=folder), err=True)
