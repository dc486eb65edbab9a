"""A subject, and the noun phrases that can be one: "the spokesman for the city", "four in 10"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.claims.names import Name
from pipeline.claims.speakers_words import DETERMINERS, PREPOSITIONS, speaks
from pipeline.models import Span, make_span
from pipeline.record import maker, quickly_made

_AFTER_HEAD = PREPOSITIONS | {"who"}
_ARTICLES = frozenset(("the", "a", "an"))
_DOING = re.compile(r" (?:of|for|by|from) [a-z]+ing\b.*")  # "the firm of making ..."
_ENDS_DONE = re.compile(
    r"\w (?:released|published|conducted|taken|commissioned|issued|posted|obtained|dated|signed|sent)$"
)
_DONE = ("ed", "taken", "sent")  # how those end
_AFTER_NOUN = frozenset(("familiar", "close", "known", "taken", "seen", "aware", "present"))  # "officials close to him"


@quickly_made
@dataclass(frozen=True, slots=True)
class Subject:
    """Who does the saying, as the text puts it: a name, a pronoun or a noun phrase."""

    span: Span
    name: Name | None = None
    pronoun: str | None = None
    noun: str | None = None  # head of a noun phrase, lower case


make_subject = maker(Subject)


def with_head(lowered: list[str], start: int, end: int) -> Subject | None:
    """Return the noun phrase of some words in lower case, at least one, if its head is something that speaks."""
    until = len(lowered)
    for at in range(1, until):
        if lowered[at] in _AFTER_HEAD:
            until = at
            break
    if until > 1 and (lowered[until - 1].endswith("ed") or lowered[until - 1] in _AFTER_NOUN):
        until -= 1
    head = lowered[until - 1].removesuffix("'s").strip(".,")
    if (
        speaks(head)
        or _is_share(lowered, until)
        or (lowered[0] in ("the", "this", "a", "an") and 1 < len(lowered) <= 3 and head not in DETERMINERS)
    ):
        return make_subject(make_span(start, end), noun=head)
    return None


def _is_share(words: list[str], until: int) -> bool:
    """Tell whether a phrase is a share of people: "about four in 10", "a number of farmers"."""
    return words[:3] == ["a", "number", "of"] or (
        words[until : until + 1] == ["in"] and words[-1].strip(",.") in ("10", "ten", "five", "three", "100")
    )


def label_of(words: str, *, whole: bool) -> str:
    """Return a description without its article and what was done or is doing; ``whole``: with what was done at its end."""
    first, _, rest = words.partition(" ")
    label = rest if rest and first.lower() in _ARTICLES else words
    label = _DOING.sub("", label) if "ing" in label else label
    done = not whole and label.endswith(_DONE) and _ENDS_DONE.search(label) is not None
    return label.rpartition(" ")[0] if done else label
