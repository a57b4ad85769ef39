"""Does a goal text declare the project secret, or does it only speak of secret things and of disclosure as work?"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from perfgoals_lint.rulebook.lexicons import contains_any, pattern_of, words
from perfgoals_lint.rulebook.patterns import compiled

_SENTENCE = compiled(r"[。；;\n]")
_FIGURE = compiled(r"\d")


@cache
def _declared() -> re.Pattern[str]:
    """The goal or the project itself as subject, and that it is not shown; or a ground of secrecy and the same."""
    hidden, grounds = pattern_of(words("secrecy.hidden")), pattern_of(words("secrecy.grounds"))
    subjects = pattern_of(words("secrecy.subjects"))
    return compiled(
        rf"(?:{subjects})[^，。]{{0,10}}?(?:{hidden})|(?:{grounds}).{{0,20}}?(?:{hidden})|(?:{subjects})[^，。]{{0,8}}?(?:属于|涉及|属|为|系)[^，。]{{0,4}}?(?:{grounds})"
    )


@lru_cache(4096)
def is_declaration(text: str) -> bool:
    """Is the project declared secret? A sentence with a figure in it reports a task and declares nothing."""
    if text.strip(" 。") in words("withheld_whole"):
        return True
    for sentence in _SENTENCE.split(text):
        if not _FIGURE.search(sentence) and (
            contains_any(sentence, "withheld") or _declared().search(sentence)
        ):
            return True
    return False
