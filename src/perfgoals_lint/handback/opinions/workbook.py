"""The workbook of a bureau: what was checked, the units by weight of their findings, every finding, what was not checked."""

from collections.abc import Sequence
from decimal import Decimal
from io import BytesIO
from typing import Any

from perfgoals_lint.forms.writer import new_workbook
from perfgoals_lint.handback.opinions.subjects import Subject, grouped
from perfgoals_lint.handback.wording import HandbackWords
from perfgoals_lint.handback.xlsx.review_sheet import STATES
from perfgoals_lint.model import SEVERITIES
from perfgoals_lint.readers.handed_back import MARK
from perfgoals_lint.reports.clean import visible
from perfgoals_lint.reports.run import Report
from perfgoals_lint.reports.summary import unchecked

_COLUMNS = (
    ("number", 6), ("severity", 10), ("unit", 24), ("project", 28), ("file", 28), ("place", 18), ("indicator", 22),
    ("printed", 24), ("problem", 48), ("advice", 48), ("basis", 30), ("rule", 10), ("state", 12), ("remark", 30),
)  # fmt: skip
_LONGEST = 32_000
_COLOURS = {"error": "#FFC7CE", "warning": "#FFEB9C", "info": "#DDEBF7"}


def workbook(subjects: Sequence[Subject], report: Report, words: HandbackWords) -> bytes:
    """The workbook over the projects of a run, whose findings have all been read."""
    out = BytesIO()
    book = new_workbook(out, keywords=MARK)
    sheets = _Sheets(book, words)
    sheets.overview(subjects, report)
    sheets.units(subjects)
    sheets.findings(subjects)
    sheets.rules(subjects, report)
    sheets.unchecked(report)
    book.close()
    return out.getvalue()


