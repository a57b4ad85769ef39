"""What an opinion is about: the projects of a run, each with its findings."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from perfgoals_lint.handback.entries import FindingEntry, entries_of
from perfgoals_lint.handback.wording import HandbackWords
from perfgoals_lint.lint.outcome import Project
from perfgoals_lint.model import Finding
from perfgoals_lint.reports.clean import visible
from perfgoals_lint.reports.run import is_active

Per = Literal["unit", "project", "file"]
_TEN_THOUSAND = Decimal(10_000)


@dataclass(slots=True)
class Subject:
    """One project (or, without a name, what belongs to a file as a whole) with its findings; ``budget`` in 元."""

    document: str
    unit: str
    project: str
    code: str = ""
    budget: Decimal | None = None
    entries: list[FindingEntry] = field(default_factory=list)

    @property
    def budget_shown(self) -> str:
        """The budget in 万元, empty when none is printed."""
        return "" if self.budget is None else f"{(self.budget / _TEN_THOUSAND).normalize():f}"


def subjects_of(
    projects: Mapping[str, Sequence[Project]], findings: Iterable[Finding], words: HandbackWords
) -> list[Subject]:
    """The projects of the documents, given by the paths of these, in their order; projects without findings too.

    Findings of no project are with a subject of the file without a name, which is there only when it has some.
    """
    active = [finding for finding in findings if is_active(finding)]
    by_table: dict[tuple[str, int | None], list[tuple[Finding, FindingEntry]]] = {}
    for finding, entry in zip(active, entries_of(active, words), strict=True):
        by_table.setdefault((finding.document, finding.table_index), []).append((finding, entry))
    subjects: list[Subject] = []
    for shown, held in projects.items():
        for index, project in enumerate(held):
            found = by_table.pop((shown, index), [])
            name = project.name or (found[0][0].project_name if found else "") or ""
            budget = None if project.budget is None else Decimal(project.budget)
            entries = [entry for _, entry in found]
            subjects.append(
                Subject(shown, visible(project.unit), visible(name), visible(project.code), budget, entries)
            )
        rest = [item for key in [one for one in by_table if one[0] == shown] for item in by_table.pop(key)]
        if rest:
            # What is said of a total row is for the unit of the file: 合计 is none.
            units = {visible(project.unit) for project in held if project.unit}
            units = units & {visible(finding.unit) for finding, _ in rest if finding.unit} or units
            unit = units.pop() if len(units) == 1 else ""
            subjects.append(Subject(shown, unit, "", entries=[entry for _, entry in rest]))
    for (shown, _), items in by_table.items():
        subjects.append(Subject(shown, "", "", entries=[entry for _, entry in items]))
    return subjects


def grouped(subjects: Sequence[Subject], per: Per | None, words: HandbackWords) -> dict[str, list[Subject]]:
    """The subjects by unit, project or file, by the name of the group; all together under no name for ``None``."""
    groups: dict[str, list[Subject]] = {}
    for subject in subjects:
        name = {
            None: "",
            "unit": subject.unit or words("opinion.no_unit"),
            "project": subject.project or words("opinion.no_project"),
            "file": subject.document,
        }[per]
        groups.setdefault(name, []).append(subject)
    return groups
