"""``perfgoals-lint extract``: what the documents say."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable

import click

from perfgoals_lint.cli.options import InputError, lang_option
from perfgoals_lint.cli.wording import language, paragraphs, say


@click.command("extract", help=paragraphs("extract.help"), short_help=say("extract.short"))
@click.argument("paths", nargs=-1, required=True, type=click.Path())
@click.option(
    "--format", "-f", "form", type=click.Choice(["json"]), default="json", help=say("extract.format")
)
@lang_option
def command(paths: tuple[str, ...], form: str) -> None:
    from perfgoals_lint import __version__
    from perfgoals_lint.cli.progress import watched
    from perfgoals_lint.contract import document_json
    from perfgoals_lint.discover import find
    from perfgoals_lint.extract import extract_file
    from perfgoals_lint.findings import Writer, problem_entry
    from perfgoals_lint.model import Document

    files = list(find(paths))
    if not files:
        raise InputError(say("check.nothing"))
    writer = Writer(language())
    documents: list[Document] = []

    def entries() -> Iterable[str]:
        for found in watched(files):
            document = extract_file(found.path)
            documents.append(document)
            yield json.dumps(document_json(document, writer), ensure_ascii=False)

    head = {"schema": "perfgoals-lint/extract/1", "version": __version__}
    sys.stdout.write(json.dumps(head)[:-1] + ', "documents": [')
    for number, entry in enumerate(entries()):
        sys.stdout.write(("," if number else "") + "\n" + entry)
    sys.stdout.write("]}\n")
    problems = (problem for document in documents for problem in document.problems)
    sys.exit(2 if any(problem_entry(problem.code)["severity"] == "error" for problem in problems) else 0)
