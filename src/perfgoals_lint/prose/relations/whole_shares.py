"""Shares that are all there are of one whole (four quarters, first and last payment, parties): 100 % together."""

from collections.abc import Iterator, Set
from decimal import Decimal
from itertools import pairwise

from perfgoals_lint.prose.cues import cues
from perfgoals_lint.prose.figures import Figure
from perfgoals_lint.prose.relations.relation import Certainty, Relation, plain
from perfgoals_lint.prose.relations.share_words import OF_WHOLE, WORD
from perfgoals_lint.prose.relations.shares import SPAN
from perfgoals_lint.rulebook.lexicons import expression, matcher
from perfgoals_lint.rulebook.patterns import compiled
from perfgoals_lint.rulebook.policy import lexicon

EACH_QUARTER = compiled("[各四]个?季度[^。；]{0,12}分别")
_QUARTERS = 4
_UP_TO = compiled("(?:付|支付|拨付|付款)[至到]$")
_SUM_OF_YEAR = compiled("全年|合计|共计|总计")
_SPENT_ON = compiled("的?(?:资金|经费|部分)?(?:用于|用来|作为|投向|投入)")
_IS_DIVIDED = compiled("(?:的比例)?(?:分配|分担|分摊|拨付)")
_RATE_OF_KIND = compiled(
    "(?:的?(?:比例|标准))?(?:返还|计提|缴纳|征收|收取|报销|计算|计取|执行|打折|贴息|给予)"
)
"""Behind a rate that applies to one kind of receivers (大型企业按30%返还)."""
_OF_RECEIVERS = compiled("对[^，。；%]{2,24}(?:比例|标准)")
"""A rate for each of several receivers (对东、中、西部的补助比例分别为), of which each has a whole of its own."""
_SEX = compiled("([男女])[一-龥]{0,4}占$")
_OPEN_END = compiled("以[下上]|及以[下上]")
_BEHIND = 4
"""Characters of its clause behind the last share that may say what the shares are."""
_REST = 30
"""Characters behind the last share that may say who bears the rest."""
_BORNE = compiled(
    "(?:其[余他它]|余下|剩余|剩下|不足)(?:[的款]|部分|资金|费用|经费)*(?:由|自行|[一-龥]{0,6}(?:自筹|配套|[承负]担|出资|补足))"
)
_NEARLY = 80
_ALL = 100
_LEAST_SHARES = 3
_MOST_SHARES = 6
_JOINED = compiled("[、和及与，]")
_AS_MANY = compiled("比例|分别|各")
_APIECE = compiled("(?:各(?!季度|[类项级种])|(?<!平)均|分别)[一-龥]{0,4}$")
_AND_NEXT = compiled("[、和及与](?:[0-9]|[一二三四五六七八九]成)|，[0-9.]+%(?![一-龥])")
_OF_NAMED_WHOLE = compiled(r"占[^，。；、\d]{1,20}的(?=\d)")


def _of_year(rates: list[Figure], leads: list[str]) -> bool:
    """Do four quarters and the year as a whole have a share each?"""
    return (
        len(rates) == _QUARTERS + 1 and rates[-1].value == 100 and _SUM_OF_YEAR.search(leads[-1]) is not None
    )


def _among(rates: list[Figure], leads: list[str], stretch: str) -> bool:
    """Are the shares those of the parts of one whole (其中水面占20%，绿化占65%，道路占15%) that do not overlap, or of the
    sorts of one thing (本地游客占42%，省内游客占35%，省外游客占23%)?"""
    alike = len(rates) >= _LEAST_SHARES and all(lead.endswith("占") for lead in leads)
    sorts = {lead.removesuffix("占")[-WORD:] for lead in leads}
    whole = "其中" in stretch or (len(sorts) == 1 and len(set(leads)) == len(leads)) or _with_rest(leads)
    return alike and whole and not any(cues().overlapping.search(lead) for lead in leads)


