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
    tokens = _with_demonyms([_Token(m.start(), m.end(), m.group()) for m in TOKEN.finditer(run)][: 2 * MAX_TOKENS])
    parts: list[Part] = []
    for piece in _pieces(tokens):
        parts += _named(piece, initial=initial and piece[0].start == 0)
    return tuple(parts)


def _with_demonyms(tokens: list[_Token]) -> list[_Token]:
    """Join the two words of "South Korean", "Saudi Arabian" to one token."""
    joined: list[_Token] = []
    for token in tokens:
        if joined and f"{joined[-1].word} {token.word}" in demonyms():
            first = joined.pop()
            joined.append(_Token(first.start, token.end, f"{first.word} {token.word}"))
        else:
            joined.append(token)
    return joined


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
    return last in organisation_heads() or last in of_heads() or last in place_heads()


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
        if word == "of" and piece[index].word in _OFFICES:
            return index + 1 if index + 1 < len(piece) else None
    return None


_OFFICES = frozenset({"State", "Defense", "Defence", "Staff", "Commons", "Representatives", "Police", "Mission"})


def _before_head(piece: list[_Token]) -> list[Part]:
    """Return the organisation or place that a role hangs on: "U.S." of "U.S. Attorney General"."""
    last = len(piece) - 1
    while last > 0 and _is_role_word(piece[last - 1].word) and _known(piece[max(0, last - 2) : last]) is None:
        last -= 1
    kept = [token for token in _trimmed(piece[:last]) if token.word not in demonyms()]
    if not kept or (len(kept) == 1 and (kept[0].word.lower() in common_words() or kept[0].word in titles())):
        return []
    return _plain(kept)


def _is_role_word(word: str) -> bool:
    lower = word.lower()
    return lower in role_words() or word in titles() or lower.startswith(("ex-", "vice-")) or lower == "of"


_SURNAMES = frozenset(
    ["May", "Bush", "Rice", "Brown", "Green", "Young", "Long", "Case", "Cook", "Page", "Cash", "Love"]
)


def _says_little(word: str) -> bool:
    return word.lower() in common_words() and word not in _SURNAMES


def _person(piece: list[_Token]) -> list[Part]:
    piece = _trimmed(piece)
    while piece and piece[0].word in demonyms():
        piece = piece[1:]
    if not piece or (len(piece) == 1 and _says_little(piece[0].word)):
        return []
    kind: NameKind | None = None if piece[-1].word in place_heads() else "person"
    return [Part(piece[0].start, piece[-1].end, kind)]


def _plain(piece: list[_Token]) -> list[Part]:
    """Return an untitled name, with its kind where its words give it away."""
    if piece[0].word in demonyms() and _stands_before_a_name(piece):
        piece = piece[1:]
    if len(piece) == 1:
        return _single(piece[0])
    split = _person_begins(piece)
    if split:
        return _plain(piece[:split]) + _plain(piece[split:])
    return [Part(piece[0].start, piece[-1].end, _kind(piece))]


def _person_begins(piece: list[_Token]) -> int:
    """Return where a person's name begins inside a run, as in "London Sadiq Khan"; 0 if nowhere."""
    for index, token in enumerate(piece[:-1]):
        if token.word in first_names():
            rest = piece[index + 1 :]
            whole = is_place(name_key(" ".join(before.word for before in piece[:index])))
            fits = 1 <= len(rest) <= 2 and rest[-1].word not in place_heads() and not _says_little(rest[-1].word)
            return index if fits and (whole or index > 1) and piece[index - 1].word not in {"of", "the", "&"} else 0
    return 0


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
    lower = last.lower()
    if first in first_names() and len(piece) <= 4 and last not in place_heads() and last not in event_heads():
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
    return words("name_heads", part="organisation")


@cache
def place_heads() -> frozenset[str]:
    """Words that end the name of a building, a road, a stretch of land or water."""
    return words("name_heads", part="place")


@cache
def event_heads() -> frozenset[str]:
    """Words that end the name of an event, a law, a prize."""
    return words("name_heads", part="event")


@cache
def of_heads() -> frozenset[str]:
    """Words that "of" and "for" join to what follows."""
    return words("name_heads", part="of")


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
