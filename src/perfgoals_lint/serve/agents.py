"""The tools that agents may call, over the Model Context Protocol (the extra ``mcp``).

Every tool is a command of this program, run in a process of its own: its limits hold as for anybody who calls it, and
what it prints is the JSON of the data contract. Nothing is written and nothing is sent anywhere.
"""

import json
import subprocess
import sys
from collections.abc import Iterable
from typing import Any

from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ToolError

from perfgoals_lint.version import __version__

NAME = "perfgoals-lint"
_SECONDS = 600
"""What a call may take."""
_ABOUT = (
    "Checks Chinese budget performance-goal tables (绩效目标表). Paths are those of the machine that this runs on. "
    "Findings name a place in the document and say how to put it right; call `rule` for what a rule asks and why."
)


def asked(*arguments: str) -> Any:
    """What a command prints, as data. Raises ``ToolError`` with what it said
    when it prints none: wrong usage, say."""
    command = [sys.executable, "-P", "-m", "perfgoals_lint", *arguments]
    done = subprocess.run(
        command, stdin=subprocess.DEVNULL, capture_output=True, check=False, timeout=_SECONDS
    )
    try:
        return json.loads(done.stdout)
    except ValueError:
        said = done.stderr.decode("utf-8", "replace").strip()
        raise ToolError(said or f"{arguments[0]}: exit status {done.returncode}") from None


def _options(**given: str | None) -> list[str]:
    return [f"--{name}={value}" for name, value in given.items() if value]


def make() -> MCPServer:
    """The server with its tools."""
    server = MCPServer(NAME, instructions=_ABOUT, version=__version__)

    def check(
        paths: list[str],
        select: list[str] | None = None,
        ignore: list[str] | None = None,
        framework: str | None = None,
        lang: str | None = None,
    ) -> dict[str, Any]:
        """Check goal tables in files or directories. Gives every finding with its place, message, advice and evidence,
        a summary, and what became of every file and rule. `select` and `ignore` name rules (PGK601, PGK, 完整性)."""
        chosen = _options(select=_joined(select), ignore=_joined(ignore), framework=framework, lang=lang)
        return _data(asked("check", "--format=json", *chosen, "--", *paths))

    def extract(paths: list[str]) -> dict[str, Any]:
        """Read the goal tables of files or directories: projects, budgets in 元, goals, indicators with their values as
        printed, and where each stands."""
        return _data(asked("extract", "--format=json", "--", *paths))

    def parse(values: list[str], name: str | None = None, year: int | None = None) -> dict[str, Any]:
        """Read indicator values (≥90%, 三年≥18家, 2026年6月底前) as typed constraints. `name` is the indicator's name, `year`
        that of the table."""
        more = _options(name=name, year=str(year) if year else None)
        return {"values": asked("parse", "--format=json", *more, "--", *values)}

    def rule(code: str, lang: str | None = None) -> dict[str, Any]:
        """What a rule (PGK601) or a reading problem (PGX101) checks, why, with samples."""
        return _data(asked("rule", "--format=json", *_options(lang=lang), "--", code))

    def facts(paths: list[str]) -> dict[str, Any]:
        """Every figure of documents, with what it counts, its unit, its time, and what it was compared with."""
        return _data(asked("facts", "--format=json", "--", *paths))

    for tool in (check, extract, parse, rule, facts):
        server.tool()(tool)
    return server


def _joined(selectors: Iterable[str] | None) -> str | None:
    return ",".join(selectors) if selectors else None


def _data(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {"result": value}


def serve() -> None:
    """Serve one agent on standard input and output until it says goodbye."""
    make().run("stdio")
