"""JUnit XML: a test case is a rule, a test suite is a review dimension, so that CI shows the account of every rule.

A rule that was not asked, does not apply or could not be checked is skipped, one that crashed is an error, one with findings at or
above ``fail_on`` is a failure. Unreadable files are errors of a suite of their own. What became of the figures of the run
stands in the properties of the first suite, as only suites have any.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TextIO

from perfgoals_lint.model import Finding
from perfgoals_lint.reports.clean import visible
from perfgoals_lint.reports.places import owned_message, relative_path, unreadable_message
from perfgoals_lint.reports.run import Options, Report, RuleAccount, Tally, forbids, is_active
from perfgoals_lint.reports.wording import Words, short_address

_MAX_LINES = 200


@dataclass(slots=True)
class _Case:
    """One test case: the element that tells its outcome (empty: passed) and the lines in it."""

    name: str
    outcome: str = ""
    message: str = ""
    lines: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Found:
    """The findings of one rule: how many, do they forbid submission, their lines up to a limit."""

    name: str
    dimension: str
    count: int = 0
    forbidding: bool = False
    lines: list[str] = field(default_factory=list)


def write(report: Report, out: TextIO, options: Options) -> None:
    """Write the suites. Memory is bounded: of each rule only so many findings are spelled out."""
    words = Words(report.lang)
    tally = Tally()
    found: dict[str, _Found] = {}
    for finding in tally.count(report.findings):
        if is_active(finding):
            entry = found.setdefault(finding.rule, _Found(finding.name, finding.dimension))
            _note(entry, finding, options, words)
    suites = _suites(report, found, options, words)
    unreadable = [
        _Case(relative_path(document.path, options), "error", unreadable_message(document, words))
        for document in report.unreadable()
    ]
    if unreadable:
        suites.setdefault(words("junit.reading"), []).extend(unreadable)
    total = [case for cases in suites.values() for case in cases]
    out.write('<?xml version="1.0" encoding="UTF-8"?>\n')
    out.write(f'<testsuites name="perfgoals-lint"{_counts(total)}>\n')
    properties = report.summary.account
    for name, cases in suites.items():
        skipped = sum(case.outcome == "skipped" for case in cases)
        out.write(f'  <testsuite name="{_text(name)}"{_counts(cases)} skipped="{skipped}">\n')
        _write_properties(out, properties)
        properties = {}
        for case in cases:
            _write_case(out, name, case)
        out.write("  </testsuite>\n")
    out.write("</testsuites>\n")


def _write_properties(out: TextIO, properties: Mapping[str, int]) -> None:
    if properties:
        out.write("    <properties>\n")
        for name, number in properties.items():
            out.write(f'      <property name="account.{_text(name)}" value="{number}"/>\n')
        out.write("    </properties>\n")


def _note(entry: _Found, finding: Finding, options: Options, words: Words) -> None:
    entry.count += 1
    entry.forbidding |= forbids(finding.severity, options)
    if len(entry.lines) < _MAX_LINES:
        address = short_address(finding.location)
        place = f"{finding.document}:{address}" if address else finding.document
        severity = words(f"severity.{finding.severity}")
        entry.lines.append(f"{place}: {severity} {owned_message(finding, words)}")


def _suites(
    report: Report, found: dict[str, _Found], options: Options, words: Words
) -> dict[str, list[_Case]]:
    """The cases by dimension: all rules that are known or accounted for, then what else was found."""
    suites: dict[str, list[_Case]] = {}
    codes = dict.fromkeys((*report.rules, *report.accounting, *found))
    for code in codes:
        rule = report.rules.get(code)
        entry = found.get(code)
        dimension = rule.dimension if rule else entry.dimension if entry else words("junit.reading")
        name = report.heading(code, entry.name if entry else "")
        case = _case(name, entry, report.accounting.get(code), words)
        suites.setdefault(dimension, []).append(case)
    return suites


def _case(name: str, found: _Found | None, account: RuleAccount | None, words: Words) -> _Case:
    lines = list(found.lines) if found else []
    if found and found.count > len(lines):
        lines.append(words("problem.left_out", n=found.count - len(lines)))
    if account and account.status == "crashed":
        return _Case(name, "error", _reasons(account, words), lines)
    if found:
        outcome = "failure" if found.forbidding else "system-out"
        return _Case(name, outcome, words("junit.found", n=found.count), lines)
    if account is None:
        return _Case(name, "skipped", words("junit.unasked"))
    if account.status in ("not_applicable", "not_checked"):
        return _Case(name, "skipped", _reasons(account, words))
    return _Case(name)


def _reasons(account: RuleAccount, words: Words) -> str:
    status = words(f"status.{account.status}")
    texts = [
        words("accounting.reason", status=status, text=reason.text, n=reason.count)
        for reason in account.reasons
        if reason.status == account.status
    ]
    return "; ".join(texts) or status


def _write_case(out: TextIO, suite: str, case: _Case) -> None:
    head = f'    <testcase classname="{_text(suite)}" name="{_text(case.name)}"'
    if not case.outcome:
        out.write(head + "/>\n")
        return
    message = "" if case.outcome == "system-out" else f' message="{_text(case.message)}"'
    body = "\n".join(_text(line) for line in case.lines)
    if body:
        out.write(f"{head}>\n      <{case.outcome}{message}>{body}</{case.outcome}>\n    </testcase>\n")
    else:
        out.write(f"{head}>\n      <{case.outcome}{message}/>\n    </testcase>\n")


def _counts(cases: list[_Case]) -> str:
    failures = sum(case.outcome == "failure" for case in cases)
    errors = sum(case.outcome == "error" for case in cases)
    return f' tests="{len(cases)}" failures="{failures}" errors="{errors}"'


def _text(text: str) -> str:
    """Harmless text for content and attributes."""
    text = visible(text).replace("&", "&amp;").replace("<", "&lt;")
    return text.replace(">", "&gt;").replace('"', "&quot;")
