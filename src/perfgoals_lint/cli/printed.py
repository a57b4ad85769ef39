"""What a run over a few named files printed, so that the same run over the same files prints it again at once.

A run is the same where its command line, its directory, the environment that it reads, the day, the interpreter and all
that is installed are the same, where no file of configuration or exceptions stands beside its files or above them, and
where each file has the stamp that it had (see :mod:`perfgoals_lint.files.stamping`). Anything else is a run of its own.

Every start of the program passes here: nothing is imported but what the system brings.
"""

import os
import sys
import time
import zlib

from perfgoals_lint.files.cachedir import cache_home
from perfgoals_lint.files.stamping import stamp_of
from perfgoals_lint.version import __version__

NAMES = ("perfgoals.toml", ".perfgoals.toml", "pyproject.toml", "perfgoals-exceptions.yaml")
"""Files beside a table or above it that have a say in what is printed of it."""
MOST_FILES = 8
_LARGEST = 32_000
"""Bytes of what was printed; with :data:`_PLACES` it bounds what is kept."""
_PLACES = 512
_ENVIRONMENT = ("COLUMNS", "LINES", "TERM", "TZ", "NO_COLOR", "LANG", "LANGUAGE")
_FAMILIES = ("LC_", "PERFGOALS", "PYTHON")
_END = "\0"
"""What parts of an entry end with: neither a path, nor the environment, nor a report holds it."""
_PACKAGE = os.path.dirname(os.path.dirname(__file__))


class PrintedRun:
    """The place of what one run prints. ``key`` is all that the run depends on beside its files, as text."""

    __slots__ = ("key", "path")

    def __init__(self, key: str) -> None:
        self.key = key
        name = f"printed-{zlib.crc32(_bytes(key)) % _PLACES:03x}.bin"
        self.path = os.path.join(cache_home(), name)

    def again(self) -> int | None:
        """Print what was printed; the exit status, ``None`` where nothing is known of the run or anything has changed.
        Raises ``OSError`` where standard output cannot be written."""
        try:
            with open(self.path, "rb") as file:
                key, status, size, *rest = file.read().decode("utf-8", "surrogatepass").split(_END)
            *files, text = rest
        except (OSError, ValueError):
            return None
        if key != self.key or status not in ("0", "1") or size != str(len(text)) or not files:
            return None
        if seen(files[::2]) != files:
            return None
        sys.stdout.write(text)
        sys.stdout.flush()
        return int(status)

    def keep(self, files: list[str], status: int, text: str) -> None:
        """Keep what was printed of files that were seen (see :func:`seen`) before they were read, and are still the same."""
        content = _bytes(_END.join((self.key, str(status), str(len(text)), *files, text)))
        if status in (0, 1) and _END not in text and len(content) <= _LARGEST and seen(files[::2]) == files:
            from pathlib import Path

            from perfgoals_lint.rulebook.policy import write_atomically

            write_atomically(Path(self.path), content)


def this_run() -> PrintedRun | None:
    """The place of what this run prints; ``None`` for a terminal, for colours, and for a checkout, whose code changes."""
    stamps = _installed()
    try:
        if not stamps or sys.stdout.isatty() or os.environ.get("FORCE_COLOR"):
            return None
        day = time.strftime("%Y-%m-%d")
        state = (__version__, sys.version, day, os.getcwd(), stamps, _environment(), sys.argv[1:])
    except (AttributeError, OSError, ValueError):
        return None
    return PrintedRun(repr(state))


def seen(paths: list[str]) -> list[str]:
    """Each path with the stamp of its file; nothing where one of them has none that proves anything, or where files of
    configuration or exceptions may have a say."""
    found: list[str] = []
    passed: set[str] = set()
    for path in paths:
        stamp = stamp_of(path)
        if stamp is None or not _alone(os.path.dirname(os.path.abspath(path)), passed):
            return []
        found += (path, stamp.decode())
    return found


def _alone(directory: str, passed: set[str]) -> bool:
    """Is none of :data:`NAMES` in a directory or above it? ``passed`` are the directories that were looked at."""
    while directory not in passed:
        passed.add(directory)
        if any(os.path.lexists(os.path.join(directory, name)) for name in NAMES):
            return False
        directory = os.path.dirname(directory)
    return True


def _environment() -> list[str]:
    names = (one for one in os.environ if one in _ENVIRONMENT or one.startswith(_FAMILIES))
    return [f"{name}={os.environ[name]}" for name in sorted(names)]


def _installed() -> list[str]:
    """The state of what is installed: this package, and the directories that libraries are put into. Empty for a checkout."""
    try:
        places = [os.path.join(_PACKAGE, "_built", "policy.json"), os.path.join(_PACKAGE, "version.py")]
        own = [os.stat(place) for place in places]
    except OSError:
        return []
    found = [f"{one.st_ino},{one.st_size},{one.st_mtime_ns},{one.st_ctime_ns}" for one in own]
    for directory in sys.path:
        try:
            found.append(f"{directory},{os.stat(directory or os.curdir).st_mtime_ns}")
        except OSError:
            found.append(directory)
    return found


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
