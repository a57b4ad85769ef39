"""The command line's own words, in the language that the arguments or the environment ask for."""

import os
import sys
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Literal, get_args

from perfgoals_lint.rulebook import messages
from perfgoals_lint.rulebook.messages import message
from perfgoals_lint.rulebook.policy import index

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)


@cache
def asked() -> Language | None:
    """The language that ``--lang`` anywhere on the command line or ``PERFGOALS_LANG`` names.

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
    named = os.environ.get("PERFGOALS_LANG")
    return "en" if named == "en" else "zh" if named == "zh" else None


_configured: list[Language] = []


def configure(lang: Language) -> None:
    """Let the configuration decide where neither the command line nor the environment does."""
    _configured[:] = [lang]


def language() -> Language:
    """The language of help, errors and messages: the one asked for, the configured one, or ``zh``."""
    return asked() or (_configured[0] if _configured else "zh")


def say(key: str, **args: object) -> str:
    """A text of ``rules/messages/cli.yaml`` or ``config.yaml`` in the language of this run."""
    group = "cli" if key in index()["messages"]["cli"] else "config"
    return message(group, key, language(), **args)


def listed(names: Iterable[object]) -> str:
    """Names as a list in the language of this run: ``a、b`` or ``a, b``."""
    return messages.listed(names, language())


def near(names: Sequence[object]) -> str:
    """The question behind an error whether one of these names was meant; nothing where there are none."""
    return say("error.near", near=listed(names)) if names else ""


_IN_USE = (32, 33)
"""What Windows says of a file that another program holds, such as a workbook that is open in Excel."""


def os_error(error: OSError) -> str:
    """Why the system refused, in the language of this run."""
    if getattr(error, "winerror", None) in _IN_USE:
        return say("os.in_use")
    if isinstance(error, FileNotFoundError) and not os.path.isdir(
        os.path.dirname(error.filename or "") or "."
    ):
        return say("os.no_directory")
    return messages.system_reason(error.errno, error.strerror or str(error), language())


def paragraphs(key: str) -> str:
    """A help text whose lines click is to leave as they are."""
    return "\n\n".join("\b\n" + part for part in say(key).split("\n\n"))
