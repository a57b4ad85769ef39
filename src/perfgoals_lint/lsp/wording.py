"""The server's own words."""

from __future__ import annotations

from perfgoals_lint.rulebook.policy import index


def say(key: str, lang: str, **args: object) -> str:
    """A text of ``rules/messages/lsp.yaml``."""
    return str(index()["messages"]["lsp"][key][lang]).format(**args)
