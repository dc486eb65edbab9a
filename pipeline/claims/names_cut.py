"""One capitalised run to the names in it: titles, roles, joints and sentence starts cut away.

The cut depends on the run's words alone (and whether a sentence starts with it), so that runs that
come again, as most do, are cut once a process.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from pipeline.claims.gazetteer import demonyms, is_place, name_key
from pipeline.claims.names_scan import MAX_TOKENS, TOKEN
from pipeline.resources import lexicon, words

NameKind = Literal["person", "place", "organisation", "outlet"]

_PLACE_HEADS = frozenset(
    "city county street avenue road square bridge airport river lake sea ocean bay gulf strait island islands mountain"
    " mountains valley desert park stadium arena hall tower palace cathedral mosque prison hotel province district"
    " beach canal port harbour harbor station hills heights peninsula".split()
)
_EVENT_HEADS = frozenset(
    "act war wars award awards prize cup summit forum conference games agreement treaty accord accords day week year"
    " championship championships league open festival olympics marathon week amendment bill law code plan deal"
    " report times mail post house room building".split()
)


@dataclass(frozen=True, slots=True)
class Part:
    """One name of a run, by offsets into the run."""

    start: int
    end: int
    kind: NameKind | None


@dataclass(frozen=True, slots=True)
class _Token:
    start: int
    end: int
    word: str


@lru_cache(maxsize=200_000)
def cut(run: str, *, initial: bool) -> tuple[Part, ...]:
    """Return the names of a run; ``initial``: a sentence starts with it, so its first capital says little."""
    tokens = [_Token(m.start(), m.end(), m.group()) for m in TOKEN.finditer(run)][: 2 * MAX_TOKENS]
    parts: list[Part] = []
    for piece in _pieces(tokens):
        parts += _named(piece, initial=initial and piece[0].start == 0)
    return tuple(parts)


def _pieces(tokens: list[_Token]) -> list[list[_Token]]:
    """Split at words that are no part of a name, and at "of" and "for" that join two names."""
    pieces: list[list[_Token]] = [[]]
    for index, token in enumerate(tokens):
        if token.word in stop_words() and not _may_be_name(tokens, index):
            pieces.append([])
        elif token.word in {"of", "for"} and not (pieces[-1] and _takes_of(pieces[-1])):
            pieces.append([])
        else:
            pieces[-1].append(token)
    return [trimmed for piece in pieces if (trimmed := _trimmed(piece))]


def _may_be_name(tokens: list[_Token], index: int) -> bool:
    """A month after a first name is a surname: Theresa May."""
    return index == 1 and tokens[0].word in first_names() and tokens[index].word in {"May", "March", "August"}


def _takes_of(piece: list[_Token]) -> bool:
    last = piece[-1].word
    return last in organisation_heads() or last in _OF_HEADS or name_key(last) in _PLACE_HEADS


_OF_HEADS = frozenset(
    "House Kingdom Republic Republics States Gulf Strait Isle Isles Cape Mount Tower Museum Archbishop Bishop Duke"
    " Duchess Prince Princess Earl Secretary Chief Chamber Knights Sons Daughters Doctors Cross Hall Community Community"
    " Game Lord Lords Battle War Declaration Treaty Statue Temple Fund Emirates Army Islands Territory"
    " Commonwealth Supreme Minister Black Dome Province State Speaker".split()
)


def _trimmed(piece: list[_Token]) -> list[_Token]:
    """Drop joints and articles at both ends."""
    first, last = 0, len(piece)
    while first < last and (piece[first].word in _JOINTS or piece[first].word.isdigit()):
        first += 1
    while last > first and piece[last - 1].word in _JOINTS:
        last -= 1
    return piece[first:last]


_JOINTS = frozenset({"of", "for", "the", "upon", "&", "y", "et", "und", "The", "and"})


def _named(piece: list[_Token], *, initial: bool) -> list[Part]:
    if (known := _known(piece)) is not None:
        return [Part(piece[0].start, piece[-1].end, known)]
    if piece[-1].word.isdigit():
        piece = piece[:-1]
    if initial:
        piece = _without_opening(piece)
    if not piece:
        return []
    head = _last_head(piece)
    if head is not None:
        return _before_head(piece[:head]) + _person(piece[head:])
    return _plain(piece)


def _known(piece: list[_Token]) -> NameKind | None:
    key = name_key(" ".join(token.word for token in piece))
    if key in organisations():
        return organisations()[key]
    return "place" if len(piece) > 1 and is_place(key) else None


def _without_opening(piece: list[_Token]) -> list[_Token]:
    """Drop the sentence's first word where its capital comes from its position."""
    first = piece[0].word
    lower = first.lower()
    if lower in function_words() or (lower in common_words() and lower.endswith(("ing", "ed", "ly"))):
        return _trimmed(piece[1:])
    if lower in common_words() and first not in first_names():
        rest = piece[1:]
        if len(rest) == 0 or rest[0].word in first_names():
            return rest
    return piece


