"""Which two characters are a word, by a general dictionary of Chinese (``rules/lexicons/two_characters.txt``)."""

from functools import cache

from perfgoals_lint.rulebook.policy import rules_dir


def is_word(two: str, common: bool = False) -> bool:
    """Are two characters a word of their own (道路)? ``common``: one that is not rare."""
    often, _, rarely = _followers().get(two[:1], "").partition("|")
    return two[1:] in often or (not common and two[1:] in rarely)


@cache
def _followers() -> dict[str, str]:
    """By first character: all second ones. Read when the first pair is asked for, which few documents do."""
    text = (rules_dir() / "lexicons" / "two_characters.txt").read_text(encoding="utf-8")
    return {line[0]: line[1:] for line in text.splitlines() if line and line[0] != "#"}
