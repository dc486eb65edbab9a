"""Who, as what, of what: roles before a name, appositions after and before it.

The words of roles are data (``config/lexicon/roles.csv``, ``titles.csv``); how they stand around a
name is the grammar here and in :mod:`pipeline.claims.people_phrases`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from pipeline.claims.draft import Draft, make_draft
from pipeline.claims.gazetteer import demonyms, is_place, states
from pipeline.claims.names import Name
from pipeline.claims.names_words import (
    common_words,
    event_heads,
    first_names,
    organisation_heads,
    partisans,
    place_heads,
)
from pipeline.claims.people_organisations import LAWMAKERS, organisation_of, parties
from pipeline.claims.people_phrases import RolePhrase, phrase_after
from pipeline.claims.people_titles import may_end_role, phrase_before
from pipeline.models import PersonRoleValue, Span
from pipeline.remembered import remembered
from pipeline.text import Document

_PARTY = re.compile(r" \([RDI]-([A-Z][\w.]{0,8}(?: [A-Z]\w{0,8})?)\)|, [RDI]-([A-Z][\w.]{0,8}(?: [A-Z]\w{0,8})?)(?!\w)")
_LONGEST = 6  # words; a longer "name" is a line of a page run together
_ROYAL = frozenset({"prince", "king", "queen", "princess"})
_AGE = re.compile(r"(?:aged? )?\d{1,3}, ")
_IS = re.compile(r" (?:is|was) (?=(?:the|an?) )")
_COPULA_STARTS = (" i", " w")
_RUN_TOGETHER = re.compile(
    r"[a-z]{4}[A-Z]|[a-z]{3}[A-Z].*[a-z]{3}[A-Z]"
)  # "Donald TrumpMore": two lines of a page without a break
_ROMAN = re.compile(r"[IVX]+")  # "Model II"
_CLOSED = re.compile(r"[,.;:)!?]|$|-| (?:who|which|and|said|says|told|in|on|since|from)\b| -")
_ACTS = re.compile(r", (?:said|says|told|has|had|was|is|will|would|[a-z]+ed)\b")
_DEFINITE = re.compile(r"\b((?:[Tt]he|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir)\b)|(?<!\w)[A-Z]\w")


def find_person_roles(doc: Document, names: tuple[Name, ...]) -> list[Draft]:
    """Return who is said to be what, in the order of the text; a role repeated is returned again."""
    names = _with_own_surnames(names)
    by_start = {name.span.start: name for name in names}
    drafts: list[Draft] = []
    before = None
    for name in names:
        if name.kind == "person" or (name.kind is None and not name.full.isalnum()):  # one word may be anything's
            drafts += _roles(doc, name, before, by_start)
        before = name
    return drafts


def _with_own_surnames(names: tuple[Name, ...]) -> tuple[Name, ...]:
    """Return the names with a surname that two people of the text bear left alone: whose it is, nobody tells."""
    whole = {name.full for name in names if name.kind == "person" and " " in name.full}
    surnames = [full.rpartition(" ")[2] for full in whole]
    if len(set(surnames)) == len(surnames):  # most articles
        return names
    shared = {surname for surname, bearers in Counter(surnames).items() if bearers > 1}
    return tuple(
        [replace(name, full=name.words) if name.words != name.full and name.words in shared else name for name in names]
    )


def _roles(doc: Document, name: Name, before: Name | None, by_start: dict[int, Name]) -> Sequence[Draft]:
    plain, start, end = doc.plain, name.span.start, name.span.end
    ahead = plain[start - 2 : start] if start > 1 else ""
    behind = plain[end : end + 2]
    found: list[Draft | None] = []
    if ahead[-1:] == " " and ahead != ", " and may_end_role(plain, start):
        found.append(_titled(doc, name, before, by_start))
    if behind == ", ":
        found.append(_after(doc, name, by_start))
    elif behind in _COPULA_STARTS and plain.startswith((" is ", " was "), end):
        found.append(_copula(doc, name, by_start))
    if ahead == ", " and behind[:1] in (",", "."):
        found.append(_comma_before(doc, name, by_start))
    drafts = [draft for draft in found if draft is not None] if found else ()  # most names
    return drafts if drafts and _looks_personal(name) else ()


def _looks_personal(name: Name) -> bool:
    """Tell whether an untyped name may be a person's: two or more words, none of an institution."""
    parts = name.full.split()
    if _is_no_name(name.full) or (parts[-1] in demonyms() and parts[0] not in first_names()):
        return False  # "our fellow Central American countries"
    if len(parts) > 1 and parts[0] not in first_names() and parts[-1] in _institutional():
        return False
    if parts[-1] in _BODIES or (len(parts) == 1 and parts[0] in _institutional()):
        return False
    if name.kind == "person" or len(parts) > _LONGEST:
        return len(parts) <= _LONGEST
    if len(parts) < 2 or not parts[-1][0].isupper() or parts[-1].isupper() or is_place(name.key):
        return False
    return not _institutional().intersection(parts) and (parts[0] in first_names() or not _common(parts))


@remembered(100_000)
def _is_no_name(full: str) -> bool:
    return " of " in full or "&" in full or bool(_RUN_TOGETHER.search(full) or _ROMAN.fullmatch(full))


_BODIES = frozenset(("Corps", "Command", "Guard", "Reserve", "Brigade", "Regiment", "Division"))  # "the Marine Corps"


