"""``perfgoals-lint cache``: where results are kept between runs."""

import click

from perfgoals_lint.cli.options import lang_option
from perfgoals_lint.cli.wording import paragraphs, say
from perfgoals_lint.rulebook import policy


@click.group("cache", help=paragraphs("cache.help"), short_help=say("cache.short"))
@lang_option
def command() -> None:
    pass


@command.command("clean", help=paragraphs("cache.clean.help"), short_help=say("cache.clean.short"))
@lang_option
def clean() -> None:
    from perfgoals_lint.runner import cache

    click.echo(say("cache.cleaned", path=policy.cache_dir(), n=cache.clean()))


@command.command("dir", help=paragraphs("cache.dir.help"), short_help=say("cache.dir.short"))
@lang_option
def directory() -> None:
    click.echo(str(policy.cache_dir()))
