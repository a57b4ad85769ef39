"""How alike two short texts are (rulebook, preconditions: similarity, echo form, sister names)."""

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from itertools import product, takewhile

from perfgoals_lint.rulebook.lexicons import matcher
from perfgoals_lint.rulebook.patterns import compiled
from perfgoals_lint.rulebook.policy import lexicon
from perfgoals_lint.text import squeeze

_NOISE = compiled(r"[\s的\W_]+")
_DASH = compiled(r"(?<=[\u4e00-\u9fff])[—-](?=[\u4e00-\u9fff])")
_LONGEST = 400
_LONGEST_TURN = 60
"""So many characters that differ are compared as words in another order, not more."""


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """The text without white space, punctuation and 的."""
    return _NOISE.sub("", text)


@lru_cache(maxsize=4096)
def echo_form(text: str) -> str:
    """The plain text without the words that a target may add to its name and still say nothing."""
    text = plain(text)
    for word in lexicon("wording")["echo_fillers"]:
        text = text.replace(word, "")
    return text


def similarity(a: str, b: str) -> float:
    """2·L / (|a| + |b|) over the plain texts, L the length of their longest common subsequence; 0 for two empty ones."""
    return ratio(plain(a), plain(b))


def echo_similarity(a: str, b: str) -> float:
    """The same over the echo forms; 1 where one only has the words of the other in another order (法治观念增强)."""
    one, other = echo_form(a), echo_form(b)
    return 1.0 if one and is_reordered(one, other) else ratio(one, other)


def is_reordered(a: str, b: str) -> bool:
    """Has a text the characters of another in another order, and says the same (法治观念增强, 安全感和幸福感)? Not where two words
    stand on the other side of one that stays (甲带动乙, 乙带动甲), unless that only joins them: each has another part in it."""
    start = agreeing(a, b)
    end = agreeing(reversed(a[start:]), reversed(b[start:]))
    one, other = (text[start : len(text) - end] for text in (a, b))
    size = len(one)
    if size > _LONGEST_TURN or sorted(one) != sorted(other):
        return False
    firsts = [at for at in range(1, size) if other.endswith(one[:at])]
    lasts = [at for at in range(1, size) if other.startswith(one[-at:])]
    stay = (
        one[first : size - last]
        for first, last in product(firsts, lasts)
        if one[first : size - last] == other[last : size - first]
    )
    # 农业增效农民增收: the character between them is the one that both begin with.
    return all(
        a[:start].endswith(between)
        or b[len(b) - end :].startswith(between)
        or matcher("figures.joints").search(between) is not None
        for between in stay
    )


def agreeing(a: Iterable[str], b: Iterable[str]) -> int:
    """With how many characters two texts begin alike."""
    return sum(1 for _ in takewhile(lambda two: two[0] == two[1], zip(a, b, strict=False)))


@lru_cache(maxsize=4096)
def ratio(a: str, b: str) -> float:
    """2·L / (|a| + |b|) of two texts as they are; texts longer than 400 characters are compared by their beginning."""
    a, b = a[:_LONGEST], b[:_LONGEST]
    if not a or not b:
        return 0.0
    if a == b:
        return 1.0
    return 2 * _common_subsequence(a, b) / (len(a) + len(b))


def _common_subsequence(a: str, b: str) -> int:
    """Length of the longest common subsequence, by bit-parallel dynamic programming (Hyyrö 2004)."""
    positions: dict[str, int] = {}
    for index, character in enumerate(a):
        positions[character] = positions.get(character, 0) | 1 << index
    full = (1 << len(a)) - 1
    row = full
    for character in b:
        match = row & positions.get(character, 0)
        row = ((row + match) | (row - match)) & full
    return len(a) - row.bit_count()


def common_stretch(a: str, b: str, least: int) -> str | None:
    """A longest piece of at least ``least`` characters that stands in both texts, or ``None``."""
    best: str | None = None
    length = least
    for start in range(len(a) - least + 1):
        while start + length <= len(a) and a[start : start + length] in b:
            best = a[start : start + length]
            length += 1
    return best


@cache
def _district() -> re.Pattern[str]:
    """A bracket at the end of a name that ends like the name of a place or body, or with a part of the compass."""
    ends = "|".join(map(re.escape, lexicon("regions")["bracketed"]))
    return compiled(rf"[(（][^()（）]*?(?:{ends}|[城郊][东西南北中]|[东西南北中]部)[)）]$")


@lru_cache(maxsize=4096)
def sister_key(name: str) -> str | None:
    """What sister projects have in common: the name without a final bracket that names a district, scanning slips
    folded; ``None`` when there is no such bracket."""
    name = fold_slips(name)
    match = _district().search(name)
    return name[: match.start()] if match else None


def fold_slips(text: str) -> str:
    """White space out, and the commonest scanning slips undone (貿 for 贸, a dash between characters for 一)."""
    return _DASH.sub("一", squeeze(text).replace("貿", "贸"))
