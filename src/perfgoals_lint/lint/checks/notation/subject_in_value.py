from perfgoals_lint.lint.checks import Row, Rule, Value, Violation, Violations
from perfgoals_lint.model import Edit
from perfgoals_lint.rulebook.lexicons import ends_with_any, expression
from perfgoals_lint.rulebook.patterns import compiled
from perfgoals_lint.rulebook.similarity import plain

_DIGIT = compiled(r"\d")


_LONGEST_FRONT = 80
"""A longer text in front of a figure is a sentence, in which no frame of a name is looked for."""


def subject_in_value(row: Row, rule: Rule) -> Violations:
    """PGN506: a value is a bound and a number; what is measured stands in the name."""
    hit: Violation | None = None
    for value in row.values:
        leading = _leading(value)
        if not leading:
            continue
        start = value.text.index(leading)
        args = {"part": leading, "fixed": value.text}
        hit = hit or Violation(row=row, field=value.field, span=(start, start + len(leading)), args=args)
        fixed = _without(value, leading)
        if fixed:
            hit.edits.append(Edit(row.place(value.field), value.field, value.text, fixed))
            hit.args["fixed"] = fixed
            hit.case = "named"
    if hit:
        yield hit


def _leading(value: Value) -> str | None:
    """The words in front of a number that name what is measured, or ``None``."""
    quantity, span = value.quantity, value.span
    if quantity is None or span is None or quantity.subject is None:
        return None
    # 较上年增长5%, 验收后15日内: the words say from where on to count.
    if quantity.reference or quantity.change or ends_with_any(quantity.subject, "ends.from_when"):
        return None
    front = value.text[: span[0]].strip()
    if len(front) > _LONGEST_FRONT:
        return front
    for name in ("framing_before", "framing_behind"):
        while match := expression(f"subject_in_value.{name}").search(front):
            front = front[: match.start()] + front[match.end() :]
    # A figure in front belongs to a calculation (8人*3.6万元/人).
    return (
        None
        if not front or expression("subject_in_value.each").fullmatch(front) or _DIGIT.search(front)
        else front
    )


def _without(value: Value, leading: str) -> str | None:
    """The value without the words in front, when the name says them already."""
    start, end = value.span or (0, 0)
    front, number, rest = value.text[:start], value.text[start:], plain(value.text[end:])
    name = plain(value.row.name)
    # 完成3个站点建设 loses its sense without its verb, unless the name says what is built, too.
    if rest not in name:
        return None
    if plain(front) in name:
        return number
    return (front.replace(leading, "", 1) + number).strip() if plain(leading) in name else None
