"""A clause about something else behind a text changes nothing that the text says of its figures."""

from __future__ import annotations

from perfgoals_lint.prose import scan
from strategies.wordings import cases

CLAUSES = (
    "推动服务均等化",
    "改善等级公路通行条件",
    "主要解决群众出行难问题",
    "剩余问题逐步解决",
    "降低安全事故发生率",
    "有效提高服务质量",
)


def relations(text: str) -> list[tuple[object, ...]]:
    return [
        (one.kind, one.holds, one.certainty, one.result.raw, [term.raw for term in one.terms])
        for one in scan(text).relations
    ]


def test_what_a_text_says_of_its_figures_is_not_changed_by_the_next_clause() -> None:
    changed = []
    for number, case in enumerate(cases()):
        plain, clause = case.text.rstrip("。"), CLAUSES[number % len(CLAUSES)]
        if plain.endswith(("）", "：", "；")) or "\n" in plain:
            continue
        before, after = relations(plain + "。"), relations(f"{plain}，{clause}。")
        if before != after:
            changed.append((plain, clause, before, after))
    assert changed == []
