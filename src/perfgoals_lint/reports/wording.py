"""The words of the reports in the run's language, from ``rules/messages/reports.yaml`` by stable ids."""

from typing import Any

from perfgoals_lint.model import Location
from perfgoals_lint.rulebook.messages import filled
from perfgoals_lint.rulebook.patterns import compiled
from perfgoals_lint.rulebook.policy import index

_PLAIN_SHEET = compiled(r"\w+\Z")


class Words:
    """Looks up wording: ``words("summary.files", n=3)``. Raises ``KeyError`` for an id that is not in the rulebook."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self._texts: dict[str, dict[str, str]] = index()["messages"]["reports"]

    def __call__(self, key: str, **arguments: Any) -> str:
        """The text with its arguments put in; a template ``one|many`` is chosen by the argument ``n``."""
        return filled(self._texts[key][self.lang], **arguments)

    def name(self, group: str, value: str) -> str:
        """The name of a dimension or a field in the run's language; the value itself when it has none."""
        entry = self._texts.get(f"{group}.{value}")
        return entry[self.lang] if entry else value

    def address(self, location: Location | None) -> str:
        """A place inside its file, as a reader says it: ``第 12 行第 5 列``, ``Sheet1!B12``; empty for the whole file."""
        if location is None:
            return ""
        parts = []
        if location.sheet is not None:
            parts.append(cell_address(location))
        if location.page is not None:
            parts.append(self("address.page", n=location.page))
        if location.table is not None:
            parts.append(self("address.table", n=location.table))
        for member in ("line", "row", "column"):
            number = getattr(location, member)
            if number is not None:
                parts.append(self(f"address.{member}", n=number))
        return self("address.join").join(parts)

    def brief(self, location: Location | None) -> str:
        """A place in one line of many: a cell or line in short, one of a printed form as a reader says it."""
        printed = location is not None and location.sheet is None and location.line is None
        return self.address(location) if printed else short_address(location)


def cell_address(location: Location) -> str:
    """``Sheet1!B12``, or the sheet alone; a sheet name that is no plain word stands in quotation marks."""
    sheet = location.sheet or ""
    if not _PLAIN_SHEET.match(sheet):
        sheet = "'" + sheet.replace("'", "''") + "'"
    return f"{sheet}!{location.cell}" if location.cell else sheet


def short_address(location: Location | None) -> str:
    """A place in the compact form of compilers: ``12:5``, ``Sheet1!B12``, ``p3``, ``t1r4c2``; empty for a whole file."""
    if location is None:
        return ""
    if location.sheet is not None:
        return cell_address(location)
    if location.line is not None:
        return f"{location.line}:{location.column}" if location.column else str(location.line)
    members = (("p", location.page), ("t", location.table), ("r", location.row), ("c", location.column))
    return "".join(f"{letter}{number}" for letter, number in members if number is not None)
