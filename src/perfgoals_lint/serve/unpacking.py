"""Archives that were put on the local page become folders, so that what is in them can be changed and given back."""

import os
from pathlib import Path

from perfgoals_lint.files.archives import MARK, ArchiveError, content, is_archive, members
from perfgoals_lint.readers.limits import Limits
from perfgoals_lint.serve.names import MOST_BYTES, MOST_FILES, size_of, stored_name


def unpack_archives(home: Path, folder: Path) -> None:
    """Put the files of every archive below ``home`` into a folder that is called like it. One that cannot be unpacked
    whole, or would go over what a session may hold, stays as it is: the run then says what is wrong with it."""
    for path in sorted(home.rglob("*.[zZ][iI][pP]")):
        if path.is_file() and is_archive(str(path)):
            _unpack(path, folder / "unpacking")


def _unpack(path: Path, aside: Path) -> None:
    files, size = size_of(Path())
    try:
        held = members(str(path))
        if files + len(held) > MOST_FILES or size + sum(one.size for one in held) > MOST_BYTES:
            return
        if any(one.state != "fine" for one in held):
            return
        written: list[tuple[Path, str]] = []
        aside.mkdir()
        most = Limits().file_bytes
        for number, one in enumerate(held):
            kept = aside / str(number)
            kept.write_bytes(content(f"{path}{MARK}{one.name}", most))
            written.append((kept, stored_name(one.name)))
        target = _unused(path.with_suffix(""))
        path.unlink()
        for kept, name in written:
            place = _unused(target / name)
            place.parent.mkdir(parents=True, exist_ok=True)
            os.replace(kept, place)
    except (ArchiveError, OSError):
        return
    finally:
        if aside.is_dir():
            for left in aside.iterdir():
                left.unlink()
            aside.rmdir()


def _unused(path: Path) -> Path:
    """The path, numbered when there is something already."""
    number, made = 1, path
    while made.exists():
        number += 1
        made = path.with_name(f"{path.stem} ({number}){path.suffix}")
    return made
