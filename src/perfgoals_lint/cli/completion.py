"""``perfgoals-lint completion``: a completion script for a shell."""

import click

from perfgoals_lint.cli.options import lang_option
from perfgoals_lint.cli.wording import paragraphs, say


@click.command("completion", help=paragraphs("completion.help"), short_help=say("completion.short"))
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@lang_option
def command(shell: str) -> None:
    from click.shell_completion import ShellComplete, get_completion_class

    from perfgoals_lint.cli.main import cli

    kind = get_completion_class(shell)
    assert kind is not None
    made = kind(cli, {}, "perfgoals-lint", "_PERFGOALS_LINT_COMPLETE")
    # The class for bash would first ask the installed bash for its version, which may be on another machine.
    click.echo(ShellComplete.source(made))
