import re

from perfgoals_lint.lint.checks import Row, Rule, Violation, Violations
from perfgoals_lint.lint.facts.names import analyse
from perfgoals_lint.rulebook.lexicons import matcher, words
from perfgoals_lint.rulebook.patterns import compiled
from perfgoals_lint.rulebook.policy import lexicon
from perfgoals_lint.rulebook.similarity import plain

_SHORT = 2
_BRACKETED = compiled(r"[（(][^（）()]*[)）]")


def name_covers_more(row: Row, rule: Rule) -> Violations:
    """PGK629: a value that names some of the things that its name joins names them all."""
    things = joined(row.name)
    if len(things) < 2:
        return
    for value in row.values:
        text = plain(value.text)
        named = [thing for thing in things if _called(thing, things) in text]
        said = [re.escape(_called(thing, things)) for thing in named]
        others = re.sub("|".join(said) or "$", "\0", text)
        missing = [thing for thing in things if thing not in named and not _hinted(thing, others)]
        if named and missing:
            yield Violation(row=row, field=value.field, args={"named": named, "missing": missing})
            return


def joined(name: str) -> list[str]:
    """The nouns that a name joins by 、 or 和 (安保、清洁的人数: 安保, 清洁); empty when there are none."""
    name = _BRACKETED.sub("", name)
    pieces = re.split("|".join(lexicon("pairs")["joints"]), name)
    if len(pieces) < 2:
        return []
    first, *middle, last = pieces
    act = matcher("names.acts").match(first)
    first = first[act.end() :] if act and len(first) - act.end() > 1 else first
    things = [first.rpartition("的")[2], *middle, last.partition("的")[0]]
    ends = tuple(sorted(lexicon("pairs")["counted_ends"], key=len, reverse=True))
    head = analyse(name).head
    ends = (head, *ends) if head and things[-1].endswith(head) else ends
    tail = next((end for end in ends if things[-1].endswith(end)), "")
    things = [thing.removesuffix(tail) for thing in things]
    done = next((word for word in words("names.acts") if things[-1].endswith(word)), "")
    if len(things[-1]) - len(done) > 1:
        things[-1] = things[-1].removesuffix(done)
    lengths = lexicon("pairs")["thing"]
    fits = all(lengths["least"] <= len(thing) <= lengths["most"] for thing in things)
    return things if fits else []


def _called(thing: str, things: list[str]) -> str:
    """What a value may call a thing for short: its last two characters (手册 for 健康教育手册), if no other ends in them."""
    short = thing[-_SHORT:]
    return short if len(thing) >= 2 * _SHORT and sum(one.endswith(short) for one in things) == 1 else thing


def _hinted(thing: str, text: str) -> bool:
    """Does any two neighbouring characters of a noun stand in the text?"""
    return any(thing[index : index + 2] in text for index in range(len(thing) - 1))
