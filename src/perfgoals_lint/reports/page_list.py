"""The plain list of the HTML report: readable without a script, and what is printed on paper."""

from __future__ import annotations

from html import escape
from itertools import groupby
from typing import TYPE_CHECKING, TextIO

from perfgoals_lint.reports.clean import visible
from perfgoals_lint.reports.details import details, seen_place, state
from perfgoals_lint.reports.run import SEVERITIES, is_active

if TYPE_CHECKING:
    from perfgoals_lint.model import Finding
    from perfgoals_lint.reports.run import Report
    from perfgoals_lint.reports.wording import Words

SYMBOLS = {"error": "●", "warning": "▲", "info": "■"}
"""The severity of a finding besides its colour."""


class PlainList:
    """Collects findings as text, by file and rule; what is the same in the findings of a rule is told once."""

    def __init__(self, report: Report, words: Words) -> None:
        self._report = report
        self._words = words
        self._files: dict[str, dict[tuple[int, str], list[tuple[str, str, str]]]] = {}
        self._bases: dict[str, dict[str, None]] = {}
        self._titles: dict[str, str] = {}

    def add(self, finding: Finding) -> None:
        """Take one finding."""
        words = self._words
        rules = self._files.setdefault(finding.document, {})
        name = (finding.indicator or {}).get("level3")
        place = seen_place(finding, words)
        told_already = not name or name in place or name in finding.message
        parts = dict.fromkeys(
            filter(None, (finding.unit, finding.project_name, None if told_already else name))
        )
        where = " › ".join([place, *parts])
        mark = "" if is_active(finding) else f"[{state(finding, words)}] "
        told = words("page.join").join(
            label + text for label, text in details(finding, words, basis=False, related=False)
        )
        key = SEVERITIES.index(finding.severity), finding.rule
        rules.setdefault(key, []).append((where, mark + finding.message, told))
        self._bases.setdefault(finding.rule, {})[finding.basis or ""] = None
        if key[1] not in self._titles:
            self._titles[key[1]] = self._report.heading(finding.rule, finding.name)

    def write(self, out: TextIO) -> None:
        """Write the findings of every file, the worst first, and what the rules rest on."""
        for path, rules in self._files.items():
            out.write(f"<h2>{_text(path)}</h2>\n")
            for (severity, code), entries in sorted(rules.items()):
                name = SEVERITIES[severity]
                label = self._words(f"section.{name}")
                out.write(
                    f'<h3 class="{name}"><span aria-hidden="true">{SYMBOLS[name]}</span> {_text(label)} '
                    f"{_text(self._titles[code])} × {len(entries)}</h3>\n<ul>\n"
                )
                self._entries(out, entries)
                out.write("</ul>\n")
        join = self._words("legend.join")
        bases = {
            code: join.join(filter(None, cited)) for code, cited in sorted(self._bases.items()) if any(cited)
        }
        if bases:
            out.write(f"<h2>{_text(self._words('legend.title'))}</h2>\n<dl>\n")
            out.writelines(f"<dt>{_text(code)}<dd>{_text(basis)}\n" for code, basis in bases.items())
            out.write("</dl>\n")

    @staticmethod
    def _entries(out: TextIO, entries: list[tuple[str, str, str]]) -> None:
        """Write the findings of a rule; details that several in a row share stand behind the last of them."""
        for told, group in groupby(entries, key=lambda entry: entry[2]):
            items = [f"<li><b>{_text(where)}</b> {_text(message)}\n" for where, message, _ in group]
            out.writelines(items)
            if told:
                out.write(f"<p>{_text(told)}</p>\n")


def _text(text: str) -> str:
    return escape(visible(text), quote=False)
