"""The directory of this user's caches; imported by runs that import little else."""

import os
import sys

_NAME = "perfgoals-lint"


def cache_home() -> str:
    """Where this user's caches of the tool are kept; ``PERFGOALS_CACHE_DIR`` overrides it."""
    override = os.environ.get("PERFGOALS_CACHE_DIR")
    if override:
        return override
    if sys.platform == "linux":
        # What platformdirs says there; it imports as much as checking a small table does.
        home = os.environ.get("XDG_CACHE_HOME", "").strip() or os.path.expanduser("~/.cache")
        return os.path.join(home, _NAME)
    from platformdirs import user_cache_dir

    return user_cache_dir(_NAME, appauthor=False)
