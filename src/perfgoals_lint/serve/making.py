"""What is taken home from the local page: corrected files, annotated copies, the opinion form, the report."""

import io
import os
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path

from perfgoals_lint.cli.wording import language
from perfgoals_lint.files.archives import home
from perfgoals_lint.handback.copies import How, Order, copies_of
from perfgoals_lint.handback.opinions.write import opinions, template
from perfgoals_lint.handback.wording import HandbackWords
from perfgoals_lint.reports import writer
from perfgoals_lint.reports.run import Options, by_document
from perfgoals_lint.serve.desk import Desk
from perfgoals_lint.serve.errors import RefusedError, words

Made = tuple[str, bytes]
"""The name of a file and its content."""


def corrected(desk: Desk, path: str | None) -> Made:
    """A file as it is now, or all of them packed."""
    if path is not None:
        return os.path.basename(path), Path(_known(desk, path)).read_bytes()
    every = dict.fromkeys(home(one) for one in desk.files)
    return _packed("corrected", ((one, Path(one).read_bytes()) for one in every))


def annotated(desk: Desk, path: str | None) -> Made:
    """A copy of a file with its findings, or of all files, packed: a copy may be a file and a workbook beside it."""
    if path is not None:
        _known(desk, path)
    prepared, run = desk.run()
    findings = by_document(run.report.findings)
    formats = {info.path: info.format for info in run.documents}
    how = How(language())
    made: list[Made] = []
    for found in prepared.files:
        wanted = found.shown in formats and home(found.path) == found.path
        if not wanted or (path is not None and found.shown != path):
            continue
        copies = copies_of(Order(found.path, formats[found.shown], findings.get(found.shown, [])), how)
        home_of = os.path.dirname(found.shown)
        made += [(os.path.join(home_of, copy.name), copy.content) for copy in copies]
    if not made:
        raise RefusedError("archive")
    if path is not None and len(made) == 1:
        return os.path.basename(made[0][0]), made[0][1]
    return _packed("annotated", made)


def opinion(desk: Desk, path: str | None, ending: str) -> Made:
    """The opinion form on all files, or one of them."""
    _, run = desk.run()
    found = list(run.report.findings)
    run.report.findings = [one for one in found if path is None or one.document == path]
    projects = {shown: held for shown, held in run.projects.items() if held and path in (None, shown)}
    if not projects:
        raise RefusedError("no_tables")
    name = words(language())["file.opinion"] + ending
    ((_, content),) = opinions(
        run.report, projects, name, HandbackWords(language()), form=template(None, ending)
    )
    return name, content


def report(desk: Desk) -> Made:
    """The report as one page."""
    _, run = desk.run()
    out = io.StringIO()
    writer("html")(run.report, out, Options())
    return words(language())["file.report"] + ".html", out.getvalue().encode("utf-8", "surrogatepass")


KINDS: dict[str, Callable[[Desk, str | None], Made]] = {
    "corrected": corrected,
    "annotated": annotated,
    "opinion-docx": lambda desk, path: opinion(desk, path, ".docx"),
    "opinion-xlsx": lambda desk, path: opinion(desk, path, ".xlsx"),
    "report": lambda desk, path: report(desk),
}
"""What can be made, by the name that the page asks with."""


def _known(desk: Desk, path: str) -> str:
    """A path that the last check looked at; nothing else is ever given out."""
    if path not in desk.files or home(path) != path:
        raise RefusedError("no_file")
    return path


def _packed(name: str, files: Iterable[Made]) -> Made:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in files:
            archive.writestr(path.replace(os.sep, "/"), content)
    return words(language())[f"file.{name}"] + ".zip", out.getvalue()
