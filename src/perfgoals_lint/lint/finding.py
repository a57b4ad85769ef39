"""From hits to findings: wording, severity, address and a fingerprint that stays when rows move."""

from __future__ import annotations

import hashlib
import string
from collections import Counter
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from perfgoals_lint.model import Finding, Fix, Related, Severity
from perfgoals_lint.rulebook import policy
from perfgoals_lint.rulebook.editions import cited
from perfgoals_lint.rulebook.labels import column_of
from perfgoals_lint.rulebook.messages import listed, message, reason
from perfgoals_lint.text import is_chinese, squeeze

if TYPE_CHECKING:
    from perfgoals_lint.lint.context import Table
    from perfgoals_lint.lint.violation import Violation
    from perfgoals_lint.model import Location, Problem
    from perfgoals_lint.rulebook.rule import Rule, SeverityCondition


_READ = frozenset({"PGX201", "PGX310"})
"""Errors of a file that was read: a rule crashed, a merge was left half done."""


def unread(finding: Finding) -> bool:
    """Does the finding say that something of the file could not be read or recognised?"""
    return finding.rule.startswith("PGX") and finding.severity == "error" and finding.rule not in _READ


def of_reading(code: str) -> bool:
    """Does a code tell of what could not be read, recognised or checked, and not of the gate's own files (exceptions)?"""
    return code.startswith("PGX") and not code.startswith("PGX3")


def is_active(finding: Finding) -> bool:
    """Does the finding count: neither suppressed nor already in the baseline?"""
    return finding.suppressed is None and finding.baseline_state in (None, "new", "updated")


def _args(hit: Violation, table: Table | None, quote: str | None) -> dict[str, Any]:
    """What fills the message of a hit: what is always there, and its own."""
    return {
        "name": hit.row.name if hit.row else "",
        "value": quote or (hit.row.values[0].text if hit.row and hit.row.values else ""),
        "project": table.title if table else "",
        # The year of the table, for examples of dates in advice; nothing where it is not known.
        "in_year": f"{table.goal.fiscal_year}年" if table and table.goal.fiscal_year else "",
        "level2": (hit.row.indicator.level2 or hit.row.indicator.level1 or "") if hit.row else "",
        **hit.args,
    }


