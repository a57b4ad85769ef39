"""Measure the rules on the labelled tables of ``tests/evaluation`` and write recall and precision per rule into
``rules/lexicons/measured.yaml``; ``--check`` only says whether the figures are current, ``-v`` names what is wrong."""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests" / "evaluation"))

from cases import Case, cases, documents  # noqa: E402

from perfgoals_lint.lint.engine import Engine  # noqa: E402
from perfgoals_lint.lint.last_year import LastYear  # noqa: E402
from perfgoals_lint.rulebook import rules as rulebook  # noqa: E402

FILE = ROOT / "rules" / "lexicons" / "measured.yaml"
HEAD = "# Measured on the labelled tables of tests/evaluation by scripts/measure_rules.py: rows that the rule means (meant)\n# and right ones that look like them (near), and on how many of each it speaks.\n"


def measure(verbose: bool = False) -> dict[str, Counter[str]]:
    """By rule: the number of rows meant and near, and on how many of each the rule (or an agreed one) speaks."""
    book = rulebook.load()
    engines: dict[str, Engine] = {}
    tallies: dict[str, Counter[str]] = defaultdict(Counter)
    for case in (*cases(), *documents()):
        if case.form not in engines:
            engines[case.form] = Engine(book, framework=case.form, forced=frozenset(book.rules))
        engine = engines[case.form]
        if case.previous is not None:
            engine = Engine(
                book, framework=case.form, forced=frozenset(book.rules), previous=LastYear([case.previous])
            )
        spoke = _spoke(case, engine)
        side = "meant" if case.meant else "near"
        tallies[case.rule][side] += 1
        tallies[case.rule]["found" if case.meant else "alarms"] += spoke
        if verbose and spoke is not case.meant:
            print(f"{'MISSED' if case.meant else 'ALARM '} {case.rule} {case.text}")
    return dict(sorted(tallies.items()))


def _spoke(case: Case, engine: Engine) -> bool:
    """Does the rule, or one that names the same fault, speak of the case: of its rows, or of anything where it is a goal?"""
    codes = {case.rule, *case.alternatives} if case.meant else {case.rule}
    for finding in engine.check(case.document).findings:
        row = finding.indicator["level3"] if finding.indicator else None
        spoken = {finding.rule, *(finding.evidence or {}).get("also", ())}
        if spoken & codes and (row is None or not case.names or row in case.names):
            return True
    return False


def text_of(tallies: dict[str, Counter[str]]) -> str:
    """The figures as the rulebook keeps them."""
    keys = ("meant", "found", "near", "alarms")
    rows = (
        f"{code}: {{{', '.join(f'{key}: {tally[key]}' for key in keys)}}}" for code, tally in tallies.items()
    )
    return HEAD + "\n".join(rows) + "\n"


def main() -> int:
    tallies = measure("-v" in sys.argv)
    text = text_of(tallies)
    total: Counter[str] = sum(tallies.values(), Counter())
    print(f"{total['meant']} meant, {total['found']} found; {total['near']} near, {total['alarms']} alarms")
    if "--check" in sys.argv:
        if FILE.read_text(encoding="utf-8") == text:
            return 0
        print(f"{FILE.name} is not current: run python scripts/measure_rules.py")
        return 1
    FILE.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
