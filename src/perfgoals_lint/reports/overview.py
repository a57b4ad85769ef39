"""The terminal report: what must be put right first, then what a reviewer would ask for, equal findings told once."""

from heapq import nsmallest

from perfgoals_lint.model import SEVERITIES, Finding, Severity
from perfgoals_lint.reports.clean import visible
from perfgoals_lint.reports.details import STYLES, details, project_of, seen_place, set_aside
from perfgoals_lint.reports.folding import FoldedEntry, Folding
from perfgoals_lint.reports.legend import Legend, write_counted
from perfgoals_lint.reports.rows import rows_of
from perfgoals_lint.reports.run import Options, Report
from perfgoals_lint.reports.styled import StyledPage
from perfgoals_lint.reports.textwidth import shorten, width
from perfgoals_lint.reports.wording import Words

_ENTRIES = 20
"""Entries below an error that are written out; the others are counted."""
_FILES = 12
"""Files whose verdict is shown, and clean files that are named."""
_PLACES = 12
"""Places of one error that are listed."""
_NAME = 36


class Overview:
    """Writes the findings of a run as one list, the worst first."""

    def __init__(
        self, page: StyledPage, words: Words, report: Report, options: Options, folding: Folding
    ) -> None:
        self._page = page
        self._words = words
        self._report = report
        self._verbose = options.verbose or options.show_suppressed
        self._by_rule = options.group_by == "rule"
        self._folding = folding
        self._several = folding.found > 1
        self._legend = Legend(page, words, whole=self._verbose)
        self._document = ""

    def write(self) -> None:
        """Write everything that was found, the basis of each rule once, and a verdict for each file."""
        for severity in SEVERITIES:
            apart = severity != "error" or self._verbose or self._by_rule
            entries = self._folding.entries(severity) if apart else self._folding.joined()
            if not entries:
                continue
            if severity == "info" and not self._verbose:
                write_counted(self._page, self._words, {one.first.rule: one.count for one in entries})
            else:
                self._section(severity, entries)
        self._legend.write()
        self._files()

    def _section(self, severity: Severity, entries: list[FoldedEntry]) -> None:
        total = self._folding.total(severity)
        key = "section.folded" if sum(entry.count > 1 for entry in entries) else "section.plain"
        title = self._words(f"section.{severity}")
        self._page.line((self._words(key, title=title, count=total, n=len(entries)), STYLES[severity]))
        self._document = ""
        shown = entries if severity == "error" or self._verbose else entries[:_ENTRIES]
        for entry in shown:
            if entry.count == 1 and (severity == "error" or self._verbose):
                self._single(entry.places[0])
            else:
                self._folded(entry)
        left_out = sum(entry.count for entry in entries[len(shown) :])
        if severity == "error":
            left_out += self._folding.left_out
        if left_out:
            self._page.line((self._words("section.left_out", n=left_out), "bold"), indent=2)
        self._page.blank()

    def _single(self, cell: list[Finding]) -> None:
        """The findings about one cell: where it is, what it says, then each finding with what to do."""
        finding = cell[0]
        self._path(finding)
        self._page.line((self._where(finding), "cyan"), indent=2, hang=2)
        row = rows_of(cell, self._words)[0]
        if row.text:
            level = f"{row.level} › " if row.level else ""
            marks = [(start + len(level), end + len(level)) for start, end in row.marks]
            self._page.marked(level + row.text, marks, "bold red", indent=4)
        for one in cell:
            self._legend.note(one)
            excerpt = row.excerpt(one)
            if excerpt is not None:
                self._page.marked(excerpt[0], [excerpt[1]] if excerpt[1] else [], "bold red", indent=4)
            head = f"{self._report.heading(one.rule, one.name)}{self._words('summary.colon')}"
            aside = set_aside(one, self._words)
            self._page.line((head, STYLES[one.severity]), (one.message, ""), (aside, "dim"), indent=4, hang=2)
            notes: dict[str, list[str]] = {}
            for label, text in details(one, self._words, basis=False):
                notes.setdefault(label, []).append(text)
            for label, texts in notes.items():
                joined = self._words("entry.join").join(texts)
                self._page.line((label, "dim"), (joined, ""), indent=6, hang=width(label))

    def _folded(self, entry: FoldedEntry) -> None:
        """One problem at one or more places: the rule, how often or what it says, what to do, and where."""
        first, words = entry.first, self._words
        self._legend.note(first)
        self._document = ""
        heading = self._report.heading(first.rule, first.name)
        where = f"{self._short(first)} " if entry.count == 1 else ""
        listed = entry.severity == "error" and not self._by_rule
        told = entry.count == 1 or (listed and entry.same)
        said = words("entry.count", n=entry.count) if entry.count > 1 else ""
        message = words("summary.colon") + entry.message if told else ""
        shared = all(cell[0].advice == first.advice for cell in entry.places)
        apart = not (shared or listed)  # what errors that differ need is told by their figures
        self._page.line(
            (where, "cyan"),
            (heading, STYLES[entry.severity]),
            (said, "bold"),
            (message, ""),
            (set_aside(first, words), "dim"),
            indent=2,
            hang=2,
        )
        for name, text in details(first, words, basis=False, related=entry.count == 1):
            if told or (shared and name == words("finding.advice")):
                self._page.line((name, "dim"), (text, ""), indent=4, hang=width(name))
        if self._verbose or listed or apart:
            self._listed(entry, apart)
        elif entry.count > 1:
            label = words("entry.places")
            places = self._places(entry, self._page.columns - 4 - width(label))
            self._page.line((label, "dim"), (places, ""), indent=4, hang=width(label))

    def _listed(self, entry: FoldedEntry, apart: bool) -> None:
        """A line for each place, with what is wrong there where it is not the same everywhere, and what to do there where that
        is told ``apart``."""
        shown = entry.places if self._verbose else entry.places[:_PLACES]
        label = self._words("finding.advice")
        for cell in shown:
            message = "" if entry.same and not apart else self._words("summary.colon") + cell[0].message
            self._page.line((self._short(cell[0]), "cyan"), (message, ""), indent=4, hang=2)
            if apart and cell[0].advice:
                self._page.line((label, "dim"), (cell[0].advice, ""), indent=6, hang=width(label))
        if entry.count > len(shown):
            self._page.line((self._words("section.left_out", n=entry.count - len(shown)), "bold"), indent=4)

    def _places(self, entry: FoldedEntry, room: int) -> str:
        """As many places as one line holds, at least the first, and the number of the others."""
        join = self._words("entry.join")
        text = self._short(entry.first)
        for number, cell in enumerate(entry.places[1:], 1):
            rest = entry.count - number - 1
            more = join + self._words("entry.more", n=rest) if rest else ""
            longer = text + join + self._short(cell[0])
            if width(longer + more) > room:
                break
            text = longer
        else:
            number = len(entry.places)
        rest = entry.count - number
        if not rest:
            return text
        more = join + self._words("entry.more", n=rest)
        return shorten(text, max(room - width(more), 20)) + more

    def _path(self, finding: Finding) -> None:
        """The file of the findings that follow, where it is another than before."""
        if finding.document != self._document:
            self._document = finding.document
            self._page.line((finding.document, "bold underline"))

    def _where(self, finding: Finding) -> str:
        parts = (seen_place(finding, self._words), project_of(finding, self._words))
        return self._words("document.join").join(filter(None, parts))

    def _short(self, finding: Finding) -> str:
        """One place of many: file (where there are several), place, project and what stands there."""
        parts = [finding.document] if self._several else []
        parts.append(self._words.address(finding.location) or self._words("document.whole"))
        if finding.project_name:
            parts.append(shorten(visible(finding.project_name), _NAME))
        name = (finding.indicator or {}).get("level3")
        quoted = finding.quote if name and finding.quote != name else None
        said = self._words("summary.colon").join(
            shorten(visible(text), _NAME) for text in (name, quoted) if text
        )
        return " ".join([*parts, said]).rstrip()

    def _files(self) -> None:
        """A verdict for each file with findings, and the clean ones in one line."""
        paths = (path for path, _ in self._folding.files())  # in the order of the documents
        met = next(paths, None)
        clean: list[str] = []
        number = cleaned = 0
        for document in self._report.documents:
            number += not document.unreadable
            told = document.path == met or document.error or document.warning or document.info
            met = next(paths, None) if document.path == met else met
            if document.tables and not document.unreadable and not told:
                cleaned += 1
                clean += [document.path] if cleaned <= _FILES else []
        found = self._folding.found
        if number > 1:
            worst = nsmallest(_FILES, self._folding.files(), key=lambda item: [-one for one in item[1][:3]])
            for path, counts in worst:
                said = self._words("file.bad" if counts.error else "file.good", **counts._asdict())
                self._page.line((path + self._words("summary.colon"), "bold"), (said, ""), hang=2)
            if found > _FILES:
                self._page.line((self._words("file.more", n=found - _FILES), "dim"))
        elif number:
            self._of_one_file()
        if clean and found:
            names = self._words("address.list").join(clean)
            key = "file.clean_more" if cleaned > _FILES else "file.clean"
            self._page.line((self._words(key, names=names, n=cleaned), ""), hang=2)

    def _of_one_file(self) -> None:
        """How many tables of the one file are without findings, and where it must be changed."""
        counts = dict(self._folding.files())
        for document in () if any(self._report.unlisted.total.values()) else self._report.documents:
            found = counts.get(document.path)
            whole = not document.unreadable and not document.account.get("unread")
            if found and whole and document.tables > found.tables:
                self._page.line((self._words("file.rest", n=document.tables - found.tables), ""))
        self._to_change()

    def _to_change(self) -> None:
        """Where the one file must be changed, in a line: what was said of these places has left the screen by now."""
        entries = self._folding.entries("error")
        places = [self._words.address(cell[0].location) for entry in entries for cell in entry.places]
        known = list(dict.fromkeys(filter(None, places)))
        named = known[:_PLACES]
        if named:
            left_out = self._folding.left_out + sum(entry.count - len(entry.places) for entry in entries)
            key = "file.places_first" if left_out or named != known else "file.places"
            self._page.line((self._words(key), "bold"), (self._words("address.list").join(named), ""), hang=2)
