"""The tools for agents, called by the protocol's own client over standard input and output."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("mcp", reason="the extra mcp is not installed")

from mcp import ClientSession, StdioServerParameters, stdio_client

TOP = Path(__file__).parents[1]
TABLE = (
    "项目名称,一级指标,二级指标,三级指标,年度指标值\n"
    "渡口码头修缮,产出指标,数量指标,修缮泊位,≧4个\n"
    "渡口码头修缮,满意度指标,服务对象满意度指标,乘客满意度,≥90%\n"
)


def called(*calls: tuple[str, dict[str, Any]]) -> tuple[set[str], list[Any]]:
    """The tools that there are, and the result of each call."""

    async def talk() -> tuple[set[str], list[Any]]:
        server = StdioServerParameters(
            command=sys.executable,
            args=["-m", "perfgoals_lint", "mcp"],
            env={**os.environ, "PYTHONPATH": str(TOP / "src")},
        )
        async with stdio_client(server) as (reading, writing), ClientSession(reading, writing) as session:
            await session.initialize()
            listed = await session.list_tools()
            results = [await session.call_tool(name, arguments) for name, arguments in calls]
            return {tool.name for tool in listed.tools}, results

    return asyncio.run(talk())


def test_the_tools_give_what_the_commands_print(tmp_path: Path) -> None:
    path = tmp_path / "表 一.csv"
    path.write_text(TABLE, encoding="utf-8")
    other = tmp_path / "表二.csv"
    other.write_text(TABLE, encoding="utf-8")
    names, results = called(
        ("check", {"paths": [str(path)], "select": ["PGN501"], "lang": "en"}),
        ("extract", {"paths": [str(path)]}),
        ("parse", {"values": ["≥90%"], "name": "乘客满意度"}),
        ("rule", {"code": "PGN501"}),
        ("rule", {"code": "--help"}),
        ("facts", {"paths": [str(path), str(other)]}),
    )
    assert {"check", "extract", "parse", "rule", "facts"} <= names
    check, extract, parse, rule, refused, facts = results
    (finding,) = check.structured_content["findings"]
    assert finding["rule"] == "PGN501"
    assert finding["location"]["row"] == 2
    (document,) = extract.structured_content["documents"]
    assert document["tables"][0]["project_name"] == "渡口码头修缮"
    assert "90" in str(parse.structured_content)
    assert rule.structured_content["rules"][0]["code"] == "PGN501"
    assert refused.is_error
    assert "--help" in refused.content[0].text
    assert [one["document"] for one in facts.structured_content["documents"]] == [str(path), str(other)]
