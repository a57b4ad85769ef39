"""What the program itself wrote: reports, lists of rules and baselines, which quote tables and are none."""

import re
from collections.abc import Iterator
from itertools import islice

from perfgoals_lint.extraction.unrecognised import NO_TABLE, texts_of
from perfgoals_lint.model import SEVERITIES, Grid, Location, Problem, Source
from perfgoals_lint.readers.handed_back import MARK
from perfgoals_lint.rulebook.messages import entry, message
from perfgoals_lint.rulebook.patterns import compiled
from perfgoals_lint.rulebook.policy import index

_JSON = compiled(
    r"""\s*\{.{0,300}?"(?:schema"\s*:\s*"perfgoals-lint/|driver"\s*:\s*\{\s*"name"\s*:\s*"perfgoals-lint")""",
    re.DOTALL,
)
"""How the reports, baselines and other JSON that the program writes begin."""
_HEAD_LINES = 12
_LONGEST = 400
_CODE = compiled(r"(?<![A-Za-z0-9])PG[A-Z]\d{3}(?!\d)")
_ARGUMENT = compiled(r"\\\{\w+\\\}")
"""An argument of a text whose special signs are escaped."""
_BETWEEN = compiled(r"[\s·*\\]+")
_LONGEST_WORD = 8
_TITLE_SHOWN = 4
"""Characters of a title that stand before the line may be broken."""
_LOOKED_AT = 400
"""Lines or cells within which a report has come to its first finding."""


def begins_as_own(source: Source) -> bool:
    """Does the file begin as the program's own JSON, page, or text on a rule does? A goal table never does."""
    first = list(islice((text[:_LONGEST] for text in texts_of(source) if text.strip()), _HEAD_LINES))
    return bool(first) and (
        first[0] == MARK
        or _JSON.match("\n".join(first)) is not None
        or _names_a_rule(first[0], at_start=True)
    )


def is_own_report(source: Source) -> bool:
    """Is a file without tables a saved report: does it print a finding's code behind its severity or in front of its
    title, as every format for people does, or as a string of JSON? Or is it a list of figures with its account?"""
    texts = (text[:_LONGEST] for text in islice(texts_of(source), _LOOKED_AT))
    return any(_names_a_rule(text) or _accounts(text) for text in texts)


def own_problem(source: Source) -> Problem:
    """What is said of such a file: that it was not checked, and why."""
    first = source.blocks[0]
    lines = [] if isinstance(first, Grid) else first.lines
    return Problem(NO_TABLE, lines[0].location if lines else Location(source.path), {"case": "own"})


def _accounts(text: str) -> bool:
    """Is this the line above a list of figures that says how they agree, in either language?"""
    templates = (entry("cli", "facts.account")[lang] for lang in ("zh", "en"))
    return any(re.fullmatch(_ARGUMENT.sub(r"\\d+", re.escape(one)), text.strip()) for one in templates)


def _names_a_rule(text: str, at_start: bool = False) -> bool:
    """Does the code of a rule or of a reading problem stand here as a report prints it? ``at_start``: at the very start,
    with its title, name or severity behind it."""
    for match in _CODE.finditer(text):
        if at_start and match.start() > 0:
            return False
        names = tuple(_names(match[0]))
        after = _BETWEEN.sub("", text[match.end() :])
        if names and after.startswith((*names, *SEVERITIES)):
            return True
        before = text[max(0, match.start() - _LONGEST_WORD) : match.start()].rstrip()
        if (
            names
            and not at_start
            and (before.endswith(_severities()) or (before[-1:], after[:1]) == ('"', '"'))
        ):
            return True
    return False


def _names(code: str) -> Iterator[str]:
    """How the titles in both languages and the name of a code begin, without blanks; nothing for an unknown code."""
    data = index()
    groups = (data["rules"], *data["messages"].values())
    head = next((group[code] for group in groups if code in group), None)
    for name in (*head["title"].values(), head["name"]) if head else ():
        yield _BETWEEN.sub("", name)[:_TITLE_SHOWN]


def _severities() -> tuple[str, ...]:
    """The words for the severities in both languages, as reports print them."""
    return tuple(message("reports", f"severity.{key}", lang) for key in SEVERITIES for lang in ("zh", "en"))
