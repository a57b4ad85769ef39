"""SARIF 2.1.0, as code scanning takes it: relative addresses, own fingerprints, the worst findings first, under 10 MB.

A carrier without lines (workbook, PDF …) gets no line: its address stands in ``logicalLocations`` and in the message.
Its region is the whole file in bytes, because validators want a region and code scanning refuses a result without a
file; lines would be invented.
"""

import hashlib
from collections.abc import Iterator
from typing import Any, TextIO

from perfgoals_lint.model import SEVERITIES, Finding, Location
from perfgoals_lint.reports.clean import dump, visible, write_items
from perfgoals_lint.reports.columns import Region, edit_region, finding_region, related_region
from perfgoals_lint.reports.places import full_message, owner, relative_uri, sentence, unreadable_message
from perfgoals_lint.reports.run import Options, Report, RuleInfo, is_active
from perfgoals_lint.reports.wording import Words

MAX_BYTES = 10_000_000
MAX_RESULTS = 25_000
_TAIL = 1000
_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {"error": "error", "warning": "warning", "info": "note"}
_PROBLEM = {"error": "error", "warning": "warning", "info": "recommendation"}


def write(report: Report, out: TextIO, options: Options) -> None:
    """Write one run. Memory is bounded by the size that the file may have."""
    head = _head(report)
    writer = _Results(report, options)
    # A tenth of the file is kept free for the notifications behind the results.
    room = MAX_BYTES - MAX_BYTES // 10 - len(head.encode())
    kept = _Worst(room * options.part, MAX_RESULTS * options.part)
    for finding in report.findings:
        if kept.takes(finding):
            kept.add(finding, dump(writer.result(finding)))
    results = kept.part(options.part, room)
    if kept.dropped and options.warn:
        words = Words(report.lang)
        parts = {"n": kept.dropped, "errors": kept.dropped_errors, "next": options.part + 1}
        options.warn(words("problem.left_out_errors", **parts))
    out.write(head)
    write_items(out, results)
    notifications = list(
        _within(_notifications(report, options, kept.dropped), MAX_BYTES // 10 - _TAIL, report.lang)
    )
    complete = not any(notification["level"] == "error" for notification in notifications)
    invocation = {"executionSuccessful": complete, "toolExecutionNotifications": notifications}
    account = report.summary.account
    properties = {"ruleset": report.ruleset} | ({"account": account} if account else {})
    tail = {"invocations": [invocation], "properties": properties}
    out.write("\n]," + dump(tail)[1:-1] + "}]}\n")


class _Worst:
    """Keeps texts up to a number of bytes and of texts; when it is full, the least severe and last ones make room, and
    nothing that comes behind those is taken any more: what is kept is the beginning of all of them in this order.

    What is suppressed or in the baseline is less than the least severe.
    """

    def __init__(self, room: int, most: int) -> None:
        self._room = room
        self._most = most
        self._kept: list[list[str]] = [[] for _ in range(2 * len(SEVERITIES))]
        self._closed = len(self._kept)
        self.dropped = 0
        self.dropped_errors = 0

    def takes(self, finding: Finding) -> bool:
        """Is there room for a finding of its severity? One for which there is none counts as dropped."""
        rank = _rank(finding)
        if rank >= self._closed:
            self._drop(rank)
        return rank < self._closed

    def add(self, finding: Finding, text: str) -> None:
        self._kept[_rank(finding)].append(text)
        self._room -= _size(text)
        while self._room < 0 or sum(map(len, self._kept)) > self._most:
            weakest = max((at for at, texts in enumerate(self._kept) if texts), default=None)
            if weakest is None:
                return
            self._room += _size(self._kept[weakest].pop())
            self._closed = weakest
            self._drop(weakest)

    def _drop(self, rank: int) -> None:
        self.dropped += 1
        self.dropped_errors += rank == 0

    def part(self, number: int, room: int) -> list[str]:
        """The texts of one part (from 1), each with so much room; what is behind it counts as dropped too."""
        texts = [(rank, text) for rank, kept in enumerate(self._kept) for text in kept]
        part: list[str] = []
        at = 1
        left = room
        for rank, text in texts:
            if at <= number and (left < _size(text) or len(part) >= MAX_RESULTS):
                at += 1
                left = room
                part = [] if at <= number else part
            if at > number:
                self._drop(rank)
                continue
            part.append(text)
            left -= _size(text)
        return part if at >= number else []


def _rank(finding: Finding) -> int:
    return SEVERITIES.index(finding.severity) + (0 if is_active(finding) else len(SEVERITIES))


class _Results:
    """Turns findings into results."""

    def __init__(self, report: Report, options: Options) -> None:
        self._report = report
        self._options = options
        self._words = Words(report.lang)
        self._indexes = {code: number for number, code in enumerate(report.rules)}

    def result(self, finding: Finding) -> dict[str, Any]:
        report = self._report
        result: dict[str, Any] = {"ruleId": finding.rule}
        if finding.rule in self._indexes:
            result["ruleIndex"] = self._indexes[finding.rule]
        region = finding_region(finding, "utf16", report.line_text, report.stored)
        location = self._physical(finding.document, region)
        logical = _logical(finding, self._words)
        if logical:
            location["logicalLocations"] = logical
        result |= {
            "level": _LEVELS[finding.severity],
            "message": {"text": full_message(finding, self._words)},
            "locations": [location],
            "partialFingerprints": _fingerprints(finding),
        }
        if finding.related:
            result["relatedLocations"] = [
                self._related(number, item.message, item.location)
                for number, item in enumerate(finding.related, start=1)
            ]
        if finding.suppressed is not None:
            result["suppressions"] = [_suppression(finding.suppressed)]
        if finding.baseline_state is not None:
            result["baselineState"] = finding.baseline_state
        changes = self._changes(finding)
        if changes:
            result["fixes"] = [
                {
                    "description": {"text": sentence(finding.advice or finding.message, self._words)},
                    "artifactChanges": changes,
                }
            ]
        if finding.calculation:
            result["properties"] = {"calculation": finding.calculation}
        return result

    def _physical(self, path: str, region: Region | None) -> dict[str, Any]:
        artifact = {"uri": relative_uri(path, self._options)}
        return {"physicalLocation": {"artifactLocation": artifact, "region": _region(region)}}

    def _related(self, number: int, message: str, location: Location) -> dict[str, Any]:
        region = related_region(location, "utf16", self._report.line_text, self._report.stored)
        address = "" if region else self._words.address(location)
        text = f"{address} {message}".strip()
        return {
            "id": number,
            **self._physical(location.path, region),
            "message": {"text": sentence(text, self._words)},
        }

    def _changes(self, finding: Finding) -> list[dict[str, Any]]:
        """The edits of a safe fix, only if all of them can be placed in the text."""
        if finding.fix is None or not finding.fix.safe:
            return []
        changes = []
        for edit in finding.fix.edits:
            region = edit_region(edit, "utf16", self._report.line_text, self._report.stored)
            if region is None:
                return []
            uri = relative_uri(edit.location.path, self._options)
            replacement = {"deletedRegion": _region(region), "insertedContent": {"text": edit.new}}
            changes.append({"artifactLocation": {"uri": uri}, "replacements": [replacement]})
        return changes


def _fingerprints(finding: Finding) -> dict[str, str]:
    """What code scanning knows a finding by; a fingerprint is unique in its document, so that each is the first of its hash."""
    digest = hashlib.sha256(f"{finding.document}\x1f{finding.fingerprint}".encode("utf-8", "surrogatepass"))
    return {
        "primaryLocationLineHash": f"{digest.hexdigest()[:16]}:1",
        "perfgoalsFingerprint/v1": finding.fingerprint,
    }


def _head(report: Report) -> str:
    words = Words(report.lang)
    driver = {
        "name": "perfgoals-lint",
        "version": report.version,
        "informationUri": "urn:x-perfgoals-lint:tool",
        "rules": [_rule(rule, words) for rule in report.rules.values()],
    }
    language = "zh-CN" if report.lang == "zh" else "en-US"
    run = {"tool": {"driver": driver}, "columnKind": "utf16CodeUnits", "language": language}
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return dump(log)[:-3] + ',"results":['


def _rule(rule: RuleInfo, words: Words) -> dict[str, Any]:
    title = sentence(rule.title.get(words.lang, rule.name), words)
    page = rule.help() or title
    name = "".join(part.capitalize() for part in rule.name.split("-"))
    # A rule without a name of its own has its code for one, which the format wants to be left out.
    named = {"name": name} if name.upper() != rule.code.upper() else {}
    return {
        "id": rule.code,
        **named,
        "shortDescription": {"text": title},
        "fullDescription": {"text": sentence(f"{title} {rule.basis}", words) if rule.basis else title},
        "help": {"text": page, "markdown": page},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {
            "precision": rule.precision,
            "problem.severity": _PROBLEM[rule.severity],
            "tags": [rule.dimension],
        },
    }


def _logical(finding: Finding, words: Words) -> list[dict[str, str]]:
    """Project and row, and the address where a region cannot give it."""
    address = words.address(finding.location) if finding.location and finding.location.line is None else ""
    name = visible(owner(finding))
    return [{"fullyQualifiedName": text} for text in (name, visible(address)) if text]


def _region(region: Region | None) -> dict[str, int]:
    """Line and columns; for a carrier without lines the file from its first byte on, which names no line."""
    if region is None:
        return {"byteOffset": 0}
    members = {"startLine": region.line, "startColumn": region.column, "endColumn": region.end}
    return {name: value for name, value in members.items() if value is not None}


def _suppression(suppressed: dict[str, Any]) -> dict[str, str]:
    kind = "inSource" if suppressed.get("kind") == "inline" else "external"
    reason = suppressed.get("reason")
    return {"kind": kind, "justification": str(reason)} if reason else {"kind": kind}


def _notifications(report: Report, options: Options, dropped: int) -> Iterator[dict[str, Any]]:
    """What was left out of the file, the rules that were not checked, the files that could not be read; that there was no
    file at all, because a run that looked at nothing closes no finding of the run before."""
    words = Words(report.lang)
    if not report.summary.files:
        yield _notification("error", words("verdict.no_files"), words)
    if dropped:
        yield _notification("warning", words("problem.left_out", n=dropped), words)
    indexes = {code: number for number, code in enumerate(report.rules)}
    for code, account in report.accounting.items():
        if account.status not in ("crashed", "not_checked"):
            continue
        text = f"{code} {words(f'unchecked.{account.status}')}: {'; '.join(account.why)}".rstrip(": ")
        rule = {"id": code, "index": indexes[code]} if code in indexes else {"id": code}
        level = "error" if account.status == "crashed" else "warning"
        yield {**_notification(level, text, words), "associatedRule": rule}
    for document in report.unreadable():
        location = {"physicalLocation": {"artifactLocation": {"uri": relative_uri(document.path, options)}}}
        text = unreadable_message(document, words)
        yield {**_notification("error", text, words), "locations": [location]}


def _notification(level: str, text: str, words: Words) -> dict[str, Any]:
    return {"level": level, "message": {"text": sentence(text, words)}}


def _within(notifications: Iterator[dict[str, Any]], room: int, lang: str) -> Iterator[dict[str, Any]]:
    """As many notifications as there is room for; one more says how many are missing."""
    for notification in notifications:
        room -= _size(dump(notification))
        if room < 0:
            words = Words(lang)
            missing = 1 + sum(1 for _ in notifications)
            yield _notification("error", words("problem.notes_left_out", n=missing), words)
            return
        yield notification


def _size(text: str) -> int:
    """Bytes of a text with the separator that stands behind it."""
    return len(text.encode()) + 2
