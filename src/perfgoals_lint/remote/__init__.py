"""Files that lie elsewhere; what reads them imports :mod:`perfgoals_lint.remote.stores` when the first one is met."""

from collections.abc import Iterator
from contextlib import contextmanager

from perfgoals_lint.files.contents import is_address


@contextmanager
def on_disk(path: str, most: int) -> Iterator[str]:
    """A path in the file system that has what ``path`` names, for the time of a block: the path itself, or a private copy
    of what lies at an address.

    Raises :class:`perfgoals_lint.files.contents.TooLargeError`, and ``OSError`` (:class:`perfgoals_lint.remote.stores.RemoteError`) for what cannot be fetched.
    """
    if not is_address(path):
        yield path
        return
    from perfgoals_lint.remote.stores import fetched

    with fetched(path, most) as copy:
        yield copy
