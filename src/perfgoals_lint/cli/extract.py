"""``perfgoals-lint extract``: what the documents say."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Literal

import click

from perfgoals_lint.cli.options import InputError, lang_option, storing
from perfgoals_lint.cli.outputs import print_made, tell_written, write_made
from perfgoals_lint.cli.wording import language, paragraphs, say
from perfgoals_lint.reports.clean import visible
from perfgoals_lint.version import __version__

if TYPE_CHECKING:
    from perfgoals_lint.lint.finding import Writer
    from perfgoals_lint.model import Document, Finding
    from perfgoals_lint.runner.discover import FoundFile, Passed

Format = Literal["json", "yaml", "csv", "xlsx"]


@click.command("extract", help=paragraphs("extract.help"), short_help=say("extract.short"))
@click.argument("paths", nargs=-1, required=True, type=click.Path())
@click.option(
    "--format",
    "-f",
    "form",
    type=click.Choice(["json", "yaml", "csv", "xlsx"]),
    default="json",
    help=say("extract.format"),
)
@click.option("--config", "config", metavar="FILE", help=say("check.config"))
@click.option("--no-config", is_flag=True, help=say("check.no_config"))
@click.option("--password-file", metavar="FILE", help=say("check.password_file"))
@click.option("--convert", is_flag=True, help=say("check.convert"))
@click.option("--output", "-o", metavar="FILE|DIR", help=say("extract.output"))
@click.option("--force", is_flag=True, help=say("output.force"))
@lang_option
def command(
    paths: tuple[str, ...],
    form: Format,
    config: str | None,
    no_config: bool,
    password_file: str | None,
    convert: bool,
    output: str | None,
    force: bool,
) -> None:
    from perfgoals_lint.cli.passwords import read_passwords
    from perfgoals_lint.cli.prepare import find_all
    from perfgoals_lint.lint.finding import Writer

    passed: list[Passed] = []
    files = list(find_all(list(paths), {}, passed))
    nothing = None if files else InputError(say("check.nothing"))
    if nothing and form != "json":
        raise nothing
    _say_passed(passed)
    directory = _directory(form, output, len(files))
    opened = _opened(files, config, no_config, read_passwords(password_file), convert)
    reading = _Reading(opened, Writer(language()), loud=form != "json")
    if directory is not None:
        _one_each(reading, form, directory, force)
    elif form in ("json", "yaml"):
        texts = _json(reading, reading.writer, passed) if form == "json" else _yaml(reading)
        if output is None:
            for text in texts:
                print_made(text)
        elif made := "".join(texts):
            write_made(output, made, force=force)
    else:
        _single(reading, form, output, force)
    if output is not None:
        tell_written(output)
    if nothing:
        raise nothing
    sys.exit(2 if reading.failed else 0)


def _say_passed(passed: list[Passed]) -> None:
    """Say on standard error which archives and linked directories are not read, for the formats that have no place for them."""
    from perfgoals_lint.lint.finding import Writer

    for one in passed:
        for problem in one.problems():
            _say(one.path, Writer(language()).problem(problem, one.path))


def _say(path: str, finding: Finding) -> None:
    click.echo(visible(f"{path}: {finding.rule} {finding.message}"), err=True)


def _opened(
    files: list[FoundFile], config: str | None, no_config: bool, passwords: list[str], convert: bool
) -> Iterator[Document]:
    """The documents of the files, each read within the limits of its configuration, all of which are looked at first."""
    from perfgoals_lint.cli.prepare import said_clearly
    from perfgoals_lint.cli.progress import Watched
    from perfgoals_lint.config.layers import Configs, effective
    from perfgoals_lint.config.plan import limits_of
    from perfgoals_lint.extraction.document import extract_file
    from perfgoals_lint.readers.limits import Limits

    with said_clearly():
        configs = Configs(config, no_config)
        bounds = [limits_of(effective(configs.of(found.path), found.path, {})) for found in files]
    for found, values in zip(Watched(files), bounds, strict=True):
        yield extract_file(found.path, None, Limits(**values), passwords, convert)


class _Reading:
    """The documents one after the other. ``failed`` when one could not be read; ``loud`` says so on standard error,
    for formats that have no place for it."""

    def __init__(self, documents: Iterable[Document], writer: Writer, *, loud: bool) -> None:
        self._documents = documents
        self.writer = writer
        self.failed = False
        self._loud = loud

    def __iter__(self) -> Iterator[Document]:
        for document in self._documents:
            self._note(document)
            yield document

    def _note(self, document: Document) -> None:
        for problem in document.problems:
            finding = self.writer.problem(problem, document.path)
            self.failed = self.failed or finding.severity == "error"
            if self._loud and finding.severity != "info":
                _say(document.path, finding)


def _json(documents: Iterable[Document], writer: Writer, passed: Iterable[Passed] = ()) -> Iterator[str]:
    """The one object of the contract, with the files that were met and not looked at behind the documents."""
    from perfgoals_lint.reports.contract import document_json

    head = {"schema": "perfgoals-lint/extract/1", "version": __version__}
    yield json.dumps(head)[:-1] + ', "documents": ['
    for number, document in enumerate(documents):
        entry = json.dumps(document_json(document, writer), ensure_ascii=False)
        yield ("," if number else "") + "\n" + entry
    left = [{"path": one.path, "kind": one.kind, "reason": one.reason(writer.lang)} for one in passed]
    yield '], "not_looked_at": ' + json.dumps(left, ensure_ascii=False) + "}\n"


def _yaml(documents: Iterable[Document]) -> Iterator[str]:
    """One YAML document a file that could be read, its path and the account of its figures in comments."""
    from perfgoals_lint.forms.text import dump_yaml
    from perfgoals_lint.reports.contract import figures_account
    from perfgoals_lint.reports.wording import Words

    words = Words(language())

    for document in documents:
        if document.layout is not None:
            figures = words("summary.figures", **figures_account(document))
            yield f"---\n# {visible(document.path)}\n# {figures}\n{dump_yaml(document)}"


def _single(documents: _Reading, form: Format, output: str | None, force: bool) -> None:
    """The one document as a spreadsheet."""
    from perfgoals_lint import forms

    for document in documents:
        if document.layout is None:
            continue
        made = forms.dump(document, form)
        if output is not None:
            write_made(output, made, force=force)
        else:
            print_made(made)


def _directory(form: Format, output: str | None, count: int) -> str | None:
    """The directory that takes one file a document, ``None`` when all go into one. Raises :class:`InputError` where
    the format holds one document only, or is none to be printed."""
    if output is not None:
        several = count > 1 and form in ("csv", "xlsx")
        return output if several or os.path.isdir(output) or output.endswith(("/", os.sep)) else None
    if form == "xlsx":
        raise InputError(say("output.needed", format=form))
    if form == "csv" and count > 1:
        raise InputError(say("extract.several", format=form, n=count))
    return None


def _one_each(documents: _Reading, form: Format, directory: str, force: bool) -> None:
    """A file a document, by the document's whole name (``目标表.docx.yaml``), numbered where that is taken."""
    from perfgoals_lint import forms

    with storing(directory):
        os.makedirs(directory, exist_ok=True)
    taken: set[str] = set()
    for document in documents:
        base = os.path.basename(document.path)
        number = 1
        while (name := f"{base}{f'-{number}' if number > 1 else ''}.{form}").casefold() in taken:
            number += 1
        taken.add(name.casefold())
        if document.layout is None and form != "json":
            continue
        if form == "json":
            made: str | bytes = "".join(_json([document], documents.writer))
        else:
            made = forms.dump(document, form)
        write_made(os.path.join(directory, name), made, force=force)
