"""The names of an article: capitalised runs, cut into names, each tied to its fullest form."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from operator import itemgetter

from pipeline.claims.gazetteer import is_place, name_key, places_named
from pipeline.claims.names_cut import cut, cut_opening
from pipeline.claims.names_forms import Mention, fullest_forms, name_id
from pipeline.claims.names_scan import find_runs
from pipeline.claims.names_words import (
    NameKind,
    common_words,
    first_words,
    listed_openings,
    no_names,
    organisations,
    partisans,
)
from pipeline.models import Span, make_span
from pipeline.record import maker, quickly_made
from pipeline.remembered import remembered
from pipeline.text import Document, reach_back

_SAID = re.compile(r",? (?:said|says|told|added|tweeted|wrote|warned|insisted|argued|explained|testified|recalled)\b")
_INSIDE = re.compile(r"\b(?:in|at|near|outside|from|across|throughout) (?:the |\w{1,8}ern )?$")
_LONG_WORD = re.compile(r"\b[^\W\d_]{4,}")
_WORD = re.compile(r"[^\W_][\w'.&-]*")
_OPENING = frozenset("\"'([-•*:;?!.|>\n")
_TITLE_WINDOW = 5  # words; the longest name looked for in a line in Title Case
_NO_NAME_ENDS = ("ly", "ing", "ness")
_FEW_WORDS = 24
_HEADING = 160  # code points; a longer line is no heading


@quickly_made
@dataclass(frozen=True, slots=True)
class Name:
    """One mention of a person, place, organisation or outlet, mostly untyped."""

    span: Span  # without titles, possessive 's and leading articles
    words: str  # of the folded text
    full: str  # fullest form of the same name in this article
    key: str  # of the fullest form, for comparing: no case, accents, punctuation; aliases share it
    kind: NameKind | None  # None: the text gives no strong sign


_make_name = maker(Name)


def find_names(doc: Document) -> tuple[Name, ...]:
    """Return the names of an article, sorted, none over another."""
    return tied(doc, mentions_in(doc))


def tied(doc: Document, found: list[Mention]) -> tuple[Name, ...]:
    """Return the names among some mentions (in the order of the text, apart), each with its fullest form, key and kind."""
    headings = _headings(doc)
    body = _names_only(doc, _outside(found, headings))
    mentions = sorted((*_in_headings(doc, headings, body), *body), key=itemgetter(0))
    full = fullest_forms(mentions, doc.plain)
    keys = {words: name_id(fullest) for words, fullest in full.items()}
    kinds = _kinds(doc.plain, mentions, keys)
    return tuple(
        [
            _make_name(make_span(start, end), words, full[words], key := keys[words], kinds.get(key))
            for start, end, words, _, _, _ in mentions
        ]
    )


_words, _kind_shown = itemgetter(2), itemgetter(3)  # of mentions


def _headings(doc: Document) -> list[Span]:
    """Return the lines in Title Case or capitals: there, a capital says nothing."""
    return [
        line
        for line in doc.paragraphs
        if line.end - line.start <= _HEADING
        and doc.plain[line.end - 1] not in ".,;"
        and _is_title_case(doc.plain, line)
    ]


def _outside(mentions: list[Mention], headings: list[Span]) -> list[Mention]:
    """Drop the mentions in headings; both come in the order of the text."""
    kept, done = [], 0
    for heading in headings:
        first = bisect_left(mentions, (heading.start,))
        kept += mentions[done:first]
        done = bisect_left(mentions, (heading.end,))
    return kept + mentions[done:]


def _is_title_case(plain: str, line: Span) -> bool:
    number = 0
    for word in _LONG_WORD.finditer(plain, line.start, line.end):
        if plain[word.start()].islower():
            return False  # most lines, at their first or second long word
        number += 1
    return number > 2


def mentions_in(doc: Document) -> list[Mention]:
    """Return what may be names, as yet each by itself."""
    starts = frozenset(doc.sentence_starts)
    plain = doc.plain
    nothing = no_names()
    as_tuple, found = tuple.__new__, []  # makes a mention at half the cost of calling its class
    for run in find_runs(plain):
        if run[1] in nothing:
            continue
        for offset, piece in _at_dashes(doc.text, *run) if "-" in run[1] else (run,):
            initial = offset in starts or plain[offset - 1] in _OPENING or plain[offset - 2 : offset - 1] in _COLONS
            for start, end, words, kind, opening, doubtful in cut_opening(piece) if initial else cut(piece):
                found.append(as_tuple(Mention, (offset + start, offset + end, words, kind, opening, doubtful)))
    return found


_COLONS = (":", ";")


def _at_dashes(text: str, start: int, words: str) -> Iterator[tuple[int, str]]:
    """Split a run at dashes of the original text, which folding made look like hyphens."""
    original = text[start : start + len(words)].replace("–", "—")
    offset = 0
    for piece in original.split("—"):
        yield start + offset, words[offset : offset + len(piece)]
        offset += len(piece) + 1


def _names_only(doc: Document, mentions: list[Mention]) -> list[Mention]:
    """Drop single words that only the start of a sentence made capital, and everyday words."""
    inside: set[str] = set()
    opening: set[str] = set()
    surnames: set[str] = set()
    for _, _, words, kind, opens, doubtful in mentions:
        if not doubtful:
            (opening if opens else inside).add(words)
        if kind == "person":
            surnames.add(words.rpartition(" ")[2])
    opening -= inside
    inside |= {word for word in opening if _is_listed(word)}
    inside |= _never_small(
        doc.plain, [word for word in sorted(opening - inside) if not word.lower().endswith(_NO_NAME_ENDS)]
    )
    return [
        mention
        for mention in mentions
        if not (mention.opening or mention.doubtful) or _holds_up(doc.plain, mention, inside, surnames)
    ]


def _holds_up(plain: str, mention: Mention, names: set[str], surnames: set[str]) -> bool:
    if mention.doubtful:
        somewhere = plain.endswith(" in ", 0, mention.start) and is_place(name_key(mention.words))
        return somewhere or mention.words in surnames
    return mention.words in names


@remembered(50_000)
def _is_listed(word: str) -> bool:
    key = name_key(word)
    return key in organisations() or is_place(key) or (word.isupper() and len(word) <= 6)


def _never_small(plain: str, words: list[str]) -> set[str]:
    """Return the words that the text never writes small, as it does everyday ones, with or without a stop after them."""
    if len(words) <= _FEW_WORDS:  # looked for one by one
        return {word for word in words if not _stands_in(plain, word.lower())}
    written = frozenset(plain.split())
    lowered = ((word, word.lower()) for word in words)
    return {word for word, lower in lowered if written.isdisjoint((lower, f"{lower},", f"{lower}."))}


def _stands_in(plain: str, lower: str) -> bool:
    at = plain.find(lower)
    while at >= 0:
        end = at + len(lower)
        end += plain[end : end + 1] in (",", ".")
        if (not at or plain[at - 1].isspace()) and (end >= len(plain) or plain[end].isspace()):
            return True
        at = plain.find(lower, end)
    return False


def _in_headings(doc: Document, headings: list[Span], body: list[Mention]) -> list[Mention]:
    """Return the names of lines in Title Case: only those that the body or a lexicon knows."""
    if not headings:
        return []
    known: dict[str, NameKind | None] = {
        name_key(mention.words.rpartition(" ")[2]): "person" for mention in body if mention.kind == "person"
    }
    known.update(zip(map(name_key, map(_words, body)), map(_kind_shown, body), strict=True))
    opening = first_words(known)
    found: list[Mention] = []
    for line in headings:
        tokens = [_bare(match) for match in _WORD.finditer(doc.plain, line.start, line.end)]
        index = 0
        while index < len(tokens):
            window = _TITLE_WINDOW if _may_open(doc.plain, tokens[index : index + 2], opening) else 1
            width, kind = _widest(doc.plain, tokens[index : index + window], known)
            if width:
                start, end = tokens[index][0], tokens[index + width - 1][1]
                found.append(Mention(start, end, doc.plain[start:end], kind, opening=False))
            index += max(1, width)
    return found


def _bare(match: re.Match[str]) -> tuple[int, int]:
    """Return where a heading's word starts and ends, without possessive 's and stops."""
    word = match.group()
    kept = word.removesuffix("'s") if word.count(".") > 1 else word.removesuffix("'s").rstrip(".'-")
    return match.start(), match.start() + len(kept)


def _may_open(title: str, tokens: list[tuple[int, int]], opening: frozenset[str]) -> bool:
    """Tell whether a known name of several words may begin with the first of two words of a heading."""
    first = title[tokens[0][0] : tokens[-1][0]].rstrip()
    if not first.isascii():
        return True
    word = name_key(first).partition(" ")[0]
    return word in opening or word in listed_openings()


def _widest(
    title: str, tokens: list[tuple[int, int]], known: dict[str, NameKind | None]
) -> tuple[int, NameKind | None]:
    for width in range(len(tokens), 0, -1):
        words = title[tokens[0][0] : tokens[width - 1][1]]
        key = name_key(words)
        if key in known:
            return width, known[key]
        listed = organisations().get(key, "outlet" if width == 1 else None)  # "Times" in a heading is no outlet
        if words[0].isupper() and key not in common_words() and (listed not in ("outlet", None) or is_place(key)):
            return width, organisations().get(key)
    return 0, None


def _kinds(plain: str, mentions: list[Mention], keys: dict[str, str]) -> dict[str, NameKind]:
    """Return the kind of each key that some mention shows; the first strong sign holds."""
    kinds: dict[str, NameKind] = {}
    for mention in mentions:
        if (key := keys[mention.words]) not in kinds and (
            kind := mention.kind or _kind(plain, mention, key)
        ) is not None:
            kinds[key] = kind
    return kinds


def _kind(plain: str, mention: Mention, key: str) -> NameKind | None:
    places = places_named(mention.words)
    if places:
        known = places[0].kind == "country" or _INSIDE.search(plain, reach_back(mention.start, 22), mention.start)
        return "place" if known else None
    if " " not in mention.words or not _SAID.match(plain, mention.end) or mention.words.isupper():
        return None
    last = key.rpartition(" ")[2]
    return "person" if last not in common_words() and last.capitalize() not in partisans() else None
