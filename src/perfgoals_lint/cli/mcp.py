"""``perfgoals-lint mcp``: tools for agents over the Model Context Protocol."""

from __future__ import annotations

import signal

import click

from perfgoals_lint.cli.options import InputError, lang_option
from perfgoals_lint.cli.wording import paragraphs, say


@click.command("mcp", help=paragraphs("mcp.help"), short_help=say("mcp.short"))
@lang_option
def command() -> None:
    try:
        from perfgoals_lint.serve.agents import serve
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] != "mcp":
            raise
        raise InputError(say("error.extra", error='pip install "perfgoals-lint[mcp]"')) from None
    signal.signal(
        signal.SIGTERM, signal.SIG_DFL
    )  # a server has nothing to unwind, and its loop may swallow an exit
    serve()
