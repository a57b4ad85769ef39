"""Is there a goal text at all, and is it whole?"""

from perfgoals_lint.lint.checks import DocumentView, Rule, Table, Violation, Violations
from perfgoals_lint.lint.facts.torn import OtherTexts, ends_torn
from perfgoals_lint.prose import Narrative
from perfgoals_lint.rulebook.lexicons import ends_with_any, expression, finds
from perfgoals_lint.rulebook.patterns import compiled

_PLACE = 2
"""Characters at the beginning of a unit's name that name its place."""
GOALS = ("annual_goal", "cycle_goal")
_CLOSED = compiled(r"[。！？.!?…)）\]】〕》〉」』”’\"']\s*$")
_BARE_FIGURE = compiled(r"[\u4e00-\u9fff≥≤><＞＜=]\d+(?:\.\d*)?$")
_PUNCTUATION = compiled(r"^\s*[，。、；：！？,;:!?)）】》〉”’」』%％]")
_BLANK = compiled(r"\s+")


def ends_closed(table: Table, field: str) -> bool:
    """Does a goal text end in a full stop, a closing bracket or quote, or an amount?"""
    scanned = table.goals[field]
    end = len(scanned.text.rstrip())
    if _CLOSED.search(scanned.text):
        return True
    return any(one.span[1] >= end for found in (scanned.counts, scanned.money) for one in found)


def begins_torn(text: str) -> bool:
    """Does a text begin in the middle of a sentence?"""
    if _PUNCTUATION.match(text):
        return True
    torn = expression("missing_or_thin_goal.torn_start").match(text)
    return torn is not None and not expression("missing_or_thin_goal.partner").match(text)


def _ends_torn(table: Table, field: str) -> bool:
    """Does a goal end in the middle of a sentence, a figure or a word that a name of its table has whole?"""
    text = table.goals[field].text.rstrip()
    if ends_torn(text) or ends_with_any(text, "goals.reaching") or _BARE_FIGURE.search(text):
        return True
    if finds(text, "torn.unmade"):
        return True
    return not _CLOSED.search(text) and OtherTexts(row.name for row in table.rows).go_on_with_word(text)


def fragments(view: DocumentView) -> set[tuple[int, str]]:
    """The goals (table, field) that look cut off: torn at the start, or open at the end where the document's goals
    are mostly closed."""
    given = [(table, field) for table in view.tables if not table.withheld for field in table.goals]
    is_open = {(table.index, field) for table, field in given if not ends_closed(table, field)}
    found = {
        (table.index, field)
        for table, field in given
        if begins_torn(table.goals[field].text) or _ends_torn(table, field)
    }
    return found | is_open if 2 * len(is_open) < len(given) else found


def missing_or_thin_goal(view: DocumentView, rule: Rule) -> Violations:
    """PGC109: every project has a goal of more than a few words, printed whole."""
    least = int(rule.parameters["least"])
    torn = fragments(view)
    two_columns = any(table.goal.cycle_goal for table in view.tables)
    any_goal = any(table.goals for table in view.tables)
    for table in view.tables:
        if table.withheld or table.goal.state == "blank_form":
            continue
        missing = _missing(table, two_columns)
        if missing:
            case = "excerpt" if not any_goal and _is_excerpt(table) else missing[1]
            yield Violation(table=table, field=missing[0], case="cut" if torn else case)
            continue
        for field, scanned in table.goals.items():
            length = len(_BLANK.sub("", scanned.text))
            if length <= least:
                yield Violation(
                    table=table, field=field, case="thin", args={"length": str(length), "least": str(least)}
                )
                break
            if _says_nothing(scanned, table, int(rule.parameters["own"])):
                yield Violation(table=table, field=field, case="frame")
                break
            if (table.index, field) in torn:
                yield Violation(table=table, field=field, case="fragment")
                break


def _says_nothing(scanned: Narrative, table: Table, own: int) -> bool:
    """A goal without any figure that consists of words every goal may hold (履行职责, 圆满完成各项工作) and the name of the
    place that the unit is of."""
    if scanned.counts or scanned.money or any(letter.isdigit() for letter in scanned.text):
        return False
    place = (table.goal.unit or table.goal.department or "")[:_PLACE]
    text = scanned.text.replace(place, "") if len(place) == _PLACE else scanned.text
    return len(expression("missing_or_thin_goal.frames").sub("", text)) <= own


def _is_excerpt(table: Table) -> bool:
    """Are the indicators all that is printed of the project, beside its name?"""
    goal = table.goal
    boxes = (*GOALS, "budget_yuan", "funding_yuan", "department", "unit", "period")
    return goal.labels.keys().isdisjoint(boxes) and not any(getattr(goal, field) for field in boxes)


def _missing(table: Table, two_columns: bool) -> tuple[str, str] | None:
    """The goal that is missing, and the case: none at all, or one of two in a project of several years."""
    if not table.goals:
        return "annual_goal", "none"
    several_years = two_columns and (table.years or 1) > 1
    absent = next((field for field in GOALS if field not in table.goals), None)
    return (absent, "stage") if several_years and absent else None
