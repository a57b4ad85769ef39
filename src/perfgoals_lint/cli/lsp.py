"""``perfgoals-lint lsp``: the language server for editors."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING

import click

from perfgoals_lint.cli.options import extra, lang_option
from perfgoals_lint.cli.wording import language, paragraphs, say

if TYPE_CHECKING:
    from perfgoals_lint.runner.discover import FoundFile
    from perfgoals_lint.runner.run import Run


@click.command("lsp", help=paragraphs("lsp.help"), short_help=say("lsp.short"))
@click.option("--config", metavar="FILE", help=say("check.config"))
@lang_option
def command(config: str | None) -> None:
    with extra("lsp", "pygls", "lsprotocol"):
        from perfgoals_lint.lsp.server import serve
    # A server has nothing to unwind, and its loop may swallow an exit.
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    serve(lambda found: _run(found, config), language)


def _run(found: FoundFile, config: str | None) -> Run | None:
    """The run over one text, as ``check`` makes it; ``None`` when it is excluded. Raises ``ValueError`` in plain words."""
    from perfgoals_lint.cli.prepare import Asked, prepare, said_clearly

    try:
        prepared = prepare(Asked((found.shown,), config, jobs="1", no_cache=True))
        prepared.settings.partial = True
        if not prepared.files:
            return None
        with said_clearly():
            run = prepared.run([found])
            run.report.findings = list(run.report.findings)
    except click.ClickException as error:
        raise ValueError(error.format_message()) from error
    return run
