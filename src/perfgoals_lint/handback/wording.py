"""The words of what is handed back, beside those of the reports."""

from perfgoals_lint.reports.wording import Words
from perfgoals_lint.rulebook.policy import index


class HandbackWords(Words):
    """Looks up ids of ``rules/messages/handback.yaml``, and those of the reports."""

    def __init__(self, lang: str) -> None:
        super().__init__(lang)
        messages = index()["messages"]
        self._texts = {**messages["reports"], **messages["handback"]}

    @property
    def author(self) -> str:
        """Who signs comments and changes."""
        return self("author")
