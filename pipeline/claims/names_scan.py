"""Capitalised runs of a text: one scan, tokens with offsets, no meaning yet."""

from __future__ import annotations

import re

MAX_TOKENS = 12  # a longer run is a heading or a broken encoding, not a name


_ODD_CAPITALS = frozenset([sign for sign in map(chr, range(0x100, 0x2000)) if sign.isupper() or sign.istitle()])
_ASCII = bytes(range(0x80))
CAPITAL = "[A-ZÀ-ÖØ-Þ]"  # of a text with plain capitals: few enough for the engine to look them up in one table
# Titles and the like that are written with a stop.
SHORT = "Mr Mrs Ms Mx Dr Prof Gen Sen Sens Rep Reps Gov Govs Lt Col Maj Capt Cmdr St Sgt Ste Adm Rev Brig Det Insp Cpl Pvt Hon Ft Fr Jr Sr"
_STOPPED = "|".join(rf"(?<=\b{short}\.)" for short in SHORT.split())
_NOT_A_NAME_PART = (
    r"(?!(?:led|run|era|old|out|off|up|bid|to|for|an|and|the|is|at|by|like|wide|born|made|held|aged|who)\b)"
)
_HYPHENED = rf"-(?:{CAPITAL}\w{{0,40}}|{_NOT_A_NAME_PART}[a-z]{{1,4}}\b)"
_JOINED = rf"(?:{_HYPHENED}|'(?!s\b)\w{{2,20}}|&{CAPITAL}\w{{0,20}})"
# Every alternative starts with the capital, so that the engine can skip to the next one. What may be missing is a choice
# between it and nothing, decided by its first sign: for "?" the engine would lay out a repetition each time.
_REST = (
    rf"(?:\.(?:{CAPITAL}\.){{1,5}}|\.(?= ?{CAPITAL})"
    rf"|(?:'{CAPITAL}|)\w{{0,60}}{_JOINED}{{0,4}}(?:\.(?:{_STOPPED})|))"
)
_TOKEN = CAPITAL + _REST
_NOT_INSIDE = r"(?<![\w@#].)"  # behind the first capital: "iPhone" and "#MeToo" start no name
_PARTICLE = (
    r"(?:v[ao]n|de|der|den|del|dell[ao]|de l[ao]s?|da|das|dos|d[iu]|bin|ibn|bint|al|el|ben|ter|ten|zu|y|la|le|et|des"
    r"|of|of the|for|for the|and|upon|und|&)"
)
_ARTICLE = r"(?:(?:al|el|ar|as|ash|an|at|ul|ad|ur)-|[dl]')"
_RUN = re.compile(
    rf"{CAPITAL}{_NOT_INSIDE}{_REST}(?: (?:{_PARTICLE} (?:{_PARTICLE} |)|)(?:{_ARTICLE}|){_TOKEN}){{0,{MAX_TOKENS}}}"
    rf"(?: \d{{1,3}}(?![\w%]|[.,]\d)|)"
)
_LEADING = re.compile(
    r"(?:(?<=\s)|^)(?:(?:v[ao]n|de|del|della|d[iu]|bin|al|el)(?: de[rn]?| la)? |(?:al|el|as|ash|an|ar|at)-|d')$"
)
_TAILS = frozenset(
    (
        "van ", "von ", "der ", "den ", "del ", "lla ", "bin ", " de ", " la ", " di ", " du ", " al ", " el ",
        "\nde ", "\ndi ", "\ndu ", "\nal ", "\nel ",
        " al-", " el-", " as-", "ash-", " an-", " ar-", " at-", "\nal-", "\nel-", "\nas-", "\nan-", "\nar-", "\nat-",
    )
)  # fmt: skip
TOKEN = re.compile(rf"{_ARTICLE}?{_TOKEN}|[a-z&]+|\d+")


def find_runs(text: str) -> list[tuple[int, str]]:
    """Return the capitalised runs of a folded text, each with where it starts, from left to right."""
    plain = with_plain_capitals(text)
    runs = [(match.start(), match[0]) for match in _RUN.finditer(plain)]
    if plain is not text:
        runs = [(start, text[start : start + len(run)]) for start, run in runs]
    tails = [text[start - 4 : start] for start, _ in runs]
    if not _TAILS.isdisjoint(tails) or "d'" in "".join(tails) or "d'" in text[:3]:  # few texts
        return [_with_lead(text, start, run) for start, run in runs]
    return runs


def with_plain_capitals(text: str) -> str:
    """Return text with a Q for each capital beyond Latin-1: what runs are looked for in, and their words.

    With those among its capitals, a pattern takes three times as long to compile.
    """
    if text.isascii():
        return text
    odd = text.encode("utf-8", "surrogatepass").translate(None, _ASCII).decode("utf-8", "surrogatepass")
    if _ODD_CAPITALS.isdisjoint(odd):
        return text
    return "".join(["Q" if sign in _ODD_CAPITALS else sign for sign in text])


def _with_lead(text: str, start: int, run: str) -> tuple[int, str]:
    """Return a run with the particle before it, if there is one."""
    if text[start - 4 : start] not in _TAILS and text[start - 2 : start] != "d'":
        return start, run
    lead = _lead(text, start)
    return start - lead, text[start - lead : start] + run


def _lead(text: str, start: int) -> int:
    """Return the length of the particle before a name ("von ", "al-"), 0 without one."""
    found = _LEADING.search(text[max(0, start - 10) : start])
    return len(found.group()) if found else 0
