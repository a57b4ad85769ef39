"""The fast path for days and months: a whole date with nothing but a word for its end behind it.

It gives what the grammar gives (tests compare the two); what it does not know for certain it leaves to the grammar.
"""

from perfgoals_lint.rulebook.patterns import compiled
from perfgoals_lint.values.dates import Date
from perfgoals_lint.values.types import Deadline

_DAY = compiled(r"((?:19|20)[0-9]{2})年([0-9]{1,2})月(?:([0-9]{1,2})[日号]前?|底前?)?")
_MONTHS = 12


def read(text: str) -> Deadline | None:
    """The deadline of a date in the common notation; ``None`` when the grammar has to read it."""
    found = _DAY.fullmatch(text)
    if found is None:
        return None
    year, month, day = int(found[1]), int(found[2]), int(found[3]) if found[3] else None
    last = Date(year, month, day).last_day() if 1 <= month <= _MONTHS and day != 0 else None
    if last is None:
        return None
    return Deadline(
        text,
        year=year,
        month=month,
        day=day,
        precision="month" if day is None else "day",
        date=last.isoformat(),
        span=(0, len(text)),
    )
