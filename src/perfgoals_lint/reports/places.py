"""Paths and addresses for formats that machines read."""

import os
from functools import lru_cache
from pathlib import PurePath
from urllib.parse import quote

from perfgoals_lint.files.contents import is_address
from perfgoals_lint.lint.outcome import DocumentInfo
from perfgoals_lint.model import Finding
from perfgoals_lint.reports.clean import visible
from perfgoals_lint.reports.run import Options
from perfgoals_lint.reports.wording import Words

_STOPS = (".", "。", "！", "？", "!", "?", "…")
_CLOSING = '”’」』）)"'
"""Signs that may stand behind the end of a sentence that is quoted."""


def relative_path(path: str, options: Options) -> str:
    """The path from ``options.base`` (by default the working directory), with ``/`` between its parts.

    A path on another drive stays absolute.
    """
    return _relative(path, os.fspath(options.base) if options.base else os.getcwd())


def relative_uri(path: str, options: Options) -> str:
    """The relative path as a URI reference, percent-encoded; bytes of a name that are no UTF-8 are kept as they are."""
    relative = relative_path(path, options)
    safe = "/:" if is_address(path) else "/"
    try:
        return quote(relative.encode("utf-8", "surrogateescape"), safe=safe)
    except UnicodeEncodeError:
        return quote(visible(relative), safe=safe)


@lru_cache(maxsize=256)
def _relative(path: str, base: str) -> str:
    if is_address(path):
        return path
    try:
        relative = os.path.relpath(path, base)
    except ValueError:
        relative = path
    return PurePath(relative).as_posix()


def owner(finding: Finding) -> str:
    """Project and row of a finding: ``项目 › 三级指标``; empty when it has neither."""
    row = finding.indicator.get("level3") if finding.indicator else None
    return " › ".join(part for part in (finding.project_name, row) if part)


def full_message(finding: Finding, words: Words) -> str:
    """The message for a reader who sees nothing else: with the address where there are no lines, and the advice."""
    location = finding.location
    text = owned_message(finding, words)
    if location is None or location.line is not None or not (place := words.address(location)):
        return text
    return f"{place}{words('finding.join' if owner(finding) else 'summary.colon')}{text}"


def owned_message(finding: Finding, words: Words) -> str:
    """Project and row, the message and the advice, in whole sentences."""
    head = owner(finding)
    text = sentence(f"{head}{words('summary.colon')}{finding.message}" if head else finding.message, words)
    return f"{text} {words('finding.advice')}{sentence(finding.advice, words)}" if finding.advice else text


def sentence(text: str, words: Words) -> str:
    """Harmless text that ends as a sentence does."""
    text = visible(text).strip()
    return text if text.rstrip(_CLOSING).endswith(_STOPS) else text + words("finding.stop")


def unreadable_message(document: DocumentInfo, words: Words) -> str:
    """What to say of a file that could not be read."""
    return sentence(words("unreadable.message", reason=document.reason or words("unreadable.reason")), words)
