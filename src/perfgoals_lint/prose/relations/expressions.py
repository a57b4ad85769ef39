"""Calculations as printed, with + - × ÷ = and brackets: parsed whole by precedence, or not at all."""

import re
from dataclasses import dataclass
from decimal import Decimal, DivisionByZero, InvalidOperation

from perfgoals_lint.prose.figures import Figure
from perfgoals_lint.prose.relations.entries import is_class
from perfgoals_lint.prose.relations.relation import Kind, Relation, plain
from perfgoals_lint.rulebook.patterns import compiled

_LINK = compiled(
    r"(?P<close>(?:[)）\]］]+[一-龥]{0,3}(?:[/／][一-龥]{1,3}){0,3}(?=[×*✕＊xX÷/／＝=]))?(?:[一-龥]{1,6}(?=[×*✕＊÷]))?[)）\]］]*)(?:(?P<operator>[×*✕＊xX÷/／＝=]|乘以?|除以|等于)(?P<open>[（(\[［]*)(?P<aim>(?:合计|共计|共|约|总计|人民币|人均|单价|(?:每[^\d，。；、：:=＝*×（）()]{1,3}){1,3})?)"
    r"|(?P<sum>[+＋\-−－]|加上?|减去?)(?P<open2>[（(\[［]*)(?P<noun>[^\d，,。；;、：:（()）+=×*÷\n]{0,16})(?P<open3>[（(\[［]*)"
    r"|(?P<equals>[＝=])(?P<noun2>[^\d，,。；;、：:（()）+=×*÷\n]{0,10}))"
)
_RESULT = compiled(
    r"(?P<close>[)）\]］]*)(?P<equals>[，,]?(?:共需|共计|合计|合共|总计|小计|共|计)(?:约|为|：)?)(?P<operator>)(?P<sum>)(?P<open>)(?P<open2>)(?P<open3>)"
)
"""The word of a result behind a calculation that has no sign of equality (2万/场×3场共6万)."""
_EQUAL = ("=", "＝", "等于")
_SIGNS = {"✕": "×", "*": "×", "＊": "×", "x": "×", "X": "×", "乘": "×", "乘以": "×", "/": "÷", "／": "÷", "除以": "÷",
          "＝": "=", "等于": "=", "＋": "+", "加": "+", "加上": "+", "−": "-", "－": "-", "减": "-", "减去": "-"}  # fmt: skip
_PRECEDENCE = {"+": 1, "-": 1, "×": 2, "÷": 2}
_PIECE = compiled(r"[×*✕＊÷][^\d，。；、：:\n（()）]{1,8}$")
"""In front of what is only the rest of a calculation."""
_MINUS = compiled(r"[\d.,]+[万亿]?[-−－—–]")


@dataclass(slots=True, eq=False)
class Expression:
    """Figures linked by operators. ``sides`` are the values between the signs of equality, ``None`` when one cannot be
    computed; ``last`` is the result as printed, if there is one."""

    figures: list[Figure]
    sides: list[Decimal | None]
    last: Figure | None
    printed: str
    operators: str


def expressions(text: str, figures: list[Figure]) -> list[Expression]:
    """All printed calculations of a text in its order."""
    found: list[Expression] = []
    figures = [one for one in figures if not is_class(one)]  # 一类4个×3万元+二类6个×2万元
    position = 0
    while position < len(figures):
        chain = [figures[position]]
        links: list[re.Match[str]] = []
        while position + len(chain) < len(figures):
            following = figures[position + len(chain)]
            if following.sentence != chain[-1].sentence:
                break
            link = _LINK.fullmatch(text, chain[-1].span[1], following.span[0])
            if (
                link is None
                and links
                and not any(one["equals"] or one["operator"] in _EQUAL for one in links)
            ):
                if found and found[-1].last is None and found[-1].figures[-1].sentence == following.sentence:
                    # 20张×2500元、40把×800元，共11.2万元: the result of all of them.
                    break
                link = _RESULT.fullmatch(text, chain[-1].span[1], following.span[0])
            if link is None:
                break
            links.append(link)
            chain.append(following)
        expression = _expression(text, chain, links) if links else None
        if expression is not None:
            found.append(expression)
        position += len(chain)
    return found


