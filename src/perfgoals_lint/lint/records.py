"""What the check of one file gives, and the bytes it travels in between processes and lies in the cache."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from dataclasses import field as member
from decimal import Decimal
from itertools import groupby
from sys import intern
from typing import Any

from perfgoals_lint import model
from perfgoals_lint.lint.outcome import DocumentInfo, PrintedLines, Project
from perfgoals_lint.model import (
    Directive,
    Edit,
    Finding,
    Fix,
    GoalTable,
    Indicator,
    Location,
    Related,
    Status,
    TextOutside,
    UnreadCell,
    to_json,
)


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
    """A file that is as it was when its ``lines`` were printed; its findings and accounts are not at hand."""

    lines: PrintedLines | None = None


def plain(finding: Finding) -> Finding:
    """The finding with evidence as plain JSON data, so that it is the same from the rules and from the cache."""
    if finding.evidence is not None:
        finding.evidence = to_json(finding.evidence)
    return finding


def pack(result: FileResult) -> bytes:
    """The result as bytes; the same result always gives the same bytes."""
    text = json.dumps(_row(result), ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "surrogatepass")


def unpack(content: bytes) -> FileResult:
    """The result that :func:`pack` made bytes of. Raises ``ValueError`` for any other bytes."""
    try:
        row, findings, accounts, directives, projects, seconds, tables, printed = json.loads(content)
        # Of its texts a run has a few, for any number of files.
        info: list[Any] = [_shared(value) for value in row]
        info[-1] = _outside(info[-1])
        return FileResult(
            DocumentInfo(*info),
            [_finding(row) for row in findings],
            accounts,
            [Directive(*row) for row in directives],
            [Project(*row) for row in projects],
            seconds,
            tables,
            printed,
        )
    except (TypeError, KeyError, IndexError) as error:
        raise ValueError("no packed result") from error


def _shared(value: Any) -> Any:
    """A text, or the names in a mapping, held once however often a run has it."""
    if isinstance(value, str):
        return intern(value)
    return {intern(name): number for name, number in value.items()} if isinstance(value, dict) else value


def _row(value: Any) -> Any:
    """A value as nested lists: a dataclass is the list of its fields in order."""
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, list | tuple):
        return [_row(one) for one in value]
    if isinstance(value, dict):
        return {key: _row(one) for key, one in value.items()}
    return [_row(getattr(value, field.name)) for field in fields(value)]


def _outside(row: list[Any]) -> TextOutside:
    count, first = row
    return TextOutside(count, [UnreadCell(text, _known(place)) for text, place in first])


def _finding(row: list[Any]) -> Finding:
    finding = Finding(*row)
    finding.location = _location(row[_AT["location"]])
    finding.related = [Related(message, _known(place)) for message, place in row[_AT["related"]]]
    fix = row[_AT["fix"]]
    if fix is not None:
        finding.fix = Fix(fix[0], [Edit(_known(edit[0]), *edit[1:]) for edit in fix[1]])
    span = row[_AT["span"]]
    if span is not None:
        finding.span = (span[0], span[1])
    return finding


_AT = {field.name: number for number, field in enumerate(fields(Finding))}


def _location(row: list[Any] | None) -> Location | None:
    return _known(row) if row is not None else None


def _known(row: list[Any]) -> Location:
    if row[_BOX] is not None:
        row[_BOX] = tuple(row[_BOX])
    return Location(*row)


_BOX = [field.name for field in fields(Location)].index("bbox")


def tables_text(tables: Iterable[GoalTable]) -> str:
    """Goal tables as text, from which :func:`tables_of` makes them again."""
    return json.dumps([_tagged(table) for table in tables], ensure_ascii=False, separators=(",", ":"))


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
    made: list[GoalTable] = _untagged(json.loads(text)) if text else []
    return made


_TYPES: dict[str, Any] = {name: kind for name, kind in vars(model).items() if is_dataclass(kind)}


def _tagged(value: Any) -> Any:
    """A value as plain data that says what it was: an object of one member, whose name is its type."""
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, Decimal):
        return {"Decimal": str(value)}
    if isinstance(value, tuple):
        return {"tuple": [_tagged(one) for one in value]}
    if isinstance(value, list):
        return [_tagged(one) for one in value]
    if isinstance(value, dict):
        return {"dict": {key: _tagged(one) for key, one in value.items()}}
    return {
        type(value).__name__: [
            [field.name, _tagged(getattr(value, field.name))]
            for field in fields(value)
            if getattr(value, field.name) is not None
        ]
    }


def _untagged(value: Any) -> Any:
    if isinstance(value, list):
        return [_untagged(one) for one in value]
    if not isinstance(value, dict):
        return value
    ((name, inner),) = value.items()
    if name == "Decimal":
        return Decimal(inner)
    if name == "tuple":
        return tuple(_untagged(one) for one in inner)
    if name == "dict":
        return {key: _untagged(one) for key, one in inner.items()}
    made = {key: _untagged(one) for key, one in inner}
    return _TYPES[name](**made)


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
