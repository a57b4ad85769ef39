"""Opinions as files: the form chosen, one file or one for each unit, project or file."""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from perfgoals_lint.handback.opinions.context import context_of
from perfgoals_lint.handback.opinions.fill import fill_document, fill_workbook
from perfgoals_lint.handback.opinions.subjects import Per, Subject, grouped, subjects_of
from perfgoals_lint.handback.opinions.workbook import workbook
from perfgoals_lint.handback.wording import HandbackWords
from perfgoals_lint.lint.outcome import Project
from perfgoals_lint.reports.run import Report
from perfgoals_lint.rulebook.patterns import compiled
from perfgoals_lint.rulebook.policy import rules_dir

ENDINGS = (".docx", ".xlsx")
DEFAULT = {".docx": "questions", ".xlsx": "workbook"}
WORKBOOK = "workbook"
_NOT_IN_NAMES = compiled(r'[\\/:*?"<>|\x00-\x1f]')
_LONGEST_NAME = 60


class UnknownFormError(ValueError):
    """There is no form of that name for files of that ending; ``known`` are those there are."""

    def __init__(self, name: str, known: list[str]) -> None:
        super().__init__(name)
        self.known = known


def forms(ending: str) -> list[str]:
    """The names of the forms for files of an ending."""
    found = sorted(path.stem for path in (rules_dir() / "opinions").glob(f"*{ending}"))
    return [*found, *([WORKBOOK] if ending == ".xlsx" else [])]


def template(name: str | None, ending: str) -> bytes | None:
    """A form by its name or path; ``None`` for the workbook of a bureau, which has none. Raises
    :class:`UnknownFormError`, and ``OSError`` for a file that cannot be read."""
    name = name or DEFAULT[ending]
    if name == WORKBOOK and ending == ".xlsx":
        return None
    path = Path(name) if name.lower().endswith(ending) else rules_dir() / "opinions" / f"{name}{ending}"
    if path.parent == rules_dir() / "opinions" and not path.is_file():
        raise UnknownFormError(name, forms(ending))
    return path.read_bytes()


def opinions(
    report: Report,
    projects: Mapping[str, Sequence[Project]],
    path: str,
    words: HandbackWords,
    *,
    form: bytes | None,
    per: Per | None = None,
) -> list[tuple[str, bytes]]:
    """The opinions over a run whose findings can be read again: paths and contents. ``projects`` are those of
    each file's tables; ``form`` is what :func:`template` gives. Raises ``ReadError`` for a broken form."""
    subjects = subjects_of(projects, report.findings, words)
    made = []
    names: set[str] = set()
    for name, held in grouped(subjects, per, words).items():
        target = path if per is None else _beside(path, name, names)
        made.append((target, _one(report, held, path, words, form)))
    return made


def _one(
    report: Report, subjects: list[Subject], path: str, words: HandbackWords, form: bytes | None
) -> bytes:
    if form is None:
        return workbook(subjects, report, words)
    fill = fill_document if path.lower().endswith(".docx") else fill_workbook
    return fill(form, context_of(subjects, words, f"{report.version} · {report.ruleset}"))


def _beside(path: str, name: str, taken: set[str]) -> str:
    """``审核意见.docx`` for a group: ``审核意见-教育局.docx``; names that would meet are numbered."""
    stem, ending = os.path.splitext(path)
    base = _NOT_IN_NAMES.sub("_", name)[-_LONGEST_NAME:]
    made, number = f"{stem}-{base}{ending}", 1
    while made.casefold() in taken:
        number += 1
        made = f"{stem}-{base}-{number}{ending}"
    taken.add(made.casefold())
    return made