def _last_head(piece: list[_Token]) -> int | None:
    """Return the index of the first token after the last title or role word, None without one."""
    if len(piece) < 2 or piece[-1].word in organisation_heads():
        return None
    for index in range(len(piece) - 1, 0, -1):
        word = piece[index - 1].word
        if word in titles() or word.lower() in role_heads():
            return index
        if word in {"of"} and piece[index].word in {
            "State",
            "Defense",
            "Staff",
            "Commons",
            "Representatives",
            "Homeland",
        }:
            return index + 1 if index + 1 < len(piece) else None
    return None


def _before_head(piece: list[_Token]) -> list[Part]:
    """Return the organisation or place that a role hangs on: "U.S." of "U.S. Attorney General"."""
    last = len(piece) - 1
    while last > 0 and _is_role_word(piece[last - 1].word):
        last -= 1
    kept = [token for token in _trimmed(piece[:last]) if token.word not in demonyms()]
    if not kept or (len(kept) == 1 and (kept[0].word.lower() in common_words() or kept[0].word in titles())):
        return []
    return _plain(kept)


def _is_role_word(word: str) -> bool:
    lower = word.lower()
    return lower in role_words() or word in titles() or lower.startswith(("ex-", "vice-")) or lower == "of"


def _person(piece: list[_Token]) -> list[Part]:
    piece = _trimmed(piece)
    while piece and piece[0].word in demonyms():
        piece = piece[1:]
    if not piece or (len(piece) == 1 and piece[0].word.lower() in common_words() - _SURNAMES):
        return []
    kind: NameKind | None = None if name_key(piece[-1].word) in _PLACE_HEADS else "person"
    return [Part(piece[0].start, piece[-1].end, kind)]


_SURNAMES = frozenset(
    {"may", "bush", "rice", "brown", "green", "young", "long", "case", "cook", "page", "cash", "love"}
)


def _plain(piece: list[_Token]) -> list[Part]:
    """Return an untitled name, with its kind where its words give it away."""
    if piece[0].word in demonyms() and _stands_before_a_name(piece):
        piece = piece[1:]
    if len(piece) == 1:
        return _single(piece[0])
    if len(piece) > 2 and is_place(name_key(piece[0].word)) and piece[1].word in first_names():
        return _single(piece[0]) + _plain(piece[1:])
    return [Part(piece[0].start, piece[-1].end, _kind(piece))]


def _stands_before_a_name(piece: list[_Token]) -> bool:
    if len(piece) == 1 or piece[1].word in demonyms():
        return len(piece) > 1
    return piece[1].word in first_names() or all(_is_role_word(token.word) for token in piece[1:])


def _single(token: _Token) -> list[Part]:
    word, lower = token.word, token.word.lower()
    key = name_key(word)
    if key in organisations():
        return [Part(token.start, token.end, organisations()[key])]
    if word in demonyms() or word in titles() or len(word) < 2 or word in stop_words():
        return []
    if lower in common_words() and not (word.isupper() and len(word) <= 6):
        return []
    return [Part(token.start, token.end, None)]


def _kind(piece: list[_Token]) -> NameKind | None:
    first, last = piece[0].word, piece[-1].word
    if last in organisation_heads() or (
        len(piece) > 2 and first in organisation_heads() and piece[1].word in {"of", "for"}
    ):
        return "organisation"
    lower = name_key(last)
    if first in first_names() and len(piece) <= 4 and lower not in _PLACE_HEADS and lower not in _EVENT_HEADS:
        return (
            None if any(token.word in {"of", "for", "the"} for token in piece) or lower in common_words() else "person"
        )
    return None


@cache
def organisations() -> dict[str, NameKind]:
    """Comparing key of a known organisation or outlet, short and long form, to its kind."""
    table: dict[str, NameKind] = {}
    for row in lexicon("organisations"):
        kind: NameKind = "outlet" if row["kind"] == "outlet" else "organisation"
        table[name_key(row["name"])] = kind
        if row["full"]:
            table[name_key(row["full"])] = kind
    return table


@cache
def stop_words() -> frozenset[str]:
    """Capitalised words that are never a name."""
    return words("name_stop")


@cache
def function_words() -> frozenset[str]:
    """Words that open a sentence without being part of a name."""
    return words("stopwords") | words("openers")


@cache
def common_words() -> frozenset[str]:
    """Words that news writes in lower case."""
    return words("common_words")


@cache
def first_names() -> frozenset[str]:
    """First names."""
    return words("first_names")


@cache
def organisation_heads() -> frozenset[str]:
    """Words that make a run an organisation."""
    return words("organisation_heads")


@cache
def titles() -> frozenset[str]:
    """Titles and roles written before a name, as written."""
    return words("titles")


@cache
def role_heads() -> frozenset[str]:
    """Nouns that end a role, lower case."""
    return words("roles", part="head")


@cache
def role_words() -> frozenset[str]:
    """Nouns and modifiers of roles, lower case."""
    return words("roles")
