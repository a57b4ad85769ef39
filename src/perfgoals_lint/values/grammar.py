"""The compiled grammar: ``grammar.lark`` with the words of the lexicons put in, kept as tables."""

import hashlib
import json
import os
import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, NamedTuple

from perfgoals_lint.rulebook.lexing import Parser, restore
from perfgoals_lint.rulebook.patterns import compiled
from perfgoals_lint.rulebook.policy import lexicon
from perfgoals_lint.values.operators import operator_words

_FILE = os.path.join(os.path.dirname(__file__), "grammar.lark")
NUMERALS = "零一二三四五六七八九两十百千万亿兆半壹贰叁肆伍陆柒捌玖拾佰仟廿卅"
_ARABIC = r"(?:\d{1,3}(?:,\d{3})+(?![\d])(?:\.\d+)?|\d+(?:\.\d+)?)"
_EDGE = (
    r"(?:(?:[年月]?[底末]|[上中下]旬|初|中)?(?:或之前|及以前|之前|以前|前|止|之内|以内|内|起(?!码)|以后|之后|后|开始)"
    r"|[年月]?[底末]|[上中下]旬|初)"
)
# Signs that end a run of words; @special@ adds the characters that a figure or a word of the notation can begin with.
_SPECIAL = r"\d/·≥≤><=≈≮≯~±+\-正负、,;\n。(\[〔$¥€£A-Z位排名进居列几Q"
# A numeral run: a step that begins a unit (五十千瓦, 三兆瓦, 三百分点) is no part of it, except 千 behind a lower digit
# (一万五千米). A 百 before 帕 is the same either way, and is read as a step.
_STEPPED = (
    r"(?:[{plain}]|百(?!分[点比])|千(?!{kilo})|千(?<=[万亿][一二两三四五六七八九]千)|兆(?!{mega}|[字比]))+"
)
# What stands in front of an amount: behind one of these a word of figures is an amount.
_BEFORE = "≥≤><=≈~/约于少多过出到达超逾近至每满足均共限码争"


_OPENED = ("过半", "过百", "过千", "过万", "过亿", "次月", "翌月", "首月")
_ENDED = r"(?:$|[、,;。()/]|[及或]?(?:含|其)?以[上下内]|之内|内|左右|上下|封顶)"


def words(items: Iterable[str]) -> str:
    """A regular expression for the longest of the words that fits.

    It is written as a tree, common beginnings once, behind a look at the first character: most places in a text open
    none of the words, and one look at a set is cheaper than a try of every word.
    """
    tree: dict[str, Any] = {}
    for item in items:
        branch = tree
        for c in item:
            branch = branch.setdefault(c, {})
        branch[""] = {}
    return f"(?=[{re.escape(''.join(sorted(tree)))}]){_branches(tree)}"


def _branches(tree: dict[str, Any]) -> str:
    leaves = sorted(c for c, below in tree.items() if c and set(below) == {""})
    options = [re.escape(c) + _branches(tree[c]) for c in sorted(tree) if c and c not in leaves]
    if leaves:
        options.append("[" + re.escape("".join(leaves)) + "]")
    if not options:
        return ""
    return f"(?:{'|'.join(options)})" + ("?" if "" in tree else "")


def unit_words(units: dict[str, Any]) -> list[str]:
    """Every unit of the lexicon as it can be written behind a number."""
    listed: list[str] = units["measures"].split() + units["nouns"].split()
    for table in units["dimensions"].values():
        listed += table
    for names in units["currencies"].values():
        listed += names
    listed += ["个" + word for word in units["countable"]]
    listed += ["个半" + word for word in units["halved"]] + [word + "半" for word in units["halved"]]
    return listed


def source() -> str:
    """The text of the grammar with all words filled in."""
    filled = _figures(lexicon("units")) | _notation(lexicon("values"), lexicon("units")["currency_signs"])
    text = _bytes(_FILE).decode()
    return re.sub(r"@(\w+)@", lambda m: filled[m[1]].replace("/", r"\/"), text)


def _figures(units: dict[str, Any]) -> dict[str, str]:
    """Numerals and units."""
    listed = unit_words(units)
    latin = [u for u in listed if u.isascii() and u.isalnum()]
    heads = _heads(listed)
    half = f"(?:{words(units['halves'])})半(?={_ENDED})"
    unit = f"(?:{half}|{words(set(listed) - set(latin))}|(?:{words(latin)})(?![A-Za-z]))"
    return {
        "numerals": NUMERALS,
        "numeral": r"(?!余|多|几|点|(?<!每)(?<!近)(?<!过)(?<!/)万(?!分之)|(?<!每)(?<!近)(?<!过)(?<!/)亿(?!分之))"
        + _STEPPED.format(
            plain=re.sub("[百千兆]", "", NUMERALS) + "余多几点",
            kilo=_stepped(listed, "千"),
            mega=_stepped(listed, "兆"),
        )
        + _follow(heads),
        "figure": rf"[\d{NUMERALS}]",
        "arabic": _ARABIC,
        "kilo": _stepped(listed, "千"),
        "hundred": _stepped(listed, "百"),
        "unit": unit,
        "end": rf"-?\d+(?:\.\d+)?[万亿]?{unit}?",
        "unit_heads": heads,
        "leading": rf"[%‰]|[万亿]?(?:{words(units['leading'])})",
        "before": _BEFORE,
        "counted": rf"(?:[十百千万亿兆余多几来左上]|以[上下内]|之[间内]|及以|或以|内|[至到与\-~][\d{NUMERALS}]|{unit})",
    }


