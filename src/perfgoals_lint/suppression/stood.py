"""Findings that stood at a revision, against those of now: an implicit baseline."""

from collections.abc import Iterable, Sequence

from perfgoals_lint.model import Finding
from perfgoals_lint.suppression.baseline import Line, graver, unnumbered

_Identity = tuple[str, str]


class Stood:
    """Findings that stood at the revision, by what they are about: document and fingerprint."""

    def __init__(self) -> None:
        self._then: dict[_Identity, list[Line]] = {}

    def add(self, findings: Iterable[Finding]) -> None:
        """Take in findings as they were then."""
        for finding in findings:
            line = {"digest": finding.digest, "severity": finding.severity}
            self._then.setdefault(_identity(finding), []).append(line)

    def states(self, findings: Sequence[Finding]) -> list[str]:
        """The baseline state of each finding of now, all those of a document at once.

        Where several are about the same, those that say what one said then, and weigh no more, are known first, wherever
        they stand; what is left over by then is ``updated``. A finding that is set aside now leaves what stood then to
        the others.
        """
        left = {identity: list(self._then.get(identity, ())) for identity in map(_identity, findings)}
        states = ["new"] * len(findings)
        order = sorted(range(len(findings)), key=lambda at: findings[at].suppressed is not None)
        for at in order:
            lines = left[_identity(findings[at])]
            same = (line for line in lines if line["digest"] == findings[at].digest)
            held = next((line for line in same if not graver(findings[at], line)), None)
            if held is not None:
                lines.remove(held)
                states[at] = "unchanged"
        for at in order:
            if states[at] == "new" and left[_identity(findings[at])]:
                left[_identity(findings[at])].pop(0)
                states[at] = "updated"
        return states


def _identity(finding: Finding) -> _Identity:
    return finding.document, unnumbered(finding.fingerprint)
