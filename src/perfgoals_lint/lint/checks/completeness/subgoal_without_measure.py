from perfgoals_lint import prose
from perfgoals_lint.lint.checks import DocumentView, Rule, Violation, Violations
from perfgoals_lint.rulebook.lexicons import finds
from perfgoals_lint.rulebook.similarity import plain


def subgoal_without_measure(view: DocumentView, rule: Rule) -> Violations:
    """PGC114: the indicator line of a narrative sub-goal has a number, or some indicator row takes it up."""
    least = int(rule.parameters["stretch"])
    pieces = _pieces(view, least)
    for subgoal in view.document.subgoals:
        line = subgoal.indicators
        if not line or finds(line, "subgoal_without_measure.figure") or prose.scan(line).counts:
            continue
        text = plain(line)
        if any(text[start : start + least] in pieces for start in range(len(text) - least + 1)):
            continue
        yield Violation(location=subgoal.location, args={"title": subgoal.title, "line": line})


def _pieces(view: DocumentView, length: int) -> set[str]:
    """Every stretch of so many characters of the names and descriptions of the document's rows."""
    found: set[str] = set()
    for table in view.tables:
        for row in table.rows:
            for text in filter(None, (row.name, row.indicator.description)):
                letters = plain(text)
                found.update(letters[start : start + length] for start in range(len(letters) - length + 1))
    return found
