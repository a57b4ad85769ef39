"""``perfgoals-lint annotate``: copies of the files with the findings in them."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

import click

from perfgoals_lint.cli import opinions
from perfgoals_lint.cli.options import InputError, lang_option, storing
from perfgoals_lint.cli.outputs import write_made
from perfgoals_lint.cli.prepare import (
    Asked,
    Prepared,
    common_directory,
    prepare,
    refuse_addresses,
    run_options,
    said_clearly,
)
from perfgoals_lint.cli.wording import language, os_error, paragraphs, say
from perfgoals_lint.reports.clean import visible
from perfgoals_lint.reports.run import by_document

if TYPE_CHECKING:
    from perfgoals_lint.handback.archive import PackedFile
    from perfgoals_lint.handback.copies import Made
    from perfgoals_lint.runner.discover import FoundFile


@click.command("annotate", help=paragraphs("annotate.help"), short_help=say("annotate.short"))
@click.argument("paths", nargs=-1, required=True, type=click.Path())
@click.option("--output", "-o", "folder", metavar="DIR", required=True, help=say("annotate.output"))
@click.option("--suggest", is_flag=True, help=say("annotate.suggest"))
@click.option("--strip", is_flag=True, help=say("annotate.strip"))
@click.option("--force", is_flag=True, help=say("output.force"))
@click.option("--opinion", "papers", multiple=True, metavar="FILE", help=say("annotate.opinion"))
@click.option("--per", type=click.Choice(["unit", "project", "file"]), help=say("check.per"))
@click.option("--opinion-form", metavar="NAME|FILE", help=say("check.opinion_form"))
@run_options
@lang_option
def command(
    paths: tuple[str, ...],
    folder: str,
    suggest: bool,
    strip: bool,
    force: bool,
    papers: tuple[str, ...],
    per: Literal["unit", "project", "file"] | None,
    opinion_form: str | None,
    **given: Any,
) -> None:
    wanted = opinions.Wanted(papers, opinion_form, per)
    with ExitStack() as stack:
        packages = _unpack(paths, stack)
        asked = Asked(paths, **given)
        asked.packages = {path: _found(path, members) for path, members in packages.items()}
        prepared = prepare(asked)
        refuse_addresses(prepared)
        target = _Target(folder, common_directory(paths), packages, force)
        target.leave_out(prepared)
        wanted.refuse(prepared)
        incomplete = _strip(prepared, target) if strip else _annotate(prepared, target, suggest, wanted)
        target.finish()
    click.echo(say("annotate.done", n=target.files, folder=folder, beside=target.beside), err=True)
    sys.exit(2 if incomplete else 0)


def _unpack(paths: Sequence[str], stack: ExitStack) -> dict[str, list[PackedFile]]:
    """The members of the packages among the paths, unpacked until the stack is left."""
    from perfgoals_lint.files.archives import is_archive
    from perfgoals_lint.handback.archive import unpacked
    from perfgoals_lint.readers.limits import ReadError

    packages = {}
    for path in paths:
        if is_archive(path):
            try:
                packages[path] = stack.enter_context(unpacked(path))
            except ReadError as error:
                raise InputError(say("annotate.package", path=path, code=error.code)) from error
    return packages


def _found(package: str, members: Sequence[PackedFile]) -> list[FoundFile]:
    from perfgoals_lint.files.beside import is_beside
    from perfgoals_lint.runner.discover import EXTENSIONS, HIDDEN, FoundFile

    names = {member.name for member in members}
    return [
        FoundFile(member.path, False, member.shown(package))
        for member in members
        if os.path.splitext(member.path)[1].lower() in EXTENSIONS
        and not os.path.basename(member.path).startswith(HIDDEN)
        and not is_beside(member.name, names)
    ]


@dataclass(slots=True)
class _Target:
    """The directory of the copies: files below it stand as they do below the root of what was given."""

    folder: str
    root: str
    packages: dict[str, list[PackedFile]]
    force: bool
    files: int = 0
    beside: int = 0
    made: dict[str, dict[str, list[tuple[str, bytes]]]] = field(default_factory=dict)

    def leave_out(self, prepared: Prepared) -> None:
        """Take copies of an earlier run out of the files. Raises :class:`InputError` where a copy would take the place
        of its original."""
        home = os.path.realpath(self.folder)
        inside = [one for one in prepared.files if os.path.realpath(one.path).startswith(home + os.sep)]
        over = [
            one
            for one in prepared.files
            if self._package(one) is None and os.path.realpath(self._place(one)) == os.path.realpath(one.path)
        ]
        packed = [
            path
            for path in self.packages
            if os.path.realpath(os.path.join(self.folder, os.path.basename(path))) == os.path.realpath(path)
        ]
        if over or packed or any(one.named for one in inside):
            raise InputError(say("annotate.over", path=self.folder))
        prepared.leave_out(inside)

    def _package(self, found: FoundFile) -> tuple[str, str] | None:
        """The package of a file, and its name in it."""
        for path, members in self.packages.items():
            for member in members:
                if member.path == found.path:
                    return path, member.name
        return None

    def _place(self, found: FoundFile) -> str:
        return os.path.join(self.folder, os.path.relpath(os.path.abspath(found.path), self.root))

    def write(self, found: FoundFile, made: Sequence[Made]) -> None:
        """Write what was made of a file, or keep it for its package."""
        package = self._package(found)
        for one in made:
            if one.way == "beside":
                self.beside += 1
                if one.reason not in (None, "text"):
                    said = say(f"annotate.{one.reason}", path=visible(found.shown), beside=visible(one.name))
                    click.echo(said, err=True)
        if package is not None:
            self.made.setdefault(package[0], {})[package[1]] = [(one.name, one.content) for one in made]
            return
        home = os.path.dirname(self._place(found))
        for one in made:
            self._save(os.path.join(home, one.name), one.content)

    def finish(self) -> None:
        """Write the packages."""
        from perfgoals_lint.handback.archive import packed

        for path, members in self.packages.items():
            self._save(
                os.path.join(self.folder, os.path.basename(path)), packed(members, self.made.get(path, {}))
            )

    def _save(self, path: str, content: bytes) -> None:
        with storing(path):
            os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
        write_made(path, content, force=self.force)
        self.files += 1


def _annotate(prepared: Prepared, target: _Target, suggest: bool, wanted: opinions.Wanted) -> bool:
    """Check the files, write their copies and the opinions that are wanted; gives whether some input could not be read or
    some rule not be run."""
    from perfgoals_lint.files.blocks import Blocks
    from perfgoals_lint.handback.copies import How, Order, all_copies
    from perfgoals_lint.runner.schedule import processors

    settings = prepared.settings
    with said_clearly():
        run = prepared.run(projects=bool(wanted.paths))
        if wanted.paths:
            run.report.findings = Blocks(run.report.findings)
        findings = by_document(run.report.findings)
    formats = {document.path: document.format for document in run.documents}
    files = [found for found in prepared.files if found.shown in formats]
    orders = [Order(found.path, formats[found.shown], findings.get(found.shown, [])) for found in files]
    most = processors() if settings.jobs == "auto" else settings.jobs
    how = How(language(), suggest, settings.convert, tuple(settings.passwords))
    for found, made in zip(files, all_copies(orders, how, most), strict=True):
        if isinstance(made, OSError):
            click.echo(say("annotate.lost", path=visible(found.shown), reason=os_error(made)), err=True)
        else:
            target.write(found, made)
    wanted.write(run)
    return run.incomplete


def _strip(prepared: Prepared, target: _Target) -> bool:
    """Write the files without the tool's marks; gives whether one could not be read."""
    from perfgoals_lint.files.beside import ENDINGS
    from perfgoals_lint.fixes.office.parts import SignedError
    from perfgoals_lint.handback.copies import Made, stripped
    from perfgoals_lint.readers import read
    from perfgoals_lint.readers.limits import ReadError

    failed = False
    for found in prepared.files:
        if found.path.endswith(ENDINGS):
            continue
        try:
            content = stripped(found.path, read(found.path).format)
        except (OSError, ReadError, SignedError):
            click.echo(say("annotate.not_stripped", path=visible(found.shown)), err=True)
            failed = True
            continue
        target.write(found, [Made(os.path.basename(found.path), content)])
    return failed
