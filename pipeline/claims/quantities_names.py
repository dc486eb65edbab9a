"""What makes a number no quantity: codes, clock times, days, years, names, titles, calibres and idioms."""

from __future__ import annotations

import re
from functools import cache

from pipeline.claims.dates_calendar import BARE_FIRST, BARE_LAST
from pipeline.claims.numerals import Numeral
from pipeline.claims.quantities_context import Clause, bounds, context_words
from pipeline.claims.quantities_counted import counted_after, hurts, known_noun, words_after
from pipeline.claims.quantities_figure import Figure
from pipeline.claims.quantities_units import Unit, currency_before, is_calibre, unit_words
from pipeline.claims.scan import letters
from pipeline.resources import lexicon, words
from pipeline.text import reach_back, stop_words

ROUND = 50  # a bare number like a year counts something only if it is round: "2000 people", not "2020 states"
_CLOCK = re.compile(r" ?(?:a\.?m|p\.?m|o'clock|noon|midnight|gmt|utc|est|edt|pst|et|cet|bst|hrs)(?![a-z])")
_OF_CODES = frozenset("0123456789abcdefghijklmnopqrstuvwxyz_@#=&:%+~^*.,/-")  # right before a piece of a code
_SIGN_ENDS = frozenset(".#№§")  # of "no.", "#" before a number
_ORDINAL = re.compile(r"(?:st|nd|rd|th)(?![a-z])")  # "19th-century figures" are not nineteen
_NUMBER_SIGN = re.compile(r"(?:\b(?:no|nos|art|vol|fig|pp|ch|sec|rep|ver|v|op)\.|#|№|§) ?$")
_DAY_OF = re.compile(r"(?: (?:of )?| ?- ?[0-9]{1,2} )([a-z]{3,9})\b")
_MONTH_BEFORE = re.compile(r"([a-z](?<![a-z].)[a-z]{2,8})[.,]? \"?$")
_COUNTER = re.compile(r" ([a-z]{4,9}) ?(?=\n|$)")
_AMBIGUOUS_MONTHS = ("may", "mar", "march")
_YEAR_DIGITS, _FIRST_YEAR, _LAST_YEAR = 4, str(BARE_FIRST), str(BARE_LAST)
BEFORE_YEAR = ("", " ", "(", "\n")
_SIGNS_BEHIND = frozenset(("", "\n", ")", "]", ",", ";", "?", "!", '"', "'"))
_BEHIND_STOP = frozenset(("", "\n", " ", ")", '"', "'"))  # a stop before these is none of a number or a code
_NEXT_WORD = re.compile(r" ([a-z]+)")


@cache
def _months() -> frozenset[str]:
    return words("date_words", kind="month") | words("date_words", kind="month_short")


def is_code(low: str, start: int, end: int) -> bool:
    """Return whether digits are a piece of a code, a time, an ordinal or an address."""
    before, after = low[reach_back(start, 2) : start], low[end : end + 2]
    glue = before[:1] if before.endswith("\n") else before[-1:]  # a line may break inside a code
    if glue in _OF_CODES and not (before[-1] == "-" and before[0] in " -"):
        return True
    if after[:1] in ":/_@." and after[1:].isalnum():
        return True
    if _ORDINAL.match(low, end):
        return True
    if _CLOCK.match(low, end):
        return True
    return (
        not _SIGN_ENDS.isdisjoint(low[reach_back(start, 3) : start])
        and _NUMBER_SIGN.search(low[reach_back(start, 6) : start]) is not None
    )


def is_year_apart(low: str, start: int, end: int) -> bool:
    """Return whether digits are a year between a space or bracket and a sign: the first thing to see, and a third of all years."""
    return (
        end - start == _YEAR_DIGITS
        and _FIRST_YEAR <= low[start:end] <= _LAST_YEAR
        and low[start - 1 : start] in BEFORE_YEAR
        and ends_at_sign(low, end)
    )


def ends_at_sign(low: str, end: int) -> bool:
    """Return whether a sign ends digits, one that no number, code, unit or range goes on with."""
    sign = low[end : end + 1]
    return sign in _SIGNS_BEHIND or (sign == "." and low[end + 1 : end + 2] in _BEHIND_STOP)


def is_surely_date(low: str, numeral: Numeral) -> bool:
    """Return whether digits are a year or day by the words beside them alone: "2019 season", "Dec. 10,".

    ``is_name`` says the same of these, once it knows what they could count, in which unit, and up to which other number.
    """
    if not numeral.bare:
        return False
    if BARE_FIRST <= numeral.value <= BARE_LAST:
        word = _NEXT_WORD.match(low, numeral.end) if numeral.value % ROUND else None
        return word is not None and word.group(1) not in _going_on() and currency_before(low, numeral.start) is None
    if not 1 <= numeral.value <= 31 or not ends_at_sign(low, numeral.end):
        return False
    before = _MONTH_BEFORE.search(low, reach_back(numeral.start, 12), numeral.start)
    return before is not None and before.group(1) in _sure_months()


@cache
def _sure_months() -> frozenset[str]:
    return _months().difference(_AMBIGUOUS_MONTHS)


