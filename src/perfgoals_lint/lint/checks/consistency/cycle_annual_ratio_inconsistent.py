"""PGK613: the lengths of the cycle that counts imply."""

from collections.abc import Iterator
from decimal import Decimal

from perfgoals_lint.lint import suspects
from perfgoals_lint.lint.checks import Rule, Table, Violation, Violations
from perfgoals_lint.lint.facts.cycle import CountPair, count_pair, stands
from perfgoals_lint.lint.facts.period import years_of
from perfgoals_lint.lint.suspects import Suspect
from perfgoals_lint.money import plain


def ratio_inconsistent(table: Table, rule: Rule) -> Violations:
    """PGK613: the counts of one project imply one length of the cycle."""
    least = rule.number("factor")
    ratios: list[tuple[CountPair, Decimal]] = []
    for row in table.rows:
        pair = count_pair(row)
        # A cycle value that names its own years is measured against those.
        if pair is None or pair.cycle.over is not None or pair.cycle.per or not pair.part or stands(row.name):
            continue
        per = years_of(pair.annual, "per")
        if pair.annual.per and per is None:
            continue
        ratio = pair.whole / pair.part * (per or 1)
        # What there is grows a little over the cycle (鸟类种类数 86, 90); it does not add up.
        grows = row.class1 == "benefit" and 1 < ratio < least
        if ratio >= 1 and not grows:
            ratios.append((pair, ratio))
    if len(ratios) < 2 or max(r for _, r in ratios) < least * min(r for _, r in ratios):
        return
    first, *others = (pair.row for pair, _ in ratios)
    printed = [f"{plain(pair.whole)}/{plain(pair.part)} = {plain(round(ratio, 2))}" for pair, ratio in ratios]
    yield Violation(
        table=table,
        location=first.place("cycle_value"),
        args={"ratios": printed},
        related=[("other", {}, row.place("cycle_value")) for row in others],
        evidence={"expression": "; ".join(printed)},
        suspects=list(_suspects(ratios, least)),
    )


def _suspects(ratios: list[tuple[CountPair, Decimal]], least: Decimal) -> Iterator[Suspect]:
    """The two numbers of each row that alone is out of line with the others."""
    rank = sorted(ratio for _, ratio in ratios)
    for pair, ratio in ratios:
        if ratio not in (rank[0], rank[-1]):
            continue
        others = list(rank)
        others.remove(ratio)
        if others[-1] >= least * others[0]:
            continue
        low, high = others[-1] / least, others[0] * least
        yield suspects.cell(pair.row, "cycle_value", pair.whole * low / ratio, pair.whole * high / ratio)
        yield suspects.cell(pair.row, "annual_value", pair.part * ratio / high, pair.part * ratio / low)
