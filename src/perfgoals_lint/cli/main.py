"""The command group: ``check`` is the default, and a command's module is imported when it is called."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Any

import click

from perfgoals_lint import __version__
from perfgoals_lint.cli.localised import Context, complaint, localise
from perfgoals_lint.cli.wording import paragraphs, say

COMMANDS = (
    "check",
    "annotate",
    "compare",
    "init",
    "extract",
    "parse",
    "rule",
    "rules",
    "schema",
    "config",
    "baseline",
    "cache",
    "completion",
    "lsp",
)


class LazyGroup(click.Group):
    """Commands by name without importing them; anything that names no command is a path for ``check``."""

    context_class = Context

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        command: click.Command = import_module(f"perfgoals_lint.cli.{name}").command
        return localise(command, ctx)

    def main(self, *args: Any, **extra: Any) -> Any:
        """Run the command line; wrong usage is one line in the language of the run, with exit status 2."""
        try:
            return super().main(*args, **{**extra, "standalone_mode": False})
        except click.exceptions.NoArgsIsHelpError as error:
            click.echo(error.format_message())
            sys.exit(2)
        except click.UsageError as error:
            command = error.ctx.command_path if error.ctx else "perfgoals-lint"
            hint = say("usage.see", command=command)
            click.echo(f"perfgoals-lint: {say('error.prefix')}: {complaint(error)} ({hint})", err=True)
            sys.exit(2)
        except click.ClickException as error:
            error.show()
            sys.exit(error.exit_code)
        except click.Abort:
            click.echo(say("interrupted"), err=True)
            sys.exit(130)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = say("main.help_option")
        return option

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        first = next((number for number, one in enumerate(args) if one not in _OWN), None)
        if first is not None and args[first] not in COMMANDS and args[first] not in _HELP:
            args = [*args[:first], "check", *args[first:]]
        return super().parse_args(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section(say("main.commands")):
            formatter.write_dl([(name, say(f"{name}.short")) for name in COMMANDS])


_HELP = frozenset({"--help", "-h"})
_OWN = frozenset({"--version"})
CONTEXT: dict[str, Any] = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


@click.group(
    cls=LazyGroup,
    help=paragraphs("main.help"),
    no_args_is_help=True,
    context_settings=CONTEXT,
    options_metavar=say("help.options_metavar"),
    subcommand_metavar=say("help.subcommand_metavar"),
)
@click.version_option(__version__, message="perfgoals-lint %(version)s", help=say("main.version"))
def cli() -> None:
    pass
