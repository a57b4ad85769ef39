"""Opinions as an output of ``check``: ``-o opinion=审核意见.docx``."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

from perfgoals_lint.cli.options import InputError
from perfgoals_lint.cli.outputs import write_made
from perfgoals_lint.cli.wording import language, os_error, say

if TYPE_CHECKING:
    from perfgoals_lint.cli.prepare import Prepared
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


def write(run: Run, prepared: Prepared, paths: Sequence[str], form: str | None, per: Per | None) -> None:
    """Write the opinions on a run whose findings can be read again."""
    from perfgoals_lint.handback.opinions.write import opinions
    from perfgoals_lint.handback.wording import HandbackWords
    from perfgoals_lint.readers.limits import ReadError

    with_tables = {info.path for info in run.documents if info.tables}
    documents = [(one.path, one.shown) for one in prepared.files if one.shown in with_tables]
    for path in paths:
        try:
            made = opinions(
                run.report,
                documents,
                path,
                HandbackWords(language()),
                form=chosen(path, form),
                per=per,
                passwords=prepared.settings.passwords,
            )
        except ReadError as error:
            raise InputError(say("opinion.form_file", path=form, reason=error.code)) from error
        for target, content in made:
            write_made(target, content, force=True)