class Writer:
    """Turns hits into findings in one language; keeps the count that tells identical identities of a
    document apart. Where the reading of a text is ``doubtful``, what would be an error is a warning that says so."""

    def __init__(self, lang: str, doubtful: bool = False) -> None:
        self.lang = lang
        self.doubtful = doubtful
        self._seen: Counter[str] = Counter()
        self._document = ""

    def finding(self, rule: Rule, hit: Violation, document: str) -> Finding:
        """The finding of a hit; ``document`` is the path as given."""
        table = hit.table or (hit.row.table if hit.row else None)
        quote = self._quote(hit, table)
        args = _args(hit, table, quote)
        words = self._words(args)
        advice = (
            message("engine", hit.advice, self.lang)
            if hit.advice
            else rule.text("advice", self.lang, hit.case)
        )
        severity = severity_of(rule, hit, table)
        said = self._fill(rule.text("message", self.lang, hit.case) or rule.code, words)
        if self.doubtful and severity == "error":
            severity, said = "warning", said + message("engine", "in_doubt", self.lang)
        return Finding(
            rule=rule.code,
            name=rule.name,
            severity=severity,
            dimension=message("engine", f"dimensions.{rule.letter}", self.lang),
            message=said,
            advice=self._fill(advice, words) if advice else None,
            basis=self._basis(rule, table),
            document=document,
            project_name=table.title if table else None,
            unit=hit.unit or (table.goal.unit if table else None),
            table_index=table.index if table else None,
            indicator=_identity(hit),
            field=hit.field,
            location=hit.location or _place(hit, table),
            related=[
                Related(self._fill(self._related(rule, key), self._words(values)), place)
                for key, values, place in hit.related
            ],
            evidence=hit.evidence,
            fix=Fix(rule.fix_safe, hit.edits, rule.fix_safe) if hit.edits else None,
            fingerprint=self._fingerprint(rule.code, hit, table, document),
            quote=quote,
            span=hit.span,
            values=_values(hit),
            heading=_heading(hit, table),
            digest=_said_digest(rule.text("message", "zh", hit.case) or "", args),
        )

    def problem(self, problem: Problem, document: str) -> Finding:
        """The finding of a reading problem (``PGX…``)."""
        entry = problem_entry(problem.code)
        entry = entry | entry.get("cases", {}).get(problem.args.get("case"), {})
        args = _in_words(entry, problem)
        if isinstance(args.get("reason"), str):
            args["reason"] = reason(args["reason"], self.lang)
        words = self._words(args)
        unmoved = (text for name, text in problem.args.items() if name != "line")
        advice = entry.get("advice")
        return Finding(
            rule=problem.code,
            name=entry["name"],
            severity=entry["severity"],
            dimension=message("engine", "dimensions.X", self.lang),
            message=self._fill(_problem_message(entry, problem)[self.lang], words),
            advice=self._fill(advice[self.lang], words) if advice else None,
            document=document,
            location=problem.location,
            related=[Related(message("engine", "related.others", self.lang), one) for one in problem.others],
            fingerprint=self._number(_digest(problem.code, *sorted(unmoved)), document),
        )

    def _said(self, value: Any) -> str:
        """An argument in the run's language: a text, a pair of texts by language, or a list of them."""
        if isinstance(value, list):
            return listed(map(self._said, value), self.lang)
        return str(value[self.lang] if isinstance(value, dict) else value)

    def _words(self, args: Mapping[str, Any]) -> _Said:
        return _Said({key: self._said(value) for key, value in args.items()})

    def _fill(self, template: str, said: _Said) -> str:
        return _joined(template, said) if self.lang == "zh" else template.format_map(said)

    def _related(self, rule: Rule, key: str) -> str:
        texts = rule.related.get(key)
        return str(texts[self.lang]) if texts else message("engine", f"related.{key}", self.lang)

    def _basis(self, rule: Rule, table: Table | None) -> str | None:
        year = table.goal.fiscal_year if table else None
        titles = cited(rule.basis, year, self.lang, rule.sources)
        return ("；" if self.lang == "zh" else "; ").join(titles) or None

    def _quote(self, hit: Violation, table: Table | None) -> str | None:
        if hit.field is None or hit.field == "state":  # the state of a form is nothing that it prints
            return None
        holder: object = hit.row.indicator if hit.row else table.goal if table else None
        text = getattr(holder, hit.field, None)
        return text if isinstance(text, str) else None

    def _fingerprint(self, code: str, hit: Violation, table: Table | None, document: str) -> str:
        project = (
            (table.goal.unit or "", table.goal.project_code or table.title) if table else (hit.unit or "", "")
        )
        row = hit.row.identity if hit.row else ("", "", "")
        identity = _digest(code, *project, *row, hit.field or "", hit.case or "")
        return self._number(identity, document)

    def _number(self, digest: str, document: str) -> str:
        if document != self._document:
            self._seen.clear()
            self._document = document
        self._seen[digest] += 1
        count = self._seen[digest]
        return digest if count == 1 else f"{digest}-{count}"


class _Said(dict[str, str]):
    """The arguments of a message; one that nobody gave is shown as missing, because a finding must not be lost to it."""

    def __missing__(self, key: str) -> str:
        return f"〈{key}〉"


_INNER = str.maketrans("“”", "‘’")
"""Quotation marks inside of others (““两癌”筛查率” is “‘两癌’筛查率”)."""


def _joined(template: str, said: _Said) -> str:
    """A Chinese message. Figures in it are set off by blanks; between an argument that ends or begins with a Chinese
    character (24 万元) and Chinese words there is none."""
    text = ""
    for words, name in _pieces(template):
        words = words[1:] if words[:1] == " " and is_chinese(words[1:2]) and is_chinese(text[-1:]) else words
        value = said[name] if name else ""
        if text.count("“") + words.count("“") > text.count("”") + words.count("”"):
            value = value.translate(_INNER)
        if words[-1:] == " " and is_chinese(words[-2:-1] or text[-1:]) and is_chinese(value[:1]):
            words = words[:-1]
        text += words + value
    return text


@cache
def _pieces(template: str) -> tuple[tuple[str, str | None], ...]:
    return tuple((words, name) for words, name, _, _ in string.Formatter().parse(template))


_KNOWN_ALREADY = frozenset({"name", "project"})
"""Arguments that the fingerprint has."""


