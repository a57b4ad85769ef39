"""Markdown for a comment or a page: the verdict, counts, then the findings of each file as a list."""

import weakref
from collections.abc import Iterator
from shutil import copyfileobj
from tempfile import SpooledTemporaryFile
from typing import TextIO

from perfgoals_lint.model import SEVERITIES, Finding, Severity
from perfgoals_lint.reports.clean import visible
from perfgoals_lint.reports.details import details, place, state
from perfgoals_lint.reports.places import owner
from perfgoals_lint.reports.run import Options, Report, Tally, is_active
from perfgoals_lint.reports.summary import extent, figures, found, outside, rule_counts, unchecked, verdict
from perfgoals_lint.reports.wording import Words
from perfgoals_lint.rulebook.patterns import compiled

_IN_MEMORY = 1_000_000
"""Characters of findings from which they lie in a temporary file until the counts above them are known."""
_SPECIAL = compiled(r"([\\`*_{}\[\]|~$#!])")
_BLOCK = compiled(r"^(?:(\d{1,9})(?=[.)](?:\s|$))|(?=[-+](?:\s|$))|(?=(?:-+|=+)\s*$))")
"""What makes a list, a heading or a rule of a line that begins with it."""
_MENTION = compiled(r"([@#])(?=\w)")


def write(report: Report, out: TextIO, options: Options) -> None:
    """Write the whole report. The findings are kept as text until the counts that stand above them are known."""
    page = Markdown(report, options)
    for _ in page.collect():
        pass
    page.write(out)


class Markdown:
    """Collects the findings that pass by, then writes the page; beyond ``limit`` bytes findings are only counted."""

    def __init__(self, report: Report, options: Options, limit: int | None = None) -> None:
        self.tally = Tally()
        self._report = report
        self._options = options
        self._words = Words(report.lang)
        self._room = limit
        self._lines = SpooledTemporaryFile(_IN_MEMORY, "w+", encoding="utf-8", newline="")  # noqa: SIM115 (lives as long)
        weakref.finalize(self, self._lines.close)
        self._document: str | None = None
        self._dropped = 0

    def collect(self) -> Iterator[Finding]:
        """The findings of the report; those to be shown are kept on their way through."""
        for finding in self.tally.count(self._report.findings):
            if self._options.show_suppressed or is_active(finding):
                self._keep(finding)
            yield finding

    def write(self, out: TextIO) -> None:
        """Write the page; the findings have all been collected."""
        words, report = self._words, self._report
        said = verdict(words, report, self._options, self.tally)[0]
        out.write(f"# perfgoals-lint\n\n**{escape(words('verdict.title'))}{escape(said)}**\n\n")
        out.write(
            f"{escape(found(words, report, self.tally))}{words('summary.colon')}{extent(words, report)}\n"
        )
        if report.summary.account.get("figures"):
            label = words("summary.account") + words("summary.colon")
            out.write(f"\n{label}{escape(figures(words, report))}\n")
        if left := outside(words, report):
            out.write(f"\n{escape(left)}\n")
        self._table(out, words("summary.dimension"), list(self.tally.dimensions.items()))
        self._table(out, words("summary.rule"), rule_counts(report, self.tally))
        self._lines.seek(0)
        copyfileobj(self._lines, out)
        if self._dropped:
            out.write(f"\n{words('problem.left_out', n=self._dropped)}\n")
        self._unchecked(out)

    def _keep(self, finding: Finding) -> None:
        lines = [] if finding.document == self._document else [f"\n## {escape(finding.document)}\n\n"]
        lines += self._finding(finding)
        if self._room is not None:
            size = sum(len(line.encode()) for line in lines)
            if size > self._room:
                self._dropped += 1
                return
            self._room -= size
        self._document = finding.document
        self._lines.writelines(lines)

    def _finding(self, finding: Finding) -> list[str]:
        words = self._words
        mark = "" if is_active(finding) else f" \\[{escape(state(finding, words))}\\]"
        belongs = owner(finding)
        where = " — ".join(escape(text) for text in (place(finding, words), belongs) if text)
        severity = words(f"severity.{finding.severity}")
        lines = [f"- **{severity} {finding.rule}** {where}{mark}\n  {escape(finding.message)}\n"]
        if finding.quote:
            lines.append(f"  > {marked(finding)}\n\n")
        lines += [f"  - {escape(label + text)}\n" for label, text in details(finding, words)]
        return lines

    def _table(self, out: TextIO, head: str, rows: list[tuple[str, dict[Severity, int]]]) -> None:
        if not rows:
            return
        titles = [
            *(self._words(f"severity.{severity}") for severity in SEVERITIES),
            self._words("summary.total"),
        ]
        out.write(f"\n| {head} | {' | '.join(titles)} |\n|:--|--:|--:|--:|--:|\n")
        for name, counts in rows:
            numbers = [*(counts[severity] for severity in SEVERITIES), sum(counts.values())]
            out.write(f"| {escape(name)} | {' | '.join(map(str, numbers))} |\n")

    def _unchecked(self, out: TextIO) -> None:
        words, report = self._words, self._report
        codes = unchecked(report)
        if codes:
            out.write(f"\n## {words('unchecked.title', n=len(codes))}\n\n")
        for code in codes:
            account = report.accounting[code]
            reasons = map(escape, account.why)
            out.write(f"- {code}: {'; '.join(reasons) or words(f'unchecked.{account.status}')}\n")
        documents = list(report.unreadable())
        if documents:
            out.write(f"\n## {words('unreadable.title', n=len(documents))}\n\n")
        for document in documents:
            out.write(f"- {escape(document.path)}: {escape(document.reason or words('unreadable.reason'))}\n")


def escape(text: str) -> str:
    """Text that Markdown shows as it is: no markup, no HTML, nobody mentioned and no issue linked. Blanks around it, which
    may break a line or begin a block of code, are left out."""
    return _BLOCK.sub(r"\1\\", _escaped(text).strip())


def _escaped(text: str) -> str:
    text = visible(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _MENTION.sub(r"\1<!-- -->", _SPECIAL.sub(r"\\\1", text))


def marked(finding: Finding) -> str:
    """The quoted text with its faulty part in bold."""
    quote = finding.quote or ""
    start, end = finding.span or (0, 0)
    if not 0 <= start < end <= len(quote):
        return escape(quote)
    parts = (_escaped(part) for part in (quote[:start], quote[start:end], quote[end:]))
    return _BLOCK.sub(r"\1\\", "{}<b>{}</b>{}".format(*parts).strip())
