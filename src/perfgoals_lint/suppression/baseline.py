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
from typing import get_args

from perfgoals_lint.archives import exists
from perfgoals_lint.config.layers import ConfigError, unreadable
from perfgoals_lint.model import Finding, Severity

NAME = "perfgoals-baseline.json"
SCHEMA = "perfgoals-lint/baseline/1"
_HEAD = f'{{"schema": "{SCHEMA}", "findings": [\n'
_TAIL = "\n]}\n"
_WEIGHTS = {severity: -place for place, severity in enumerate(get_args(Severity))}
Line = dict[str, str]


@dataclass(slots=True)
class Baseline:
    """The findings of a baseline by fingerprint. ``seen`` are those that the run found again."""

    path: str
    known: dict[str, Line] = member(default_factory=dict)
    seen: set[str] = member(default_factory=set)
    _digests: dict[str, dict[str, Line]] = member(default_factory=dict)

    @classmethod
    def load(cls, path: str) -> Baseline:
        """A baseline from its file. Raises :class:`perfgoals_lint.config.layers.ConfigError`."""
        try:
            with open(path, encoding="utf-8") as file:
                data = json.load(file)
            if data["schema"] != SCHEMA:
                raise ValueError(data["schema"])
            known = {str(line["fingerprint"]): dict(line) for line in data["findings"]}
        except (OSError, UnicodeDecodeError) as error:
            raise ConfigError(path, None, "config.unreadable", unreadable(error)) from None
        except RecursionError:
            raise ConfigError(path, None, "config.too_deep", {}) from None
        except json.JSONDecodeError as error:
            raise ConfigError(path, error.lineno, "baseline.wrong", {"reason": error.msg}) from None
        except (KeyError, TypeError, ValueError) as error:
            raise ConfigError(path, None, "baseline.wrong", {"reason": str(error)}) from None
        return cls(path, known)

    def state(self, finding: Finding) -> str:
        """``unchanged`` for a finding that the baseline holds, ``updated`` for one that now says something else of the
        same place or weighs more, else ``new``. An entry without a digest holds whatever the finding says."""
        line = self.known.get(finding.fingerprint)
        if line is None:
            return "new"
        self.seen.add(finding.fingerprint)
        said = line.get("digest")
        if said and finding.digest and finding.digest != said:
            line = self._alike(finding.fingerprint).get(finding.digest)
        return "unchanged" if line is not None and not graver(finding, line) else "updated"

    def _alike(self, fingerprint: str) -> dict[str, Line]:
        """The entries, by digest, of findings that only a number tells apart: when one of them is gone, the others
        move up."""
        if not self._digests:
            for known, line in self.known.items():
                self._digests.setdefault(unnumbered(known), {})[line.get("digest", "")] = line
        return self._digests[unnumbered(fingerprint)]

    def absent(self, documents: Iterable[str]) -> list[Line]:
        """The entries for the given documents that were not found again, in the order of the file; those for a
        document that no longer exists too."""
        checked = {relative(document, self.path) for document in documents}
        base = os.path.dirname(os.path.abspath(self.path))
        return [
            line
            for fingerprint, line in sorted(self.known.items(), key=_order)
            if fingerprint not in self.seen
            and (line["document"] in checked or not exists(os.path.join(base, line["document"])))
        ]


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
    """Write a baseline as a whole or not at all; the number of entries. Raises ``OSError``."""
    known = {line["fingerprint"]: line for line in lines}
    ordered = [line for _, line in sorted(known.items(), key=_order)]
    text = _HEAD + ",\n".join(json.dumps(line, ensure_ascii=False) for line in ordered) + _TAIL
    beside = f"{path}.{os.getpid()}.tmp"
    try:
        with open(beside, "w", encoding="utf-8", newline="\n", errors="backslashreplace") as file:
            file.write(text)
        os.replace(beside, path)
    except OSError:
        if os.path.exists(beside):
            os.unlink(beside)
        raise
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


def _order(item: tuple[str, Line]) -> tuple[str, str, str]:
    fingerprint, line = item
    return line.get("document", ""), line.get("rule", ""), fingerprint
