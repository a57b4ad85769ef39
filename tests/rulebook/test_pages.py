"""Every rule page's own samples: a bad sample must give the marked findings and no other, a good one none."""

from __future__ import annotations

import pytest

from perfgoals_lint import policy, rulebook
from perfgoals_lint.engine import Engine
from perfgoals_lint.samples import Sample, samples_of

BOOK = rulebook.load()
SECTIONS = ["检查什么", "为什么", "反例", "正例", "例外", "What it checks", "Why", "Exceptions"]


def _samples() -> list[tuple[rulebook.Rule, Sample]]:
    return [(rule, sample) for rule in BOOK for sample in samples_of(rulebook.page_text(rule), rule.code)]


@pytest.mark.parametrize(("rule", "sample"), [pytest.param(r, s, id=f"{r.code}-{s.title}") for r, s in _samples()])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_sample(rule: rulebook.Rule, sample: Sample, lang: str) -> None:
    result = Engine([rule], lang=lang, framework=sample.framework, forced=frozenset({rule.code})).check(sample.document)
    totals = [total.location for total in sample.document.totals]
    found: dict[tuple[int | None, int | None, str | None], str] = {}
    for finding in result.findings:
        assert finding.rule == rule.code, finding.message
        assert "{" not in finding.message
        row = None
        if finding.indicator is not None and finding.table_index is not None:
            rows = sample.document.tables[finding.table_index].indicators
            row = next(i for i, r in enumerate(rows) if finding.location in r.locations.values())
        if finding.table_index is None and finding.location in totals:
            key = (None, totals.index(finding.location), "total")
        else:
            key = (finding.table_index, row, None if row is not None else _header(finding.field))
        found[key] = finding.severity
    assert set(found) == set(sample.expected), [f.message for f in result.findings]
    for key, severity in sample.expected.items():
        assert severity in (None, found[key])
    assert bool(sample.expected) is sample.bad


def _header(field: str | None) -> str | None:
    return None if field == "project_name" else field


@pytest.mark.parametrize("rule", list(BOOK), ids=lambda rule: rule.code)
def test_page_is_whole(rule: rulebook.Rule) -> None:
    page = rulebook.page_text(rule)
    assert [line[3:] for line in page.splitlines() if line.startswith("## ")] == SECTIONS
    samples = samples_of(page, rule.code)
    assert any(sample.bad for sample in samples)
    assert any(not sample.bad for sample in samples)
    for text in (rule.head["title"], rule.head["message"]):
        assert set(text) == {"zh", "en"}
    assert rule.head["page"].split("/")[1] == f"{rule.code}-{rule.name}.md"
    rule.check  # noqa: B018 — binding the check must not raise


def test_index_is_current() -> None:
    assert policy.index()["digest"] == policy.digest_of(policy.rules_dir())
