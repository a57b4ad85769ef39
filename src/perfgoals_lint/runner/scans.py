"""Scanned copies beside the file that they are a copy of: the original is checked, so that the scan is no loss."""

import os
import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache

from perfgoals_lint.lint.finding import Writer, unread
from perfgoals_lint.lint.outcome import DocumentInfo
from perfgoals_lint.lint.records import FileResult
from perfgoals_lint.model import Location, Problem
from perfgoals_lint.rulebook.lexicons import pattern_of, words
from perfgoals_lint.rulebook.patterns import compiled

SCANNED = frozenset({"PGX020", "PGX022"})
"""What is said of pages and files without any text."""

_NOT_NAMES = compiled(r"[\W_]+|v\d+$|(?<!\d)(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:[0-3]\d)?(?!\d)")
"""Punctuation, versions and dates, which tell no project from another."""


def is_scan(result: FileResult) -> bool:
    """Is a file unreadable for no other reason than that it holds pictures of pages?"""
    codes = {finding.rule for finding in result.findings if unread(finding)}
    return bool(codes) and codes <= SCANNED and not result.info.tables


def original_of(path: str, documents: Iterable[DocumentInfo]) -> str | None:
    """The checked file beside a scan that has its name, whatever was added to say that it is signed or scanned; a scan
    that is called nothing else (扫描件（盖章）) is a copy of the one file that was checked beside it."""
    folder = _folder(path)
    beside = [one.path for one in documents if one.state == "checked" and _folder(one.path) == folder]
    name = _name(path)
    if not name:
        return beside[0] if len(beside) == 1 else None
    return next((one for one in beside if _name(one) == name), None)


def settled(held: Sequence[FileResult], documents: Sequence[DocumentInfo], lang: str) -> list[FileResult]:
    """The results of scans when everything else is known: a copy of a checked file is a notice, any other stays as
    it is."""
    folders = {_folder(result.info.path) for result in held}
    near = [one for one in documents if _folder(one.path) in folders] if held else []
    return [_settled(result, original_of(result.info.path, near), lang) for result in held]


def _settled(result: FileResult, original: str | None, lang: str) -> FileResult:
    if original is None:
        return result
    from perfgoals_lint.readers.limits import SCANNED_COPY  # a cached run imports no reader

    info = result.info
    problem = Problem(SCANNED_COPY, Location(info.path), {"original": os.path.basename(original)})
    finding = Writer(lang).problem(problem, info.path)
    info.unreadable, info.state, info.reason = False, "not_looked_at", finding.message
    kept = [one for one in result.findings if one.rule not in SCANNED]
    return FileResult(info, [finding, *kept], result.accounts, result.directives, [], result.seconds)


def _folder(path: str) -> str:
    return os.path.dirname(path.replace("\\", "/"))


def _name(path: str) -> str:
    stem = os.path.splitext(os.path.basename(path.replace("\\", "/")))[0]
    bare = _copies().sub("", unicodedata.normalize("NFKC", stem).casefold())
    return _NOT_NAMES.sub("", bare)


@cache
def _copies() -> re.Pattern[str]:
    return compiled(pattern_of(words("files.copies") | words("files.forms")))
