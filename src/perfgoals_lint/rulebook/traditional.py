"""Labels that a form prints in traditional characters: compared by those of the lists, printed as they are."""

from collections.abc import Iterable
from functools import cache

from perfgoals_lint.rulebook.policy import framework_data


def simplified(label: str) -> str:
    """A label with the characters of the lists where it prints traditional ones of them; other characters stay."""
    table = _traditional()
    return label if table.keys().isdisjoint(label) else "".join(table.get(sign, sign) for sign in label)


@cache
def _traditional() -> dict[str, str]:
    return dict(framework_data("labels")["traditional"].split())


def in_both(signs: Iterable[str]) -> frozenset[str]:
    """The characters and the traditional forms of them."""
    known = frozenset(signs)
    return known.union(old for old, new in _traditional().items() if new in known)
