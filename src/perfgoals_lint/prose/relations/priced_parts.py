"""What a price is made of, and what several prices make together."""

from decimal import Decimal
from itertools import accumulate, takewhile

from perfgoals_lint.prose.figures import Figure
from perfgoals_lint.prose.relations.entries import MOST_COUNTS, Term, bare, same
from perfgoals_lint.prose.relations.relation import fits, nearly
from perfgoals_lint.prose.relations.stack import Stack
from perfgoals_lint.rulebook.lexicons import matcher, words
from perfgoals_lint.rulebook.patterns import compiled

_PAIR = 2
_OWN_MONEY = compiled("补[助贴]|专项|奖[励补]")
"""In front of money in general: it need not be all that prices make together."""
_BORNE = compiled(
    "[，,；、]?[一-龥]级?(?:财政)?(?:资金|共|需|应|补[助贴]|承担|负担|配套|安排|支付|拨付|约|为|计)*"
)
"""Words in front of what one level pays in all, and of nothing else that it pays."""


class PricedParts(Stack):
    """Prices side by side, and the parts of one."""

    def _one_more(self, last: Term, figure: Figure) -> bool:
        """Is a count behind a price a sister of the one behind it that it was tied to (每人每天35元，在编68人，编外12人)?"""
        if (
            last.kind != "product"
            or len(last.figures) == 1
            or figure.per
            or figure.total
            or "其中" in figure.lead
            or not self._same_stretch(last, figure)
        ):
            return False
        near = last.sisters[0] if last.sisters else max(last.figures[1:], key=lambda one: one.span)
        behind = last.figures[0].span < near.span
        return behind and same(near, figure) and self.text[near.span[1]] in "，、"

    def _with_sister(self, last: Term, figure: Figure) -> None:
        """Let a price be for a further number too."""
        last.sisters = last.sisters or [max(last.figures[1:], key=lambda one: one.span)]
        number = sum((one.value for one in last.sisters), Decimal(0))
        last.value = (last.value or Decimal(0)) * (number + figure.value) / (number or 1)
        last.sisters.append(figure)

    def _of_products(self, figure: Figure) -> bool:
        """Is it said to be needed for the year behind several prices (每人每月工资4300元、社保1400元，全年需…), or money in general that
        they nearly make, and not what the last makes?"""
        above = list(
            takewhile(lambda one: self._is_product_of(one, figure), reversed(self.stack[-MOST_COUNTS:]))
        )
        total = self._sum(above)
        if (
            self._one_of_several(figure)
            or len(above) < _PAIR
            or total is None
            or fits(above[0].value or Decimal(0), figure)
        ):
            return False  # 全年补贴12万元、6万元: what each makes
        lead = figure.lead.lstrip("，,")
        fee = figure.parts == 1 and lead.rstrip("约为共计").endswith(tuple(words("figures.fees")))
        fee = fee and abs(figure.value - total) <= total / 5
        joined = above[0].figures[0].joined
        bare_year = joined and self.words.yearly.fullmatch(lead) is not None
        needed = bare_year or self.words.results.search(lead) is not None
        yearly = fee or (needed and self.words.yearly.match(lead) is not None)
        general = self.words.money_in_general.search(lead) is not None and not _OWN_MONEY.search(lead)
        return yearly or (general and nearly(figure, total))

    def _is_product_of(self, one: Term, figure: Figure) -> bool:
        """Is an entry a price with its number in the sentence, or the list, of a figure?"""
        return (
            one.kind == "product"
            and bool(one.value)
            and "。" not in self.text[one.head.span[1] : figure.span[0]]
        )

    def _of_price(self, figure: Figure) -> bool:
        """Is an amount behind a price a part of that (每村8万元；其中办公3万元、服务5万元), and no entry of its own?"""
        if figure.lead.lstrip("，（(").startswith("其中"):
            self.divided = figure.sentence
            return True
        known = self.stack[-1].value is not None
        return known and self.divided == figure.sentence and not figure.total

    def _borne_of_price(self, last: Term, figure: Figure) -> bool:
        """Check what one level pays of a price for all that it is for (每亩150元，其中省级100元、县级50元，县级需…)."""
        price, levels = last.figures[0], matcher("figures.levels")
        level = set(levels.findall(figure.lead))
        between = self.figures[self.places[price] + 1 : self.places[figure]]
        money = [one for one in between if one.dimension == "money"]
        sums = list(accumulate((one.value for one in money), initial=Decimal(0)))
        if price.value not in sums or not _BORNE.fullmatch(figure.lead):
            return False
        paid = money[: sums.index(price.value)]
        parts = [one for one in paid if set(levels.findall(one.lead)) == level]
        if last.kind != "product" or not (last.value and price.value) or len(level) != 1 or len(parts) != 1:
            return False
        if self.divided != figure.sentence or figure.value < price.value or figure.total:
            return False
        if len(paid) == len(money):
            self._relate("parts", paid, price, price.value, True, " + ".join(map(bare, paid)))
        part, factors = parts[0], last.figures[1:]
        computed = last.value * part.value / price.value
        holds: bool | None = fits(computed, figure) or (False if last.firm and figure.bound == "=" else None)
        shown = " × ".join(bare(one) for one in [part, *factors])
        self._relate("product", [part, *factors], figure, computed, holds, shown, "likely")
        return True
