"""PGN522: a name is short and is no sentence."""

from perfgoals_lint.lint.checks import Row, Rule, Violation, Violations
from perfgoals_lint.rulebook.patterns import compiled

_BRACKETED = compiled(r"[（(][^（()）]*[)）]")
_SENTENCE = compiled(r"[，。；;].+|。$")


def overlong_name(row: Row, rule: Rule) -> Violations:
    """PGN522: a name has no more characters than the parameter ``most``, what stands in brackets aside."""
    most = int(rule.parameters["most"])
    name = _BRACKETED.sub("", "".join(row.name.split()))
    if len(name) > most or (len(name) > 1 and _SENTENCE.search(name)):
        yield Violation(row=row, field="level3", args={"length": str(len(name)), "most": str(most)})
