"""Does a name speak of what one of something costs or brings, and not of the whole?"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from perfgoals_lint.rulebook.lexicons import contains_any, pattern_of, words
from perfgoals_lint.rulebook.patterns import compiled
from perfgoals_lint.rulebook.policy import lexicon


@lru_cache(4096)
def is_of_one(name: str) -> bool:
    """Does a name begin with one of something (单村…, 每公里…) or hold a word for its average or price (人均, 单价)?"""
    lists = lexicon("costs")
    leads = name.startswith(tuple(lists["of_one"])) and not name.startswith(tuple(lists["not_of_one"]))
    return leads or contains_any(name, "costs.unit_costs") or _single().search(name) is not None


@cache
def _single() -> re.Pattern[str]:
    """Money for each of many (村均收入), or 单 with the thing and a word for money behind it (单机补贴限额)."""
    units = pattern_of(words("relevance.work_units"))
    return compiled(
        f"^每(?![年月周日天季]|学期)|^[百千万](?:米|公里|字|吨|人|亩|户)|(?:{units}|[村店船企校株头团队辆台件所家镇乡])均(?![衡等势分匀])|单[\u4e00-\u9fff](?:补助|补贴|成本|造价|费|限额|资助|投资|奖励|支出)"
    )


@lru_cache(4096)
def is_price(name: str) -> bool:
    """Does a name end in a price for a thing or a stretch of time (盏价, 日薪, 课时酬金, 采样一份)?"""
    return _priced().search(name) is not None


@cache
def _priced() -> re.Pattern[str]:
    lists = lexicon("costs")
    units = pattern_of(words("relevance.work_units").union(lists["price_units"]))
    prices, spans = pattern_of(lists["prices"]), pattern_of(lists["price_spans"])
    return compiled(
        f"(?:{units}|{spans})(?:{prices})(?:标准|上限|金)?$|(?:{spans})(?:费用?|租金?|支出)$|[一每单](?:{units}|{spans})$"
    )
