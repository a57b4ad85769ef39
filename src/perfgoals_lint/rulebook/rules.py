"""All rules that are loaded: how one of them is found by code, name or tag, and the text of its page."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from perfgoals_lint.rulebook import policy
from perfgoals_lint.rulebook.messages import entry, listed, message, near
from perfgoals_lint.rulebook.rule import Rule
from perfgoals_lint.text import nearest

_SHORTEST_PART = 3
_PARTS_SHOWN = 3


class UnknownRuleError(ValueError):
    """A selector that names no rule; ``near`` holds the codes and names most like it."""

    def __init__(self, selector: str, near: list[str]) -> None:
        super().__init__(selector)
        self.selector = selector
        self.near = near

    def __str__(self) -> str:
        return self.said("en")

    def said(self, lang: str) -> str:
        """That there is no such rule, with what may have been meant, or else what a selector can be."""
        dimensions = entry("engine", "dimensions")
        names = listed((texts[lang] for letter, texts in dimensions.items() if letter != "X"), lang)
        hint = near(self.near, lang) or message("cli", "error.selectors", lang, dimensions=names)
        return message("cli", "error.rule", lang, rule=self.selector) + hint


@dataclass(slots=True)
class Rulebook:
    """All rules that are loaded, by code, and the digest that names this state of them."""

    rules: dict[str, Rule]
    digest: str

    @classmethod
    def load(cls) -> Rulebook:
        """The built-in rules.

        >>> Rulebook.load().find("PGF414")[0].name
        'impossible-value'
        """
        return load()

    def __iter__(self) -> Iterator[Rule]:
        return iter(self.rules.values())

    def find(self, selector: str) -> list[Rule]:
        """The rules that a selector names: a code, a name (also one that a rule had formerly), a prefix of codes (``PGK``, ``PGK6``), the letter or the
        name (zh or en) of a dimension, a tag, or ``all``. Case is ignored.

        Raises :class:`UnknownRuleError` when there is none.
        """
        wanted = selector.strip()
        upper, lower = wanted.upper(), wanted.lower()
        if upper == "ALL":
            return list(self)
        found = [rule for rule in self if rule.code == upper or rule.name == lower]
        if not found:
            found = [rule for rule in self if any(one in (upper, lower) for one in rule.formerly)]
        if not found and len(upper) > 1:
            found = [rule for rule in self if rule.code.startswith(upper)]
        if not found:
            letters = {upper} | {letter for letter, names in _dimensions().items() if lower in names}
            found = [rule for rule in self if rule.letter in letters or lower in rule.tags]
        if not found:
            raise UnknownRuleError(wanted, self._near(wanted))
        return found

    def moved_from(self, selector: str) -> str | None:
        """The former code or name by which a selector finds a rule; ``None`` when it names one of today."""
        upper, lower = selector.strip().upper(), selector.strip().lower()
        if any(rule.code == upper or rule.name == lower for rule in self):
            return None
        former = (one for rule in self for one in rule.formerly if one in (upper, lower))
        return next(former, None)

    def _near(self, wanted: str) -> list[str]:
        """The codes and names most like a text, the best first; else the first that it is a part of."""
        names = [rule.code for rule in self] + [rule.name for rule in self]
        names += [tag for rule in self for tag in rule.tags]
        letters = {rule.letter for rule in self}
        names += [name for letter, both in _dimensions().items() if letter in letters for name in both]
        part = wanted.lower()
        return (
            nearest(wanted, names, likeness=0.6)
            or [name for name in names if len(part) >= _SHORTEST_PART and part in name][:_PARTS_SHOWN]
        )


def _dimensions() -> dict[str, tuple[str, ...]]:
    """The names (zh, en) of the dimensions by letter, in lower case."""
    dimensions = policy.index()["messages"]["engine"]["dimensions"]
    return {
        letter: tuple(str(name).lower() for name in names.values()) for letter, names in dimensions.items()
    }


def load(parameters: dict[str, dict[str, Any]] | None = None, more: Iterable[Rule] = ()) -> Rulebook:
    """The built-in rules and some ``more`` (:func:`perfgoals_lint.packs.loading.load_with` has those of packs and plug-ins).

    ``parameters`` overrides thresholds by code. Raises ``ValueError`` for a code that is used twice.
    """
    data = policy.index()
    rules = {code: Rule.of(head, f"rules/{head['page']}") for code, head in sorted(data["rules"].items())}
    digest = data["digest"]
    for rule in more:
        if rule.code in rules:
            raise ValueError(
                f"{rule.origin}: the code {rule.code} is used already by {rules[rule.code].origin}"
            )
        rules[rule.code] = rule
        digest = hashlib.sha256(f"{digest}{rule.as_data()}".encode()).hexdigest()[:16]
    _redirected(rules)
    for code, rule in rules.items():
        rule.parameters = {**rule.parameters, **(parameters or {}).get(code, {})}
    return Rulebook(rules, digest)


def _redirected(rules: dict[str, Rule]) -> None:
    """Check that every rule that was replaced is replaced by one that is there, and that no former code or name is one of
    today. Raises ``ValueError``."""
    names = {rule.name for rule in rules.values()}
    for rule in rules.values():
        if rule.replaced_by is not None and rule.replaced_by not in rules:
            raise ValueError(f"{rule.origin}: replaced_by: there is no rule {rule.replaced_by}")
        taken = [one for one in rule.formerly if one in rules or one in names]
        if taken:
            raise ValueError(f"{rule.origin}: formerly: {taken[0]} is a rule of today")


def why_severe(rule: Rule, lang: str) -> str | None:
    """Why the rule has its severity; ``None`` where its page names no kind of reason."""
    return str(policy.lexicon("severities")[rule.because][lang]) if rule.because else None


def page_text(rule: Rule, lang: str | None = None) -> str:
    """The rule's page without its head, as written: all of it, or what is for readers of one language. A page that has
    no sections in it, and the samples, which are in Chinese, are for everybody."""
    text = rule.page_text
    if text is None:
        text = (policy.rules_dir() / str(rule.page)).read_text(encoding="utf-8").split("---\n", 2)[2]
    return text if lang is None else _in_language(text, lang)


def _in_language(page: str, lang: str) -> str:
    before, *parts = re.split(r"^## (.+)\n", page, flags=re.MULTILINE)
    found = dict(zip(parts[::2], parts[1::2], strict=True))
    headings = _HEADINGS[lang]
    if not headings.keys() & found.keys():
        return page
    return before + "".join(f"## {said}\n{found[name]}" for name, said in headings.items() if name in found)


_HEADINGS = {
    "zh": {name: name for name in ("检查什么", "为什么", "反例", "正例", "例外")},
    "en": {
        "What it checks": "What it checks",
        "Why": "Why",
        "反例": "Bad",
        "正例": "Good",
        "Exceptions": "Exceptions",
    },
}
