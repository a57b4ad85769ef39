"""Why the local page could not do what it was asked, in words for the person who asked."""

from perfgoals_lint.rulebook.policy import index


class RefusedError(Exception):
    """Something cannot be done; ``key`` names the message that says why, with its arguments."""

    def __init__(self, key: str, **args: object) -> None:
        super().__init__(key, args)
        self.key = key
        self.args_shown = args

    def said(self, lang: str) -> str:
        """The message in a language."""
        return words(lang)[f"refused.{self.key}"].format(**self.args_shown)


def words(lang: str) -> dict[str, str]:
    """The texts of the local page in a language, by id."""
    return {key: texts[lang] for key, texts in index()["messages"]["serve"].items()}
