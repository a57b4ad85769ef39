"""What was measured of the rules on labelled tables (``rules/lexicons/measured.yaml``)."""

from typing import NamedTuple

from perfgoals_lint.rulebook.policy import lexicon


class Measured(NamedTuple):
    """Of so many rows that the rule means (``meant``) it finds ``found``, and of so many right ones that look like them
    (``near``) it reports ``alarms``."""

    meant: int
    found: int
    near: int
    alarms: int

    @property
    def recall(self) -> float:
        """The share of what was meant that was found, 0 to 1; 0 where nothing was meant."""
        return self.found / self.meant if self.meant else 0.0

    @property
    def precision(self) -> float:
        """The share of what was said that was meant, 0 to 1; 0 where nothing was said."""
        said = self.found + self.alarms
        return self.found / said if said else 0.0

    @property
    def grade(self) -> str:
        """The precision in the words of SARIF: ``very-high``, ``high``, ``medium`` or ``low``."""
        steps = ((0.98, "very-high"), (0.9, "high"), (0.75, "medium"))
        return next((grade for least, grade in steps if self.precision >= least), "low")


def measured(code: str) -> Measured | None:
    """The figures of a rule, or ``None`` when it has no labelled rows."""
    figures = lexicon("measured").get(code)
    return Measured(**figures) if figures else None


def shares(figures: Measured) -> dict[str, str]:
    """Recall and precision in per cent and the number of rows, as texts for a message."""
    return {
        "precision": f"{figures.precision:.0%}",
        "recall": f"{figures.recall:.0%}",
        "rows": str(figures.meant + figures.near),
    }
