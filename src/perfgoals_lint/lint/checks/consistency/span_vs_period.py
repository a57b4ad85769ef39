"""PGK607: spans of years against the printed period."""

from perfgoals_lint.lint import suspects
from perfgoals_lint.lint.checks import Rule, Table, Violation, Violations
from perfgoals_lint.lint.facts.period import printed_months, printed_period, spans
from perfgoals_lint.rulebook.lexicons import expression, finds
from perfgoals_lint.values.units import convert


def span_vs_period(table: Table, rule: Rule) -> Violations:
    """PGK607: a span of years in the goals or the cycle values is the length of the printed period."""
    yield from _longer_rows(table, rule.parameters["month"])
    length = table.years
    if length is None:
        return
    yield from _named_years(table)
    for years, mentions in sorted(spans(table).items()):
        if years == length:
            continue
        first = mentions[0]
        rows = {mention.row.index for mention in mentions if mention.row}
        lone = len(rows) == 1 and all(mention.row for mention in mentions)
        yield Violation(
            table=table,
            row=first.row if lone else None,
            field=first.field if lone or first.row is None else None,
            location=first.place,
            span=first.span if lone or first.row is None else None,
            case="short" if years == length - 1 else None,
            args={"years": str(years), "length": str(length), "period": printed_period(table)},
            related=[
                ("other", {}, mention.place) for mention in mentions[1:] if mention.place != first.place
            ],
            suspects=[
                suspects.printed(one.field, one.span or (0, 0), str(years), None, None, one.row)
                for one in mentions
            ],
        )


def _longer_rows(table: Table, month: str) -> Violations:
    """A length of the work that is more than the months of the printed period; ``month`` is their unit."""
    length = table.length_in_months
    if length is None:
        return
    for row in table.filled_rows:
        if not finds(row.name, "span_vs_period.work_length"):
            continue
        for value in row.values:
            quantity = value.quantity
            months = convert(quantity.value, quantity.unit, month) if quantity and quantity.value else None
            if months is not None and months > length:
                args = {"length": str(length), "period": printed_months(table)}
                yield Violation(row=row, field=value.field, span=value.span, case="months", args=args)
                break


def _named_years(table: Table) -> Violations:
    """The first span of years in the cycle goal (2024—2027年) that begins with the period and ends elsewhere, or is
    as long as it and begins elsewhere, or number of years, or year behind the period, in which something is to be finished (用五年建成, 到2028年底完成)."""
    period, text = table.goal.period, table.goals.get("cycle_goal")
    if period is None or period.start is None or period.end is None or text is None:
        return
    several = period.end > period.start
    plans = [span for span in text.spans if span.kind == "plan" and not span.quoted]
    for span in plans if several else ():
        if span.years > (table.years or span.years):
            yield _named(table, span.span)
            return
    for mention in text.years:
        aside = mention.document_number or mention.past or mention.money or mention.quoted
        other_end = mention.year == period.start and mention.year < mention.last != period.end
        length = mention.last - mention.year
        shifted = several and length == period.end - period.start and mention.year != period.start
        late = (
            several
            and mention.last > period.end
            and expression("span_vs_period.finished_by").match(text.text, mention.span[1])
        )
        if not aside and (other_end or shifted or late):
            yield _named(table, mention.span)
            return


def _named(table: Table, span: tuple[int, int]) -> Violation:
    printed = table.goals["cycle_goal"].text[slice(*span)]
    args = {"printed": printed, "period": printed_period(table)}
    return Violation(table=table, field="cycle_goal", span=span, case="named", args=args)
