"""Dates, times and Chinese numerals as number formats show them; serial days to calendar days."""

from datetime import date, datetime, timedelta

_WEEKDAYS = "一二三四五六日"
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_SMALL = ("零一二三四五六七八九", "零壹贰叁肆伍陆柒捌玖", "０１２３４５６７８９")
_DATE_DIGITS = ("〇一二三四五六七八九", "零壹贰叁肆伍陆柒捌玖", "０１２３４５６７８９")
_UNITS = (("", "十", "百", "千"), ("", "拾", "佰", "仟"))
_LAST_SERIAL = 2958466
CALENDARS = {"411": "j", "404": "r"}
"""Marks of the calendars that count years by eras, by the locale of a format code: Japanese, and of the Republic."""
_ERAS = (
    (date(2019, 5, 1), "R", "令和"),
    (date(1989, 1, 8), "H", "平成"),
    (date(1926, 12, 25), "S", "昭和"),
    (date(1912, 7, 30), "T", "大正"),
    (date(1868, 1, 1), "M", "明治"),
)
_REPUBLIC = ("民", "民國", "中華民國")
_FIRST_OF_REPUBLIC = 1912


def serial_date(serial: float, date1904: bool = False) -> date | None:
    """The calendar day of a serial day number, ``None`` outside the years 1900-9999. Serial 60 (29 February 1900,
    which never was) is given as 28 February."""
    day = int(serial // 1)
    if not 0 <= day < _LAST_SERIAL:
        return None
    if date1904:
        return date(1904, 1, 1) + timedelta(days=day) if day < _LAST_SERIAL - 1462 else None
    if day >= 60:
        day -= 1
    return date(1899, 12, 31) + timedelta(days=day)


def serial_of(text: str, date1904: bool = False) -> float | None:
    """The serial day number of a date or time as ISO 8601 writes it, ``None`` for any other text."""
    try:
        moment = datetime.fromisoformat(text.strip().rstrip("Zz")).replace(tzinfo=None)
    except ValueError:
        return None
    serial = (moment - datetime(1899, 12, 30)).total_seconds() / 86400
    if date1904:
        return serial - 1462
    return serial if serial >= 61 else serial - 1  # a 29 February 1900 is counted that never was


def render_date(serial: float, tokens: list[tuple[str, str]], date1904: bool = False) -> str | None:
    """A serial under the tokens of a date format; ``None`` when it is no date (negative or too large)."""
    if not 0 <= serial < _LAST_SERIAL:
        return None
    places = 0
    for index, (kind, _) in enumerate(tokens):
        if kind == "point":
            places = sum(1 for k, _ in _digits_after(tokens, index))
    has_seconds = any(kind == "date" and text.strip("[]").startswith("s") for kind, text in tokens)
    has_minutes = any(
        kind == "date" and text.strip("[]").startswith("m") and _is_minute(tokens, index)
        for index, (kind, text) in enumerate(tokens)
    )
    step = 10**places if has_seconds else 1
    ticks = int(serial * 86400 * step + 0.5) if has_seconds else int(serial * 86400 + 0.5)
    if not has_seconds and not has_minutes:
        ticks = int(serial * 86400 + 1e-6)
    seconds, fraction = divmod(ticks, step)
    days, in_day = divmod(seconds, 86400)
    day = serial_date(days, date1904)
    if day is None:
        return None
    twelve = any(kind == "date" and "/" in text for kind, text in tokens)
    hour = in_day // 3600
    parts: list[str] = []
    for index, (kind, text) in enumerate(tokens):
        if kind == "date":
            parts.append(_date_part(text, day, seconds, in_day, hour, twelve, _is_minute(tokens, index)))
        elif kind == "point":
            parts.append("." + (f"{fraction:0{places}d}" if places and has_seconds else ""))
        elif kind == "digit":
            if not places:
                parts.append(text)
        else:
            parts.append(text)
    return "".join(parts)


def _digits_after(tokens: list[tuple[str, str]], index: int) -> list[tuple[str, str]]:
    out = []
    for token in tokens[index + 1 :]:
        if token[0] != "digit":
            break
        out.append(token)
    return out


def _is_minute(tokens: list[tuple[str, str]], index: int) -> bool:
    """Whether an ``m`` means minutes: it follows hours or comes right before seconds."""
    if len(tokens[index][1].strip("[]")) > 2:
        return False
    if tokens[index][1].startswith("["):
        return True
    for step in (-1, 1):
        at = index + step
        while 0 <= at < len(tokens):
            kind, text = tokens[at]
            if kind == "date" and "/" not in text:
                if text.strip("[]")[:1] == ("h" if step < 0 else "s"):
                    return True
                break
            at += step
    return False


def _date_part(text: str, day: date, seconds: int, in_day: int, hour: int, twelve: bool, minute: bool) -> str:
    letter = text[0]
    if letter in "jrg":
        return _era_part(text, day)
    if "/" in text:
        return {"AM/PM": ("AM", "PM"), "A/P": ("A", "P")}.get(text.upper(), ("上午", "下午"))[hour >= 12]
    if letter == "[":
        size = {"h": 3600, "m": 60, "s": 1}[text[1]]
        total = seconds // size
        return str(total).zfill(len(text) - 2)
    if letter in "ye":
        return f"{day.year % 100:02d}" if letter == "y" and len(text) <= 2 else f"{day.year:04d}"
    if letter == "b":
        return f"{(day.year + 543) % 100:02d}" if len(text) <= 2 else str(day.year + 543)
    if letter == "m" and minute:
        value = in_day // 60 % 60
    elif letter == "m":
        if len(text) >= 3:
            name = _MONTHS[day.month - 1]
            return {3: name[:3], 5: name[:1]}.get(len(text), name)
        value = day.month
    elif letter == "d":
        if len(text) >= 3:
            name = _DAYS[day.weekday()]
            return name[:3] if len(text) == 3 else name
        value = day.day
    elif letter == "a":
        return ("" if len(text) == 3 else "星期") + _WEEKDAYS[day.weekday()]
    elif letter == "h":
        value = (hour % 12 or 12) if twelve else hour
    else:
        value = in_day % 60
    return f"{value:02d}" if len(text) >= 2 else str(value)


def _era_part(text: str, day: date) -> str:
    """The name of an era (``g``) or the year in it (``e``), by the calendar whose mark comes first."""
    calendar, part = (text[0], text[1:]) if text[0] in "jr" else ("", text)
    if not calendar:
        return "公元"
    if calendar == "j":
        start, letter, name = next((era for era in _ERAS if era[0] <= day), _ERAS[-1])
        names, year = (letter, name[0], name), day.year - start.year + 1
    else:
        names, year = _REPUBLIC, day.year - _FIRST_OF_REPUBLIC + 1
        if year < 1:
            return str(day.year) if part[0] == "e" else ""
    return names[len(part) - 1] if part[0] == "g" else str(year).zfill(min(len(part), 2))


def chinese_digits(text: str, style: int, is_date: bool) -> str:
    """Numbers in a shown text in Chinese numerals, as ``[DBNum1]`` (一), ``[DBNum2]`` (壹), ``[DBNum3]`` (full width).

    In dates years go digit by digit (二〇二三年), months and days by place (十二月); plain numbers by place too.
    """
    if style == 3:
        return text.translate(str.maketrans("0123456789", _SMALL[2]))
    out: list[str] = []
    run = ""
    after_point = False
    for char in text + "\0":
        if char.isascii() and char.isdigit():
            run += char
            continue
        if run:
            by_digit = after_point or (is_date and len(run) == 4)
            out.append(_by_digit(run, style, is_date) if by_digit else by_place(run, style))
            run = ""
        after_point = char == "."
        if char not in ",\0":
            out.append(char)
    return "".join(out)


def _by_digit(run: str, style: int, is_date: bool) -> str:
    digits = (_DATE_DIGITS if is_date else _SMALL)[style - 1]
    return "".join(digits[int(char)] for char in run)


def by_place(run: str, style: int) -> str:
    """Decimal digits as Chinese numerals with place units: 12 is 十二 (style 1) or 壹拾贰 (style 2)."""
    digits, units = _SMALL[style - 1], _UNITS[style - 1]
    number = run.lstrip("0")
    if not number:
        return digits[0]
    if len(number) > 12:
        return _by_digit(run, style, False)
    groups = [number[max(0, end - 4) : end] for end in range(len(number), 0, -4)]
    out = ""
    for index in range(len(groups) - 1, -1, -1):
        group = groups[index]
        shown, gap = "", False
        for place, char in enumerate(group):
            if char == "0":
                gap = True
                continue
            if gap and (shown or out):
                shown += digits[0]
            gap = False
            shown += digits[int(char)] + units[len(group) - 1 - place]
        if shown:
            out += shown + ("", "万", "亿")[index]
    if style == 1 and out.startswith("一十"):
        out = out[1:]
    return out