@cache
def _named_in(template: str) -> list[str]:
    names = {name for _, name, _, _ in string.Formatter().parse(template) if name}
    return sorted(names - _KNOWN_ALREADY)


def _said_digest(template: str, args: Mapping[str, Any]) -> str:
    """What a message says beyond what the fingerprint has: the arguments it shows, lists in any order. The same in
    every language, and wherever the rows stand."""
    said: list[str] = []
    for name in _named_in(template):
        value = args.get(name, "")
        items = [str(one.get("zh", one) if isinstance(one, dict) else one) for one in _listed(value)]
        said += [name, *sorted(items)]
    return _digest(*said) if said else ""


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def problem_entry(code: str) -> dict[str, Any]:
    """Severity, name and texts of a ``PGX`` code. Raises ``KeyError`` for an unknown one."""
    messages = policy.index()["messages"]
    for group in ("reading", "formats", "gate"):
        if code in messages.get(group, {}):
            entry: dict[str, Any] = messages[group][code]
            return entry
    raise KeyError(code)


def problem_codes(selector: str) -> list[str]:
    """The codes of reading problems that a selector names: a ``PGX`` code, a prefix of such, or a name."""
    messages = policy.index()["messages"]
    entries = {
        code: entry for group in ("reading", "formats", "gate") for code, entry in messages[group].items()
    }
    wanted = selector.strip()
    by_code = wanted.upper()
    if not by_code.startswith("PGX"):
        return [code for code, entry in entries.items() if entry["name"] == wanted.lower()]
    return sorted(code for code in entries if code.startswith(by_code))


def problem_title(code: str, lang: str) -> str | None:
    """What a ``PGX`` code is called; ``None`` for any other code."""
    try:
        return str(problem_entry(code)["title"][lang])
    except KeyError:
        return None


def _problem_message(entry: dict[str, Any], problem: Problem) -> dict[str, str]:
    """The message of a problem: the one of ``without`` for an argument that has nothing to say."""
    empty = (text for name, text in entry.get("without", {}).items() if not problem.args.get(name))
    message: dict[str, str] = next(empty, entry["message"])
    return message


def _in_words(entry: dict[str, Any], problem: Problem) -> dict[str, Any]:
    """The arguments of a problem; one that stands for words (what a file looks like) as these, by language."""
    words = entry.get("words", {})
    return {name: words.get(name, {}).get(text, text) for name, text in problem.args.items()}


def severity_of(rule: Rule, hit: Violation, table: Table | None) -> Severity:
    """The severity of a hit: its own, its case's, that of the first matching ``severity_when``, or the rule's."""
    if hit.severity:
        return hit.severity
    case = rule.cases.get(hit.case or "", {})
    if "severity" in case:
        return case["severity"]
    for condition in rule.severity_when:
        if table is not None and _holds(condition, table):
            return condition["severity"]
    return rule.severity


def _holds(condition: SeverityCondition, table: Table) -> bool:
    from perfgoals_lint.lint.kinds.selector import table_condition

    frameworks = condition.get("frameworks")
    if frameworks and table.document.framework.name not in frameworks:
        return False
    where = condition.get("where")
    return table_condition(where)(table) if where else True


def _identity(hit: Violation) -> dict[str, str | None] | None:
    if hit.row is None:
        return None
    indicator = hit.row.indicator
    return {"level1": indicator.level1, "level2": indicator.level2, "level3": indicator.level3}


def _heading(hit: Violation, table: Table | None) -> str | None:
    """How the table calls the field of a hit: its column, by the name that no part of the value (符号, 单位) has, or its box."""
    if table is None or hit.field is None:
        return None
    if hit.row is None:
        return table.goal.headings.get(hit.field)
    columns = [one.text for one in table.goal.header if one.role == hit.field]
    own = [text for text in columns if column_of(squeeze(text)) == hit.field]
    return squeeze((own or columns)[0]) if len(columns) == 1 or own else None


def _values(hit: Violation) -> dict[str, str | None] | None:
    if hit.row is None:
        return None
    indicator = hit.row.indicator
    return {"cycle_value": indicator.cycle_value, "annual_value": indicator.annual_value}


def _place(hit: Violation, table: Table | None) -> Location | None:
    if hit.row is not None:
        return hit.row.place(hit.field)
    return table.place(hit.field) if table is not None else None


def _digest(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]
