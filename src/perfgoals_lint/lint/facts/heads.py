"""The head of an indicator's name: the word at its end that says what kind of figure it is, and its dimension."""

from functools import cache, lru_cache
from itertools import chain
from typing import Literal

from perfgoals_lint.rulebook.lexicons import Endings, ends_with_any, expression, finds, words
from perfgoals_lint.rulebook.patterns import compiled
from perfgoals_lint.rulebook.policy import lexicon

Head = Literal["rate", "change", "index", "time", "money", "measure", "count", "state"]

_QUOTES = compiled(r"[“”\"'‘’《》\s]")


@lru_cache(8192)
def bare(name: str) -> str:
    """A name without quotes, blanks, and the brackets or the sign behind it."""
    text = _QUOTES.sub("", name)
    while (shorter := expression("names.behind").sub("", text)) != text and shorter:
        text = shorter
    return text.removesuffix("指标") or text


@cache
def _heads() -> Endings[Head]:
    """The words at the end of a name that tell the kind of head, by kind in the order in which they are tried."""
    measures = ("length_heads", "area_heads", "weight_heads", "volume_heads", "energy_heads")
    kinds: tuple[tuple[Head, tuple[str, ...]], ...] = (
        ("index", ("index_heads",)),
        ("rate", ("true_rates",)),
        ("state", ("false_rates",)),
        ("rate", ("rate_heads",)),
        ("change", ("change_heads",)),
        ("measure", measures),
        ("count", ("person_heads", "visit_heads", "event_heads", "organisation_heads")),
        ("time", ("time_heads",)),
        ("money", ("money_heads",)),
    )
    return Endings(
        (kind, chain.from_iterable(words(f"names.{one}") for one in lists)) for kind, lists in kinds
    )


@cache
def _counted() -> Endings[Head]:
    """The ends of names of counts: a unit with 数, a word of counting, a unit that ends a name by itself."""
    units = lexicon("units")
    listed = [unit for unit in units["measures"].split() if not unit.isascii()]
    # A unit of more than one character ends a name as well as its 数 does (剂次, 床位, 学时).
    ends = [unit for unit in listed if len(unit) > 1 and unit[-1] in words("ends.counts")]
    return Endings([("count", (*(unit + "数" for unit in listed), *words("names.count_heads"), *ends))])


def is_of_many(name: str) -> bool:
    """Is it a rate of so many things (万台事故率, 每百万公里伤亡率, 占百万人口比例), a number and no percentage?"""
    return finds(name, "names.of_many")


def head_of(text: str) -> tuple[Head, str]:
    """The kind of figure that a name asks for, and the word at its end that says so."""
    if is_of_many(text):
        return "index", text[-1] if text.endswith("率") else text[-2:]
    known = _heads().of(text)
    if known:
        return known
    if text.endswith("率"):
        return "rate", "率"
    if signed := expression("names.signed").search(text):
        return "index", signed[0]
    if text.endswith("比") and not ends_with_any(text, "names.ratio_not"):
        return "index", "比"
    if ends_with_any(text, "names.money_tails") and not ends_with_any(text, "names.money_not"):
        return "money", text[-1:]
    if ends_with_any(text, "names.count_not"):
        return "state", ""
    return _counted().of(text) or ("state", "")


@cache
def _dimensions() -> Endings[str]:
    known = ("length", "area", "weight", "volume", "visit", "person", "event", "organisation")
    return Endings((dimension, words(f"names.{dimension}_heads")) for dimension in known)


def dimension_of(text: str, kind: Head, head: str) -> str | None:
    """The dimension that a name's end asks its unit to have, or ``None``."""
    if kind in ("rate", "index", "change", "money"):
        return {"rate": "share", "money": "money"}.get(kind)
    if kind == "time":
        return "time" if ends_with_any(text, "names.span_heads") else None
    if ends_with_any(text, "names.happened") or head in words("names.no_people"):
        return None
    known = _dimensions().of(text)
    if known:
        return known[0]
    if kind == "count" and len(head) > 1:
        return unit_dimension(head.removesuffix("数"))
    return None


@cache
def _unit_groups() -> dict[str, str]:
    groups: dict[str, list[str]] = lexicon("counting")["dimensions"]
    return {unit: dimension for dimension, units in groups.items() for unit in units}


@lru_cache(4096)
def unit_dimension(unit: str | None) -> str | None:
    """The dimension of a unit as names speak of it: ``person``, ``event``, ``text`` …; ``None`` for a general word
    (个, 项) and for one that is not known."""
    from perfgoals_lint.values.units import measure_of

    if unit is None:
        return None
    stripped = unit.lstrip("万亿百千")
    known = _unit_groups().get(unit) or _unit_groups().get(stripped)
    if known:
        return known
    physical: dict[str, str] = lexicon("counting")["physical"]
    return physical.get(measure_of(stripped)[0] or "")
