"""What the check of one file gives, and the bytes it travels in between processes and lies in the cache."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from dataclasses import field as member
from itertools import groupby
from sys import intern
from typing import Any

from perfgoals_lint.lint.outcome import DocumentInfo, PrintedLines, Project
from perfgoals_lint.model import Directive, Finding, GoalTable, Indicator, Status, packed, to_json, unpacked


@dataclass(slots=True)
class FileResult:
    """One file checked: what became of it, all its findings as the rules made them, and the account of every rule.

    ``accounts`` is the account of every rule as text (see :func:`accounts_text`); ``seconds`` is the time by rule, when that was asked for.
    ``projects`` are those of its goal tables, in their order; ``tables`` are these as :func:`tables_text` writes them, where all files
    of a run are looked at together; ``printed`` holds them as text (see :mod:`perfgoals_lint.reports.printed`) when a
    report shows them.
    """

    info: DocumentInfo
    findings: list[Finding] = member(default_factory=list)
    accounts: str = "[]"
    directives: list[Directive] = member(default_factory=list)
    projects: list[Project] = member(default_factory=list)
    seconds: dict[str, float] = member(default_factory=dict)
    tables: str = ""
    printed: str = ""


@dataclass(slots=True)
class Unchanged(FileResult):
    """A file that is as it was when its ``lines`` were printed; its findings and accounts are not at hand. It is of one
    run, and neither sent nor kept."""

    lines: PrintedLines | None = None


def plain(finding: Finding) -> Finding:
    """The finding with evidence as plain JSON data, so that it is the same from the rules and from the cache."""
    if finding.evidence is not None:
        finding.evidence = to_json(finding.evidence)
    return finding


def pack(result: FileResult) -> bytes:
    """The result as bytes; the same result always gives the same bytes."""
    text = json.dumps(packed(result), ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "surrogatepass")


def unpack(content: bytes) -> FileResult:
    """The result that :func:`pack` made bytes of. Raises ``ValueError`` for any other bytes."""
    try:
        row = json.loads(content)
        row[0] = [
            _shared(value) for value in row[0]
        ]  # of these texts a run has a few, for any number of files
        return unpacked(FileResult, row)
    except (TypeError, LookupError) as error:
        raise ValueError("no packed result") from error


def _shared(value: Any) -> Any:
    """A text, or the names in a mapping, held once however often a run has it."""
    if isinstance(value, str):
        return intern(value)
    return {intern(name): number for name, number in value.items()} if isinstance(value, dict) else value


def tables_text(tables: Iterable[GoalTable]) -> str:
    """Goal tables as text, from which :func:`tables_of` makes them again."""
    return json.dumps(packed(list(tables)), ensure_ascii=False, separators=(",", ":"))


def identity_of(goal: GoalTable, rows: list[Indicator]) -> GoalTable:
    """A table with these rows, and of itself only what tells the project."""
    return GoalTable(
        goal.location,
        goal.project_name,
        goal.project_code,
        unit=goal.unit,
        fiscal_year=goal.fiscal_year,
        budget_yuan=goal.budget_yuan,
        form=goal.form,
        indicators=rows,
    )


def tables_of(text: str) -> list[GoalTable]:
    """The goal tables that :func:`tables_text` wrote."""
    return [unpacked(GoalTable, row) for row in json.loads(text)] if text else []


def accounts_text(accounts: Mapping[str, Iterable[tuple[Status, str | None]]]) -> str:
    """The accounts of all rules for one file, (status, reason id) by code in the order of the tables, as a short text.

    Most files of a run have the same one, so that a run counts texts and looks into each once.
    """
    groups: dict[tuple[tuple[Status, str, int], ...], list[str]] = {}
    for code, entries in accounts.items():
        runs = tuple((status, reason or "", len(list(same))) for (status, reason), same in groupby(entries))
        groups.setdefault(runs, []).append(code)
    return json.dumps([[runs, " ".join(codes)] for runs, codes in sorted(groups.items())])


def accounts_of(text: str) -> Iterator[tuple[str, Status, str | None, int]]:
    """Code, status, reason and number of tables in a row, from what :func:`accounts_text` made."""
    for runs, codes in json.loads(text):
        for code in codes.split():
            for status, reason, number in runs:
                yield code, status, reason or None, number
