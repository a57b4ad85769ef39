"""What a spreadsheet cell shows."""

from __future__ import annotations

import itertools
import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfgoals_lint.readers import numdigits
from perfgoals_lint.readers.numformat import render, render_text

SHOWN = [
    (0.95, "0%", "95%"),
    (0.955, "0.0%", "95.5%"),
    (15, '0"个"', "15个"),
    (15, "0个", "15个"),
    (45261, 'yyyy"年"m"月"', "2023年12月"),
    (45261, "yyyy年m月d日", "2023年12月1日"),
    (45261, "yyyy/m/d", "2023/12/1"),
    (45261, "[$-804]yyyy-mm-dd", "2023-12-01"),
    (45261, '[DBNum1][$-804]yyyy"年"m"月"d"日"', "二〇二三年十二月一日"),
    (45261, "aaaa", "星期五"),
    (45261.75, "yyyy/m/d h:mm", "2023/12/1 18:00"),
    (45261.75, "yyyy/m/d h:mm AM/PM", "2023/12/1 6:00 PM"),
    (45261.75, '上午/下午h"时"mm"分"', "下午6时00分"),
    (1.5, "[h]:mm", "36:00"),
    (0.0007, "mm:ss.0", "01:00.5"),
    (60, "yyyy/m/d", "1900/2/28"),
    (1, "yyyy/m/d", "1900/1/1"),
    (1200000, "#,##0.00", "1,200,000.00"),
    (1200000, "#,##0", "1,200,000"),
    (-1200, "#,##0.00;[Red]-#,##0.00", "-1,200.00"),
    (-1200, "#,##0.00_);(#,##0.00)", "(1,200.00)"),
    (0, '#,##0;-#,##0;"—"', "—"),
    (0, '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "-"),
    (36.5, '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "36.50"),
    (1234567, '0.00,,"百万"', "1.23百万"),
    (123456, '0!.0,"万元"', "12.3万元"),
    (90, '"≥"0', "≥90"),
    (0.9, '"≥"0%', "≥90%"),
    (120, "[>=100]0;0.0", "120"),
    (12, "[>=100]0;0.0", "12.0"),
    (85, '[<60]"不合格";[<90]"合格";"优秀"', "合格"),
    (95, '[<60]"不合格";[<90]"合格";"优秀"', "优秀"),
    (0.5, "# ?/?", "1/2"),
    (3.25, "# ?/?", "3 1/4"),
    (0.3333, "# ??/??", "1/3"),
    (2.5, "?/2", "5/2"),
    (12345, "0.00E+00", "1.23E+04"),
    (0.00012, "0.0E-0", "1.2E-4"),
    (12345, "##0.0E+0", "12.3E+3"),
    (7, "000", "007"),
    (1.5, "0.##", "1.5"),
    (1.0, "0.##", "1."),
    (0.5, "#.##", ".5"),
    (13800001234, "000-0000-0000", "138-0000-1234"),
    (12, "[DBNum1]General", "十二"),
    (1203, "[DBNum2]General", "壹仟贰佰零叁"),
    (8, "¥#,##0.00", "¥8.00"),
    (8, "[$¥-804]#,##0.00", "¥8.00"),
    (8, "General", "8"),
    (0.1 + 0.2, "General", "0.3"),
    (1 / 3, "General", "0.333333333"),
    (1234.5, "General", "1234.5"),
    (440106198001012, "General", "440106198001012"),
    (1e20, "General", "1E+20"),
    (0.00001234, "General", "1.234E-05"),
    (-0.0, "General", "0"),
    (15, 'General"人次"', "15人次"),
    (15, "G/通用格式", "15"),
    (15, "@", "15"),
    (2.5, "0", "3"),
    (0.285, "0%", "29%"),
    (1.005, "0.00", "1.01"),
    (-0.4, "0", "0"),
    (5, ";;;", ""),
    (45261, "[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", "2023年12月1日"),
]


@pytest.mark.parametrize(("value", "code", "shown"), SHOWN)
def test_number_is_shown_as_excel_shows_it(value: float, code: str, shown: str) -> None:
    assert render(value, code) == shown


def test_dates_of_the_1904_system() -> None:
    assert render(0, "yyyy/m/d", date1904=True) == "1904/1/1"


def test_text_sections() -> None:
    assert render_text("三", '0;0;0;"第"@"期"') == "第三期"
    assert render_text("三", "@") == "三"
    assert render_text("三", "0.00") == "三"


@given(
    st.floats(allow_nan=True, allow_infinity=True),
    st.text('0#?.,%E+-;@[]$"\\_*yYmMdDhHsSaeGg/ 年月日DBNum1<>=5', max_size=40),
)
def test_never_raises(value: float, code: str) -> None:
    assert isinstance(render(value, code), str)
    assert isinstance(render_text("甲", code), str)


@given(st.integers(-(10**14), 10**14), st.integers(0, 6))
def test_fixed_places_agree_with_the_standard_library(whole: int, places: int) -> None:
    code = "#,##0" + ("." + "0" * places if places else "")
    assert render(float(whole), code) == f"{whole:,.{places}f}"


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ('e"年"m"月"d"日"', "2026年3月1日"),
        ('ggge"年"', "公元2026年"),
        ('[$-411]ggge"年"m"月"', "令和8年3月"),
        ("[$-30411]gee", "R08"),
        ("[$-411]gge/m/d", "令8/3/1"),
        ("[$-404]e/m/d", "115/3/1"),
        ('[$-404]ggge"年"', "中華民國115年"),
        ("[$-804]e", "2026"),
        ("b1yyyy/m", "2026/3"),
        ('0"kg"', "46082kg"),
    ],
)
def test_eras_show_as_the_program_shows_them(code: str, shown: str) -> None:
    assert render(46082.0, code) == shown


@given(st.dates(min_value=date(1912, 1, 1), max_value=date(2100, 12, 31)))
def test_every_day_is_in_one_era(day: date) -> None:
    """The years of the Republic and of Japan count from their first years on."""
    serial = float((day - date(1899, 12, 30)).days)
    assert render(serial, "[$-404]e") == str(day.year - 1911)
    name, year = re.fullmatch(r"(\D+)(\d+)", render(serial, "[$-411]ggge")).groups()  # type: ignore[union-attr]
    first = {"令和": 2019, "平成": 1989, "昭和": 1926, "大正": 1912, "明治": 1868}[name]
    assert int(year) == day.year - first + 1 >= 1


def test_digits_that_stand_together_are_laid_as_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    fronts, backs = ("", '"约"', '"¥"', "%", "\\("), ("", "%", '"个"', '%"内"', ",", " ")
    wholes = ("0", "#", "#,##0", "#,###", "00", "0,,", "?", "##0", "#0", "#,##,##0", "")
    parts = ("", ".", ".0", ".00", ".0#", ".##", ".0?")
    codes = [*map("".join, itertools.product(fronts, wholes, parts, backs))]
    numbers = (0.0, 0.4, 0.5, -0.004, -1.0, 9.995, 999.5, 1000.0, -98765.4321, 1e12)

    def shown() -> list[str]:
        numdigits._layout.cache_clear()
        return [render(number, code) for code in codes for number in numbers]

    together = shown()
    monkeypatch.setattr(numdigits, "_plain", lambda tokens: None)
    assert shown() == together
    numdigits._layout.cache_clear()
