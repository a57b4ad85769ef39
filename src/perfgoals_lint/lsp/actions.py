"""Code actions: a finding's fix, a comment that sets a finding aside, and all safe fixes at once."""

from collections.abc import Iterator, Sequence

from lsprotocol import types

from perfgoals_lint.fixes.apply import Replacement, plan
from perfgoals_lint.fixes.passes import wanted
from perfgoals_lint.lsp.checked import Checked
from perfgoals_lint.lsp.diagnostics import diagnostic
from perfgoals_lint.model import Finding
from perfgoals_lint.rulebook.messages import message

FIX_ALL = "source.fixAll.perfgoals-lint"
_MOST = 20
"""Findings in a range that actions are made for; nobody chooses from more."""


def actions(
    checked: Checked, uri: str, wanted: types.Range, only: Sequence[str] | None, lang: str
) -> list[types.CodeAction]:
    """The actions for a range; ``only`` names the kinds that the client asks for."""
    start, end = checked.positions.offset(wanted.start), checked.positions.offset(wanted.end)
    made: list[types.CodeAction] = []
    if _asked(types.CodeActionKind.QuickFix, only):
        for finding in checked.at(start, end)[:_MOST]:
            made += _quick_fixes(checked, finding, uri, lang)
    if only and _asked(FIX_ALL, only):
        made += _fix_all(checked, uri, lang)
    return made


def _asked(kind: str, only: Sequence[str] | None) -> bool:
    return only is None or any(kind == one or kind.startswith(f"{one}.") for one in only)


def _quick_fixes(checked: Checked, finding: Finding, uri: str, lang: str) -> Iterator[types.CodeAction]:
    shown = diagnostic(checked, finding, uri)
    fixed = plan(checked.text, checked.path, checked.document.format, wanted([finding], unsafe=True)).kept
    if finding.fix and fixed:
        edit = finding.fix.edits[0]
        what = message("lsp", "whole", lang, old=_short(edit.old), new=_short(edit.new))
        yield types.CodeAction(
            title=message("lsp", "fix", lang, what=what),
            kind=types.CodeActionKind.QuickFix,
            diagnostics=[shown],
            is_preferred=finding.fix.safe,
            edit=_edit(checked, uri, fixed[0][1]),
        )
    comment = _comment(checked, finding, lang)
    if comment:
        yield types.CodeAction(
            title=message("lsp", "ignore", lang, rule=finding.rule),
            kind=types.CodeActionKind.QuickFix,
            diagnostics=[shown],
            edit=_edit(checked, uri, [comment]),
        )


def _comment(checked: Checked, finding: Finding, lang: str) -> Replacement | None:
    """The comment that sets a finding aside, where its carrier takes one and the rule may be set aside."""
    location = finding.location
    if location is None or finding.rule in checked.mandatory or finding.rule.startswith("PGX"):
        return None
    body = f"perfgoals: ignore[{finding.rule}] {message('lsp', 'ignore_reason', lang)}"
    found = checked.carriers.at(location).comment(location, body)
    return Replacement.insert(*found) if found else None


def _fix_all(checked: Checked, uri: str, lang: str) -> Iterator[types.CodeAction]:
    kept = plan(
        checked.text, checked.path, checked.document.format, wanted(checked.findings, unsafe=False)
    ).kept
    if kept:
        parts = [part for _, parts in kept for part in parts]
        yield types.CodeAction(
            title=message("lsp", "fix_all", lang), kind=FIX_ALL, edit=_edit(checked, uri, parts)
        )


def _edit(checked: Checked, uri: str, parts: Sequence[Replacement]) -> types.WorkspaceEdit:
    edits = [types.TextEdit(checked.positions.range(part.span), part.new) for part in parts]
    return types.WorkspaceEdit(changes={uri: edits})


def _short(text: str) -> str:
    return text if len(text) <= 30 else f"{text[:29]}…"
