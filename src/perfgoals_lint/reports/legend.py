"""What reports for people say once for many findings: the basis of their rules, and how many hints there are."""

import re
from collections.abc import Mapping

from perfgoals_lint.model import Finding
from perfgoals_lint.reports.styled import StyledPage
from perfgoals_lint.reports.wording import Words
from perfgoals_lint.rulebook.patterns import compiled

_DOCUMENT = compiled(r"[（(]([^（）()]*〔\d{4}〕\d+号)[）)]")
_CODES = 8
"""Rules that are named where hints are counted."""


class Legend:
    """What the rules of the findings that were noted rest on, by its number, or by its title when it is to be told ``whole``."""

    def __init__(self, page: StyledPage, words: Words, *, whole: bool) -> None:
        self._page = page
        self._words = words
        self._whole = whole
        self._bases: dict[str, list[str]] = {}

    def note(self, finding: Finding) -> None:
        """Take the basis of a finding down."""
        sources = finding.basis.split(self._words("legend.join")) if finding.basis else []
        for source in sources:
            codes = self._bases.setdefault(source if self._whole else _short_basis(source), [])
            if finding.rule not in codes:
                codes.append(finding.rule)

    def write(self) -> None:
        """Write each source once, with the rules that rest on it."""
        if not self._bases:
            return
        self._page.line((self._words("legend.title" if self._whole else "legend.short"), "bold"))
        for basis, codes in self._bases.items():
            named = self._words("address.list").join(codes)
            self._page.line((self._words("legend.line", codes=named, basis=basis), "dim"), indent=2, hang=2)
        self._page.blank()


def write_counted(page: StyledPage, words: Words, counts: Mapping[str, int]) -> None:
    """Write how many hints there are that are not told, by rule."""
    rules = [f"{code}×{number}" for code, number in counts.items()]
    text = words("section.counted", n=sum(counts.values()), rules=words("address.list").join(rules[:_CODES]))
    end = words("section.counted_more" if len(rules) > _CODES else "section.counted_end")
    page.line((text + end, "dim"), hang=2)
    page.blank()


def _short_basis(basis: str) -> str:
    """The number of a document (财预〔2015〕88号), which says which it is; else what stands in front of a colon."""
    found = _DOCUMENT.search(basis)
    return found[1] if found else re.split("[：:]", basis)[0]