def _with_rest(leads: list[str]) -> bool:
    """Is the last of several shares that of all the others (其他费用占15%), or do they reach from all below to all above
    (35岁以下, 36至50岁, 51岁以上)?"""
    ends = [_OPEN_END.search(lead) for lead in (leads[0], leads[-1])]
    open_ends = len(leads) >= _LEAST_SHARES and ends[0] and ends[1] and ends[0][0] != ends[1][0]
    return bool(open_ends) or leads[-1].lstrip("，、；").startswith(("其他", "其余", "其它"))


def _divided(rates: list[Figure], leads: list[str]) -> bool:
    """Does each share say what it is spent on (五成用于道路), or is the whole divided by them (甲按五成、乙按三成分配)?"""
    if all(_SPENT_ON.match(one.tail) for one in rates):
        return True
    return all(lead.endswith("按") for lead in leads) and _IS_DIVIDED.match(rates[-1].tail) is not None


def whole_shares(text: str, figures: list[Figure], told: Set[Figure]) -> Iterator[Relation]:
    """Shares that are all there are of one whole (four quarters, two halves, first and last payment, parties) add up
    to 100%; those of parties may be less where each is ``told`` by the amount that it makes."""
    index = 0
    while index < len(figures):
        end = index
        while end < len(figures) and figures[end].sentence == figures[index].sentence:
            end += 1
        yield from _exhaustive(text, figures[index:end], told)
        index = end


def _words_in_front(text: str, rates: list[Figure]) -> list[str]:
    """The words in front of each share; nothing where they are shares of different things, or the ends of a range."""
    leads = [text[max(0, one.span[0] - 12) : one.span[0]] for one in rates]
    leads = [lead.rpartition("，")[2] or lead for lead in leads]
    wholes = {found[1] for lead in leads if (found := OF_WHOLE.search(lead))}
    if len(wholes) > 1 or any(
        _APIECE.search(lead) and not _AND_NEXT.match(text, one.span[1])
        for lead, one in zip(leads, rates, strict=True)
    ):
        return []  # 省级承担50%，市县各承担25%
    if any(SPAN.fullmatch(text, one.span[1], other.span[0]) for one, other in pairwise(rates)):
        # Shares of different things, or the ends of a range.
        return []
    # Whose share it is stands in front of 占, and not behind it (占企业总数的).
    leads = [OF_WHOLE.sub("占", lead) for lead in leads]
    if all(_JOINED.fullmatch(text, one.span[1], other.span[0]) for one, other in pairwise(rates)):
        # One list of shares has the words in front of it and behind it in common (省、市两级按60%、40%的比例分担).
        before = OF_WHOLE.sub("占", text[max(0, rates[0].span[0] - 20) : rates[0].span[0]])
        shared_lead = before + rates[-1].behind
        leads = [shared_lead] * len(rates) if _AS_MANY.search(shared_lead) else leads
    return leads


def _exhaustive(text: str, sentence: list[Figure], told: Set[Figure]) -> Iterator[Relation]:
    rates = _said_together(sentence)
    if not rates:
        return
    whole = Decimal(_ALL)
    if len(rates) >= _LEAST_SHARES and "其中" in text[rates[0].span[1] : rates[1].span[0]]:
        whole, rates = rates[0].value, rates[1:]  # 财政拨款占90%，其中市级60%、区级30%: parts of the first
    stretch = text[max(0, rates[0].span[0] - 20) : rates[-1].span[1]] + rates[-1].behind[:_BEHIND]
    said = expression("budget.open_but").sub("", stretch)  # 一等奖
    apart = matcher("figures.no_parts").search(said) or _OF_RECEIVERS.search(stretch)
    leads = [] if apart else _words_in_front(text, rates)
    if not leads:
        return
    stretch = _OF_NAMED_WHOLE.sub("占", stretch)
    parties = _of_parties(rates, leads, stretch)
    staged = _in_stages(rates, leads, stretch) or _of_both_sexes(leads)
    if _UP_TO.search(leads[-2]) and matcher("figures.last_payment").search(leads[-1]):
        # What is paid up to then and the rest: 付至90%，余款10%.
        staged, rates = True, rates[-2:]
    certain = staged or parties
    spent = not certain and _divided(rates, leads)
    among = not (certain or spent) and _among(rates, leads, stretch)
    if not (certain or spent or among):
        return
    if rates[-1].value == _ALL and all(one.value < other.value for one, other in pairwise(rates)):
        # What is reached by then, not what is added.
        return
    if _of_year(rates, leads):
        rates = rates[:-1]
    computed = sum((one.value for one in rates), Decimal(0))
    if staged and computed - rates[-1].value == whole:
        rates, computed = rates[:-1], whole  # 第一批60%，第二批40%，支付率100%
    if (spent and computed < _NEARLY) or (among and computed <= _ALL and not _with_rest(leads)):
        return  # the rest may be for something else
    rest = text[rates[-1].span[1] : rates[-1].span[1] + _REST].partition("。")[0]
    if not (staged or spent or among) and computed < whole and ({*rates} <= told or _BORNE.search(rest)):
        return  # 中央补贴40%为280万元，省级补贴30%为210万元（，其余自筹）
    yield _together(rates, computed, whole, "sure" if staged else "likely")


