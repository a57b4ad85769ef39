"""The command group: ``check`` is the default, and a command's module is imported when it is called."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import click

from perfgoals_lint import __version__
from perfgoals_lint.cli.wording import paragraphs, say

COMMANDS = (
    "check",
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

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        command: click.Command = import_module(f"perfgoals_lint.cli.{name}").command
        return command

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


@click.group(cls=LazyGroup, help=paragraphs("main.help"), no_args_is_help=True, context_settings=CONTEXT)
@click.version_option(__version__, message="perfgoals-lint %(version)s", help=say("main.version"))
def cli() -> None:
    pass
