"""The words by which a figure gets its role, as patterns for the words in front of it and behind it."""

import re
from functools import cache
from typing import Any, NamedTuple

from perfgoals_lint.rulebook import policy
from perfgoals_lint.rulebook.lexicons import expression, pattern_of
from perfgoals_lint.rulebook.patterns import compiled

_GAP = r"[^，。；,;：:（(）)、\d]{0,%d}"


class Cues(NamedTuple):
    """Compiled once from ``rules/lexicons/figures.yaml``; ``total`` and its like are searched in the words in front of
    a figure, ``lists`` is matched behind it."""

    total: re.Pattern[str]
    total_idioms: re.Pattern[str]
    lists: re.Pattern[str]
    opened: re.Pattern[str]
    overlapping: re.Pattern[str]
    exhaustive: tuple[tuple[str, ...], ...]
    wholes: re.Pattern[str]
    past: re.Pattern[str]
    policy: re.Pattern[str]
    prices: re.Pattern[str]
    changes: re.Pattern[str]
    falls: re.Pattern[str]
    moved: re.Pattern[str]
    """Directly in front of the amount of a change, or of what it leads to."""
    shares: re.Pattern[str]
    results: re.Pattern[str]
    money: re.Pattern[str]
    drops: re.Pattern[str]
    about: re.Pattern[str]
    at_most: re.Pattern[str]
    excluded: re.Pattern[str]
    about_behind: re.Pattern[str]
    at_most_behind: re.Pattern[str]
    bounded: re.Pattern[str]
    """Any word of a bound in front of a figure, whatever it says: most figures have none."""
    bounded_behind: re.Pattern[str]
    price_lead: re.Pattern[str]
    price_tail: re.Pattern[str]
    period: re.Pattern[str]
    pay: re.Pattern[str]
    money_in_general: re.Pattern[str]
    yearly: re.Pattern[str]
    general: re.Pattern[str]
    uneven: re.Pattern[str]
    averages: re.Pattern[str]


_PLAIN = (
    "overlapping", "past", "policy", "changes", "falls", "shares", "money",
    "about_behind", "at_most_behind", "pay", "uneven", "averages",
)  # fmt: skip
"""The cues that are the words of the list of their name, wherever they stand."""
_BOUNDS = ("about", "about_next", "at_most", "at_least", "at_least_next")
"""The lists of the words of a bound in front of a figure."""


def _starting(*words: str) -> str:
    """A look at the first character of what is sought, which most places of a text do not have."""
    return f"(?=[{''.join(sorted({word[0] for word in words}))}])"


def _changed(data: dict[str, Any]) -> dict[str, re.Pattern[str]]:
    """What is said of the difference of two years (较2023年增加5万元), which is no money of one, and of what a change leads to."""
    changes = f"(?:{pattern_of(data['changes'])})"
    return {
        "excluded": compiled(
            rf"{pattern_of(data['excluded'])}|{expression('figures.excluded').pattern}|(?:较|[同环相]?比(?![例重率值])){_GAP % 14}{changes}[了约]?$"
        ),
        "moved": compiled(rf"{changes}[到至了约]?$"),
    }


@cache
def cues() -> Cues:
    """The cues of ``rules/lexicons/figures.yaml``."""
    data: dict[str, Any] = policy.lexicon("figures")
    lead = f"(?:{pattern_of(data['total_leads'])})"
    totals = pattern_of(data["totals"])
    results = pattern_of(data["results"])
    near = rf"(?<![{''.join(data['not_near'])}])(?:{pattern_of(data['about_next'])})$"
    about = rf"(?<![签合节制预条公契违集履大续毁爽失赴特邀])(?:{pattern_of(data['about'])})(?![定谈束会见请])|{near}"
    least = rf"(?<!不)(?:{pattern_of(data['at_least'])})|(?<![{''.join(data['not_over'])}])(?<!(?<![一-龥])[{''.join(data['not_over_first'])}])(?:{pattern_of(data['at_least_next'])})$"
    limits = rf"(?<!不)(?:{pattern_of(data['at_most'])})|{least}"
    bounds = [word for name in _BOUNDS for word in data[name]]
    above = rf"[一-龥]{{0,4}}(?:{pattern_of(data['above_behind'])})"
    least_behind = rf"(?:{pattern_of(data['at_least_behind'])})(?!{above})"
    return Cues(
        **{name: compiled(pattern_of(data[name])) for name in _PLAIN},
        **_changed(data),
        # 共建 is none, 共建设 is one.
        total_idioms=compiled(f"(?:{pattern_of(data['total_idioms'])})(?![设成])"),
        total=compiled(
            rf"{_starting(*data['totals'], '总', '计')}(?:{totals}|总[一-龥]{{0,3}}?(?:{pattern_of(data['total_of'])})|(?<![合共总小统预设估会审])计(?![划算量数件]))(?:{lead}|的|[:：】\]]){{0,4}}[一-龥]{{0,8}}$"
        ),
        lists=compiled(
            rf"[一-龥]{{0,8}}?[，,：:。（(；;\n]?(?:资金|经费|预算|支出|费用|主要|具体|全部|均|分别){{0,3}}{_starting(*data['lists'], '由')}(?<![自理缘经])(?:{pattern_of(data['lists'])}|(?<![。；;\n])由(?![0-9]))(?!税)"
        ),
        wholes=compiled(f"(?:{pattern_of(data['wholes'])})(?![内外])"),  # 中央预算内 is a source
        opened=compiled(pattern_of(data["open"])),
        exhaustive=tuple(tuple(pair) for pair in data["exhaustive"]),
        prices=compiled(rf"(?:{pattern_of(data['prices'])})"),
        results=compiled(rf"(?:{results}){_GAP % 4}$"),
        drops=compiled(rf"(?:{pattern_of(data['drops'])})(?!一部分|一半)"),
        about=compiled(about),
        bounded=compiled(f"{_starting(*bounds)}(?:{about}|{limits})"),
        bounded_behind=compiled(
            f"{pattern_of([*data['about_behind'], *data['at_most_behind']])}|{least_behind}"
        ),
        at_most=compiled(rf"(?<!不)(?:{pattern_of(data['at_most'])})"),
        period=compiled(
            rf"(?=[年月季半])(?:(?<![0-9{''.join(data['not_a_period'])}])([年月季])度?|(?<![上下前后近第头])(半年))(?![底末初中内终间])[一-龥]{{0,3}}?(?:{pattern_of(data['period_money'])})[^，。；：:]{{0,6}}[：:]?$"
        ),
        money_in_general=compiled(
            rf"(?:{pattern_of(data['money_in_general'])})(?:需求|为|约|共|计|是|需|安排|下达|[:：]){{0,2}}$"
        ),
        price_lead=compiled(
            rf"(?:(?:{pattern_of(data['price_leads'])})(?![月季年])[^，。；]{{0,4}}|(?:{pattern_of(data['price_leads_next'])})(?:(?:分别)?[为是约每均共计达到]{{0,3}}|为?[：:][^，。；]{{0,4}}))$"
        ),
        price_tail=compiled(pattern_of(data["price_tails"])),
        yearly=compiled(rf"{pattern_of(data['yearly'])}|20[0-9]{{2}}年"),
        general=compiled(rf"(?:{pattern_of(data['general'])}|[0-9]{{4}}年?)+"),
    )
