"""What there is to say of a single goal table, told so that it ends on one screen: what must be changed whole, as long as
that fits, then what should be; all that is left out is counted, and the command that shows it is named."""

from collections.abc import Iterator

from perfgoals_lint.model import Finding
from perfgoals_lint.reports.clean import visible
from perfgoals_lint.reports.details import STYLES, details, place, project_of, seen_place, set_aside
from perfgoals_lint.reports.folding import FoldedEntry, Folding
from perfgoals_lint.reports.run import READING, Options, Report, Tally
from perfgoals_lint.reports.styled import Paragraph, StyledPage
from perfgoals_lint.reports.summary import checked, unchecked, verdict_line
from perfgoals_lint.reports.textwidth import shorten, width
from perfgoals_lint.reports.wording import Words

_STEPS = (
    ("whole", "whole"),
    ("whole", "lines"),
    ("whole", "rules"),
    ("short", "lines"),
    ("short", "rules"),
    ("lines", "lines"),
    ("lines", "rules"),
    ("short", "counted"),
    ("lines", "counted"),
    ("cut", "counted"),
)
"""How errors and warnings are told, from the fullest way to the shortest; the first that fits is taken."""
_FEWEST = 3
"""Errors that are named however little room is left."""
_CODES = 12
"""Codes that are named in a line that counts."""


