from perfgoals_lint.lint.checks import Rule, Table, Violation, Violations
from perfgoals_lint.rulebook.lexicons import contains_any, expression, finds, matcher, words


def deferral(text: str) -> tuple[int, int] | None:
    """Where a text puts its target off (以下达为准, 待定, 详见附件), as 0-based characters."""
    elsewhere = expression("deferred_value.elsewhere").search(text)
    return elsewhere.span() if elsewhere else _put_off(text)


def _put_off(text: str) -> tuple[int, int] | None:
    """The same, but for what is only written elsewhere."""
    if not contains_any(text, "qualitative.deferred"):
        return None
    masked = matcher("qualitative.deferred_not").sub(lambda match: "\0" * len(match[0]), text)
    found = matcher("qualitative.deferred").search(masked)
    return found.span() if found else None


def deferred_value(table: Table, rule: Rule) -> Violations:
    """PGF408: values, and goals, are decided when they are submitted."""
    undecided = tuple(words("qualitative.undecided"))
    for row in table.rows:
        if row.indicator.truncated:
            continue
        for value in row.values:
            # ≥12场，详见实施方案: the number is there.
            span = _put_off(value.text) if value.has_number else deferral(value.text)
            left = value.text.endswith(undecided) or finds(value.text, "deferred_value.awaited")
            if not span and left and not value.has_number:
                span = (0, len(value.text))
            if span:
                yield Violation(
                    row=row, field=value.field, span=span, args={"part": value.text[slice(*span)]}
                )
                break
    for field in ("annual_goal", "cycle_goal"):
        text = getattr(table.goal, field) or ""
        if span := deferral(text):
            args = {"part": text[slice(*span)]}
            yield Violation(table=table, field=field, span=span, case="goal", args=args)
            return
