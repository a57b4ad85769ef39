"""The texts that people read, from ``rules/messages/`` by stable ids: one way to look them up for all parts."""

from __future__ import annotations

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