def _stepped(listed: list[str], step: str) -> str:
    """What stands behind a step that begins a unit (千瓦, 千字), and not a longer unit of its own (千安时, 千欧元)."""
    rests = {unit[1:] for unit in listed if unit[0] == step and len(unit) > 1}
    longer = {
        unit
        for unit in listed
        for rest in rests
        if unit.startswith(rest) and unit != rest and unit not in rests
    }
    return f"(?!{words(longer)}){words(rests)}" if longer else words(rests)


def _heads(listed: list[str]) -> str:
    return "[" + re.escape("".join(sorted({unit[0] for unit in listed}))) + "]"


def _follow(heads: str) -> str:
    """What a Chinese numeral must stand before to be a figure, and not a part of a word."""
    return (
        rf"(?=$|[、,;\n。(\[)%‰/:≥≤<>=~\-余多来]|[及或]?以[上下内]|左右|上下|前后|之?内|分之|至|到|{heads})"
    )


def _turned(negations: list[str], negated: dict[str, list[str]]) -> str:
    """Every negation in front of every comparison; short ones only before a figure."""
    short = rf"(?:{words(negated['>='])})(?=[\d{NUMERALS}])"
    return f"{words(negations)}(?:{words(negated['>'] + negated['<'])}|{short})"


def _notation(values: dict[str, Any], signs: dict[str, str]) -> dict[str, str]:
    """Operators, bounds, aggregates and idioms, and where a run of words ends."""
    operators = operator_words()
    compared, reached = _flat(operators["compared"]), _flat(operators["numeric"])
    negations: list[str] = values["operators"]["negations"]
    gathered, spread = _flat(values["aggregates"]["anywhere"]), _flat(values["aggregates"]["numeric"])
    rates = list(values["aggregates"]["rates"])
    bounds = f"(?:{words(_flat(values['bounds']))})"
    idioms: list[str] = values["idioms"]["words"]
    coded = "|".join(f"{code}(?={words(after)})" for code, after in values["idioms"]["coded"].items())
    earlier = rf"(?:{words(values['idioms']['earlier'])})个?(?:自然年|学年|学期|年度?|季度?|月度?|届|期)"
    opened = _soft_openings()
    return {
        "idioms": _idioms(idioms),
        "coded": coded,
        "earlier": earlier,
        "names": words(values["idioms"]["names"]),
        "standards": words(values["idioms"]["standards"]),
        "sets": words(values["idioms"]["sets"]),
        "classes": _classes(values["idioms"]["classes"]),
        "edge": _EDGE,
        "compared": f"(?:{_turned(negations, values['operators']['negated'])}|{words(compared)})",
        "reached": words(reached),
        "bounds": bounds,
        "ended": _ENDED,
        "gathered": f"(?:{words(gathered)})",
        "spread": words(spread),
        "rates": words(rates),
        "currency_signs": words(signs),
        "opened": f"(?:{words(opened)})",
        "openers": _first_characters(opened),
        "special": stops(),
    }


@cache
def stops() -> str:
    """The characters of a set at which a run of words ends."""
    return _SPECIAL + re.escape("".join(sorted(openings()[0]))) + _first_characters(_soft_openings())


def _soft_openings() -> list[str]:
    """The words that end a run whose first character alone does not."""
    hard, opened = openings()
    return [word for word in opened if word[0] not in hard]


def _first_characters(listed: list[str]) -> str:
    return re.escape("".join(sorted({word[0] for word in listed})))


@cache
def openings() -> tuple[frozenset[str], list[str]]:
    """Where a run of words ends, beside figures and signs: the characters that always end it, and the words that do."""
    values: dict[str, Any] = lexicon("values")
    operators, aggregates = operator_words(), values["aggregates"]
    hard = set(NUMERALS + "第前上下每年月当本明今")
    hard |= {word[0] for word in (*_flat(aggregates["numeric"]), *aggregates["rates"])}
    opened = [*_flat(operators["numeric"]), *_flat(operators["compared"]), *_flat(aggregates["anywhere"])]
    opened += [sign for sign in lexicon("units")["currency_signs"] if not sign.isascii()]
    opened += [
        *values["idioms"]["words"],
        *_OPENED,
        *values["operators"]["negations"],
        *values["idioms"]["earlier"],
    ]
    return frozenset(hard), opened


