"""The directory of this user's caches; imported by runs that import little else."""

from __future__ import annotations

import os


def cache_home() -> str:
    """Where this user's caches of the tool are kept; ``PERFGOALS_CACHE_DIR`` overrides it."""
    override = os.environ.get("PERFGOALS_CACHE_DIR")
    if override:
        return override
    from platformdirs import user_cache_dir

    return user_cache_dir("perfgoals-lint", appauthor=False)
