"""What is said of a pack or plug-in that cannot be used."""

from __future__ import annotations

from pathlib import Path


class PackError(ValueError):
    """A pack that cannot be used: where (file, line) and why."""

    def __init__(self, path: Path | str, line: int | None, why: str) -> None:
        super().__init__(f"{path}:{line}: {why}" if line else f"{path}: {why}")