def _expression(text: str, chain: list[Figure], links: list[re.Match[str]]) -> Expression | None:
    start = chain[0].span[0]
    named = start - len(chain[0].lead)
    start = named if text[named - 1 : named] in ("（", "(") else start  # （住宿费200元+餐费100元）*30人
    if _PIECE.search(text, max(0, start - 9), start):
        return None
    lead = text[max(0, start - 3) : start]
    opened = len(lead) - len(lead.rstrip("（([［"))
    tokens: list[str | Decimal] = ["("] * opened
    sides: list[list[str | Decimal]] = [tokens]
    operators = ""
    for number, figure in enumerate(chain):
        if number:
            link = links[number - 1]
            sides[-1].extend([")"] * sum(sign in ")）]］" for sign in link["close"]))
            sign = link["operator"] or link["sum"] or link["equals"]
            sign = _SIGNS.get(sign, sign) if link["operator"] or link["sum"] else "="
            operators += sign
            if sign == "=":
                sides.append([])
            else:
                sides[-1].append(sign)
            sides[-1].extend(["("] * len((link["open"] or link["open2"] or "") + (link["open3"] or "")))
        if figure.low is not None and _MINUS.match(figure.raw):
            sides[-1].extend([figure.low / 1, "-", _operand(figure)])
            operators += "-"
        else:
            sides[-1].append(_operand(figure))
    tail = text[chain[-1].span[1] : chain[-1].span[1] + 3]
    sides[-1].extend([")"] * (len(tail) - len(tail.lstrip("）)]］"))))
    kinds = {figure.dimension for figure in chain if figure.dimension != "count" or figure.scale == 1}
    if not set(operators) & {"×", "÷"} and {"money", "count"} <= kinds:
        # 两项加上备件9万元: a number of things and an amount have no sum.
        return None
    values = [_evaluate(_balanced(side)) for side in sides]
    last = chain[-1] if len(sides) > 1 and sum(isinstance(one, Decimal) for one in sides[-1]) == 1 else None
    end = chain[-1 if last is None else -2].span[1]
    return Expression(chain, values, last, _bracketed(text, start, end), operators)


def _bracketed(text: str, start: int, end: int) -> str:
    """A stretch of a text with the brackets that it needs at either end to be whole."""
    missing = depth = 0
    for character in text[start:end]:
        depth += (character in "（([［") - (character in "）)]］")
        missing, depth = (missing + 1, 0) if depth < 0 else (missing, depth)
    before = len(text[:start]) - len(text[:start].rstrip("（([［")) if missing else 0
    behind = len(text[end:]) - len(text[end:].lstrip("）)]］")) if depth else 0
    return text[start - min(missing, before) : end + min(depth, behind)]


def _operand(figure: Figure) -> Decimal:
    return figure.value / 100 if figure.dimension == "share" else figure.value


def _balanced(tokens: list[str | Decimal]) -> list[str | Decimal]:
    """Without brackets that belong to the text around: (5人×3天) inside a sentence's own brackets."""
    surplus = tokens.count("(") - tokens.count(")")
    while surplus > 0 and tokens and tokens[0] == "(":
        tokens, surplus = tokens[1:], surplus - 1
    while surplus < 0 and tokens and tokens[-1] == ")":
        tokens, surplus = tokens[:-1], surplus + 1
    return tokens


