"""The Python API: read, extract and check documents that lie on disk, elsewhere, or in memory.

Everything that is needed is an argument and everything that is found is a result: nothing is kept between two calls,
nothing is printed, and no configuration is looked for unless it is asked for. Results are plain dataclasses that can be
pickled. Other modules of the package may change with any version; these names do not.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from dataclasses import field as member
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from perfgoals_lint.model import to_json

if TYPE_CHECKING:
    from perfgoals_lint.config.settings import Settings
    from perfgoals_lint.lint.outcome import DocumentInfo
    from perfgoals_lint.model import Document, Finding
    from perfgoals_lint.runner.discover import FoundFile, Passed


class Content(NamedTuple):
    """A document in memory: the ``name`` that findings give it, and its bytes. The ending of the name matters only to
    programs that convert; how bytes are read is decided by the bytes."""

    name: str
    data: bytes


Source: TypeAlias = "str | os.PathLike[str] | bytes | Content"
"""A path (of a file, directory or archive), an address (``s3://…``), or a document in memory."""


@dataclass(slots=True)
class Result:
    """What a check says of one document.

    ``document`` tells what became of it (``state``, ``format``, counts). Findings are those of the report, suppressed ones
    included (``suppressed``, ``baseline_state``). The last result of a run has no document when something is to be said
    that no single document shows: findings over several files, exceptions that nothing needed.
    """

    document: DocumentInfo | None
    findings: list[Finding] = member(default_factory=list)

    @property
    def path(self) -> str:
        """The path or name of the document; empty where the result is about the run."""
        return self.document.path if self.document is not None else ""

    def to_json(self) -> dict[str, Any]:
        """The result as plain JSON data; findings as ``check --format json`` prints them."""
        data: dict[str, Any] = {"document": to_json(self.document), "findings": to_json(self.findings)}
        return data


def read(
    path_or_bytes: str | os.PathLike[str] | bytes,
    name: str | None = None,
    *,
    passwords: Sequence[str] = (),
    convert: bool = False,
) -> Document:
    """What one document says: its goal tables, totals, and what could not be read (``problems``).

    ``name`` is what places call the document (by default its path). ``passwords`` are tried on a file that asks for one;
    ``convert`` lets LibreOffice try what no reader can read. Never raises for what is in the document
    or where it is.

    >>> table = "项目名称,路灯维护,,\\n一级指标,二级指标,三级指标,年度指标值\\n产出指标,数量指标,维护路灯数量,≥120盏\\n"
    >>> document = read(table.encode(), "路灯.csv")
    >>> document.path, document.format, len(document.tables)
    ('路灯.csv', 'csv', 1)
    >>> [(row.level3, row.annual_value) for row in document.tables[0].indicators]
    [('维护路灯数量', '≥120盏')]
    """
    from perfgoals_lint.extraction.document import extract_file

    if isinstance(path_or_bytes, bytes):
        content = Content(name or "bytes", path_or_bytes)
        with _written([content]) as (found,):
            return extract_file(found.path, found.shown, None, passwords, convert)
    path = os.fspath(path_or_bytes)
    return extract_file(path, name, None, passwords, convert)


def extract(
    sources: Source | Iterable[Source], *, passwords: Sequence[str] = (), convert: bool = False
) -> Iterator[Document]:
    """What several documents say, one after the other: directories are walked and archives looked into, as by the
    command ``extract``. Archives and pictures that a directory holds come last, without a table and with what they are
    (``archive``, ``image``, ``other``) as their format.

    >>> rows = "项目名称,{},,\\n一级指标,二级指标,三级指标,年度指标值\\n产出指标,数量指标,维护数量,≥{}盏\\n"
    >>> contents = [Content(f"{n}.csv", rows.format(f"第{n}片区", 100 * n).encode()) for n in (1, 2)]
    >>> [table.project_name for document in extract(contents) for table in document.tables]
    ['第1片区', '第2片区']
    """
    from perfgoals_lint.extraction.document import extract_file
    from perfgoals_lint.model import Document

    with _files(sources) as (files, passed):
        for found in files:
            yield extract_file(found.path, found.shown, None, passwords, convert)
        for left in passed:
            yield Document(left.path, left.kind, problems=left.problems())


def check(
    sources: Source | Iterable[Source],
    settings: Settings | None = None,
    *,
    config: str | os.PathLike[str] | None = None,
    closest: bool = False,
) -> Iterator[Result]:
    """What the rules say of documents, one result each, in the order of the sources; findings that need all of them come
    in a last result without a document.

    ``settings`` are the options of the command ``check``. ``config`` is a configuration file for all documents; with
    ``closest`` each has the configuration nearest to it, as by the command. Raises ``ValueError`` for a configuration, a
    selector, a pack that is wrong, and for two documents of one name.

    >>> table = "项目名称,路灯维护,,\\n一级指标,二级指标,三级指标,年度指标值\\n产出指标,质量指标,维护合格率,≥108%\\n"
    >>> from perfgoals_lint import Settings
    >>> results = list(check(Content("路灯.csv", table.encode()), Settings(select=["PGF414"])))
    >>> [(result.path, [finding.rule for finding in result.findings]) for result in results]
    [('路灯.csv', ['PGF414'])]
    """
    from perfgoals_lint.config.layers import Configs
    from perfgoals_lint.config.plan import Plans
    from perfgoals_lint.config.settings import Settings as Defaults
    from perfgoals_lint.runner.run import Run

    settings = Defaults() if settings is None else settings
    configs = Configs(os.fspath(config) if config is not None else None, isolated=not closest)
    with _files(sources) as (files, passed):
        run = Run(files, settings, Plans(configs, settings.layer()), passed=passed)
        for document, findings in run.results():
            if document is not None or findings:
                yield Result(document, findings)


@contextmanager
def _files(sources: Source | Iterable[Source]) -> Iterator[tuple[list[FoundFile], list[Passed]]]:
    """The files of the sources, and those that are met and not looked at; documents in memory lie in a private directory for
    the time of the block."""
    from perfgoals_lint.runner.discover import find

    given = [sources] if isinstance(sources, str | bytes | os.PathLike | Content) else list(sources)
    contents: list[Content] = []
    for number, one in enumerate(given, 1):
        if isinstance(one, bytes):
            contents.append(Content(f"bytes-{number}", one))
        elif isinstance(one, Content):
            contents.append(one)
    names = [one.name for one in contents]
    if len(set(names)) < len(names):
        raise ValueError(f"two documents have one name: {next(n for n in names if names.count(n) > 1)}")
    passed: list[Passed] = []
    with _written(contents) as written:
        ahead = iter(written)
        found = [
            file
            for one in given
            for file in (
                [next(ahead)] if isinstance(one, bytes | Content) else find([os.fspath(one)], passed=passed)
            )
        ]
        yield found, passed


@contextmanager
def _written(contents: Iterable[Content]) -> Iterator[list[FoundFile]]:
    """Documents in memory as files of a private directory, known by their names."""
    from perfgoals_lint.runner.discover import FoundFile

    with tempfile.TemporaryDirectory(prefix="perfgoals-", ignore_cleanup_errors=True) as directory:
        files = []
        for number, content in enumerate(contents):
            ending = os.path.splitext(content.name)[1]
            path = os.path.join(directory, f"{number}{ending if ending[1:].isalnum() else ''}")
            with open(path, "wb") as file:
                file.write(content.data)
            files.append(FoundFile(path, True, content.name))
        yield files
