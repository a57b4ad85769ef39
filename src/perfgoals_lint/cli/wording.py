"""The command line's own words, in the language that the arguments or the environment ask for."""

from __future__ import annotations

import os
import sys
from functools import cache
from typing import Literal, get_args

from perfgoals_lint.policy import index

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)


@cache
def language() -> Language:
    """The language of help and errors: ``--lang`` anywhere on the command line, ``PERFGOALS_LANG``, or ``zh``.

    It is needed before click has parsed anything, because help texts are made when a command is defined.
    """
    arguments = sys.argv[1:]
    for number, argument in enumerate(arguments):
        if argument.startswith("--lang="):
            chosen = argument.removeprefix("--lang=")
        elif argument == "--lang":
            chosen = "".join(arguments[number + 1 : number + 2])
        else:
            continue
        return "en" if chosen == "en" else "zh"
    return "en" if os.environ.get("PERFGOALS_LANG") == "en" else "zh"


def say(key: str, **args: object) -> str:
    """A text of ``rules/messages/cli.yaml`` in the language of this run."""
    template: str = index()["messages"]["cli"][key][language()]
    return template.format(**args) if args else template
