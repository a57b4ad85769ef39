"""The texts that people read, from ``rules/messages/`` by stable ids: one way to look them up for all parts."""

import errno
from collections.abc import Iterable, Sequence
from typing import Any

from perfgoals_lint.rulebook.policy import index


def message(group: str, key: str, lang: str, **arguments: Any) -> str:
    """The text of ``rules/messages/<group>.yaml`` under a key, or under a path of keys with dots between them, with its
    arguments put in; a template ``one|many`` is chosen by the argument ``n``, and ``reason`` may be what a library says
    (see :func:`reason`). Raises ``KeyError`` for an unknown key."""
    if isinstance(arguments.get("reason"), str):
        arguments["reason"] = reason(arguments["reason"], lang)
    return filled(entry(group, key)[lang], **arguments)


def reason(text: str, lang: str) -> str:
    """Why a library could not read something, in a language: what ``rules/messages/reasons.yaml`` has for its English
    words, or these words where it has nothing."""
    said = (texts[lang] for texts in index()["messages"]["reasons"].values() if texts["en"] in text)
    return text if lang == "en" else next(said, text)


def system_reason(number: int | None, otherwise: str, lang: str) -> str:
    """Why the system refused, by the number of its error; ``otherwise`` for one that has no wording."""
    known = index()["messages"]["cli"].get(f"os.{errno.errorcode.get(number or 0)}")
    return known[lang] if known else otherwise


def listed(names: Iterable[object], lang: str) -> str:
    """Names as a list in a language: ``a、b`` or ``a, b``."""
    return ("、" if lang == "zh" else ", ").join(map(str, names))


def near(names: Sequence[str], lang: str) -> str:
    """The question behind an error whether one of these names was meant; nothing where there are none."""
    return message("cli", "error.near", lang, near=listed(names, lang)) if names else ""


def entry(group: str, key: str) -> Any:
    """What stands under a key: the text by language. Raises ``KeyError``."""
    found: Any = index()["messages"][group]
    if key in found:
        return found[key]
    for part in key.split("."):
        found = found[part]
    return found


def filled(template: str, **arguments: Any) -> str:
    """A template with its arguments put in."""
    if "n" in arguments and "|" in template:
        template = template.split("|")[arguments["n"] != 1]
    return template.format(**arguments) if arguments else template
