"""Standard output and error on any console: what its characters lack is shown in another way, never an error."""

import codecs
import io
import os
import sys

PLAINER = "perfgoals-plainer"
"""The name by which an encoding is told to show what it lacks in another way."""
_STAND_INS = {
    "›": ">", "—": "-", "…": "...", "•": "*", "≥": ">=", "≤": "<=", "“": '"', "”": '"', "×": "x", "✗": "x",
    "→": "->", "⚠": "!",
}  # fmt: skip


def set_up() -> None:
    """Let standard output and error show whatever is written to them."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=PLAINER)


def _plainer(error: UnicodeError) -> tuple[str, int]:
    """What a console without a character shows in its place."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    texts = (
        _STAND_INS.get(char) or char.encode("ascii", "backslashreplace").decode("ascii")
        for char in error.object[error.start : error.end]
    )
    return "".join(texts), error.end


codecs.register_error(PLAINER, _plainer)


def from_here(path: str) -> str:
    """A path as it is to be shown: from the working directory where it lies below it."""
    relative = os.path.relpath(path)
    return path if relative.startswith("..") else relative
