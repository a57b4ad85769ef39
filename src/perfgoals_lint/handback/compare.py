"""The second round: what became of each finding of the first one."""

import os
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

from perfgoals_lint.handback.wording import HandbackWords
from perfgoals_lint.handback.xlsx.review_sheet import Answer
from perfgoals_lint.model import Finding
from perfgoals_lint.rulebook.policy import index

State = Literal["fixed", "changed", "unchanged", "new", "explained", "gone"]
STATES: tuple[State, ...] = ("new", "changed", "unchanged", "explained", "fixed", "gone")
"""From what is still to be done to what is done with; ``gone`` are findings of files that did not come again, or that
could not be read this time: nobody knows whether they were put right."""
_LEAST_SHARED = 0.5
_KEPT = ("explained", "false")
"""What people answer when a finding is to stay as it is."""

Key = tuple[str, ...]


class FindingChange(NamedTuple):
    """One finding over two rounds: as it was (``None`` when it is new), as it is (``None`` when it is there no more),
    and what was answered to it."""

    state: State
    before: Finding | None
    after: Finding | None
    answer: Answer | None = None

    @property
    def finding(self) -> Finding:
        """The finding as it is, else as it was."""
        found = self.after or self.before
        assert found is not None
        return found


@dataclass(slots=True)
class Round:
    """The findings of one round, its root directory, the files of it that were read, and the names of the projects in
    each."""

    findings: Sequence[Finding]
    root: str
    read: Sequence[str]
    projects: Mapping[str, frozenset[str]]

    def relative(self, document: str) -> str:
        """The path of a file below the root, with ``/``."""
        return os.path.relpath(document, self.root).replace(os.sep, "/")


def compare(first: Round, second: Round, answers: Mapping[str, Answer]) -> list[FindingChange]:
    """The findings of both rounds matched: by file (same path, same name, or the same projects under another name),
    then by rule, project, row and field. ``answers`` are by fingerprint. New findings stand last."""
    pairs = _files(first, second)
    back = {new: old for old, new in pairs.items()}
    left: dict[tuple[str, Key], list[Finding]] = {}
    for finding in second.findings:
        old = back.get(finding.document)
        if old is not None:
            left.setdefault((old, _key(finding)), []).append(finding)
    changes: list[FindingChange] = []
    matched: set[int] = set()
    for before in first.findings:
        answer = answers.get(before.fingerprint)
        if before.document not in pairs:
            changes.append(FindingChange("gone", before, None, answer))
            continue
        after = _taken(left.get((before.document, _key(before)), []), before)
        if after is None:
            changes.append(FindingChange("fixed", before, None, answer))
            continue
        matched.add(id(after))
        answer = answer or answers.get(after.fingerprint)
        changes.append(FindingChange(_state(before, after, answer), before, after, answer))
    changes += [
        FindingChange(
            "explained" if _explained(answers.get(one.fingerprint)) else "new",
            None,
            one,
            answers.get(one.fingerprint),
        )
        for one in second.findings
        if id(one) not in matched
    ]
    return changes


def _state(before: Finding, after: Finding, answer: Answer | None) -> State:
    if _explained(answer):
        return "explained"
    same = (before.quote, before.values, before.digest) == (after.quote, after.values, after.digest)
    return "unchanged" if same else "changed"


def _explained(answer: Answer | None) -> bool:
    """Did somebody say that the finding is to stay, and why? Without a reason nothing is explained."""
    if answer is None or not answer.remark:
        return False
    messages = index()["messages"]["handback"]
    return any(answer.state in messages[f"state.{state}"].values() for state in _KEPT)


def answered(answer: Answer, words: HandbackWords) -> str:
    """An answer in words: the handling and the reason, or the one of them that was given."""
    if answer.state and answer.remark:
        return words("compare.reason", state=answer.state, remark=answer.remark)
    return answer.state or answer.remark


def _key(finding: Finding) -> Key:
    row = finding.indicator or {}
    parts = (finding.rule, finding.unit, finding.project_name, finding.field)
    return tuple(part or "" for part in (*parts, row.get("level1"), row.get("level2"), row.get("level3")))


def _taken(candidates: list[Finding], before: Finding) -> Finding | None:
    """The candidate that says the same, else the first; it is taken out of the list."""
    if not candidates:
        return None
    at = next((n for n, one in enumerate(candidates) if one.digest == before.digest), 0)
    return candidates.pop(at)


def _files(first: Round, second: Round) -> dict[str, str]:
    """Which file of the second round each of the first one is."""
    pairs: dict[str, str] = {}
    left = list(second.read)
    for name in (second.relative, os.path.basename):
        known: dict[str, list[str]] = {}
        for path in left:
            known.setdefault(name(path), []).append(path)
        given = first.relative if name == second.relative else os.path.basename
        counts = Counter(given(path) for path in first.read if path not in pairs)
        for path in first.read:
            found = known.get(given(path), [])
            # A name that several files bear tells none of them.
            if path not in pairs and len(found) == 1 and counts[given(path)] == 1:
                pairs[path] = found[0]
                left.remove(found[0])
    return pairs | _renamed(first, second, [path for path in first.read if path not in pairs], left)


def _renamed(first: Round, second: Round, old: Sequence[str], new: Sequence[str]) -> dict[str, str]:
    """Files under another name, by their projects; of several that hold the same, one in the same format."""
    before = {path: first.projects.get(path, frozenset()) for path in old}
    after = {path: second.projects.get(path, frozenset()) for path in new}
    scored = [
        (
            len(before[one] & after[two]) / len(before[one] | after[two]),
            _ending(one) == _ending(two),
            one,
            two,
        )
        for one in old
        for two in new
        if before[one] & after[two]
    ]
    pairs: dict[str, str] = {}
    for score, _, one, two in sorted(scored, key=lambda item: (-item[0], not item[1], *item[2:])):
        if score >= _LEAST_SHARED and one not in pairs and two not in pairs.values():
            pairs[one] = two
    return pairs


def _ending(path: str) -> str:
    return os.path.splitext(path)[1].lower()


def as_findings(changes: Sequence[FindingChange], words: HandbackWords) -> list[Finding]:
    """The changes as findings for a report that tells their states: what is new counts, what was there before is in the state of a baseline,
    what is explained is set aside with its reason, what is put right is absent."""
    made = []
    for change in changes:
        finding = change.finding
        if change.state == "explained" and change.answer is not None:
            reason = answered(change.answer, words)
            made.append(
                replace(finding, suppressed={"kind": "external", "reason": reason}, baseline_state=None)
            )
        else:
            states: dict[State, str] = {"changed": "updated", "fixed": "absent", "gone": "absent"}
            made.append(replace(finding, baseline_state=states.get(change.state, change.state)))
    return made


def as_remarks(changes: Sequence[FindingChange], words: HandbackWords) -> list[Finding]:
    """The changes as findings for any other report: each says its state first. What is put right or explained is a hint,
    the rest as grave as it was."""
    made = []
    for change in changes:
        state = words(f"compare.{change.state}")
        if change.answer is not None:
            state = words("compare.reason", state=state, remark=answered(change.answer, words))
        message = words("compare.remark", state=state, message=change.finding.message)
        settled = change.state in ("fixed", "gone", "explained")
        severity = "info" if settled else change.finding.severity
        made.append(
            replace(change.finding, message=message, severity=severity, suppressed=None, baseline_state=None)
        )
    return made