@cache
def _institutional() -> frozenset[str]:
    return organisation_heads() | event_heads() | place_heads()


def _common(parts: list[str]) -> bool:
    return any(part.lower() in common_words() for part in parts)


def _draft(rule: str, name: Name, span: Span, phrase: RolePhrase, confidence: float) -> Draft:
    value = PersonRoleValue(person=_unlabelled(name.full), role=phrase.role, organisation=phrase.organisation)
    return make_draft(
        kind="person_role", rule=f"person_role.{rule}", span=span, confidence=confidence, person_role=value
    )


def _unlabelled(name: str) -> str:
    """Return a person's name without the party before it: "Alabama Democrat Ada Cole"."""
    parts = name.split()
    label = 0
    if not _labels().isdisjoint(parts[:-1]):  # few names
        label = max(at for at, part in enumerate(parts[:-1], 1) if part in _labels())
    return " ".join(parts[label:])


@cache
def _labels() -> frozenset[str]:
    return frozenset((*parties(), *partisans(), *(f"{word}s" for word in partisans())))


def _titled(doc: Document, name: Name, before: Name | None, by_start: dict[int, Name]) -> Draft | None:
    """Return the role of "German Foreign Minister Ada Winter", "Sen. Ada Cole (R-Texas)"."""
    start = name.span.start
    phrase = phrase_before(doc.plain, doc.sentence_at(start).start, start, before)
    if phrase is None or _is_supposed(doc.plain, phrase):
        return None
    end = name.span.end
    if phrase.role in _ROYAL and doc.plain.startswith("'s ", end) and doc.plain[end + 3 : end + 4].isupper():
        return None  # "Prince George's Hospital"
    if phrase.role.split()[-1] in LAWMAKERS and phrase.organisation in (None, *parties().values()):
        phrase = RolePhrase(phrase.start, phrase.end, phrase.role, _constituency(doc.plain, name, by_start))
    return _draft("title", name, Span(phrase.start, name.span.end), phrase, 0.95)


def _is_supposed(plain: str, phrase: RolePhrase) -> bool:
    """Tell "would they love a President Sanders?", an office that nobody has."""
    return phrase.organisation is None and plain[phrase.start].isupper() and plain.endswith(" a ", 0, phrase.start)


def _constituency(plain: str, name: Name, by_start: dict[int, Name]) -> str | None:
    end = name.span.end
    party = _PARTY.match(plain, end)
    if party:
        return states().get(party.group(1) or party.group(2))
    if plain.startswith(" of ", end) and end + 4 in by_start and by_start[end + 4].kind in ("place", None):
        return organisation_of(by_start[end + 4])
    return None


def _after(doc: Document, name: Name, by_start: dict[int, Name]) -> Draft | None:
    """Return the role of "Jens Stoltenberg, the secretary general of NATO,"."""
    plain, begin = doc.plain, name.span.end + 2
    age = _AGE.match(plain, begin)
    begin = age.end() if age else begin
    phrase = phrase_after(plain, begin, doc.sentence_at(name.span.start).end, by_start)
    if phrase is None or not _CLOSED.match(plain, phrase.end):
        return None
    after = by_start.get(phrase.end + 2)
    if after is not None and plain.startswith(", ", phrase.end) and _ACTS.match(plain, after.span.end):
        return None  # "beside Cole, the harbour master, Jens Dahl, said": the next one's
    certain = phrase.organisation is not None or plain.startswith(("the ", "a ", "an "), begin)
    return _draft("apposition", name, Span(name.span.start, phrase.end), phrase, 0.9 if certain else 0.75)


def _copula(doc: Document, name: Name, by_start: dict[int, Name]) -> Draft | None:
    """Return the role of "Ada Cole is a professor of law at the University of Oslo"; only with an organisation."""
    verb = _IS.match(doc.plain, name.span.end)
    if verb is None:
        return None
    phrase = phrase_after(doc.plain, verb.end(), doc.sentence_at(name.span.start).end, by_start)
    if phrase is None or phrase.organisation is None or not _CLOSED.match(doc.plain, phrase.end):
        return None
    return _draft("copula", name, Span(name.span.start, phrase.end), phrase, 0.85)


def _comma_before(doc: Document, name: Name, by_start: dict[int, Name]) -> Draft | None:
    """Return the role of "The secretary general of NATO, Jens Stoltenberg, said": definite, closed by commas."""
    plain, start = doc.plain, name.span.start
    low = max(doc.sentence_at(start).start, start - 90)
    for begin in _phrase_starts(plain, low, start - 2, by_start):
        phrase = phrase_after(plain, begin, start - 2, by_start)
        if (
            phrase is not None
            and phrase.end == start - 2
            and (phrase.organisation or plain[begin:start].count(" ") > 3)
        ):
            return _draft("apposition", name, Span(begin, name.span.end), phrase, 0.85)
    return None


def _phrase_starts(plain: str, low: int, end: int, by_start: dict[int, Name]) -> Iterator[int]:
    """Yield where a definite role phrase may start: an article, a possessive, a name with 's; leftmost first."""
    comma = max(plain.rfind(",", low, end), plain.rfind(";", low, end))
    low = max(low, comma + 1)
    for word in _DEFINITE.finditer(plain, low, end):
        if word.group(1) is not None or word.start() in by_start:
            yield word.start()
