"""What is done to a thing, by the words of doing in a name or a clause."""

from functools import cache

from perfgoals_lint.rulebook.lexicons import words


def is_other_act(one: str, other: str) -> bool:
    """Do two texts each say what is done, and not the same (路灯巡检, 路灯维修)? Words of one act have a character in common
    (新建, 建设); words of having a thing (购置, 配备) are one act, so are those of visiting (走访, 调研), and those that stand
    for any (开展) are none."""
    acts, others = _acts_in(one), _acts_in(other)
    if not acts or not others or {*"".join(acts)} & {*"".join(others)}:
        return False
    return not any(acts & same and others & same for same in (words("costs.having"), words("names.visiting")))


def acts_in(text: str) -> set[str]:
    """The words of doing in a text, without those that only say that one has the thing."""
    return _acts_in(text) - words("costs.having")


def _acts_in(text: str) -> set[str]:
    return {word for word in _acts() if word in text}


@cache
def _acts() -> frozenset[str]:
    return frozenset(words("names.acts") | words("names.further_acts")) - words("names.any_act")
