"""Parts that follow their whole without a word that says so (岗位9个，东村4个、西村5个)."""

import re
from itertools import pairwise

from perfgoals_lint.prose.cues import Cues, cues
from perfgoals_lint.prose.figures import Figure
from perfgoals_lint.rulebook.lexicons import matcher
from perfgoals_lint.rulebook.patterns import compiled
from perfgoals_lint.rulebook.policy import lexicon

_AMOUNT = r"[一-龥]{2,12}[\d.,]+万?元"
_TO_END = r"(?=(?:[，,；;][^\d。\n]{0,60})?(?:[。\n]|$))"
"""Behind the last number of a sentence, whatever is said without one behind it."""
_LIST = compiled(rf"[，,](?:{_AMOUNT}[、和及])+{_AMOUNT}(?=[。；\n]|$)")
_CLAUSES = compiled(rf"[，,](?P<list>(?:{_AMOUNT}[、，和及])+{_AMOUNT})(?=[。；，\n]|$)")
_BEHIND_COLON = compiled(rf"[：:](?:{_AMOUNT}[、，；和及])+{_AMOUNT}(?=[。；\n]|$)")
_SENTENCE = compiled(rf"。(?:{_AMOUNT}[、，；和及])+{_AMOUNT}{_TO_END}")
_ENTRIES = compiled(r"[一-龥]{0,12}[，,：:；][^\d。\n]{0,40}\d")
"""Behind a whole: what parts it from the first number of a list."""
_PAYMENTS = compiled(
    rf"[，,：:]((?:{_AMOUNT}(?:(?![和及])[一-龥]){{0,4}}[、，；和及])+{_AMOUNT})(?=[。；\n]|$)"
)
_NUMBER = compiled(r"[\d.,]+万?元")
_YEAR = compiled(r"(20\d\d)年")
_PARTS_OF_YEAR = (("上半年", "下半年"), ("一季度", "二季度", "三季度", "四季度"))
_LONGEST = 200
_BEFORE = 12
_BOTH = 2
_OF_ANYTHING = frozenset({"人", "名", "位", "人次", "个", "项", "次", "家", "户", "件"})


def at_end(text: str, end: int) -> bool:
    """Does no further number follow in the sentence?"""
    return compiled(_TO_END).match(text, end) is not None


def bare_amounts(text: str, whole: Figure, words: Cues) -> bool:
    """Does a list of names with amounts follow an amount of money in general, without a word of parts (下拨资金76万元，
    东村40万元、西村36万元), or a total that of each of several years?"""
    if whole.depth:
        return False
    if _by_years(text, whole, r"万?元?") or _by_parts_of_year(text, whole, r"万?元"):
        return True
    if words.total.search(whole.lead) and _by_payments(text, whole):
        return True
    if _BEHIND_COLON.match(text, whole.span[1]):
        return True
    clauses = _CLAUSES.match(text, whole.span[1])
    if clauses and words.general.fullmatch(whole.lead):
        return not any(words.total.search(lead) for lead in _NUMBER.split(clauses["list"]))
    if words.money_in_general.search(whole.lead) is None:
        return False
    if whole.total and _SENTENCE.match(text, whole.span[1]):
        return True
    return _LIST.match(text, whole.span[1]) is not None


