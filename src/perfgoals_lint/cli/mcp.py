"""``perfgoals-lint mcp``: tools for agents over the Model Context Protocol."""

import signal

import click

from perfgoals_lint.cli.options import extra, lang_option
from perfgoals_lint.cli.wording import paragraphs, say


@click.command("mcp", help=paragraphs("mcp.help"), short_help=say("mcp.short"))
@lang_option
def command() -> None:
    with extra("mcp", "mcp"):
        from perfgoals_lint.serve.agents import serve
    # A server has nothing to unwind, and its loop may swallow an exit.
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    serve()
