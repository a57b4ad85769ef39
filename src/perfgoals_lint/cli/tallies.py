"""``--statistics`` and ``--timings``: small tables on standard error, so that a report on standard output stays whole."""

from perfgoals_lint.cli.wording import language, say
from perfgoals_lint.runner.run import Run


def statistics(run: Run) -> str:
    """How many tables each rule found something in, the most first, one rule a line."""
    found = {code: account.counts.get("found", 0) for code, account in run.report.accounting.items()}
    rows = sorted(
        ((number, code) for code, number in found.items() if number), key=lambda row: (-row[0], row[1])
    )
    lines = [f"{number:7}  {code}  {_title(run, code)}" for number, code in rows]
    return "\n".join([say("statistics.head"), *lines]) + "\n"


def timings(run: Run) -> str:
    """The milliseconds spent in each rule over the whole run, the slowest first."""
    rows = sorted(run.seconds.items(), key=lambda item: (-item[1], item[0]))
    lines = [f"{seconds * 1000:9.1f}  {code}  {_title(run, code)}" for code, seconds in rows]
    return "\n".join([say("timings.head"), *lines]) + "\n"


def _title(run: Run, code: str) -> str:
    rule = run.rules[code]
    return f"{rule.name}  {rule.text('title', language()) or ''}".rstrip()
