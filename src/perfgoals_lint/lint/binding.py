"""From a rule to its check: declarative ones are built from the page's mapping, others are functions that it names."""

from importlib import import_module

from perfgoals_lint.rulebook.rule import Check, Rule


def check_of(rule: Rule) -> Check:
    """The check of a rule, bound on first use. Raises ``ValueError`` when the page names none that exists."""
    if rule.bound is None:
        rule.bound = _bind(rule)
    return rule.bound


def _bind(rule: Rule) -> Check:
    from perfgoals_lint.lint.kinds.kinds import build, guarded

    spec = rule.check
    if spec["kind"] != "python":
        return build(spec, rule.scope, rule.parameters)
    function = function_of(rule)
    return guarded(spec, function, rule.parameters) if rule.scope == "row" and "where" in spec else function


def function_of(rule: Rule) -> Check:
    """The Python function that a page names. Raises ``ValueError`` when there is none."""
    named = str(rule.check["function"])
    # A plug-in names package.module:function, the built-in rules module.function of the checks.
    home, _, function = (
        named.rpartition(":") if ":" in named else f"perfgoals_lint.lint.checks.{named}".rpartition(".")
    )
    try:
        bound: Check = getattr(import_module(home), function)
    except (ImportError, AttributeError) as error:
        raise ValueError(f"{rule.origin}: check {named}: {error}") from error
    return bound
