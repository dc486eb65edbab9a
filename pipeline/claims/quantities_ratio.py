"""Parts of a whole: "one in five", "23 of 32 members", "two-thirds", "half of the seats", as percentages."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.claims.dates_calendar import BARE_FIRST, BARE_LAST
from pipeline.claims.numerals import Numeral, digits_at, number_words, tidy, words_at
from pipeline.claims.quantities_counted import counted_after, is_plural, known_noun, words_after

HALF_POINT = 0.5  # percentage points: a writer who turns a part into a percentage rounds to a whole one
_PARTS = re.compile(
    r"(?P<dash>[ -])(?P<part>half|thirds?|quarters?|fourths?|fifths?|sixths?|eighths?|tenths?)(?![a-z])"
)
_OUT_OF = re.compile(
    r"-(?P<joined>in)-| (?P<how>in|of|out of)(?: every)?(?: (?:the|its|their|all|those|a total of)(?: [a-z]+)?)? "
)
_NO_WHOLE = re.compile(
    r"(?:[ -](?:years?|days?|weeks?|months?|hours?|minutes?|decades?|games|of|more|other|separate|different|states|countries|cities)\b|[%:]|-[a-z])"
)
_CAPTION = re.compile(r" (?:photos?|images?|slides?|pages?|pictures?)\b")
_WHOLE = re.compile(
    r" of (?!(?:a|an) (?:hundred|thousand|million|billion|trillion|century|mile|inch|second|point)\b|20)"
)
_DETERMINED = re.compile(r" (?:the|its|their|his|her|our|all|these|those) (?=[a-z])")
_NOT_HALF = frozenset(
    [
        "first",
        "second",
        "latter",
        "other",
        "better",
        "front",
        "back",
        "top",
        "bottom",
        "last",
        "opening",
        "final",
        "the",
        "his",
        "her",
    ]
)


@dataclass(frozen=True, slots=True)
class Ratio:
    """A part of a whole in percent, and where its words end."""

    percent: float
    start: int
    end: int


def ratio_at(low: str, numeral: Numeral) -> Ratio | None:
    """Return the part that starts with a number: "two-thirds", "one in five", "23 of 32"."""
    if numeral.decimals or numeral.half:
        return None
    return _parts(low, numeral) or _out_of(low, numeral)


def _parts(low: str, numeral: Numeral) -> Ratio | None:
    match = _PARTS.match(low, numeral.end) if not numeral.digits and numeral.value < 10 else None
    if not match:
        return None
    part = match["part"]
    value = number_words("fraction")[part] * numeral.value
    fiscal = part.startswith("quarter") and match["dash"] == " " and not _WHOLE.match(low, match.end())
    if value >= 1 or fiscal or (part[-1] != "s" and match["dash"] == " " and not _WHOLE.match(low, match.end())):
        return None
    return Ratio(tidy(100 * value), numeral.start, match.end())


def _out_of(low: str, numeral: Numeral) -> Ratio | None:
    match = _OUT_OF.match(low, numeral.end)
    whole = digits_at(low, match.end()) or words_at(low, match.end()) if match else None
    if match is None or whole is None or whole.half or whole.decimals or not 0 < numeral.value < whole.value:
        return None
    how, year = match["how"] or match["joined"], whole.bare and BARE_FIRST <= whole.value <= BARE_LAST
    if year or _CAPTION.match(low, whole.end) or (how == "of" and numeral.value == 1):
        return None
    if how == "in" and (whole.value > 1000 or _NO_WHOLE.match(low, whole.end)):
        return None
    return Ratio(tidy(100 * numeral.value / whole.value), numeral.start, whole.end)


def fraction_at(low: str, start: int, word: str, before: tuple[str, ...], *, bounded: bool) -> Ratio | None:
    """Return the part that a bare fraction names: "half of", "a third of", "more than half"."""
    last = before[-1] if before else ""
    end = start + len(word)
    percent = tidy(100 * number_words("fraction")[word])
    if word == "half":
        whole = _WHOLE.match(low, end)
        some = _DETERMINED.match(low, end)
        if some and last not in _NOT_HALF and _are_counted(low, some.end() - 1):
            return Ratio(percent, start, some.end() - 1)
        return Ratio(percent, start, end) if last not in _NOT_HALF and (whole or bounded) else None
    if last != "a" or not _WHOLE.match(low, end):
        return None
    return Ratio(percent, start - 2, end)


def _are_counted(low: str, end: int) -> bool:
    """Tell whether people or things follow, of which half is a share: "half the voters", not "half the price"."""
    head = counted_after(words_after(low, end), partitive=False)
    return head is not None and (is_plural(head.name) or known_noun(head.name))
