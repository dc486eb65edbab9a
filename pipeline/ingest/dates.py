"""Publication times in the shapes that dumps use, to ISO 8601. Strict shapes, never a guess."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone

_MONTHS = {
    "jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6,
    "jul": 7, "aug": 8, "sep": 9, "oct": 10, "nov": 11, "dec": 12,
}  # fmt: skip
_NAME = (
    r"(?P<name>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
# RFC 2822 section 4.3, and the zones of European wires.
_ZONES = {
    "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7,
    "cet": 1, "cest": 2, "bst": 1, "msk": 3, "jst": 9, "ist": 5.5,
}  # fmt: skip
_CLOCK = (
    r"(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,]\d{1,9})?)?\s?(?P<half>[ap]\.?m\.?)?"
    r"\s?(?P<zone>z|(?:gmt|utc)?\s?[+-]\d\d(?::?\d\d)?|[a-z]{1,4})?(?:\s?\([^()]{1,60}\))?"
)
_WEEKDAY = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\.?,?\s)?"
_SHAPES = tuple(
    re.compile(shape + rf"(?:(?:t|,?\s(?:at\s)?|\s?[|-]\s){_CLOCK})?", re.ASCII)
    for shape in (
        r"(?P<year>\d{4})[-/](?P<month>\d{1,2})[-/](?P<day>\d{1,2})",
        rf"{_WEEKDAY}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[\s-]{_NAME}\.?,?[\s-](?P<year>\d{{4}})",
        rf"{_WEEKDAY}{_NAME}\.?\s(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s(?P<year>\d{{4}})",
        r"(?P<first>\d{1,2})[./](?P<other>\d{1,2})[./](?P<year>\d{4})",
    )
)
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:t?(\d\d)(\d\d)(\d\d)?(z|[+-]\d\d:?\d\d)?)?", re.ASCII)
_EPOCH = re.compile(r"\d{9,10}(?:\.\d{1,9})?|\d{12,13}|\d{15,16}|\d{18,19}", re.ASCII)
_PREFIX = re.compile(r"(?:first |last )?(?:published|posted|updated|modified)(?: on| at)?:?\s")
_UNITS = ((1e17, 1e9), (1e14, 1e6), (1e11, 1e3), (0, 1))  # the least number taken for so many a second
_YEARS = range(1600, 2200)
_LONGEST = 80  # characters


def iso_date(value: object) -> str | None:
    """Return a publication time as ISO 8601; None for an absent, unknown or impossible one.

    A day stays a day (YYYY-MM-DD), a zone stays if given, a time without zone stays without.
    Numbers are seconds (or thousandths, millionths, billionths of them) since 1970, UTC.
    """
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return _from_epoch(value)
    if not isinstance(value, str) or len(value) > _LONGEST:
        return None
    text = _PREFIX.sub("", " ".join(value.split()).lower(), count=1)
    if compact := _COMPACT.fullmatch(text):
        year, month, day, hour, minute, second, zulu = compact.groups()
        if int(year) in _YEARS and int(month) <= 12:
            clock = None if hour is None else (int(hour), int(minute), int(second or 0))
            return _iso(int(year), int(month), int(day), clock, zulu or "")
    if _EPOCH.fullmatch(text):
        return _from_epoch(float(text))
    return next((_from_match(match) for shape in _SHAPES if (match := shape.fullmatch(text))), None)


def _from_epoch(number: float) -> str | None:
    if not 0 < number < 1e19:  # also what isn't a number, and what no float can hold
        return None
    seconds = number / next(unit for least, unit in _UNITS if number >= least)
    if not 1 <= seconds < 7e9:  # 0 stands for "unknown"; 7e9 is the year 2191
        return None
    return datetime.fromtimestamp(int(seconds), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _from_match(match: re.Match[str]) -> str | None:
    fields = match.groupdict()
    if "first" in fields:
        month, day = _unambiguous(int(fields["first"]), int(fields["other"]))
    else:
        month, day = _month(fields), int(fields["day"])
    if not month or int(fields["year"]) not in _YEARS:
        return None
    return _iso(int(fields["year"]), month, day, _clock(fields), fields["zone"] or "")


def _month(fields: dict[str, str]) -> int:
    name = fields.get("name")
    return int(fields["month"]) if name is None else _MONTHS[name[:3]]


def _unambiguous(first: int, other: int) -> tuple[int, int]:
    """Tell 31/12 from 12/31; the month is 0 where both readings are possible and differ."""
    if first > 12 or first == other:
        return other, first
    return (first, other) if other > 12 else (0, 0)


def _clock(fields: dict[str, str]) -> tuple[int, int, int] | None:
    if fields["hour"] is None:
        return None
    hour = int(fields["hour"])
    if fields["half"]:
        hour = hour % 12 + (12 if fields["half"].startswith("p") else 0) if 1 <= hour <= 12 else 99
    return hour, int(fields["minute"]), min(int(fields["second"] or 0), 59)


def _iso(year: int, month: int, day: int, clock: tuple[int, int, int] | None, zone: str) -> str | None:
    try:
        if clock is None:
            return datetime(year, month, day, tzinfo=UTC).date().isoformat()
        moment = datetime(year, month, day, *clock, tzinfo=_zone(zone))
    except ValueError:
        return None
    return moment.replace(tzinfo=None).isoformat() + _suffix(moment, zone)


def _zone(zone: str) -> timezone | None:
    digits = re.search(r"([+-])(\d\d):?(\d\d)?", zone)
    if digits:
        minutes = int(digits[2]) * 60 + int(digits[3] or 0)
        return timezone(timedelta(minutes=-minutes if digits[1] == "-" else minutes))
    if zone in {"z", "gmt", "utc"}:
        return UTC
    return timezone(timedelta(hours=_ZONES[zone])) if zone in _ZONES else None


def _suffix(moment: datetime, zone: str) -> str:
    if moment.tzinfo is None:
        return ""
    return "Z" if zone in {"z", "gmt", "utc"} else moment.isoformat()[19:]