@cache
def _going_on() -> frozenset[str]:
    """Return the words that may make more of a year before them: a unit, a part, a range."""
    units = (letters(unit).split() for unit in unit_words())
    return frozenset({"in", "of", "out", "to", "and", "or", *(word for unit in units for word in unit[:1])})


def is_bare_year(low: str, numeral: Numeral) -> bool:
    """Return whether four bare digits can be nothing but a year: no word that could be counted follows."""
    if not (numeral.bare and BARE_FIRST <= numeral.value <= BARE_LAST):
        return False
    return low[numeral.end : numeral.end + 1] not in (" ", "-") or not low[numeral.end + 1 : numeral.end + 2].isalpha()


@cache
def _idiom_words() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for row in lexicon("not_quantities"):
        for word in row["phrase"].split():
            found[word] = (*found.get(word, ()), row["phrase"])
    return found


def is_idiom(low: str, start: int, end: int) -> bool:
    """Return whether a number word belongs to an idiom ("on its own two feet")."""
    idioms = _idiom_words().get(low[start:end], ())
    if not idioms:
        return False
    around = low[reach_back(start, 12) : end + 20].replace("-", " ")
    return any(idiom in around for idiom in idioms)


def is_name(plain: str, low: str, figure: Figure, *, headline: bool) -> bool:
    """Return whether a number is a day, a year, or names or titles something."""
    first, unit, clause = figure.first, figure.unit, figure.clause
    if (
        is_calibre(low, first.end)
        or _is_counter(low, first)
        or (not first.digits and is_idiom(low, first.start, first.end))
    ):
        return True
    if unit is not None and (unit.kind in ("money", "percent", "points") or first.decimals):
        return False
    if unit is not None and not headline and _is_title(plain, low, first, unit):
        return True
    if first.bare and first.digits and unit is None and _is_date(low, first, clause):
        return True
    if not headline and _is_quoted_title(plain, first):
        return True
    opening = plain[first.start : first.start + 1]
    return (first.bare or not first.digits) and _is_designation(clause, first, opening, headline=headline)


def _is_quoted_title(plain: str, first: Numeral) -> bool:
    """Return whether a number opens a title in quote marks ("Six Amendments", "12 Rules for Life")."""
    opened = plain[reach_back(first.start, 1) : first.start] in ('"', "'")
    named = first.digits or plain[first.start].isupper()
    return (
        opened and named and plain[first.end : first.end + 1] == " " and plain[first.end + 1 : first.end + 2].isupper()
    )


def _is_counter(low: str, first: Numeral) -> bool:
    """Return whether a number and its noun are a line of the page around the article ("2 COMMENTS")."""
    if first.start and low[first.start - 1] != "\n":
        return False
    line = _COUNTER.match(low, first.end)
    return line is not None and line.group(1) in context_words("page")


def _is_date(low: str, first: Numeral, clause: Clause) -> bool:
    return _is_day(low, first, clause) or _is_year(low, first, clause)


def _is_day(low: str, first: Numeral, clause: Clause) -> bool:
    """Return whether a small number is the day in "10 December" or "Dec. 10"."""
    if not 1 <= first.value <= 31:
        return False
    before = _MONTH_BEFORE.search(low[max(0, first.start - 12) : first.start])
    if before and before.group(1) in _months():
        return before.group(1) not in _AMBIGUOUS_MONTHS or clause.written[-len(before.group(1)) :][:1].isupper()
    match = _DAY_OF.match(low, first.end)
    return match is not None and match.group(1) in _months() and match.group(1) not in _AMBIGUOUS_MONTHS


def _is_year(low: str, first: Numeral, clause: Clause) -> bool:
    """Return whether four bare digits are a year, though a word follows."""
    last = clause.last.strip('"(')
    if BARE_FIRST <= first.value <= BARE_LAST:
        head = counted_after(words_after(low, first.end), partitive=False)
        counted = head is not None and known_noun(head.name) and first.value % ROUND == 0
        return not counted or not last or last in context_words("year") or last.strip(".,") in _months()
    return 1000 <= first.value < BARE_FIRST and (last in context_words("year_only") or last.strip(".,") in _months())


def _is_title(plain: str, low: str, first: Numeral, unit: Unit) -> bool:
    """Return whether a unit with a capital makes a title ("60 Minutes")."""
    if unit.kind != "duration" and unit.written not in ("mile", "miles", "feet"):
        return False
    at = low.find(unit.written, first.end, first.end + 2 + len(unit.written))
    return at > 0 and plain[at].isupper() and plain[at + 1].islower()


@cache
def designators() -> frozenset[str]:
    """Return the words before a number that make it a name."""
    return words("designators")


def _is_designation(clause: Clause, first: Numeral, opening: str, *, headline: bool) -> bool:
    """Return whether a number belongs to a name: "Article 5", "France 24", "room 12", "Big Ten"."""
    if not clause.tail or not clause.written[-1].isalnum():
        return False
    last = clause.last.lstrip("\"'([-")
    if last in designators() or (last == "of" and clause.tail[-3:-2] == ("caption",)):
        return True
    if not first.digits:
        return opening.isupper() and not headline
    capital = clause.written[-len(last) :][:1].isupper()
    return (
        capital
        and last not in context_words("headline")
        and not (last in bounds() or last in stop_words() or hurts(last))
    )
