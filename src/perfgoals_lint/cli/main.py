"""The command group: ``check`` is the default, and a command's module is imported when it is called."""

import os
import sys
from importlib import import_module
from typing import Any, NoReturn

import click

from perfgoals_lint.cli.localised import Context, complaint, localise
from perfgoals_lint.cli.options import lang_option
from perfgoals_lint.cli.signals import INTERRUPTED, status_of_signal
from perfgoals_lint.cli.wording import os_error, paragraphs, say
from perfgoals_lint.version import __version__

COMMANDS = (
    "check", "annotate", "compare", "init", "extract", "facts", "parse", "explain", "rule", "rules", "schema",
    "config", "baseline", "cache", "completion", "lsp", "mcp", "serve", "example",
)  # fmt: skip


class _ClosedPipeError(Exception):
    """A pipe whose reader is gone, as click does not know it: click ends a run that meets one in silence, as if something
    had been found. The cause is the error itself."""


class LazyGroup(click.Group):
    """Commands by name without importing them; anything that names no command is a path for ``check``."""

    context_class = Context

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of the commands, in the order of the help page."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """The command of a name, imported when it is asked for; ``None`` where there is none."""
        if name not in COMMANDS:
            return None
        command: click.Command = import_module(f"perfgoals_lint.cli.{name}").command
        return localise(command, ctx)

    def main(self, *args: Any, **extra: Any) -> Any:
        """Run the command line; wrong usage is one line in the language of the run, with exit status 2."""
        try:
            return super().main(*args, **{**extra, "standalone_mode": False})
        except (Exception, SystemExit) as error:
            status = status_of_signal()
            if isinstance(error, click.Abort) or status == INTERRUPTED:
                click.echo(say("interrupted"), err=True)
                sys.exit(INTERRUPTED)
            if status is not None:
                sys.exit(status)
            _refuse(error)
            raise

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that was named."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError as error:
            raise _ClosedPipeError from error

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The option ``--help``, its help in the language of the run."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = say("main.help_option")
        return option

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """The command line, with ``check`` put in where it names no command."""
        first = 0
        while first < len(args) and (args[first] in _OWN or args[first].startswith("--lang=")):
            first += 1 + (args[first] == "--lang")
        if args[first:] and args[first] == "examples" and not os.path.lexists(args[first]):
            args = [*args[:first], "example", *args[first + 1 :]]
        if first < len(args) and args[first] not in COMMANDS and args[first] not in _HELP:
            _refuse_misspelt(ctx, args[first])
            args = [*args[:first], "check", *args[first:]]
        return super().parse_args(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of the commands, without importing them."""
        with formatter.section(say("main.commands")):
            formatter.write_dl([(name, say(f"{name}.short")) for name in COMMANDS])


def _refuse_misspelt(ctx: click.Context, word: str) -> None:
    """Raise ``NoSuchCommand`` for a word that is no path and is very like a command."""
    if os.path.lexists(word) or not word.isascii() or not word.isalpha():
        return
    from perfgoals_lint.text import nearest

    near = nearest(word, COMMANDS, 2, 0.7)
    if near:
        raise click.exceptions.NoSuchCommand(word, possibilities=near, ctx=ctx)


def _refuse(error: BaseException) -> None:
    """Say what is wrong with how the program was called or with where it writes, and end with status 2; return for an
    error that is neither."""
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        click.echo(error.format_message())
        sys.exit(2)
    if isinstance(error, click.UsageError):
        command = error.ctx.command_path if error.ctx else "perfgoals-lint"
        hint = say("usage.see", command=command)
        click.echo(f"perfgoals-lint: {say('error.prefix')}: {complaint(error)} ({hint})", err=True)
        sys.exit(2)
    if isinstance(error, click.ClickException):
        error.show()
        sys.exit(error.exit_code)
    if isinstance(error, _ClosedPipeError):
        error = error.__cause__ or error
    if isinstance(error, OSError):
        give_up(error)
    name = getattr(error, "sqlite_errorname", "")
    if name.startswith(("SQLITE_FULL", "SQLITE_IOERR", "SQLITE_CANTOPEN")):
        give_up(_of_system(error, name))


def _of_system(error: BaseException, name: str) -> OSError:
    """The error of a private database, which lies in a temporary file, as one of the system's."""
    import errno

    return OSError(errno.ENOSPC if name == "SQLITE_FULL" else errno.EIO, str(error), say("temporary_file"))


def give_up(error: OSError) -> NoReturn:
    """One line for what cannot be written, standard output say, whose disk is full; none where its reader is gone."""
    with open(os.devnull, "wb") as nothing:
        os.dup2(nothing.fileno(), sys.stdout.fileno())  # what is still to be flushed must not fail again
    if isinstance(error, BrokenPipeError):
        sys.exit(2)
    path = str(error.filename or say("standard_output"))
    text = say("error.output_file", path=path, reason=os_error(error))
    click.echo(f"perfgoals-lint: {say('error.prefix')}: {text}", err=True)
    sys.exit(2)


_HELP = frozenset({"--help", "-h"})
_OWN = frozenset({"--version", "--lang"})
CONTEXT: dict[str, Any] = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


@click.group(
    cls=LazyGroup,
    help=paragraphs("main.help"),
    no_args_is_help=True,
    context_settings=CONTEXT,
    options_metavar=say("help.options_metavar"),
    subcommand_metavar=say("help.subcommand_metavar"),
)
@lang_option
@click.version_option(__version__, message="perfgoals-lint %(version)s", help=say("main.version"))
def cli() -> None:
    pass