def bare_counts(text: str, whole: Figure) -> bool:
    """Do names follow a count, each with its own number of the same unit: names of one kind (东村, 西村), two that leave
    nothing out (城区, 农村), years, or behind a total (全市共设) any that do not begin with what is done?"""
    if not whole.unit or matcher("figures.establishment").search(whole.lead):
        return False
    if _ENTRIES.match(text, whole.span[1]) is None:
        return False
    unit = f"万?{re.escape(whole.unit)}"
    if _by_years(text, whole, unit) or _by_parts_of_year(text, whole, unit):
        return True
    entry = rf"[一-龥]{{2,8}}\d+(?:\.\d+)?{unit}"
    found = re.match(
        rf"[一-龥]{{0,6}}[，,]({entry}(?:[、，和及]{entry})+)(?=[。；，\n]|$)",
        text[whole.span[1] : whole.span[1] + _LONGEST],
    )
    if found is None or re.search(
        rf"\d{unit}[，、；和及][一-龥]*$", text[max(0, whole.span[0] - _BEFORE) : whole.span[0]]
    ):
        return False  # no list, or an entry of one
    names = re.findall(rf"([一-龥]+)[\d.]+{unit}", found[1])
    doing = any(
        matcher("narrative.commitments").search(name) or matcher("names.acts").search(name) for name in names
    )
    if len(names) == _BOTH and (_opposite(names) or _exhaustive(names)):
        return True
    if "，" in found[1] and all(name.endswith(whole.lead[-_BOTH:]) for name in names):
        return False  # 总库容1100万立方米，兴利库容860万立方米，死库容80万立方米: measures side by side
    if len({name[-1] for name in names}) == 1 and ("，" not in found[1] or not doing):
        return True
    # So many of a thing by place or sort (候车亭90座，城区45座、乡镇45座); of people or of 个 other ones may be meant.
    sorts = "，" not in found[1] and whole.unit not in _OF_ANYTHING
    return (whole.total or sorts or "共有" in whole.lead) and not doing


def _exhaustive(names: list[str]) -> bool:
    """Do two names hold the words of a pair that leaves nothing out (城区, 农村)?"""
    return any(all(any(word in name for name in names) for word in pair) for pair in cues().exhaustive)


def _opposite(names: list[str]) -> bool:
    """Are two names one but for a pair of opposite characters (编制内, 编制外)?"""
    if len(names[0]) != len(names[1]):
        return False
    differing = {one + other for one, other in zip(*names, strict=True) if one != other}
    return len(differing) == 1 and matcher("figures.opposites").search(differing.pop()) is not None


def _by_payments(text: str, whole: Figure) -> bool:
    """Do all payments of a contract, from the first to the last, follow it up to the end of the sentence (首付款60万元，进度款90万元，质保金5万元)?"""
    found = _PAYMENTS.match(text, whole.span[1])
    if found is None or whole.past:
        return False
    first, *_, last = (name for name in _NUMBER.split(found[1])[:-1])
    return any(pair[0] in first and pair[-1] in last for pair in lexicon("figures")["stages"])


def _by_years(text: str, whole: Figure, unit: str) -> bool:
    """Do years one behind the other, each with a number, follow a total that is of no year itself, up to the end of the
    sentence?"""
    general = whole.dimension == "money" and cues().money_in_general.search(whole.lead)
    if not (whole.total or general) or whole.past or _YEAR.search(whole.lead):
        return False
    entry = rf"20\d\d年度?[一-龥]{{0,8}}[\d.,]+{unit}"
    found = re.match(
        rf"[一-龥]{{0,6}}[，,：:；](?:分[两二三四五2-5]年[一-龥]{{0,8}}[，,：:])?(?:其中[：:，,]?)?({entry}(?:[、，,；和及]{entry})+){_TO_END}",
        text[whole.span[1] : whole.span[1] + _LONGEST],
    )
    years = [int(year) for year in _YEAR.findall(found[1])] if found else []
    return bool(years) and all(later == earlier + 1 for earlier, later in pairwise(years))


def _by_parts_of_year(text: str, whole: Figure, unit: str) -> bool:
    """Do all halves or quarters, each with a number, follow a number up to the end of the sentence?"""
    stretch = text[whole.span[1] : whole.span[1] + _LONGEST]
    if whole.past or "累计" in whole.lead or not ("半年" in stretch or "季度" in stretch):
        return False
    number = rf"[一-龥]{{0,8}}[\d.,]+{unit}"
    return any(
        re.match(
            rf"[一-龥]{{0,12}}[，,：:；](?:其中[：:，,]?)?{'[、，,；;和及]'.join(f'(?:第|的)?{part}{number}' for part in parts)}{_TO_END}",
            stretch,
        )
        for parts in _PARTS_OF_YEAR
    )
