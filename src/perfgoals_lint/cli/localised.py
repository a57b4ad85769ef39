"""click's own words (usage, headings, errors) in the language of the run."""

import re
from typing import Any

import click

from perfgoals_lint.cli.wording import listed, near, say
from perfgoals_lint.rulebook.patterns import compiled

_EXTRA = compiled(r"Got unexpected extra arguments? \((.*)\)", re.DOTALL)
_PATH = compiled(r"\w+ '(.*)' (does not exist|is a directory)", re.DOTALL)
_HEADINGS = {"Options": "help.options", "Commands": "help.commands"}


class Formatter(click.HelpFormatter):
    """A help page whose headings are in the language of the run."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """The usage line, behind the heading in the language of the run."""
        super().write_usage(prog, args, say("help.usage"))

    def write_heading(self, heading: str) -> None:
        """A heading of click in the language of the run; any other as it is."""
        super().write_heading(say(_HEADINGS[heading]) if heading in _HEADINGS else heading)


class Context(click.Context):
    """The context of every command."""

    formatter_class = Formatter


def localise(command: click.Command, context: click.Context) -> click.Command:
    """The command with its help page, and that of its own commands, in the language of the run."""
    command.context_class = Context
    option = command.get_help_option(context)
    if option is not None:
        option.help = say("main.help_option")
    if command.options_metavar:
        command.options_metavar = say("help.options_metavar")
    if isinstance(command, click.Group):
        command.subcommand_metavar = say("help.subcommand_metavar")
        for inner in command.commands.values():
            localise(inner, context)
    return command


def complaint(error: click.UsageError) -> str:
    """What is wrong with the command line, in one line."""
    if isinstance(error, click.NoSuchOption):
        return say("usage.no_such_option", name=error.option_name) + near(error.possibilities or ())
    if isinstance(error, click.exceptions.NoSuchCommand):
        return say("usage.no_such_command", name=error.command_name) + near(error.possibilities or ())
    if isinstance(error, click.BadOptionUsage):
        refused = "does not take" in error.message
        return say("usage.takes_no_value" if refused else "usage.needs_value", name=error.option_name)
    if isinstance(error, click.MissingParameter):
        return say("usage.missing", name=_name(error))
    if isinstance(error, click.BadParameter):
        return say("usage.bad", name=_name(error), reason=_reason(error))
    extra = _EXTRA.match(error.message)
    if extra:
        return say("usage.extra", names=extra[1])
    return say("usage.other", reason=error.format_message())


def _name(error: click.BadParameter) -> str:
    parameter: Any = error.param
    if parameter is None:
        return error.param_hint if isinstance(error.param_hint, str) else ""
    return parameter.human_readable_name if isinstance(parameter, click.Argument) else parameter.opts[0]


def _reason(error: click.BadParameter) -> str:
    kind = getattr(error.param, "type", None)
    value = error.message.partition(" ")[0]
    if isinstance(kind, click.IntRange):
        key = "usage.range" if kind.max is not None else "usage.range_from"
        return say(key, value=value, low=kind.min, high=kind.max)
    if isinstance(kind, click.Path):
        refused = _PATH.match(error.message)
        if refused:
            key = "usage.is_directory" if refused[2].startswith("is a") else "usage.no_such_path"
            return say(key, value=refused[1])
    if isinstance(kind, click.Choice):
        return say("usage.choice", value=value, known=listed(kind.choices))
    return error.message
