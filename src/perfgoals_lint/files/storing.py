"""Writing a file so that it is there whole or stays as it was."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import IO


@contextmanager
def replacing(path: str) -> Iterator[IO[bytes]]:
    """A file for the time of a block that takes the place of another when the block ends well.

    A link stays a link, permissions stay; a device or a pipe is written to, never replaced. Raises ``OSError``, which
    names the directory where that cannot be written to.
    """
    import tempfile  # most runs write no file

    target = os.path.realpath(path)
    if os.path.exists(target) and not os.path.isfile(target):
        with open(target, "wb") as file:
            yield file
        return
    try:
        handle, temporary = tempfile.mkstemp(dir=os.path.dirname(target), prefix=".perfgoals-")
    except OSError as error:  # the name of the file beside it says nothing to who asked for another one
        folder = os.path.dirname(path)
        missing = os.path.join(folder, "") if isinstance(error, FileNotFoundError) else folder
        raise type(error)(error.errno, error.strerror, missing or path) from None
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        mode = os.stat(target).st_mode & 0o7777 if os.path.exists(target) else 0o666 & ~_umask()
        os.chmod(temporary, mode)
        os.replace(temporary, target)
    except BaseException:
        with suppress(OSError):
            os.unlink(temporary)
        raise


def replace_file(path: str, content: bytes) -> None:
    """Put new content in the place of a file's, or make the file. Raises ``OSError``."""
    with replacing(path) as file:
        file.write(content)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