def _evaluate(tokens: list[str | Decimal]) -> Decimal | None:
    """The value by precedence, left to right; ``None`` for what is no expression."""
    values: list[Decimal] = []
    waiting: list[str] = []
    try:
        for token in tokens:
            if isinstance(token, Decimal):
                values.append(token)
            elif token == "(":
                waiting.append(token)
            elif token == ")":
                while waiting[-1] != "(":
                    _reduce(values, waiting.pop())
                waiting.pop()
            else:
                while waiting and waiting[-1] != "(" and _PRECEDENCE[waiting[-1]] >= _PRECEDENCE[token]:
                    _reduce(values, waiting.pop())
                waiting.append(token)
        while waiting:
            _reduce(values, waiting.pop())
    except (IndexError, KeyError, InvalidOperation, DivisionByZero):
        return None
    return values[0] if len(values) == 1 else None


def _reduce(values: list[Decimal], operator: str) -> None:
    right, left = values.pop(), values.pop()
    if operator == "+":
        values.append(left + right)
    elif operator == "-":
        values.append(left - right)
    elif operator == "×":
        values.append(left * right)
    else:
        values.append(left / right)


def equation(expression: Expression) -> Relation | None:
    """The claim of an expression that prints its result. Operands without a unit may be in the unit of the result."""
    last, terms, value = expression.last, expression.figures[:-1], expression.sides[-2:][0]
    if last is None and len(expression.sides) == 2 and expression.operators[:1] == "=":
        # 会议费22.4万元=场地5.4万元+餐饮12万元+资料5万元: the result stands in front.
        last, terms, value = expression.figures[0], expression.figures[1:], expression.sides[1]
    if last is None or len(expression.sides) < 2:
        return None
    if value is None:
        return None
    kind: Kind = "sum" if expression.operators.strip("=").strip("+-") == "" else "product"
    units = {figure.dimension for figure in terms}
    if last.dimension == "money" and units <= {"count", "time"}:
        return None  # what is paid for each stands in front (…元/人/天)
    candidates = [value]
    scaled = "money" not in units or any(_is_scale(figure, last) for figure in terms)
    if last.dimension == "money" and scaled:
        candidates.append(value * last.scale)
    elif last.dimension != "money" and "money" in units:
        candidates += [value / 10**4, value]
    if any(figure.low is not None for figure in terms) and last.dimension == "money":
        candidates.append(value * last.scale)
    slack = _slack(expression, value)
    if last.dimension == "share":
        candidates = (
            [one * 100 for one in candidates]
            if "share" in units
            else [one * 100 for one in candidates] + candidates
        )
    holds: bool | None = any(
        abs(one - last.value) <= last.half + (slack * one / value if value else slack) for one in candidates
    )
    nearest = min(candidates, key=lambda one: abs(one - last.value))
    shown = _shown(nearest, last)
    doubtful = last.about or any(figure.bound == "~" for figure in terms)
    if not holds and doubtful and abs(nearest - last.value) <= abs(nearest) / 10:
        holds = True
    return Relation(kind, terms, last, nearest, holds, f"{expression.printed} = {shown}")


def _is_scale(figure: Figure, last: Figure) -> bool:
    """Is an operand the number that turns 元 into the unit of the result (÷10000=…万元)?"""
    return figure.dimension == "bare" and last.scale >= 10**4 and figure.value in (last.scale, 1 / last.scale)


def _shown(value: Decimal, last: Figure) -> str:
    if last.dimension == "money":
        scale = last.scale if last.scale >= 10**4 else Decimal(1)
        return f"{plain(value / scale)} {'万元' if scale == 10**4 else '亿元' if scale == 10**8 else '元'}"
    return f"{plain(value)} {last.unit}".strip()


def _slack(expression: Expression, value: Decimal) -> Decimal:
    """What rounding of the operands can hide: of rates and amounts printed with decimals, in products only."""
    slack = Decimal(0)
    if "×" not in expression.operators and "÷" not in expression.operators:
        return slack
    for figure in expression.figures[:-1]:
        rounded = figure.decimals and figure.value and (figure.dimension == "share" or figure.scale >= 10**4)
        if rounded and figure.step * 10 < figure.scale:
            slack += abs(value) * figure.half / abs(figure.value)
    return slack
