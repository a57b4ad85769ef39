"""Telling from the outside whether a file is the one that was seen before; imported by runs that import little else."""

import os
import stat
import time

RESOLUTION = 2_000_000_000
"""The coarsest tick of a file system in use (FAT: 2 s), in nanoseconds."""


def stamp_of(path: str) -> bytes | None:
    """What would be another if the file had changed since: device, inode, size, and the times of content and of state.

    ``None`` for what is no file, and for a time within :data:`RESOLUTION` of the clock or ahead of it, which proves
    nothing: a change in the same tick leaves it as it is.
    """
    now = time.time_ns()
    try:
        found = os.stat(path)
    except (OSError, ValueError):
        return None
    if not stat.S_ISREG(found.st_mode) or max(found.st_mtime_ns, found.st_ctime_ns) + RESOLUTION > now:
        return None
    seen = (found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns)
    return ",".join(map(str, seen)).encode()
