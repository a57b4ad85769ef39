"""The baseline: findings that were there when checking began, known by the identity of what they are about.

The file holds one finding a line in a fixed order, so that two branches merge and a review shows what changed. A
finding is known by its fingerprint; ``digest`` and ``severity`` tell whether it still says the same and weighs no more.
What else its line says is for people.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from dataclasses import field as member
from typing import Any, get_args

from perfgoals_lint.config.layers import ConfigError, read_soundly
from perfgoals_lint.files.archives import exists
from perfgoals_lint.files.storing import replace_file
from perfgoals_lint.model import Finding, Severity

NAME = "perfgoals-baseline.json"
SCHEMA = "perfgoals-lint/baseline/1"
_HEAD = f'{{"schema": "{SCHEMA}", "findings": [\n'
_TAIL = "\n]}\n"
_WEIGHTS = {severity: -place for place, severity in enumerate(get_args(Severity))}
Line = dict[str, str]


@dataclass(slots=True)
class Baseline:
    """The findings of a baseline, by document (as the file names it) and fingerprint. ``seen`` are those that the run
    found again.

    An entry belongs to its document. Where that is gone and another document, of which the baseline holds nothing, has
    a finding of the same identity, the document was renamed and the entry goes with it.
    """

    path: str
    lines: list[Line] = member(default_factory=list)
    seen: set[tuple[str, str]] = member(default_factory=set)
    _entries: dict[str, dict[str, Line]] = member(default_factory=dict)
    _gone: dict[str, list[Line]] | None = None

    def __post_init__(self) -> None:
        for line in self.lines:
            self._entries.setdefault(line["document"], {})[line["fingerprint"]] = line

    @classmethod
    def load(cls, path: str) -> Baseline:
        """A baseline from its file. Raises :class:`perfgoals_lint.config.layers.ConfigError`."""
        with read_soundly(path), open(path, encoding="utf-8") as file:
            text = file.read()
            try:
                data = json.loads(text)
                if data["schema"] != SCHEMA:
                    raise ValueError(data["schema"])
                return cls(path, [_sound(line) for line in data["findings"]])
            except json.JSONDecodeError as error:
                raise ConfigError(path, error.lineno, "baseline.wrong", {"reason": error.msg}) from None
            except (KeyError, TypeError):
                raise ConfigError(path, None, "baseline.wrong", {"reason": f"schema: {SCHEMA}"}) from None
            except ValueError as error:
                raise ConfigError(path, None, "baseline.wrong", {"reason": str(error)}) from None

    def state(self, finding: Finding) -> str:
        """``unchanged`` for a finding that the baseline holds, ``updated`` for one that now says something else of the
        same place or weighs more, else ``new``. An entry without a digest holds whatever the finding says."""
        line = self.entry_of(finding)
        if line is None:
            return "new"
        self.seen.add((line["document"], line["fingerprint"]))
        said = line.get("digest")
        if said and finding.digest and finding.digest != said:
            # Of findings that only a number tells apart one may be gone, and the others move up.
            number = unnumbered(line["fingerprint"])
            others = self._entries[line["document"]].values()
            alike = (other for other in others if unnumbered(other["fingerprint"]) == number)
            line = next((other for other in alike if other.get("digest") == finding.digest), None)
        return "unchanged" if line is not None and not graver(finding, line) else "updated"

    def entry_of(self, finding: Finding) -> Line | None:
        """What the baseline holds of a finding: the entry of its document, or of the one that was renamed to it."""
        document = relative(finding.document, self.path)
        if document in self._entries:
            return self._entries[document].get(finding.fingerprint)
        if finding.project_name is None and finding.unit is None:
            return None
        candidates = self._orphans().get(finding.fingerprint, ())
        return next((line for line in candidates if line.get("digest") == finding.digest), None) or next(
            iter(candidates), None
        )

    def _orphans(self) -> dict[str, list[Line]]:
        """The entries, by fingerprint, of documents that are gone."""
        if self._gone is None:
            self._gone = {}
            for document in self._entries:
                if not self.exists(document):
                    for fingerprint, line in self._entries[document].items():
                        self._gone.setdefault(fingerprint, []).append(line)
        return self._gone

    def exists(self, document: str) -> bool:
        """Is a document of the baseline still there, in its archive where it is a member of one?"""
        base = os.path.dirname(os.path.abspath(self.path))
        return exists(os.path.join(base, document))


_IDENTITY = ("fingerprint", "document")


def _sound(line: Any) -> Line:
    """An entry with all that it must have. Raises ``ValueError`` for another."""
    if not isinstance(line, dict) or not all(isinstance(line.get(name), str) for name in _IDENTITY):
        raise ValueError(" + ".join(_IDENTITY))
    return {str(name): str(value) for name, value in line.items()}


def graver(finding: Finding, line: Line) -> bool:
    """Does a finding weigh more than its entry says? An entry that names no severity has none to exceed."""
    held = _WEIGHTS.get(line.get("severity", ""))
    return held is not None and _WEIGHTS[finding.severity] > held


def entry(finding: Finding, path: str) -> Line:
    """The line of a finding in the baseline at ``path``."""
    indicator = finding.indicator or {}
    said = {
        "fingerprint": finding.fingerprint,
        "rule": finding.rule,
        "severity": finding.severity,
        "document": relative(finding.document, path),
        "project": finding.project_name or "",
        "indicator": " › ".join(part for part in indicator.values() if part),
        "message": finding.message,
        "digest": finding.digest,
    }
    return {name: text for name, text in said.items() if text}


def write(path: str, lines: Iterable[Line]) -> int:
    """Write a baseline as a whole or not at all; the number of entries. A link stays a link, permissions stay.

    Raises ``OSError``.
    """
    known = {(line["document"], line["fingerprint"]): line for line in lines}
    ordered = sorted(
        known.values(), key=lambda line: (line["document"], line.get("rule", ""), line["fingerprint"])
    )
    text = _HEAD + ",\n".join(json.dumps(line, ensure_ascii=False) for line in ordered) + _TAIL
    replace_file(path, text.encode("utf-8", "backslashreplace"))
    return len(ordered)


def relative(document: str, path: str) -> str:
    """A document's path from the baseline's directory, with forward slashes on every system."""
    base = os.path.dirname(os.path.abspath(path))
    try:
        return os.path.relpath(os.path.abspath(document), base).replace(os.sep, "/")
    except ValueError:
        return os.path.abspath(document).replace(os.sep, "/")


def unnumbered(fingerprint: str) -> str:
    """The fingerprint without what tells it from others of the same identity."""
    return fingerprint.partition(".")[0].partition("-")[0]
