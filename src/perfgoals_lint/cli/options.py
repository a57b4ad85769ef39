"""Options and errors that several commands share."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NoReturn

import click

from perfgoals_lint.cli.wording import LANGUAGES, language, listed, os_error, os_reason, say
from perfgoals_lint.rulebook.policy import index

if TYPE_CHECKING:
    from perfgoals_lint.config.layers import ConfigError


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


def refuse_rule(selector: str, near: list[str]) -> NoReturn:
    """Raise the error for a selector that names no rule, with what it may have meant, or else what a selector can be."""
    hint = say("error.near", near=listed(near)) if near else say("error.selectors", dimensions=_dimensions())
    raise InputError(say("error.rule", rule=selector) + hint)


def _dimensions() -> str:
    """The names of the dimensions in the language of this run."""
    names = index()["messages"]["engine"]["dimensions"]
    return listed(said[language()] for letter, said in names.items() if letter != "X")


def refuse_config(error: ConfigError) -> NoReturn:
    """Raise the error for a configuration, exceptions or baseline file that is wrong, with its file and line."""
    args = dict(error.args_shown)
    if "kind" in args:
        args["kind"] = say(f"kind.{args['kind']}")
    if "errno" in args:
        args["reason"] = os_reason(args["errno"], args["reason"])
    message = say(error.key, **args) + (say("error.near", near=listed(error.near)) if error.near else "")
    place = "config.place_line" if error.line else "config.place"
    raise InputError(say(place, path=error.path, line=error.line, message=message))
