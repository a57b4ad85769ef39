from perfgoals_lint.lint.checks import Row, Rule, Violation, Violations
from perfgoals_lint.lint.facts.names import analyse
from perfgoals_lint.lint.facts.polarity import classes_of
from perfgoals_lint.rulebook.lexicons import contains_any, ends_with_any, expression, finds, words
from perfgoals_lint.rulebook.patterns import compiled
from perfgoals_lint.rulebook.policy import lexicon
from perfgoals_lint.rulebook.similarity import plain
from perfgoals_lint.text import squeeze

_BRACKETED = compiled(r"[（(][^（）()]*[)）]")


def description_contradicts(row: Row, rule: Rule) -> Violations:
    """PGK616: a description does not turn its name round, nor name another rate."""
    description = row.indicator.description
    if not row.name or not description:
        return
    name, told = (plain(_BRACKETED.sub("", text)) for text in (row.name, description))
    whole = squeeze(_BRACKETED.sub("", description))
    case = "negated" if _negates(name, told) or _negates(told, name) or _shares_rest(name, whole) else None
    if case is None and _counts_the_others(name, whole):
        case = "negated"
    if case is None and _other_rate(name, told):
        case = "rates"
    if case:
        yield Violation(row=row, field="description", case=case, args={"description": description})


def _negates(name: str, told: str) -> bool:
    """Does a text end in the negation of what a name ends in (差错率, 无差错率)?"""
    head = expression("description_contradicts_name.head").search(name)
    if head is None or not told.endswith(head[0]):
        return False
    before = told[: -len(head[0])]
    signs = tuple(lexicon("pairs")["negations"])
    return before.endswith(signs) and not name[: head.start()].endswith(signs)


def _shares_rest(name: str, told: str) -> bool:
    """Does a description count the share of those that are not what the name says (缺损率: 未缺损档案占全部档案的比例), or that
    have what the name misses (漏检率: 已检件数占应检件数的比例)?"""
    head = expression("description_contradicts_name.head").search(name)
    if head is None or not finds(told, "description_contradicts_name.share"):
        return False
    signs = tuple(lexicon("pairs")["negations"])
    stem = head[0][:2]
    above = expression("description_contradicts_name.share").split(told)[0]
    done = stem[0] in words("names.missed") and stem[1] in expression("names.already").findall(above)
    denied = any(sign + stem in above for sign in signs)
    return (done or denied) and not name[: head.start()].endswith(signs)


def _counts_the_others(name: str, told: str) -> bool:
    """Does a description count the good ones under the name of a fault, or the bad ones under that of a virtue (报废率:
    合格件数占…)? What is done about the bad ones is another thing."""
    side = analyse(name).polarity
    if (
        side is None
        or not name.endswith("率")
        or not expression("description_contradicts_name.share").search(told)
    ):
        return False
    above = expression("description_contradicts_name.share").split(told)[0]
    told_side = analyse(above).polarity
    denied = any(sign in above for sign in lexicon("pairs")["negations"])
    said = set(classes_of(above))
    if side == "lower":
        good = told_side is None and not denied and classes_of(above).startswith("G")
        return (good or told_side == "higher") and not said & {*"BW"}
    handled = expression("description_contradicts_name.handled").match(above) is not None or said & {*"MF"}
    bad = classes_of(above).startswith("B") and not said & {*"GMF"}
    return (told_side == "lower" and not handled) or bad


def _other_rate(name: str, told: str) -> bool:
    if not (name.endswith("率") and ends_with_any(told, "ends.shares")):
        return False
    if not told.endswith("率"):
        if contains_any(told, "pairs.negations"):
            return False
        return {analyse(name).polarity, analyse(told).polarity} == {"lower", "higher"}
    stems = name[-3:-1], told[-3:-1]
    if len(stems[0]) < 2 or len(stems[1]) < 2 or analyse(name).kind != "rate":
        return False
    alike = any(stems[0] in group and stems[1] in group for group in lexicon("pairs")["same_rates"])
    # The same two words may stand in either order (及时完成率, 完成及时率).
    if alike or (stems[0] in told and stems[1] in name):
        return False
    sides = {analyse(name).polarity, analyse(told).polarity}
    if sides == {"lower", "higher"}:
        return True
    # Two rates of one side contradict each other only where both name a known aspect (及时, 准确, 合格, 完成).
    aspects = [word for group in lexicon("pairs")["same_rates"] for word in group]
    return all(any(word in stem for word in aspects) for stem in stems)