class _Sheets:
    """Writes the sheets of one workbook, texts as texts and counts as numbers."""

    def __init__(self, book: Any, words: HandbackWords) -> None:
        self._book, self._words = book, words
        shape = {"text_wrap": True, "valign": "top", "border": 1, "border_color": "#BFBFBF", "font_size": 10}
        self._text = book.add_format(shape)
        self._head = book.add_format({**shape, "bold": True, "bg_color": "#D9D9D9"})
        self._marked = {
            name: book.add_format({**shape, "bg_color": colour}) for name, colour in _COLOURS.items()
        }

    def _sheet(self, name: str, heads: Sequence[tuple[str, int]]) -> Any:
        sheet = self._book.add_worksheet(self._words(f"opinion.sheet.{name}"))
        for column, (head, width) in enumerate(heads):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, head, self._head)
        sheet.freeze_panes(1, 0)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        return sheet

    def _row(self, sheet: Any, row: int, values: Sequence[str | int]) -> None:
        for column, value in enumerate(values):
            if isinstance(value, int):
                sheet.write_number(row, column, value, self._text)
            else:
                sheet.write_string(row, column, value[:_LONGEST], self._text)

    def overview(self, subjects: Sequence[Subject], report: Report) -> None:
        words, summary = self._words, report.summary
        sheet = self._sheet("overview", [(words("summary.checked"), 28), ("", 40)])
        projects = [subject for subject in subjects if subject.project]
        total = sum((subject.budget for subject in projects if subject.budget is not None), Decimal(0))
        rows: list[tuple[str, str | int]] = [
            (words("opinion.files"), summary.files),
            (words("opinion.tables"), summary.tables),
            (words("opinion.indicators"), summary.indicators),
            (words("opinion.units"), len({subject.unit for subject in projects if subject.unit})),
            (words("opinion.projects"), len(projects)),
            (words("opinion.budget"), Subject("", "", "", budget=total).budget_shown),
            *((words(f"severity.{name}"), getattr(summary, name)) for name in SEVERITIES),
            (words("unreadable.rule"), words("summary.unreadable", n=summary.unreadable)),
            (words("opinion.version"), f"perfgoals-lint {report.version} · {report.ruleset}"),
        ]
        for number, row in enumerate(rows, 1):
            self._row(sheet, number, row)

    def units(self, subjects: Sequence[Subject]) -> None:
        """Units by their errors, then warnings, then infos, most first."""
        words = self._words
        heads = [(words("column.unit"), 36), (words("opinion.projects"), 10), (words("opinion.budget"), 16)]
        heads += [(words(f"severity.{name}"), 8) for name in SEVERITIES] + [(words("summary.total"), 8)]
        sheet = self._sheet("units", heads)
        groups = grouped(subjects, "unit", words)
        counted = {
            unit: [sum(e.severity == name for s in held for e in s.entries) for name in SEVERITIES]
            for unit, held in groups.items()
        }
        order = sorted(groups, key=lambda unit: (*(-count for count in counted[unit]), unit))
        for number, unit in enumerate(order, 1):
            held = groups[unit]
            total = sum((s.budget for s in held if s.budget is not None), Decimal(0))
            projects = sum(bool(subject.project) for subject in held)
            shown = Subject("", "", "", budget=total).budget_shown
            values: list[str | int] = [unit, projects, shown, *counted[unit], sum(counted[unit])]
            self._row(sheet, number, values)
        sheet.autofilter(0, 0, max(len(order), 1), len(heads) - 1)

    def findings(self, subjects: Sequence[Subject]) -> None:
        words = self._words
        sheet = self._sheet("findings", [(words(f"column.{name}"), width) for name, width in _COLUMNS])
        number = 0
        for subject in subjects:
            for e in subject.entries:
                number += 1
                severity = words(f"severity.{e.severity}")
                row: list[str | int] = [
                    number,
                    severity,
                    subject.unit,
                    subject.project,
                    visible(subject.document),
                    e.place,
                ]
                row += [e.indicator, e.printed, e.problem, e.advice, e.basis, e.rule, "", "", e.fingerprint]
                self._row(sheet, number, row)
                sheet.write_string(number, 1, severity, self._marked[e.severity])
        sheet.autofilter(0, 0, max(number, 1), len(_COLUMNS) - 1)
        choice = {"validate": "list", "source": [words(f"state.{state}") for state in STATES]}
        sheet.data_validation(1, len(_COLUMNS) - 2, max(number, 1), len(_COLUMNS) - 2, choice)
        # What tells the findings again when the workbook comes back, and that the sheet is no goal table.
        sheet.write_string(0, len(_COLUMNS), MARK)
        sheet.set_column(len(_COLUMNS), len(_COLUMNS), None, None, {"hidden": True})

    def rules(self, subjects: Sequence[Subject], report: Report) -> None:
        words = self._words
        counts: dict[tuple[str, str], int] = {}
        for subject in subjects:
            for entry in subject.entries:
                counts[entry.rule, entry.severity] = counts.get((entry.rule, entry.severity), 0) + 1
        sheet = self._sheet(
            "rules", [(words("column.rule"), 52), (words("column.severity"), 8), (words("opinion.times"), 8)]
        )
        for number, ((rule, severity), count) in enumerate(
            sorted(counts.items(), key=lambda one: -one[1]), 1
        ):
            self._row(sheet, number, [report.heading(rule), words(f"severity.{severity}"), count])

    def unchecked(self, report: Report) -> None:
        """Files that could not be read and rules that could not be checked: silence about them is no pass."""
        words = self._words
        sheet = self._sheet("unchecked", [(words("opinion.what"), 48), (words("opinion.reason"), 70)])
        rows = [
            (visible(document.path), visible(document.reason or words("unreadable.reason")))
            for document in report.unreadable()
        ]
        for code in unchecked(report):
            account = report.accounting[code]
            said = "；".join(account.why) or words(f"unchecked.{account.status}")
            rows.append((report.heading(code), said))
        for number, row in enumerate(rows, 1):
            self._row(sheet, number, row)
