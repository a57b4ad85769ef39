"""Build hook: ship the compiled rulebook and parser tables inside the wheel, so that no run has to make them."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.config import BuilderConfig
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompiledData(BuildHookInterface[BuilderConfig]):
    """Fills ``perfgoals_lint/_built`` with what :func:`perfgoals_lint.rulebook.policy.built` would make at run time, and
    with the code of the parsers' patterns, which only the package itself may bring. An installation that runs from
    the checkout has the parsers' files there (they are named by what they depend on, so that none is ever out of date);
    its rules may change, so they are not among them."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        target = Path(tempfile.mkdtemp())
        os.environ["PERFGOALS_CACHE_DIR"] = str(target)
        sys.path.insert(0, str(Path(self.root) / "src"))
        from perfgoals_lint import prose, values
        from perfgoals_lint.rulebook import lexing, policy
        from perfgoals_lint.rulebook.grammar_tables import code_of

        values.parse("每年约三百人次左右（共3场）")
        prose.scan("每年3万元，三年合计9万元。")
        for path in [*target.glob("values-*.bin"), *target.glob("narrative-*.bin")]:
            kind, digest, _ = path.stem.split("-")
            code = code_of(path.read_bytes())
            (target / f"{kind}-{digest}-{lexing.engine_version()}.bin").write_bytes(code)
        if version == "editable":
            beside = Path(self.root) / "src" / "perfgoals_lint" / "_built"
            beside.mkdir(exist_ok=True)
            for path in target.glob("*.bin"):
                if not path.name.startswith("policy-"):
                    shutil.copy(path, beside)
            return
        (target / "policy.json").write_bytes(policy.compile_index(Path(self.root) / "rules"))
        for path in target.iterdir():
            if not path.name.startswith("policy-"):
                build_data["force_include"][str(path)] = f"perfgoals_lint/_built/{path.name}"
