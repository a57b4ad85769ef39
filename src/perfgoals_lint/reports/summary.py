"""The end of the report for people: what was checked, what was found, what was not checked, and the verdict."""

from collections import Counter
from collections.abc import Iterator

from perfgoals_lint.model import SEVERITIES, Severity
from perfgoals_lint.reports.clean import visible
from perfgoals_lint.reports.run import Options, Report, Tally
from perfgoals_lint.reports.styled import Paragraph, StyledPage
from perfgoals_lint.reports.textwidth import pad, shorten, width
from perfgoals_lint.reports.wording import Words

_STYLES = {"error": "red", "warning": "yellow", "info": "cyan"}
_NARROWEST = 7
_MOST_TEXTS, _TEXT = 3, 24
"""How many texts outside of the tables are shown, and how many columns of each."""
_MOST_NAMED = 5
"""Files of a kind that are named when nobody looked into them; the JSON report names all."""


def write_summary(page: StyledPage, words: Words, report: Report, options: Options, tally: Tally) -> None:
    """Write everything behind the findings; ``report.findings`` has been gone through."""
    for paragraph in checked(words, report, tally):
        page.write(paragraph)
    if options.verbose or options.show_accounting:
        page.blank()
    if options.verbose and any(tally.total.values()):
        _table(page, words, words("summary.dimension"), list(tally.dimensions.items()))
        _table(page, words, words("summary.rule"), rule_counts(report, tally))
    if options.show_accounting:
        _accounting(page, words, report)
    _unchecked(page, words, report)
    _unreadable(page, words, report)
    _not_looked_at(page, words, report)
    page.write(verdict_line(words, report, options, tally))


def checked(words: Words, report: Report, tally: Tally) -> Iterator[Paragraph]:
    """How much was checked and found, what became of the figures, what is in no table, and by which forms."""
    counts = words("summary.line", extent=extent(words, report), found=found(words, report, tally))
    yield Paragraph(((counts, "bold"),), 0, 2)
    account = report.summary.account
    if account.get("figures"):
        yield _labelled(words, "summary.account", figures(words, report))
    if account.get("unread"):
        yield _labelled(words, "summary.cells_account", words("summary.cells", **account))
    if left := outside(words, report):
        yield Paragraph(((left, "yellow"),), 0, 2)
    if applied := editions(words, report):
        yield _labelled(words, "summary.editions", applied)


def _labelled(words: Words, key: str, text: str) -> Paragraph:
    label = words(key) + words("summary.colon")
    return Paragraph(((label, ""), (text, "")), 0, width(label))


def verdict_line(words: Words, report: Report, options: Options, tally: Tally) -> Paragraph:
    """The verdict behind its title."""
    label = words("verdict.title")
    return Paragraph(((label, "bold"), verdict(words, report, options, tally)), 0, width(label))


def extent(words: Words, report: Report) -> str:
    """How much was checked: files, tables, indicator rows."""
    summary = report.summary
    return words("summary.join").join(
        words(f"summary.{name}", n=getattr(summary, name)) for name in ("files", "tables", "indicators")
    )


def figures(words: Words, report: Report) -> str:
    """How many figures the tables have, and what became of them."""
    account = report.summary.account
    return words("summary.figures", **account) + (words("summary.facts") if account["not_understood"] else "")


def editions(words: Words, report: Report) -> str:
    """The forms that the files were checked as, the most frequent first, with the number of their files; of a single
    form also by what it was recognised, since a form printed elsewhere may look the same."""
    titles: Counter[str] = Counter()
    reasons = set()
    for one in report.documents:
        if one.tables and one.framework_title:
            titles[one.framework_title] += 1
            reasons.add(one.framework_reason)
    if len(titles) == len(reasons) == 1 and (reason := reasons.pop()):
        return words("summary.edition_reason", title=next(iter(titles)), reason=reason)
    return words("address.list").join(
        words("summary.edition", title=title, n=number) if len(titles) > 1 else title
        for title, number in titles.most_common()
    )


def outside(words: Words, report: Report) -> str:
    """How much text stands in no goal table, and where the first of it is; empty where there is none."""
    if not report.outside:
        return ""
    several = len(report.documents) > 1
    places: list[str] = []
    for document in report.documents:
        for number, text in enumerate(document.outside.first[: _MOST_TEXTS - len(places)]):
            where = f"{document.path} " if several and not number else ""
            where += words.address(text.location)
            places.append(words("summary.outside_text", where=where, text=shorten(visible(text.text), _TEXT)))
        if len(places) == _MOST_TEXTS:
            break
    said = words("summary.outside", n=report.outside)
    if not places:
        return said
    more = words("summary.and_more") if report.outside > len(places) else ""
    return said + words("summary.colon") + words("address.list").join(places) + more


def found(words: Words, report: Report, tally: Tally) -> str:
    """How much was found by severity, and what was set aside or could not be read."""
    parts = [
        words(f"summary.{severity}", n=tally.total[severity] + report.unlisted.total[severity])
        for severity in SEVERITIES
    ]
    for name in ("suppressed", "baselined", "unreadable", "not_goal_tables", "not_looked_at"):
        number = getattr(report.summary, name)
        if number:
            parts.append(words(f"summary.{name}", n=number))
    return words("summary.join").join(parts)


def unchecked(report: Report) -> list[str]:
    """The codes of the rules that crashed or could not be checked somewhere."""
    return [
        code for code, account in report.accounting.items() if account.status in ("crashed", "not_checked")
    ]


def verdict(words: Words, report: Report, options: Options, tally: Tally) -> tuple[str, str]:
    """Can it be submitted? A sentence and its style; of self-evaluations it says what no rule checks."""
    said, style = _judged(words, report, options, tally)
    if any(one.self_evaluations for one in report.documents):
        said += words("verdict.results")
    return said, style


