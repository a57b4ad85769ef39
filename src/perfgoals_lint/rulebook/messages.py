"""The texts that people read, from ``rules/messages/`` by stable ids: one way to look them up for all parts."""

from __future__ import annotations

from typing import Any

from perfgoals_lint.rulebook.policy import index


def message(group: str, key: str, lang: str, **arguments: Any) -> str:
    """The text of ``rules/messages/<group>.yaml`` under a key, or under a path of keys with dots between them, with its
    arguments put in; a template ``one|many`` is chosen by the argument ``n``. Raises ``KeyError`` for an unknown key."""
    return filled(entry(group, key)[lang], **arguments)


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