def _flat(groups: dict[str, list[str]]) -> list[str]:
    return [word for listed in groups.values() for word in listed]


class WordRuns(NamedTuple):
    """What a run of words is made of; words are listed by their first character, the longest first."""

    ends: dict[str, str]
    """Chinese characters that end a run, each with those that must follow it ("": any)."""
    opened: dict[str, tuple[str, ...]]
    """Words that end a run."""
    idioms: dict[str, tuple[str, ...]]
    """Idioms that are nothing but words."""


@cache
def runs() -> WordRuns:
    """The runs of words of the grammar, for those who read without it."""
    hard, opened = openings()
    values: dict[str, Any] = lexicon("values")
    # What 位列前三 opens ends in 前, which ends a run itself.
    ends = dict.fromkeys(hard | set("正负几"), "")
    ends |= {rate[0]: "均" for rate in values["aggregates"]["rates"] if rate[1:] == "均"}
    ends |= {"上": NUMERALS, "年": "底末内均度", "月": "底末均"}
    plain, _ = _sorted_idioms(values["idioms"]["words"])
    return WordRuns(ends, _by_first(opened), _by_first(plain))


def _by_first(listed: Iterable[str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for word in sorted(listed, key=len, reverse=True):
        found.setdefault(word[0], []).append(word)
    return {c: tuple(words) for c, words in found.items()}


def _classes(classes: list[str]) -> str:
    """The words behind a numeral that make a class of it, where they begin no longer unit (二百流明 is an amount)."""
    longer = [
        unit
        for unit in unit_words(lexicon("units"))
        for one in classes
        if unit.startswith(one) and unit != one
    ]
    return f"(?:(?!{words(longer)}){words(classes)})"


def _idioms(idioms: list[str]) -> str:
    """The idioms, each only where its numeral cannot stand before a longer unit (三公里, 一批次).

    An idiom that is a numeral and a unit (一批, 一起) is an amount behind an operator, and where nothing stands in
    front and nothing but an end, a bound or a range behind.
    """
    plain, guarded = _sorted_idioms(_touched(idioms))
    patterns = []
    for idiom, longer, whole in guarded:
        more = f"(?![{re.escape(''.join(longer))}])" if longer else ""
        if whole:
            more += rf"(?<![{_BEFORE}]{idiom})(?:(?<=[\u4e00-\u9fff]{idiom})|(?!{_ENDED}|[-~至到/][\d{NUMERALS}]))"
        patterns.append(re.escape(idiom) + more)
    return f"(?:{words(plain)}|{'|'.join(patterns)})"


def _sorted_idioms(idioms: Iterable[str]) -> tuple[list[str], list[tuple[str, list[str], bool]]]:
    """The idioms that are words wherever they stand, and those that may be a numeral before a unit.

    For the latter: what makes a longer unit of its end, and whether its end is a unit itself.
    """
    units = set(unit_words(lexicon("units"))) - set(lexicon("units")["nouns"].split())
    behind: dict[str, set[str]] = {}
    for unit in units:
        for length in range(1, len(unit)):
            behind.setdefault(unit[:length], set()).add(unit[length])
    plain: list[str] = []
    guarded: list[tuple[str, list[str], bool]] = []
    for idiom in sorted(idioms, key=len, reverse=True):
        rest = idiom.lstrip(NUMERALS)
        longer = sorted(behind.get(rest, ()))
        if rest == idiom or not (longer or rest in units):
            plain.append(idiom)
        else:
            guarded.append((idiom, longer, rest in units))
    return plain, guarded


def _touched(idioms: list[str]) -> Iterator[str]:
    """The idioms that need an entry: an idiom whose numerals could not be taken for a figure anyway needs none."""
    numerals = compiled(f"[{NUMERALS}]")
    touched = compiled(rf"[{NUMERALS}](?:{_follow(_heads(unit_words(lexicon('units'))))}|$)|\d|前|第|月|年")
    return (idiom for idiom in idioms if not numerals.search(idiom) or touched.search(idiom))


def _bytes(path: str) -> bytes:
    with open(path, "rb") as file:
        return file.read()


def digest() -> str:
    """Names everything the tables depend on."""
    data = json.dumps([lexicon("units"), lexicon("values")])
    return hashlib.sha256(_bytes(_FILE) + _bytes(__file__) + data.encode()).hexdigest()[:16]


def load(maker: object) -> Parser:
    """The parser, with the methods of ``maker`` applied while it reads; tables come from the wheel or the user's cache."""
    return restore("values", digest(), source, maker)
