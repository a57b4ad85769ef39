"""``perfgoals-lint config``: show what holds for a file and why, or start a configuration."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from perfgoals_lint.cli.options import form_option, lang_option
from perfgoals_lint.cli.outputs import print_json, print_made, tell_written, write_made
from perfgoals_lint.cli.prepare import said_clearly
from perfgoals_lint.cli.wording import language, listed, paragraphs, say

if TYPE_CHECKING:
    from perfgoals_lint.config.layers import Layer
    from perfgoals_lint.config.plan import Plan
    from perfgoals_lint.rulebook.rules import Rulebook


@click.group("config", help=paragraphs("config.help"), short_help=say("config.short"))
@lang_option
def command() -> None:
    pass


@command.command("show", help=paragraphs("config.show.help"), short_help=say("config.show.short"))
@click.argument("path", default="-", metavar="[FILE]")
@click.option("--config", "fixed", metavar="FILE", help=say("check.config"))
@form_option
@lang_option
def show(path: str, fixed: str | None, form: str) -> None:
    from perfgoals_lint.config.layers import Configs, effective
    from perfgoals_lint.config.plan import Plans

    with said_clearly():
        configs = Configs(fixed)
        plans = Plans(configs, {})
        plan = plans.of(path)
        layer = _followed(effective(configs.of(path), path, {}), plan, plans.book(plan))
        notes = [
            say("config.show.escaped", rules=listed(one.codes), path=one.path) for one in plans.escaped(path)
        ]
        if plans.excluded(path):
            notes.append(say("config.show.excluded"))
    if form == "json":
        values = {
            ".".join(key): {"value": entry.value, "origin": str(entry.origin)}
            for key, entry in sorted(layer.items())
        }
        shown = {"file": path, "values": values, "rules": plan.codes, "notes": notes}
        print_json(shown)
        return
    for key, value, origin in _rows(layer):
        click.echo(f"{key} = {value}    # {origin}")
    for note in notes:
        click.echo(f"# {note}")
    on = {rule.code for rule in plans.book(plan) if rule.is_on} | plan.forced
    off = sum(code not in on for code in plan.codes)
    click.echo(f"# {say('config.show.rules', n=len(plan.codes), off=off)}")


def _followed(layer: Layer, plan: Plan, book: Rulebook) -> Layer:
    """What of a layer holds: a threshold of a mandatory rule is that of the layer that made it so."""
    from perfgoals_lint.config.layers import HELD

    kept: Layer = {}
    for key, entry in layer.items():
        codes = [rule.code for rule in book.find(key[1])] if key[0] == "rules" else []
        values = [plan.parameters.get(code, {}).get(key[2]) for code in codes]
        if key != HELD and (not codes or any(value is not None for value in values)):
            kept[key] = entry
    for below in layer[HELD].value if HELD in layer else ():
        kept.update({key: entry for key, entry in below.items() if key[0] == "rules"})
    return kept


def _rows(layer: Layer) -> Iterator[tuple[str, str, str]]:
    """Every value as TOML would write it, sorted by key, with its origin."""
    for key, entry in sorted(layer.items()):
        origin = say("origin.default") if entry.origin.label == "default" else str(entry.origin)
        yield dotted(key), toml_value(entry.value), origin


@command.command("init", help=paragraphs("config.init.help"), short_help=say("config.init.short"))
@click.argument("path", default="perfgoals.toml")
@lang_option
def init(path: str) -> None:
    text = template(language())
    if path == "-":
        print_made(text)
        return
    write_made(path, text)
    tell_written(path)


def template(lang: str) -> str:
    """A configuration in which every key is explained and stands commented out, tables last."""
    from perfgoals_lint.config.schema import ANY, KEYS, describe

    lines = [f"# {say('init.head')}", f"# {say('init.sample')}", ""]
    for key in (key for key in KEYS if len(key.path) == 1):
        lines += [f"# {describe(key.name, lang)}", f"# {key.name} = {toml_value(key.sample)}", ""]
    for table in dict.fromkeys(key.path[0] for key in KEYS if len(key.path) > 1):
        lines.append(f"# {describe(table, lang)}")
        keys = [key for key in KEYS if key.path[0] == table]
        for key in keys:
            if key.path[-1] != ANY:
                lines.append(f"# {key.name} = {toml_value(key.sample)}  # {describe(key.name, lang)}")
            elif isinstance(key.sample, dict):
                lines += [f"# {line}" for line in _leaves((table,), key.sample)]
        lines.append("")
    for table, pattern, ignored in (("per-file", "试点/**", "PGN"), ("per-project", "*监督*", "PGC104")):
        lines += [
            f"# {describe(table, lang)}",
            f"# {dotted((table, pattern, 'ignore'))} = {toml_value([ignored])}",
            "",
        ]
    return "\n".join(lines).rstrip() + "\n"


def _leaves(path: tuple[str, ...], sample: dict[str, Any]) -> Iterator[str]:
    for name, value in sample.items():
        if isinstance(value, dict):
            yield from _leaves((*path, name), value)
        else:
            yield f"{dotted((*path, name))} = {toml_value(value)}"


def toml_value(value: Any) -> str:
    """A string, number, boolean or list as TOML; JSON's spelling of these is TOML's too."""
    return json.dumps(value, ensure_ascii=False)


def dotted(path: tuple[str, ...]) -> str:
    """A dotted key, quoted where TOML asks for it."""
    return ".".join(
        part if part.isascii() and part.replace("-", "").replace("_", "").isalnum() else toml_value(part)
        for part in path
    )
