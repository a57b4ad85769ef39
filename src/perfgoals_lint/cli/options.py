"""Options and errors that several commands share."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import click

from perfgoals_lint.cli.wording import LANGUAGES, os_error, say


class InputError(click.ClickException):
    """One clear line on standard error and exit status 2."""

    exit_code = 2

    def show(self, file: Any = None) -> None:
        """Print the error on standard error, in one line."""
        click.echo(f"perfgoals-lint: {say('error.prefix')}: {self.format_message()}", err=True)


@contextmanager
def storing(path: str) -> Iterator[None]:
    """A file of this path is opened or written. Raises :class:`InputError` where the system refuses."""
    try:
        yield
    except OSError as error:
        raise InputError(say("error.output_file", path=path, reason=os_error(error))) from error


@contextmanager
def extra(name: str, *modules: str) -> Iterator[None]:
    """What an optional component brings is imported. Raises :class:`InputError` where one of its modules is missing."""
    try:
        yield
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in modules:
            raise
        raise InputError(say("error.extra", error=f'pip install "perfgoals-lint[{name}]"')) from None


class OptionBeside(click.Option):
    """An option that says how others work (``beside``, by their names in Python). Alone it would do nothing, and nobody
    would know: that is a wrong usage."""

    def __init__(self, *args: Any, beside: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.beside = beside

    def handle_parse_result(
        self, ctx: click.Context, opts: Mapping[str, Any], args: list[str]
    ) -> tuple[Any, list[str]]:
        """What click makes of the option. Raises :class:`InputError` for one without a partner."""
        if opts.get(self.name or "") and not any(opts.get(name) for name in self.beside):
            partners = " / ".join("--" + name.replace("_", "-") for name in self.beside)
            raise InputError(say("usage.alone", name=self.opts[0], partners=partners))
        return super().handle_parse_result(ctx, opts, args)


def lang_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """``--lang``: read before click parses (see :func:`perfgoals_lint.cli.wording.language`), validated here."""
    return click.option("--lang", type=click.Choice(LANGUAGES), expose_value=False, help=say("main.lang"))(
        function
    )


def form_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """``--format``: as text for people, or as JSON."""
    forms = click.Choice(["text", "json"])
    return click.option("--format", "-f", "form", type=forms, default="text", help=say("parse.format"))(
        function
    )


def split(_: click.Context, __: click.Parameter, given: tuple[str, ...]) -> list[str]:
    """A callback for options that take comma-separated selectors and may be repeated."""
    return [one for text in given for one in (part.strip() for part in text.split(",")) if one]
