"""From when to when something is in force - a document that rules rest on, a form, a bureau's own rule - and which edition
holds for the budget of a year. Dates stand as ``from`` and ``to`` (a day, month or year in ISO form; both count, either may be
left out)."""

from collections.abc import Iterable, Mapping
from typing import Any, Literal

from perfgoals_lint.rulebook import messages
from perfgoals_lint.rulebook.policy import lexicon

Outside = Literal["early", "late"]


def outside(entry: Mapping[str, Any], year: int | None) -> Outside | None:
    """Is a year over before something comes into force (``early``), or does it begin after that has ended (``late``)?
    ``None`` when it is in force on a day of the year, or the year is not known."""
    if year is None:
        return None
    if (first := entry.get("from")) and year < int(str(first)[:4]):
        return "early"
    if (last := entry.get("to")) and year > int(str(last)[:4]):
        return "late"
    return None


def said(entry: Mapping[str, Any], year: int | None, lang: str) -> str | None:
    """That something is not in force in a year, in words; ``None`` when it is."""
    when = outside(entry, year)
    if when is None:
        return None
    date = _date(
        str(entry["from" if when == "early" else "to"]), messages.entry("engine", "editions.date")[lang]
    )
    return messages.message("engine", f"editions.{when}", lang, date=date, year=year)


def _date(text: str, forms: list[str]) -> str:
    """A year, month or day as it is written in a language."""
    parts = [int(part) for part in text.split("-")]
    return forms[len(parts) - 1].format(*parts)


def cited(
    names: Iterable[str], year: int | None, lang: str, own: Mapping[str, Any] | None = None
) -> list[str]:
    """The titles of documents by their short names in ``rules/lexicons/sources.yaml`` or among a pack's ``own``: of each
    the edition that is in force in the year (the newest one where the year is not known), and a word where there is
    none. A name that stands nowhere is a title."""
    sources = {**lexicon("sources"), **(own or {})}
    titles: dict[str, None] = {}
    for name in names:
        entry = _edition(name, year, sources)
        if entry is None:
            titles[name] = None
            continue
        note = said(entry, year, lang)
        titles[f"{entry[lang]}{note}" if note else str(entry[lang])] = None
    return list(titles)


def _edition(name: str, year: int | None, sources: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The edition of a document that holds in a year: its successors are gone through until one has not ended."""
    entry: Mapping[str, Any] | None = sources.get(name)
    seen = {name}
    while entry is not None:
        then = str(entry.get("succeeded_by", ""))
        if then not in sources or then in seen:
            break
        later = sources[then]
        over = outside(entry, year) == "late"
        if year is not None and (not over or outside(later, year) == "early"):
            break
        seen.add(then)
        entry = later
    return entry
