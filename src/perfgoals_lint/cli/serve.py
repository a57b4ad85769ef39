"""``perfgoals-lint serve``: the page on this machine for those who work without a terminal; ``perfgoals-lint-gui``
starts it with a double click."""

import sys
from collections.abc import Callable
from contextlib import suppress

import click

from perfgoals_lint.cli.options import InputError, extra, lang_option
from perfgoals_lint.cli.wording import language, os_error, paragraphs, say


@click.command("serve", help=paragraphs("serve.help"), short_help=say("serve.short"))
@click.option("--port", type=click.IntRange(0, 65535), default=0, help=say("serve.port"))
@click.option("--no-browser", is_flag=True, help=say("serve.no_browser"))
@lang_option
def command(port: int, no_browser: bool) -> None:
    def tell(address: str) -> None:
        click.echo(say("serve.address", address=address), err=True)

    with suppress(KeyboardInterrupt):
        _serve(tell if no_browser else _opening(tell), port=port)


def gui() -> None:
    """Start the page and open it in the browser; the program ends some time after the page was closed."""
    from perfgoals_lint.cli.signals import end_on_signals

    end_on_signals()
    try:
        with suppress(KeyboardInterrupt):
            _serve(_opening(lambda address: None), alone=True)
    except InputError as error:
        _show(error)
        sys.exit(error.exit_code)


def _show(error: InputError) -> None:
    """Show an error on the console; a program that was started with a double click has none, and opens a box."""
    if sys.stderr is not None:
        error.show()
    elif sys.platform == "win32":
        import ctypes

        ctypes.windll.user32.MessageBoxW(None, error.format_message(), "perfgoals-lint", 0x10)


def _serve(tell: Callable[[str], None], *, port: int = 0, alone: bool = False) -> None:
    """Serve until the end. Raises :class:`InputError` when the extra is missing or the port is taken."""
    with extra("serve", "starlette", "uvicorn"):
        from perfgoals_lint.serve.local import Local
    try:
        local = Local(language(), tell, port=port, alone=alone)
    except OSError as error:
        raise InputError(say("serve.port_taken", port=port, reason=os_error(error))) from error
    local.serve()


def _opening(tell: Callable[[str], None]) -> Callable[[str], None]:
    """Tells of an address, and opens the first one in the browser."""
    opened: list[str] = []

    def told(address: str) -> None:
        tell(address)
        if not opened:
            import webbrowser

            webbrowser.open(address)
        opened.append(address)

    return told
