"""Why a run on other machines cannot go on."""


class SchedulerError(Exception):
    """``key`` names what is to be said of it, ``args_shown`` fill that text."""

    def __init__(self, key: str, **args_shown: object) -> None:
        super().__init__(key, args_shown)
        self.key = key
        self.args_shown = args_shown

    def __str__(self) -> str:
        said = ", ".join(f"{name}={value}" for name, value in self.args_shown.items())
        return f"{self.key} ({said})"


class DiffersError(Exception):
    """A worker has another version of the program, or other rules, than the process that asks."""
