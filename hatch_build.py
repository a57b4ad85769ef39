"""Build hook: ship the compiled rulebook and parser tables inside the wheel, so that no run has to make them."""

from __future__ import annotations

import contextlib
import importlib
import os
import pkgutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.config import BuilderConfig
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompiledData(BuildHookInterface[BuilderConfig]):
    """Fills ``perfgoals_lint/_built`` with what :func:`perfgoals_lint.rulebook.policy.built` would make at run time."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable":
            return
        target = Path(tempfile.mkdtemp())
        os.environ["PERFGOALS_CACHE_DIR"] = str(target)
        sys.path.insert(0, str(Path(self.root) / "src"))
        from perfgoals_lint.rulebook import patterns

        patterns.collect()  # before any other module is imported, since most compile theirs then
        import_all()
        from perfgoals_lint import prose, values
        from perfgoals_lint.rulebook import labels, policy

        values.parse("每年约三百人次左右（共3场）")
        prose.scan("每年3万元，三年合计9万元。")
        labels.field_of("项目名称与编码")
        check_examples(Path(self.root) / "examples")
        patterns.write(target)
        (target / "policy.json").write_bytes(policy.compile_index(Path(self.root) / "rules"))
        for path in target.iterdir():
            if not path.name.startswith("policy-"):
                build_data["force_include"][str(path)] = f"perfgoals_lint/_built/{path.name}"


def import_all() -> None:
    """Import every module of the package that needs no extra, so that the patterns of all of them are compiled."""
    import perfgoals_lint

    for found in pkgutil.walk_packages(perfgoals_lint.__path__, "perfgoals_lint."):
        if not found.name.endswith(("__main__", "_built")):
            with contextlib.suppress(ImportError):
                importlib.import_module(found.name)


def check_examples(directory: Path) -> None:
    """Check the examples that are text, and the samples of all rules, so that every pattern that an ordinary table needs is
    compiled."""
    from perfgoals_lint.extraction.document import extract_file
    from perfgoals_lint.lint.engine import Engine
    from perfgoals_lint.packs.testing import page_failures
    from perfgoals_lint.rulebook import rules

    engine = Engine(rules.load())
    for path in sorted((*directory.rglob("*.txt"), *directory.rglob("*.csv"))):
        engine.check(extract_file(str(path)))
    for rule in rules.load():
        page_failures(rule)
