"""Opinions as an output of ``check``: ``-o opinion=审核意见.docx``."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from perfgoals_lint.cli.options import InputError
from perfgoals_lint.cli.outputs import write_made
from perfgoals_lint.cli.wording import language, listed, os_error, say
from perfgoals_lint.reports.clean import visible

if TYPE_CHECKING:
    from perfgoals_lint.cli.prepare import Prepared
    from perfgoals_lint.handback.opinions.subjects import Per
    from perfgoals_lint.handback.wording import HandbackWords
    from perfgoals_lint.runner.run import Run

FORMAT = "opinion"


def chosen(path: str, form: str | None) -> bytes | None:
    """The form for a file. Raises :class:`InputError` for an ending or a form that there is not."""
    from perfgoals_lint.handback.opinions.write import ENDINGS, UnknownFormError, template

    ending = os.path.splitext(path)[1].lower()
    if ending not in ENDINGS:
        raise InputError(say("opinion.ending", path=path))
    try:
        return template(form, ending)
    except UnknownFormError as error:
        raise InputError(say("opinion.form_unknown", name=form, known=listed(error.known))) from error
    except OSError as error:
        raise InputError(say("opinion.form_file", path=form, reason=os_error(error))) from error


class Wanted(NamedTuple):
    """The opinions that are to be written: the files, the name or path of their form, and whether each ``unit``,
    ``project`` or ``file`` gets one of its own."""

    paths: Sequence[str]
    form: str | None
    per: Per | None

    def refuse(self, prepared: Prepared) -> None:
        """Raises :class:`InputError` for options without an opinion to use them, a file that cannot be one, a form that there
        is not, and a file that is itself to be checked; opinions of an earlier run are no input but written anew."""
        if not self.paths and (self.form or self.per):
            raise InputError(say("opinion.without", name="--per" if self.per else "--opinion-form"))
        for path in self.paths:
            chosen(path, self.form)
            place = os.path.realpath(path)
            written = [one for one in prepared.files if os.path.realpath(one.path) == place]
            if any(found.named or not _is_earlier(path) for found in written):
                raise InputError(say("error.output_input", path=path))
            prepared.leave_out(written)

    def write(self, run: Run) -> None:
        """Write the opinions on a run whose findings can be read again and whose projects were kept."""
        if not self.paths:
            return  # and load nothing
        from perfgoals_lint.handback.opinions.write import opinions
        from perfgoals_lint.handback.wording import HandbackWords
        from perfgoals_lint.readers.limits import ReadError

        words = HandbackWords(language())
        for path in self.paths:
            form = chosen(path, self.form)
            try:
                self._tell_unknown(path, form, words)
                made = opinions(run.report, run.projects, path, words, form=form, per=self.per)
            except ReadError as error:
                raise InputError(say("opinion.form_file", path=self.form, reason=error.code)) from error
            for target, content in made:
                write_made(target, content, force=True)

    def _tell_unknown(self, path: str, form: bytes | None, words: HandbackWords) -> None:
        """Say which placeholders of a form are none. Raises ``ReadError`` for a broken form."""
        if form is None:
            return
        import click

        from perfgoals_lint.handback.opinions.placeholders import unknown_placeholders
        from perfgoals_lint.handback.opinions.write import DEFAULT

        ending = os.path.splitext(path)[1].lower()
        for name, near in unknown_placeholders(form, ending, words).items():
            meant = say("error.near", near=f"{{{{{near[0]}}}}}") if near else ""
            told = {"path": visible(self.form or DEFAULT[ending]), "name": f"{{{{{visible(name)}}}}}"}
            click.echo(say("opinion.placeholder", near=meant, **told), err=True)


def _is_earlier(path: str) -> bool:
    """Is a file an opinion that the tool wrote?"""
    from zipfile import BadZipFile

    from perfgoals_lint.readers.handed_back import is_opinion
    from perfgoals_lint.readers.limits import Limits, ReadError
    from perfgoals_lint.readers.package import Package

    try:
        with open(path, "rb") as file:
            return is_opinion(Package(file, Limits()))
    except (OSError, BadZipFile, ReadError, NotImplementedError):
        return False
