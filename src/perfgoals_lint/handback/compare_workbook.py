"""The second round as a workbook: counts by state, and every finding with its state and what was answered."""

from collections import Counter
from collections.abc import Sequence
from io import BytesIO

from perfgoals_lint.forms.writer import new_workbook
from perfgoals_lint.handback.compare import STATES, FindingChange, answered
from perfgoals_lint.handback.entries import entries_of
from perfgoals_lint.handback.wording import HandbackWords
from perfgoals_lint.reports.clean import visible

_COLUMNS = (
    ("number", 6), ("state", 14), ("severity", 10), ("unit", 24), ("project", 28), ("file", 28), ("place", 18),
    ("indicator", 22), ("before", 24), ("printed", 24), ("problem", 48), ("advice", 48), ("remark", 30),
)  # fmt: skip


def comparison_workbook(changes: Sequence[FindingChange], words: HandbackWords) -> bytes:
    """The workbook over the findings of two rounds, those first that are still to be put right."""
    out = BytesIO()
    book = new_workbook(out)
    shape = {"text_wrap": True, "valign": "top", "border": 1, "font_size": 10}
    text, head = book.add_format(shape), book.add_format({**shape, "bold": True, "bg_color": "#D9D9D9"})
    counts = Counter(change.state for change in changes)
    overview = book.add_worksheet(words("opinion.sheet.overview"))
    overview.set_column(0, 0, 24)
    for row, state in enumerate(STATES):
        overview.write_string(row, 0, words(f"compare.{state}"), head)
        overview.write_number(row, 1, counts[state], text)
    sheet = book.add_worksheet(words("opinion.sheet.findings"))
    for column, (name, width) in enumerate(_COLUMNS):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, words(f"column.{name}"), head)
    ordered = sorted(changes, key=lambda change: STATES.index(change.state))
    entries = entries_of([change.finding for change in ordered], words)
    for row, (change, entry) in enumerate(zip(ordered, entries, strict=True), 1):
        answer = visible(answered(change.answer, words)) if change.answer else ""
        before = visible(change.before.quote or "") if change.before else ""
        now = entry.printed if change.after else ""
        values = [
            words(f"compare.{change.state}"),
            words(f"severity.{entry.severity}"),
            entry.unit,
            entry.project,
        ]
        values += [
            visible(entry.document),
            entry.place,
            entry.indicator,
            before,
            now,
            entry.problem,
            entry.advice,
            answer,
        ]
        sheet.write_number(row, 0, row, text)
        for column, value in enumerate(values, 1):
            sheet.write_string(row, column, value[:32_000], text)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(len(ordered), 1), len(_COLUMNS) - 1)
    book.close()
    return out.getvalue()
