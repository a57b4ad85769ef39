"""What an indicator's name says, read from its end: the head (what kind of figure), the thing in front of it and
whether that is good or bad, whether work is counted or what comes of it, who receives it, whose figure it is and of
which place."""

from functools import lru_cache
from typing import NamedTuple

from perfgoals_lint.lint.facts.heads import Head, bare, dimension_of, head_of
from perfgoals_lint.lint.facts.modifiers import Modifier, modifier_of
from perfgoals_lint.lint.facts.people import Who, who_of
from perfgoals_lint.lint.facts.polarity import Polarity, polarity_of
from perfgoals_lint.lint.facts.regions import Place, names_region, place_of
from perfgoals_lint.rulebook.lexicons import ends_with_any, expression, finds, matcher


class NameAnalysis(NamedTuple):
    """The analysis of a name. ``head`` is the word that says what kind of figure it is (``kind``), ``measured`` what
    stands in front of it. ``dimension`` is that of the figure where the name gives one (``person``, ``event``,
    ``length`` …). ``act``: work is named; ``done``: it begins the name or
    stands in front of the head, so that it is what is counted; ``received``: what people get; ``effect``: what comes of it;
    ``macro``: a figure of a whole economy. What few rules ask for is worked out when it is asked for.
    """

    text: str
    kind: Head
    head: str
    measured: str
    polarity: Polarity | None
    dimension: str | None
    act: bool
    done: bool
    received: bool
    effect: bool
    macro: bool
    guessed: bool = False
    """The side is told by a morpheme or the form alone, not by a word that is known."""

    @property
    def capped(self) -> bool:
        """Does a word say that the figure has an upper limit? One that only looks like it is blotted out."""
        capped = matcher("names.capped")
        found = capped.search(self.text)
        return (
            found is not None and capped.search(matcher("names.capped_not").sub("\0", self.text)) is not None
        )

    @property
    def who(self) -> Who | None:
        """The people it is about."""
        return who_of(self.measured if self.kind == "count" else self.text)

    @property
    def place(self) -> Place | None:
        """The place or house that it is of."""
        return place_of(self.text)

    @property
    def modifier(self) -> Modifier | None:
        """For one of many, an average, an extreme or a total."""
        return modifier_of(self.text)

    @property
    def adds_up(self) -> bool:
        """May figures of parts be added up to that of the whole: no rate, no time, nothing of one of many?"""
        counted = self.kind not in ("rate", "change", "index", "time")
        return counted and self.modifier not in ("per", "average", "extreme")


@lru_cache(8192)
def analyse(name: str) -> NameAnalysis:
    """The analysis of an indicator's name; brackets behind it are passed over."""
    text = bare(name)
    kind, head = head_of(text)
    measured = text[: len(text) - len(head)]
    side, letters = polarity_of(text, kind, measured)
    received = finds(text, "names.received")
    return NameAnalysis(
        text,
        kind,
        head,
        measured,
        side,
        dimension_of(text, kind, head),
        matcher("names.acts").search(text) is not None,
        expression("names.done").match(text) is not None or ends_with_any(measured, "names.acts"),
        received,
        received or matcher("names.effects").search(text) is not None,
        _is_macro(text, kind, head),
        "B" not in letters and ("b" in letters or letters.rstrip("N").endswith("x")),
    )


@lru_cache(4096)
def has_region(name: str) -> bool:
    """Does an indicator's name speak of a whole region, by a word for it or as a figure of a whole economy?"""
    if matcher("regions.own").match(name):
        return False
    return names_region(name) or analyse(name).macro


def _is_macro(text: str, kind: Head, head: str) -> bool:
    """A figure of a whole economy or society by its own word, or one of its aggregates with a word of change; what is
    counted one by one is none, whatever the name speaks of (居民收入记账户数)."""
    if kind == "count" and len(head) > 1:
        return False
    if matcher("names.macro_alone").search(text) or finds(text, "names.vital"):
        return True
    return ends_with_any(text, "names.macro_changes") and matcher("names.macro").search(text) is not None