class Screen:
    """Writes the report of a run on one table."""

    def __init__(
        self, page: StyledPage, words: Words, report: Report, options: Options, folding: Folding
    ) -> None:
        self._page = page
        self._words = words
        self._report = report
        self._options = options
        self._folding = folding
        self._errors = folding.entries("error")
        self._warnings = folding.entries("warning")
        self._hidden: dict[str, int] = {}

    def write(self, tally: Tally) -> None:
        """Write what was found, as fully as one screen lets it, then what was checked and the verdict."""
        room = self._page.rows - 1
        for errors, warnings in _STEPS:
            self._hidden = {}
            head = [*self._head(), *self._told_errors(errors, room), *self._told_warnings(warnings)]
            paragraphs = [*head, *self._infos(), *self._closing(tally)]
            if sum(map(self._page.height, paragraphs)) <= room:
                break
        for paragraph in paragraphs:
            self._page.write(paragraph)

    def _head(self) -> Iterator[Paragraph]:
        """The file and the project, where there is anything to tell of them."""
        first = next((entry.first for entry in (*self._errors, *self._warnings)), None)
        if first is None:
            return
        named = next(
            (entry.first for entry in (*self._errors, *self._warnings) if entry.first.project_name), None
        )
        text = visible(first.document)
        if named is not None:
            text += self._words("document.join") + visible(project_of(named, self._words))
        yield Paragraph(((shorten(text, self._page.columns), "bold underline"),))

    def _told_errors(self, way: str, room: int) -> Iterator[Paragraph]:
        if not self._errors:
            return
        yield self._title("error")
        if way != "cut":
            for entry in self._errors:
                yield from self._entry(entry, way)
            if self._folding.left_out:
                yield self._left_out(self._folding.left_out)
            return
        shown = self._errors[: max(room - 14, _FEWEST)]
        for entry in shown:
            yield from self._entry(entry, "lines")
        rest = sum(entry.count for entry in self._errors[len(shown) :]) + self._folding.left_out
        if rest:
            yield self._left_out(rest)

    def _left_out(self, number: int) -> Paragraph:
        self._hidden["errors"] = number
        return Paragraph(((self._words("screen.left_out", n=number), "bold"),), 2)

    def _told_warnings(self, way: str) -> Iterator[Paragraph]:
        if not self._warnings:
            return
        total = self._folding.total("warning")
        if way == "counted":
            self._hidden["warnings"] = total
            yield self._rules("warning", self._warnings)
            return
        yield self._title("warning")
        for entry in self._warnings:
            if way == "rules" and entry.count > 1:
                yield self._rule(entry)
            else:
                for cell in entry.places:
                    yield from self._cell(cell, "lines" if way == "rules" else way)

    def _title(self, severity: str) -> Paragraph:
        total = self._folding.total("error" if severity == "error" else "warning")
        text = self._words("section.plain", title=self._words(f"section.{severity}"), count=total)
        return Paragraph(((text, STYLES[severity]),))

    def _entry(self, entry: FoldedEntry, way: str) -> Iterator[Paragraph]:
        """An error at one or more places."""
        yield from self._cell(entry.places[0], way)
        rest = [self._where(cell[0]) for cell in entry.places[1:]]
        if rest:
            label = self._words("entry.places")
            first = self._where(entry.first)
            text = self._words("address.list").join([first, *rest])
            if entry.count > len(entry.places):
                more = self._words("entry.more", n=entry.count - len(entry.places))
                text += self._words("entry.join") + more
            if way == "whole":
                yield Paragraph(((label, "dim"), (text, "")), 4, width(label))
            else:
                yield self._one_line((label, "dim"), (text, ""), indent=4)

    def _cell(self, cell: list[Finding], way: str) -> Iterator[Paragraph]:
        """The findings about one cell: where it is and what is wrong, and in the fuller ways what to do."""
        words = self._words
        for number, finding in enumerate(cell):
            where = words("screen.same_cell") if number else self._where(finding, whole=way == "whole")
            rule = f"{finding.rule} "
            if way == "whole":
                rule = self._report.heading(finding.rule, finding.name) + words("summary.colon")
            said = (
                (f"{where} ", "cyan"),
                (rule, STYLES[finding.severity]),
                (visible(finding.message) + set_aside(finding, words), ""),
            )
            yield Paragraph(said, 2, 2) if way == "whole" else self._one_line(*said)
            told = [
                (label, text)
                for label, text in details(
                    finding, words, basis=False, related=finding.rule.startswith(READING)
                )
                if text not in finding.message
            ]
            if way == "lines":
                if told:
                    self._hidden["advice"] = 1
                continue
            for label, text in told if way == "whole" else told[-1:]:
                segments = ((label, "dim"), (visible(text), ""))
                if way == "whole":
                    yield Paragraph(segments, 4, width(label))
                else:
                    yield self._one_line(*segments, indent=4)

    def _rule(self, entry: FoldedEntry) -> Paragraph:
        """What one rule found at several places, in a line."""
        self._hidden["texts"] = self._hidden["advice"] = 1
        head = self._report.heading(entry.first.rule, entry.first.name)
        count = self._words("entry.count", n=entry.count) + self._words("summary.colon")
        places = self._words("address.list").join(self._where(cell[0]) for cell in entry.places)
        return self._one_line((head, STYLES[entry.severity]), (count, "bold"), (places, ""))

    def _where(self, finding: Finding, *, whole: bool = False) -> str:
        """The place as a person sees it; in a short way without the number of the table and a name that the message says."""
        location, words = finding.location, self._words
        if whole or location is None:
            return visible(seen_place(finding, words))
        if location.sheet is not None or location.line is not None:
            return visible(words.address(location))
        name = (finding.indicator or {}).get("level3")
        if not name:
            return visible(place(finding, words))
        page = words("address.page", n=location.page) if location.page is not None else ""
        return words("place.row", name=visible(name), where=page).strip()

    def _one_line(self, *segments: tuple[str, str], indent: int = 2) -> Paragraph:
        """Text cut to what one line holds."""
        room = self._page.columns - indent
        kept: list[tuple[str, str]] = []
        for text, style in segments:
            shown = shorten(text, room) if room > 0 else ""
            if shown != text:
                self._hidden["texts"] = 1
            kept.append((shown, style))
            room -= width(shown)
        return Paragraph(tuple(kept), indent)

    def _rules(self, severity: str, entries: list[FoldedEntry]) -> Paragraph:
        """How much there is of a severity, with the rules that found it."""
        codes = [f"{entry.first.rule}×{entry.count}" for entry in entries]
        listed = self._words("address.list").join(codes[:_CODES])
        if len(codes) > _CODES:
            listed += self._words("summary.and_more")
        title = self._words(f"section.{severity}")
        total = sum(entry.count for entry in entries)
        return Paragraph(
            ((self._words("screen.rules", title=title, n=total, rules=listed), STYLES[severity]),), 0, 2
        )

    def _infos(self) -> Iterator[Paragraph]:
        entries = self._folding.entries("info")
        if entries:
            self._hidden["infos"] = sum(entry.count for entry in entries)
            yield self._rules("info", entries)

    def _closing(self, tally: Tally) -> Iterator[Paragraph]:
        """What was checked, what was not, the command that shows the rest, and the verdict."""
        words, report = self._words, self._report
        yield from checked(words, report, tally)
        if codes := unchecked(report):
            named = words("address.list").join(codes[:_CODES])
            named += words("summary.and_more") if len(codes) > _CODES else ""
            yield Paragraph(((words("screen.unchecked", n=len(codes), codes=named), "bold yellow"),), 0, 2)
        if self._errors or self._warnings or self._hidden:
            yield self._more()
        yield verdict_line(words, report, self._options, tally)

    def _more(self) -> Paragraph:
        """What was left out, and the command that shows it."""
        order = ("errors", "warnings", "texts", "advice", "infos")
        parts = [
            self._words(f"screen.{name}", n=self._hidden[name]) for name in order if name in self._hidden
        ]
        parts.append(self._words("screen.basis"))
        path = visible(self._report.documents[0].path)
        if " " in path:
            path = f'"{path}"'
        what = self._words("address.list").join(parts)
        return Paragraph(((self._words("screen.more", path=path, what=what), ""),), 0, 2)
