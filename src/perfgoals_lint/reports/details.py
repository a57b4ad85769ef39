"""What reports for people say of one finding: its place, its state, and what stands under its message."""

from collections.abc import Iterable

from perfgoals_lint.lint.finding import is_active
from perfgoals_lint.model import Finding, Location
from perfgoals_lint.reports.clean import visible
from perfgoals_lint.reports.columns import common_length
from perfgoals_lint.reports.wording import Words

_LONG_EDIT = 30
_AROUND = 8

STYLES = {"error": "bold red", "warning": "bold yellow", "info": "bold cyan"}


def place(finding: Finding, words: Words) -> str:
    """Where in its file a finding is, with the field; the whole file when it has no place."""
    where = words.address(finding.location) or words("document.whole")
    field = words.name("field", finding.field) if finding.field else ""
    return f"{where} {field}".rstrip()


def seen_place(finding: Finding, words: Words) -> str:
    """The place as a person sees it: a cell of a workbook by its address, a cell of a printed table by the words of its
    row and column, a line of text by its number."""
    location = finding.location
    name = (finding.indicator or {}).get("level3")
    field = finding.heading or (words.name("field", finding.field) if finding.field else "")
    if location is None or location.sheet is not None or location.line is not None or not (name or field):
        return place(finding, words)
    where = words("place.table", n=location.table) if location.table is not None else ""
    if location.page is not None:
        where = words("address.page", n=location.page)
    if not name:
        return words("place.field", field=visible(field), where=where).strip()
    return words(
        "place.row_field" if field else "place.row", name=visible(name), field=visible(field), where=where
    ).strip()


def state(finding: Finding, words: Words) -> str:
    """Why a finding does not count: suppressed (with the reason) or in the baseline."""
    if finding.suppressed is None:
        return words("finding.baselined")
    reason = finding.suppressed.get("reason")
    return words("finding.suppressed_reason", reason=reason) if reason else words("finding.suppressed")


def set_aside(finding: Finding, words: Words) -> str:
    """The state of a finding that does not count, in brackets behind what it says; empty for one that counts."""
    return "" if is_active(finding) else f" [{state(finding, words)}]"


def project_of(finding: Finding, words: Words) -> str:
    """The project of a finding and its unit, as far as they are known."""
    key = "project.short_unit" if finding.unit else "project.short"
    return words(key, name=finding.project_name, unit=finding.unit) if finding.project_name else ""


def details(
    finding: Finding, words: Words, *, basis: bool = True, related: bool = True
) -> Iterable[tuple[str, str]]:
    """Label and text of what stands under a message: calculation, advice, fix, basis, related places."""
    if finding.calculation:
        yield words("finding.calculation"), finding.calculation
    if finding.advice:
        yield words("finding.advice"), finding.advice
    if finding.fix:
        label = words("finding.fix_safe" if finding.fix.safe else "finding.fix_unsafe")
        for old, new in dict.fromkeys(_shown_edit(edit.old, edit.new) for edit in finding.fix.edits):
            yield label, words("finding.edit", old=old or words("row.empty"), new=new or words("row.empty"))
    if basis and finding.basis:
        yield words("finding.basis"), finding.basis
    for message, places in _related(finding).items() if related else ():
        addresses = dict.fromkeys(_related_place(place, finding, words) for place in places)
        yield words("finding.related"), f"{words('address.list').join(addresses)} {message}".strip()


def _related(finding: Finding) -> dict[str, list[Location]]:
    """The related places by their message, in order."""
    related: dict[str, list[Location]] = {}
    for item in finding.related:
        related.setdefault(item.message, []).append(item.location)
    return related


def _related_place(location: Location, finding: Finding, words: Words) -> str:
    other = "" if location.path == finding.document else f"{location.path} "
    return f"{other}{words.address(location)}".strip()


def _shown_edit(old: str, new: str) -> tuple[str, str]:
    """Both texts of an edit; of long ones only what differs, with a little of what stands around it."""
    if len(old) <= _LONG_EDIT and len(new) <= _LONG_EDIT:
        return old, new
    before = common_length(old, new)
    behind = common_length(old[before:][::-1], new[before:][::-1])
    start = max(before - _AROUND, 0)
    head, tail = "…" if start else "", "…" if behind > _AROUND else ""
    rest = max(behind - _AROUND, 0)
    return head + old[start : len(old) - rest] + tail, head + new[start : len(new) - rest] + tail
