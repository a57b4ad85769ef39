"""The guide for authors of packs, and a rule to start from, made from the one table of kinds and keys."""

import json
from typing import Any

from perfgoals_lint.packs.keys import table
from perfgoals_lint.rulebook.policy import framework_data


def with_samples() -> list[str]:
    """The kinds that a pack of one rule with samples of a line each can be made of."""
    return [name for name, entry in table()["kinds"].items() if "bad" in entry]


def sample_pack(kind: str, code: str, pack: str, lang: str) -> str:
    """A pack of one rule of a kind. Raises ``KeyError`` for a kind without a sample."""
    entry = table()["kinds"][kind]
    lines = [f"pack: {pack}", "rules:", f"  - code: {code}", f"    title: {_scalar(entry[lang])}"]
    lines += ["    severity: warning", f"    check: {_flow(entry['check'])}"]
    for key in ("bad", "good"):
        rows = entry[key].splitlines()
        if len(rows) == 1:
            lines.append(f"    {key}: {_scalar(rows[0])}")
        else:
            lines += [f"    {key}:", "      - |", *(f"        {row}" for row in rows)]
    return "\n".join(lines) + "\n"


def guide(lang: str) -> str:
    """The guide as Markdown."""
    known, words = table(), table()["guide"]
    parts = [f"# {words['title'][lang]}", words["intro"][lang].rstrip(), f"## {words['rule_keys'][lang]}"]
    parts += [_keys(known["rule"], lang), f"## {words['source_keys'][lang]}", _keys(known["source"], lang)]
    parts.append(f"## {words['kinds'][lang]}")
    for kind, entry in known["kinds"].items():
        parts.append(f"### {kind}\n\n{entry[lang]}")
        if entry["keys"]:
            parts.append(_keys(entry["keys"], lang))
        if "bad" in entry:
            parts.append(f"```yaml\n{sample_pack(kind, 'QH001', '青禾市财政局', lang)}```")
    for heading, name in (
        ("fields", "field"),
        ("selector", "selector"),
        ("value_keys", "value"),
        ("table_keys", "table"),
    ):
        parts += [f"## {words[heading][lang]}", _keys(known[name], lang)]
    parts += [f"## {words['classes'][lang]}", _classes(lang)]
    return "\n\n".join(parts) + "\n"


def _keys(keys: dict[str, Any], lang: str) -> str:
    words = table()["guide"]
    mark = words["needed"][lang]
    head = f"| {words['key'][lang]} | {words['holds'][lang]} |\n|---|---|\n"
    rows = (
        f"| `{name}`{f' ({mark})' if entry.get('needed') else ''} | {entry[lang].replace('|', chr(92) + '|')} |"
        for name, entry in keys.items()
    )
    return head + "\n".join(rows)


def _classes(lang: str) -> str:
    words = table()["guide"]
    rows = (
        f"| `{name}` | {entry['canonical'].removesuffix('指标')} |"
        for name, entry in framework_data("labels")["classes"].items()
    )
    return f"| class | {words['name'][lang]} |\n|---|---|\n" + "\n".join(rows)


def _flow(value: Any) -> str:
    """Data as YAML on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_flow(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_flow, value)) + "]"
    return _scalar(value) if isinstance(value, str) else json.dumps(value)


def _scalar(text: str) -> str:
    plain = text[:1].isalpha() and not set(text) & set(":#{}[],&*!%@`\"'") and text not in ("yes", "no")
    return text if plain else json.dumps(text, ensure_ascii=False)