def _said_together(sentence: list[Figure]) -> list[Figure]:
    """The shares of a sentence that may be all there are of one whole; none where they are too few, many or unsure."""
    rates = [one for one in sentence if one.dimension == "share"]
    while rates and rates[-1].bound == ">=" and not matcher("figures.bears").search(rates[-1].lead):
        rates.pop()  # what is reached by it (满意度达到90%以上)
    exact = 2 <= len(rates) <= _MOST_SHARES and all(one.bound == "=" and not one.quoted for one in rates)
    return rates if exact else []


def _of_parties(rates: list[Figure], leads: list[str], stretch: str) -> bool:
    """Does each share say which of the parties bears it?"""
    bears, parties = matcher("figures.bears"), matcher("figures.parties")
    each = all(bears.search(lead) or parties.search(lead) for lead in leads)
    of_kinds = all(_RATE_OF_KIND.match(one.tail) for one in rates)
    # 县级负担比例分别为25%、20%、15%: what one level bears of each of several things.
    of_kinds |= "分别" in leads[0] and len(matcher("figures.levels").findall(leads[0])) == 1
    return each and not of_kinds and parties.search(stretch) is not None


def _in_stages(rates: list[Figure], leads: list[str], stretch: str) -> bool:
    """Are the shares those of four quarters, of two halves of the year, or of payments up to the last one?"""
    if len(rates) == _QUARTERS and EACH_QUARTER.search(stretch):
        return True
    paid = all(matcher("figures.pays").search(lead) for lead in leads)
    ended = paid and matcher("figures.last_payment").search(leads[-1]) is not None
    return ended or _names_stages(rates, leads)


def _of_both_sexes(leads: list[str]) -> bool:
    """Are two shares those of men and of women (男性占45%、女性占55%)?"""
    sexes = [_SEX.search(lead) for lead in leads]
    return {sex[1] for sex in sexes if sex} == {"男", "女"} and len(sexes) == len([*filter(None, sexes)])


def _names_stages(rates: list[Figure], leads: list[str]) -> bool:
    """Do the words in front of the shares name all the stages of one kind (一季度, 二季度, 三季度, 四季度)?"""
    return any(
        len(rates) >= len(stages)
        and all(any(stage in lead for lead in leads) for stage in stages)
        and (len(stages) < _QUARTERS or len(rates) == _QUARTERS or _of_year(rates, leads))
        for stages in lexicon("figures")["stages"]
    )


def _together(rates: list[Figure], computed: Decimal, whole: Decimal, certainty: Certainty) -> Relation:
    """The relation of shares that should be 100 % together, or what they are said to be parts of, within what their printed
    decimals permit."""
    slack = sum((one.half for one in rates if one.step < 1), Decimal(0))
    expression = f"{' + '.join(f'{plain(one.value)}%' for one in rates)} = {plain(computed)}%"
    holds = min(abs(computed - _ALL), abs(computed - whole)) <= slack
    return Relation("shares", rates[:-1], rates[-1], computed, holds, expression, certainty)
