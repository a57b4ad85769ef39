"""The findings of a project put together by row, with the row as it is shown and the parts of it to be marked."""

from dataclasses import dataclass, field

from perfgoals_lint.model import Finding
from perfgoals_lint.reports.clean import visible
from perfgoals_lint.reports.wording import Words

Span = tuple[int, int]
LEVELS = ("level1", "level2", "level3")
VALUES = ("cycle_value", "annual_value")
_CONTEXT = 36
_EXCERPT = 3 * _CONTEXT
_LONGEST = 240


@dataclass(slots=True)
class ReportRow:
    """One row: ``level`` (its classes), ``text`` (name | values, harmless) with the ``marks`` in it, its findings.

    Without an indicator ``text`` is empty. ``fields`` are the fields whose text is part of ``text``.
    """

    findings: list[Finding]
    level: str = ""
    text: str = ""
    marks: list[Span] = field(default_factory=list)
    fields: dict[str, str] = field(default_factory=dict)

    def excerpt(self, finding: Finding) -> tuple[str, Span | None] | None:
        """The quoted text of a finding around its faulty part, unless the row shows it already."""
        if not finding.quote or self.fields.get(finding.field or "") == finding.quote:
            return None
        return _excerpt(finding.quote, finding.span)


def rows_of(findings: list[Finding], words: Words) -> list[ReportRow]:
    """The rows of a project, in the order of their first finding; what belongs to no row is a row of its own."""
    groups: dict[tuple[str | None, ...], list[Finding]] = {}
    for finding in findings:
        groups.setdefault(_key(finding), []).append(finding)
    return [_row(group, words) for group in groups.values()]


def _key(finding: Finding) -> tuple[str | None, ...]:
    indicator, values = finding.indicator or {}, finding.values or {}
    return (*(indicator.get(level) for level in LEVELS), *(values.get(name) for name in VALUES))


def _row(findings: list[Finding], words: Words) -> ReportRow:
    indicator = findings[0].indicator
    if indicator is None:
        return ReportRow(findings)
    texts = _texts(indicator, findings[0].values or {}, findings)
    level = " › ".join(
        visible(label) for label in (indicator.get("level1"), indicator.get("level2")) if label
    )
    row = ReportRow(findings, level, fields=texts)
    marks = {key: _spans(key, text, findings) for key, text in texts.items()}
    _append(row, "{value}", texts["level3"] or words("row.unnamed"), marks["level3"])
    values = [key for key in VALUES if key in texts]
    if len(values) == len(VALUES) and len({texts[key] for key in values}) == 1:
        both = [span for key in values for span in marks[key]]
        _append(row, " | {value}", texts[values[0]] or words("row.empty"), both)
        return row
    for key in values:
        template = words(f"row.{key.partition('_')[0]}", value="{value}") if len(values) > 1 else "{value}"
        _append(row, " | " + template, texts[key] or words("row.empty"), marks[key])
    return row


def _texts(
    indicator: dict[str, str | None], values: dict[str, str | None], findings: list[Finding]
) -> dict[str, str]:
    """The fields shown in the row's line: the name, and those values that the row has or a finding is about."""
    texts = {"level3": indicator.get("level3") or ""}
    for key in VALUES:
        value = values.get(key)
        if value is not None:
            texts[key] = value
    for finding in findings:
        if finding.field in VALUES:
            texts.setdefault(finding.field, finding.quote or "")
    return texts


def _spans(key: str, text: str, findings: list[Finding]) -> list[Span]:
    """What the findings mark in one field: their spans, or the whole text where they give none."""
    return [
        finding.span or (0, len(text))
        for finding in findings
        if finding.field == key and (finding.quote or "") == text
    ]


def _append(row: ReportRow, template: str, text: str, spans: list[Span]) -> None:
    before, _, behind = template.partition("{value}")
    offset = len(row.text) + len(before)
    clean = visible(text)
    for span in spans:
        start, end = _moved(text, span)
        row.marks.append((offset + min(start, _LONGEST), offset + min(end, _LONGEST + 1)))
    row.text += before + (clean if len(clean) <= _LONGEST else clean[:_LONGEST] + "…") + behind


def _moved(text: str, span: Span) -> Span:
    """A span of the raw text as a span of its harmless form; at least one character is marked."""
    start = min(max(span[0], 0), max(len(text) - 1, 0))
    end = min(max(span[1], start + 1), len(text))
    return len(visible(text[:start])), len(visible(text[:end])) or 1


def _excerpt(text: str, span: Span | None) -> tuple[str, Span | None]:
    """A long text cut down to what stands around the span; the cut ends carry an ellipsis."""
    if span is None:
        return (visible(text), None) if len(text) <= _EXCERPT else (visible(text[:_EXCERPT]) + "…", None)
    span = (span[0], min(span[1], span[0] + _LONGEST))
    first, last = 0, len(text)
    if last > _EXCERPT:
        first, last = max(span[0] - _CONTEXT, 0), span[1] + _CONTEXT
    start, end = _moved(text, span)
    cut = len(visible(text[:first]))
    head, tail = "…" if first > 0 else "", "…" if last < len(text) else ""
    shift = len(head) - cut
    return head + visible(text[first:last]) + tail, (start + shift, end + shift)
