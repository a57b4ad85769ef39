"""One and the same finding in every state that it can be in, as files that a user would have written."""

from __future__ import annotations

from pathlib import Path

from pipelines.helpers import commit_all
from suppression.helpers import run, write

RULE = "PGN501"
VALUE = "≧2座"
FIXED = "≥2座"
TABLE = (
    "项目名称,一级指标,二级指标,三级指标,年度指标值\n"
    f"栈桥加固,产出指标,数量指标,加固栈桥,{VALUE}\n"
    "栈桥加固,产出指标,质量指标,验收合格率,≥95%\n"
    "栈桥加固,满意度指标,服务对象满意度指标,游客满意度,≥90%\n"
)
REASON = "原文如此"
EXCEPTION = f"""\
exceptions:
  - rule: {RULE}
    project: 栈桥加固
    indicator: 加固栈桥
    quote: {VALUE}
    reason: {REASON}
    person: 周敏
    date: 2026-01-10
    expires: 2999-12-31
"""
SET_ASIDE = ("inline", "external", "baselined", "stood")
STATES = ("active", *SET_ASIDE)
"""Active; set aside by a comment, by the file of exceptions, by the baseline; there already at a revision."""


def prepared(directory: Path, state: str) -> Path:
    """A table with the one finding in a state; everything else that a command needs is in the configuration."""
    path = directory / "表.csv"
    configuration = (
        f'select = ["{RULE}"]\nfail-on = "info"\nmax-warnings = 0\n[severity]\n{RULE} = "warning"\n'
    )
    write(directory / "perfgoals.toml", configuration)
    comment = f"# perfgoals: ignore[{RULE}] {REASON}\n"
    write(
        path,
        TABLE.replace("栈桥加固,产出指标,数量", comment + "栈桥加固,产出指标,数量")
        if state == "inline"
        else TABLE,
    )
    if state == "external":
        write(directory / "perfgoals-exceptions.yaml", EXCEPTION)
    if state == "baselined":
        run("baseline", "write", path.name, "--baseline", "known.json", cwd=directory)
        write(directory / "perfgoals.toml", f'baseline = "known.json"\n{configuration}')
    if state == "stood":
        commit_all(directory)
        write(path, TABLE + "栈桥加固,产出指标,时效指标,完工时间,2025年9月底前\n")
    return path


def options(state: str) -> list[str]:
    """What the command line must say for the state to hold."""
    return ["--diff-base", "HEAD"] if state == "stood" else []