def _judged(words: Words, report: Report, options: Options, tally: Tally) -> tuple[str, str]:
    forbidden = tally.forbidding(options) + report.unlisted.forbidding(options)
    unreadable = report.summary.unreadable
    if forbidden:
        key = "verdict.forbidden_unreadable" if unreadable else "verdict.forbidden"
        return words(key, n=forbidden), "bold red"
    if unreadable:
        return words("verdict.unreadable", n=unreadable), "bold red"
    if not report.summary.tables:
        return words("verdict.no_tables" if report.summary.files else "verdict.no_files"), "bold red"
    unread = tally.unread()
    unlisted = report.unlisted.unread() + report.gaps
    if unread or unlisted:
        return words("verdict.unread" if unread else "verdict.unlisted", n=unread + unlisted), "bold red"
    crashed = len(unchecked(report))
    if crashed:
        return words("verdict.unchecked", n=crashed), "bold yellow"
    total = sum(tally.total.values()) + sum(report.unlisted.total.values())
    left_out = len(report.rules) - len(report.accounting)
    if left_out > 0:
        asked = len(report.accounting)
        return words("verdict.selected", n=asked, left_out=left_out), "bold yellow"
    said, accepted = words("verdict.clean"), report.summary.baselined + report.summary.suppressed
    if total:
        asked = total - tally.total["info"] - report.unlisted.total["info"]
        said = words("verdict.allowed" if asked else "verdict.remarks", n=asked or total)
    elif accepted:
        said = words("verdict.accepted", n=accepted)
    if report.outside:
        return said + words("verdict.outside", n=report.outside), "bold yellow"
    return said, "bold green"


def rule_counts(report: Report, tally: Tally) -> list[tuple[str, dict[Severity, int]]]:
    """Rules with their titles and counts: most errors first, then most warnings, most info, then by code."""
    ordered = sorted(tally.rules.items(), key=lambda item: (*(-item[1][s] for s in SEVERITIES), item[0]))
    return [(report.heading(code, tally.names[code]), counts) for code, counts in ordered]


def _table(page: StyledPage, words: Words, head: str, lines: list[tuple[str, dict[Severity, int]]]) -> None:
    """Counts by severity in aligned columns, without any drawn lines."""
    titles = [*(words(f"severity.{severity}") for severity in SEVERITIES), words("summary.total")]
    column = max(_NARROWEST, *(width(title) + 2 for title in titles))
    names = page.columns - 2 - column * len(titles)
    names = max(min(names, max(width(head), *(width(name) for name, _ in lines))), 2)
    numbers = "".join(_right(title, column) for title in titles)
    page.line((pad(shorten(head, names), names) + numbers, "dim"), indent=2)
    for name, counts in lines:
        cells = [(_right(counts[s] or "-", column), _STYLES[s] if counts[s] else "dim") for s in SEVERITIES]
        total = _right(sum(counts.values()), column)
        page.line((pad(shorten(name, names), names), ""), *cells, (total, "bold"), indent=2)
    page.blank()


def _right(value: object, columns: int) -> str:
    text = str(value)
    return " " * (columns - width(text)) + text


def _accounting(page: StyledPage, words: Words, report: Report) -> None:
    page.line((words("accounting.title"), "bold underline"))
    page.blank()
    for code, account in report.accounting.items():
        counts = words("summary.join").join(
            words("accounting.tables", status=words(f"status.{status}"), n=number)
            for status, number in account.counts.items()
            if number
        )
        page.line(
            (report.heading(code), ""),
            (f"  {counts or words(f'status.{account.status}')}", "dim"),
            indent=2,
            hang=4,
        )
        for reason in account.reasons:
            status = words(f"status.{reason.status}")
            text = words("accounting.reason", status=status, text=reason.text, n=reason.count)
            page.line((text, "dim"), indent=6, hang=2)
    page.blank()


def _unchecked(page: StyledPage, words: Words, report: Report) -> None:
    codes = unchecked(report)
    if not codes:
        return
    page.line((words("unchecked.title", n=len(codes)), "bold yellow"), hang=2)
    for code in codes:
        account = report.accounting[code]
        text = ("; " if words.lang == "en" else "；").join(account.why)
        page.line(
            (report.heading(code) + words("summary.colon"), ""),
            (text or words(f"unchecked.{account.status}"), ""),
            indent=2,
            hang=2,
        )
    page.blank()


def _not_looked_at(page: StyledPage, words: Words, report: Report) -> None:
    """The files that nobody looked into, by reason, the first of each kind by name."""
    documents = report.not_looked_at()
    if not documents:
        return
    page.line((words("not_looked_at.title", n=len(documents)), "bold yellow"), hang=2)
    reasons: dict[str, list[str]] = {}
    for document in documents:
        reasons.setdefault(document.reason or "", []).append(document.path)
    for reason, paths in reasons.items():
        page.line((reason + words("summary.colon"), ""), indent=2, hang=2)
        for path in paths[:_MOST_NAMED]:
            page.line((path, "dim"), indent=4, hang=2)
        if len(paths) > _MOST_NAMED:
            page.line((words("not_looked_at.more", n=len(paths) - _MOST_NAMED), "dim"), indent=4)
    page.blank()


def _unreadable(page: StyledPage, words: Words, report: Report) -> None:
    documents = list(report.unreadable())
    if not documents:
        return
    page.line((words("unreadable.title", n=len(documents)), "bold red"), hang=2)
    for document in documents:
        reason = document.reason or words("unreadable.reason")
        page.line((document.path + words("summary.colon"), "bold"), (reason, ""), indent=2, hang=2)
    page.blank()
