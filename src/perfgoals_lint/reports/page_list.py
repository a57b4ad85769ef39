"""The plain list of the HTML report: readable without a script, and what is printed on paper."""

from collections import Counter
from html import escape
from typing import NamedTuple, TextIO

from perfgoals_lint.model import SEVERITIES, Finding
from perfgoals_lint.reports.clean import visible
from perfgoals_lint.reports.details import details, seen_place, state
from perfgoals_lint.reports.run import Report, is_active
from perfgoals_lint.reports.wording import Words

SYMBOLS = {"error": "●", "warning": "▲", "info": "■"}
"""The severity of a finding besides its colour."""
_OFTEN = 4
"""Advice that so many findings of a rule share, and more than half of them, is told once, below."""


class _Entry(NamedTuple):
    """A finding in words: where it is, what is wrong, what is said of it alone, and the advice."""

    severity: int
    rule: str
    where: str
    message: str
    told: tuple[str, ...]
    advice: str


class PlainList:
    """Collects findings as text, by file and project; advice that is often given and what rules rest on are told once."""

    def __init__(self, report: Report, words: Words) -> None:
        self._report = report
        self._words = words
        self._files: dict[str, dict[tuple[str, str], list[_Entry]]] = {}
        self._bases: dict[str, dict[str, None]] = {}
        self._advice: dict[str, Counter[str]] = {}
        self._titles: dict[str, str] = {}

    def add(self, finding: Finding) -> None:
        """Take one finding."""
        words, rule = self._words, finding.rule
        name = (finding.indicator or {}).get("level3")
        place = seen_place(finding, words)
        told_already = not name or name in place or name in finding.message
        advice, told = "", []
        for label, text in details(finding, words, basis=False, related=False):
            if text == finding.advice and label == words("finding.advice"):
                advice = label.strip() + text
            elif text not in finding.message:
                told.append(label.strip() + text)
        mark = "" if is_active(finding) else f"[{state(finding, words)}] "
        entry = _Entry(
            SEVERITIES.index(finding.severity),
            rule,
            place if told_already else f"{place} › {name}",
            mark + finding.message,
            tuple(told),
            advice,
        )
        projects = self._files.setdefault(finding.document, {})
        projects.setdefault((finding.unit or "", finding.project_name or ""), []).append(entry)
        self._bases.setdefault(rule, {})[finding.basis or ""] = None
        if advice:
            self._advice.setdefault(rule, Counter())[advice] += 1
        if rule not in self._titles:
            self._titles[rule] = self._report.heading(rule, finding.name)

    def write(self, out: TextIO) -> None:
        """Write the findings of every file by project, the worst first, and what is to be said of the rules."""
        words = self._words
        counts = Counter(
            entry.severity for held in self._files.values() for entries in held.values() for entry in entries
        )
        if counts:
            parts = (
                f'<span class="{name}">{SYMBOLS[name]} {_text(words(f"section.{name}"))}</span> {counts[number]}'
                for number, name in enumerate(SEVERITIES)
            )
            out.write(f"<p>{' · '.join(parts)}</p>\n")
        often = {rule: text for rule in self._advice if (text := self._often(rule))}
        for path, projects in self._files.items():
            out.write(f"<h2>{_text(path)}</h2>\n")
            for names, entries in sorted(projects.items(), key=lambda item: any(item[0])):
                if any(names):
                    out.write(f"<h3>{_text(' › '.join(filter(None, names)))}</h3>\n")
                out.write("<ul class=found>\n")
                for entry in sorted(entries, key=lambda one: one.severity):
                    self._entry(out, entry, often.get(entry.rule))
                out.write("</ul>\n")
        self._rules(out, often)

    def _often(self, rule: str) -> str | None:
        """The advice that most findings of a rule share."""
        found = self._advice[rule]
        text, number = found.most_common(1)[0]
        return text if number >= _OFTEN and 2 * number > found.total() else None

    def _entry(self, out: TextIO, entry: _Entry, often: str | None) -> None:
        name = SEVERITIES[entry.severity]
        told = [*entry.told, *([entry.advice] if entry.advice and entry.advice != often else [])]
        more = f"<p>{_text(self._words('page.join').join(told))}" if told else ""
        head = f"{SYMBOLS[name]} {entry.rule} {_text(entry.where)}"
        out.write(f"<li class={name}><b>{head}</b> {_text(entry.message)}{more}\n")

    def _rules(self, out: TextIO, often: dict[str, str]) -> None:
        """What the rules are called that found something, the advice that was left out above, and what they rest on."""
        if not self._titles:
            return
        words = self._words
        out.write(f"<h2>{_text(words('page.rules'))}</h2>\n<dl>\n")
        for code, title in sorted(self._titles.items()):
            out.write(f"<dt>{_text(title)}\n")
            if code in often:
                out.write(f"<dd>{_text(often[code])}\n")
            if basis := words("legend.join").join(filter(None, self._bases[code])):
                out.write(f"<dd>{_text(words('finding.basis').strip() + basis)}\n")
        out.write("</dl>\n")


def _text(text: str) -> str:
    return escape(visible(text), quote=False)
