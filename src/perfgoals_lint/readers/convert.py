"""Reading by way of LibreOffice what no reader can read; only ever on request.

The office program gets a copy of the file, a profile of its own in which macros, active content and linked content are
off, a limit on its time, and a temporary directory that is removed with everything in it.
"""

import errno
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from perfgoals_lint import readers
from perfgoals_lint.files.contents import contents
from perfgoals_lint.model import Location, Problem, Source
from perfgoals_lint.readers.limits import CORRUPT, NEEDS_EXTRA, UNKNOWN_FORMAT, Limits

CONVERTED = "PGX040"
NO_PROGRAM = "PGX041"
NOT_CONVERTED = "PGX042"

_PROGRAMS = ("soffice", "libreoffice")
_NO_PROGRAM = "no_program"
_MENDABLE = frozenset({UNKNOWN_FORMAT, NEEDS_EXTRA, CORRUPT})
"""Why a file may be converted. What went over a limit or killed its reader stays unread, and so does what is locked."""
_SHEETS = frozenset({"xls", "xlsx", "xlsb", "ods", "fods", "xml2003"})
_TEXTS = frozenset({"doc", "docx", "odt", "fodt", "rtf", "word2003"})
_SUFFIXES = {
    **dict.fromkeys((".uos",), "xlsx"),
    **dict.fromkeys((".uof", ".uot"), "docx"),
    **dict.fromkeys(
        (".xls", ".xlsx", ".xlsm", ".xlsb", ".et", ".ett", ".ods", ".sxc", ".123", ".wk1"), "xlsx"
    ),
    **dict.fromkeys((".doc", ".docx", ".docm", ".wps", ".wpt", ".odt", ".sxw", ".rtf", ".wpd"), "docx"),
}
_SETTINGS = {
    "MacroSecurityLevel": "3",
    "DisableMacrosExecution": "true",
    "DisableActiveContent": "true",
    "BlockUntrustedRefererLinks": "true",
}
_PROFILE = """\
<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
{items}</oor:items>
"""
_ITEM = """\
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">\
<prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>
"""


class ConversionError(Exception):
    """The program made nothing of the file: the case of the message, and its arguments."""

    def __init__(self, case: str, **args: str) -> None:
        super().__init__(case, args)
        self.case = case
        self.args_shown = {"case": case, **args}


def read_converted(source: Source, path: str, limits: Limits) -> Source:
    """The content of a file that could not be read, converted; ``source`` itself when conversion is not for it.

    ``source`` is what reading gave. A conversion that fails, and a machine without the program, is one more problem.
    """
    if source.blocks or not {problem.code for problem in source.problems} & _MENDABLE:
        return source
    place = Location(source.path)
    try:
        made = converted_copy(path, source.format, limits, source.path)
    except ConversionError as error:
        if error.case == _NO_PROGRAM:
            return Source(source.path, source.format, problems=[Problem(NO_PROGRAM, place)])
        source.problems.append(Problem(NOT_CONVERTED, place, error.args_shown))
        return source
    except OSError as error:
        reason = errno.errorcode.get(error.errno or 0) or str(error)
        source.problems.append(Problem(NOT_CONVERTED, place, {"reason": reason}))
        return source
    if made is None:
        return source
    made.source.problems.insert(0, Problem(CONVERTED, place, {"format": made.format}))
    return made.source


class Converted(NamedTuple):
    """An office file in a format that bears comments, ``xlsx`` or ``docx``: its bytes, and what is read in it."""

    format: str
    content: bytes
    source: Source


def converted_copy(path: str, format_name: str, limits: Limits, shown: str) -> Converted | None:
    """An office file converted, whose places show the path ``shown``; ``None`` for what is no work for the office program.
    Raises :class:`ConversionError` (with the case ``no_program`` where there is none) and ``OSError``."""
    if not _office_like(path, format_name):
        return None
    program = next(filter(None, map(shutil.which, _PROGRAMS)), None)
    if program is None:
        raise ConversionError(_NO_PROGRAM)
    target = _target(path, format_name)
    with tempfile.TemporaryDirectory(prefix="perfgoals-", ignore_cleanup_errors=True) as directory:
        made = _convert(program, path, Path(directory), target, limits)
        return Converted(
            target, contents(str(made), limits.file_bytes), readers.read(str(made), shown, limits)
        )


def _office_like(path: str, format_name: str) -> bool:
    """May the office program know the format? Pictures, archives and unknown bytes of any name are none of its work."""
    return format_name in _SHEETS | _TEXTS or os.path.splitext(path)[1].lower() in _SUFFIXES


def _target(path: str, format_name: str) -> str:
    if format_name in _SHEETS:
        return "xlsx"
    return "docx" if format_name in _TEXTS else _SUFFIXES[os.path.splitext(path)[1].lower()]


def _convert(program: str, path: str, directory: Path, target: str, limits: Limits) -> Path:
    """The converted file. Raises :class:`ConversionError` and ``OSError``."""
    profile, out = directory / "profile", directory / "out"
    (profile / "user").mkdir(parents=True)
    out.mkdir()
    items = "".join(_ITEM.format(name=name, value=value) for name, value in _SETTINGS.items())
    registry = profile / "user" / "registrymodifications.xcu"
    registry.write_text(_PROFILE.format(items=items), encoding="utf-8")
    suffix = os.path.splitext(path)[1].lower()
    copy = directory / f"document{suffix if suffix in _SUFFIXES else ''}"
    copy.write_bytes(contents(path, limits.file_bytes))
    options = ["--headless", "--invisible", "--norestore", "--nologo", "--nodefault", "--nolockcheck"]
    command = [program, f"-env:UserInstallation={profile.as_uri()}", *options]
    _run([*command, "--convert-to", target, "--outdir", str(out), str(copy)], directory, limits.seconds)
    made = out / f"document.{target}"
    if made.is_symlink() or not made.is_file():
        raise ConversionError("nothing", format=target)
    return made


def _run(command: Sequence[str], directory: Path, seconds: float) -> None:
    """Run the program in a process group of its own, all of which is ended with it. Raises :class:`ConversionError`."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL", "SYSTEMROOT") if name in os.environ}
    own = dict.fromkeys(("HOME", "TMPDIR", "TEMP", "TMP"), str(directory))
    process = subprocess.Popen(
        command,
        cwd=directory,
        env={**kept, **own},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        status = process.wait(seconds)
    except subprocess.TimeoutExpired:
        raise ConversionError("late", seconds=f"{seconds:g}") from None
    finally:
        _end_group(process)
    if status:
        raise ConversionError("failed", status=str(status))


def _end_group(process: subprocess.Popen[bytes]) -> None:
    """End the program and what it started; a launcher may be gone while the office program still runs."""
    if hasattr(os, "killpg"):
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.wait()
