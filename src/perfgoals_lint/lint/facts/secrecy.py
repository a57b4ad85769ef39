"""Does a goal text declare the project secret, or does it only speak of secret things and of disclosure as work?"""

from functools import lru_cache

from perfgoals_lint.rulebook.lexicons import contains_any, expression, words
from perfgoals_lint.rulebook.patterns import compiled

_SENTENCE = compiled(r"[。；;\n]")
_FIGURE = compiled(r"\d")


@lru_cache(4096)
def is_declaration(text: str) -> bool:
    """Is the project declared secret? A sentence with a figure in it reports a task and declares nothing."""
    if text.strip(" 。") in words("withheld_whole"):
        return True
    for sentence in _SENTENCE.split(text):
        if not _FIGURE.search(sentence) and (
            contains_any(sentence, "withheld") or expression("secrecy.declared").search(sentence)
        ):
            return True
    return False
