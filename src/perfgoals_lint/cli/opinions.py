"""Opinions as an output of ``check``: ``-o opinion=审核意见.docx``."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

from perfgoals_lint.cli.options import InputError
from perfgoals_lint.cli.outputs import write_made
from perfgoals_lint.cli.wording import language, os_error, say

if TYPE_CHECKING:
    from perfgoals_lint.handback.opinions.subjects import Per
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
        raise InputError(say("opinion.form_unknown", name=form, known=", ".join(error.known))) from error
    except OSError as error:
        raise InputError(say("opinion.form_file", path=form, reason=os_error(error))) from error


def write(run: Run, paths: Sequence[str], form: str | None, per: Per | None) -> None:
    """Write the opinions on a run whose findings can be read again and whose projects were kept."""
    from perfgoals_lint.handback.opinions.write import opinions
    from perfgoals_lint.handback.wording import HandbackWords
    from perfgoals_lint.readers.limits import ReadError

    for path in paths:
        try:
            made = opinions(
                run.report,
                run.projects,
                path,
                HandbackWords(language()),
                form=chosen(path, form),
                per=per,
            )
        except ReadError as error:
            raise InputError(say("opinion.form_file", path=form, reason=error.code)) from error
        for target, content in made:
            write_made(target, content, force=True)
