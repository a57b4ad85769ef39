"""Which profile (jurisdiction and edition) a document follows: named by the user or recognised by what the form prints."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from perfgoals_lint.model import Document
from perfgoals_lint.rulebook.editions import said
from perfgoals_lint.rulebook.policy import framework_data


class Framework(NamedTuple):
    """The profile applied to a document, its data (``rules/frameworks/profiles.yaml``), and the reason (zh, en)."""

    name: str
    data: dict[str, Any]
    why: dict[str, str]

    def reason(self, years: Iterable[int], lang: str) -> str:
        """Why the profile was applied, and for which of some years its edition is not in force."""
        notes = dict.fromkeys(note for year in sorted(set(years)) if (note := said(self.data, year, lang)))
        return self.why[lang] + "".join(notes)


def names() -> list[str]:
    """The names of all profiles, in the rulebook's order."""
    return list(framework_data("profiles")["profiles"])


def titles(lang: str) -> dict[str, str]:
    """The title of every profile by its name."""
    profiles = framework_data("profiles")["profiles"]
    return {name: str(entry["title"][lang]) for name, entry in profiles.items()}


def features_of(document: Document) -> frozenset[str]:
    """What the document prints, as the facts that profiles and rules ask for (``level2``, ``cycle``, ``codes`` …)."""
    found: set[str] = {f"layout:{document.layout}"}
    if document.totals:
        found.add("totals")
    if document.subgoals:
        found.add("subgoals")
    for table in document.tables:
        found.add(f"form:{table.form}")
        if table.disbursement_plan:
            found.add("disbursement")
        if table.period:
            found.add("period")
        for row in table.indicators:
            if row.level1_code or row.level2_code:
                found.add("codes")
            if row.level1_class:
                found.add(f"class:{row.level1_class}")
            for feature, text in (
                ("level2", row.level2),
                ("cycle", row.cycle_value),
                ("description", row.description),
                ("basis", row.basis),
                ("weight", row.weight),
                ("numbers", row.number),
            ):
                if text:
                    found.add(feature)
    return frozenset(found)


def choose(features: frozenset[str], named: str | None = None) -> Framework:
    """The profile of a document with these features; ``named`` overrides. Raises ``KeyError`` for an unknown name."""
    profiles = framework_data("profiles")["profiles"]
    if named:
        return Framework(
            named, profiles[named], {"zh": "由参数或配置指定", "en": "named by option or configuration"}
        )
    entry = next(
        entry
        for entry in framework_data("recognise")
        if features.issuperset(entry["all"]) and features.isdisjoint(entry["none"])
    )
    return Framework(entry["profile"], profiles[entry["profile"]], entry["why"])
