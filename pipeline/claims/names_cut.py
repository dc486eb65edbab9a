"""One capitalised run to the names in it: titles, roles, joints and sentence starts cut away.

The cut depends on the run's words alone (and whether a sentence starts with it), so that runs that
come again, as most do, are cut once a process.
"""

from __future__ import annotations

from typing import NamedTuple

from pipeline.claims.gazetteer import demonyms, is_place, name_key
from pipeline.claims.names_forms import Mention
from pipeline.claims.names_pieces import Token, first_of_two, pieces_of, says_little, trimmed
from pipeline.claims.names_sight import LONGEST_PERSON, at_first_sight
from pipeline.claims.names_words import (
    NameKind,
    common_words,
    event_heads,
    first_names,
    may_open_listed,
    never_names,
    opening_words,
    organisation_heads,
    organisations,
    place_heads,
    role_heads,
    role_words,
    time_words,
    titles,
)
from pipeline.remembered import remembered
from pipeline.text import reach_back


class Part(NamedTuple):
    """One name of a run, by offsets into the run."""

    start: int
    end: int
    kind: NameKind | None
    doubtful: bool = False  # an everyday word, a name only if the article has it as somebody's surname


@remembered(200_000)
def cut(run: str) -> tuple[Mention, ...]:
    """Return the names of a run, by offsets into it."""
    return _cut(run, initial=False)


@remembered(100_000)
def cut_opening(run: str) -> tuple[Mention, ...]:
    """Return the names of a run that a sentence starts with, so that its first capital says little."""
    return _cut(run, initial=True)


def _cut(run: str, *, initial: bool) -> tuple[Mention, ...]:
    whole = at_first_sight(run, initial=initial)
    if whole is not None:
        return (whole,)
    size = first_of_two(run)
    if not size:
        return by_pieces(run, initial=initial)
    begin = size + len(" and ")
    second = [other._replace(start=begin + other.start, end=begin + other.end) for other in cut(run[begin:])]
    return (*(cut_opening if initial else cut)(run[:size]), *second)


def by_pieces(run: str, *, initial: bool) -> tuple[Mention, ...]:
    """Return the names of any run, cut at the words that part names or belong to none."""
    parts: list[Part] = []
    for piece in pieces_of(run):
        start = piece[0].start
        split = _place_size(piece) if run[reach_back(start, 3) : start] == "of " else 0
        for half in (piece[:split], piece[split:]) if split else (piece,):
            parts += _named(half, initial=initial and half[0].start == 0)
    return tuple([_mention(run, part, initial=initial) for part in parts])


def _mention(run: str, part: Part, *, initial: bool) -> Mention:
    words = run[part.start : part.end]
    opening = initial and part.start == 0 and " " not in words
    return Mention(part.start, part.end, words, part.kind, opening, part.doubtful)


def _place_size(piece: list[Token]) -> int:
    """Return how many words of "London Sadiq Khan" are the place, where two are left for a name; else 0."""
    for size in (2, 1):
        if len(piece) in (size + 2, size + 3) and is_place(name_key(" ".join(token.word for token in piece[:size]))):
            return 0 if piece[-1].word in organisation_heads() or says_little(piece[-1].word) else size
    return 0


def _named(piece: list[Token], *, initial: bool) -> list[Part]:
    if (known := _known(piece)) is not None:
        return [Part(piece[0].start, piece[-1].end, known)]
    if piece[-1].word.isdigit():
        piece = piece[:-1]
    if initial:
        if len(piece) == 1 and _is_everyday(piece[0].word):
            return [Part(piece[0].start, piece[0].end, None, doubtful=True)]
        piece = _without_opening(piece)
    if not piece:
        return []
    head = _last_head(piece)
    if head is not None:
        return _before_head(piece[:head]) + _person(piece[head:])
    return _plain(piece)


def _known(piece: list[Token]) -> NameKind | None:
    if len(piece) > 1 and not may_open_listed(piece[0].word):
        return None
    key = name_key(" ".join([token.word for token in piece]))
    if key in organisations():
        return organisations()[key]
    return "place" if len(piece) > 1 and is_place(key) else None


def _without_opening(piece: list[Token]) -> list[Token]:
    """Drop the sentence's first word where its capital comes from its position."""
    first = piece[0].word
    lower = first.lower()
    if lower not in common_words() and lower not in opening_words():
        return piece
    if any(_known(piece[:size]) for size in (3, 2) if len(piece) > size):
        return piece
    if lower in opening_words() or (lower in common_words() and lower.endswith(("ing", "ed", "ly"))):
        return trimmed(piece[1:])
    if lower in common_words() and first not in first_names():
        rest = piece[1:]
        if len(rest) == 0 or rest[0].word in first_names():
            return rest
    return piece


def _last_head(piece: list[Token]) -> int | None:
    """Return the index of the first token after the last title or role word, None without one."""
    if len(piece) < 2 or piece[-1].word in organisation_heads():
        return None
    for index in range(len(piece) - 1, 0, -1):
        word = piece[index - 1].word
        if word in titles() or word.lower() in role_heads():
            if index == len(piece) - 1 and any(_is_first_name(token.word) for token in piece[: index - 1]):
                continue  # "Martin Luther King Jr."
            return index
        if word == "of" and piece[index].word in _OFFICES:
            return index + 1 if index + 1 < len(piece) else None
    return None


def _is_first_name(word: str) -> bool:
    return word in first_names() and not is_place(name_key(word))


_OFFICES = frozenset(
    (
        "State", "Defense", "Defence", "Staff", "Commons", "Representatives", "Police", "Mission",
        "Transportation", "Energy", "Commerce", "Labor", "Education", "Agriculture",
    )
)  # fmt: skip


def _before_head(piece: list[Token]) -> list[Part]:
    """Return the organisation or place that a role hangs on: "U.S." of "U.S. Attorney General"."""
    last = len(piece) - 1
    while last > 0 and _is_role_word(piece[last - 1].word) and _known(piece[max(0, last - 2) : last]) is None:
        last -= 1
    kept = [token for token in trimmed(piece[:last]) if token.word not in demonyms()]
    while len(kept) > 1 and kept[0].word.lower() in time_words():
        kept = kept[1:]
    if not kept or (len(kept) == 1 and (kept[0].word.lower() in common_words() or kept[0].word in titles())):
        return []
    return _plain(kept)


def _is_role_word(word: str) -> bool:
    lower = word.lower()
    return lower in role_words() or word in titles() or lower.startswith(("ex-", "vice-")) or lower == "of"


def _is_everyday(word: str) -> bool:
    lower = word.lower()
    return lower in common_words() and lower not in opening_words()


def _person(piece: list[Token]) -> list[Part]:
    piece = trimmed(piece)
    while piece and piece[0].word in demonyms():
        piece = piece[1:]
    if not piece or all(_is_role_word(token.word) or len(token.word) < 2 for token in piece):
        return []
    if len(piece) == 1 and says_little(piece[0].word):
        return [Part(piece[0].start, piece[0].end, None, doubtful=True)]
    kind: NameKind | None = None if piece[-1].word in place_heads() else "person"
    return [Part(piece[0].start, piece[-1].end, kind)]


def _plain(piece: list[Token]) -> list[Part]:
    """Return an untitled name, with its kind where its words give it away."""
    if piece[0].word in demonyms() and _stands_before_a_name(piece):
        piece = piece[1:]
    if len(piece) == 1:
        return _single(piece[0])
    split = _person_begins(piece)
    if split:
        return _plain(piece[:split]) + _plain(piece[split:])
    return [Part(piece[0].start, piece[-1].end, _kind(piece))]


_CHAMBERS = frozenset({"house", "senate"})  # "Speaker of the House Jane Doe"


def _person_begins(piece: list[Token]) -> int:
    """Return where a person's name begins inside a run, as in "London Sadiq Khan"; 0 if nowhere."""
    for index, token in enumerate(piece[:-1]):
        if token.word in first_names():
            if index == 0:
                return 0  # most
            rest = piece[index + 1 :]
            key = name_key(" ".join(before.word for before in piece[:index]))
            whole = is_place(key) or organisations().get(key) == "organisation" or key in _CHAMBERS
            fits = 1 <= len(rest) <= 2 and rest[-1].word not in place_heads() and not says_little(rest[-1].word)
            return index if fits and (whole or index > 1) and piece[index - 1].word not in {"of", "the", "&"} else 0
    return 0


def _stands_before_a_name(piece: list[Token]) -> bool:
    if len(piece) == 1 or piece[1].word in demonyms():
        return len(piece) > 1
    if piece[-1].word in organisation_heads():
        return False
    return piece[1].word in first_names() or all(_is_role_word(token.word) for token in piece[1:])


def _single(token: Token) -> list[Part]:
    word, lower = token.word, token.word.lower()
    key = name_key(word)
    if key in organisations():
        return [Part(token.start, token.end, organisations()[key])]
    if word in demonyms() or len(word) < 2 or word in never_names():
        return []
    if word in titles() or word in organisation_heads() or lower in role_heads():
        return [Part(token.start, token.end, None, doubtful=True)]
    if lower in common_words() and not (word.isupper() and len(word) <= 6):
        return [Part(token.start, token.end, None, doubtful=True)] if lower not in opening_words() else []
    return [Part(token.start, token.end, None)]


def _kind(piece: list[Token]) -> NameKind | None:
    first, last = piece[0].word, piece[-1].word
    if last in organisation_heads() or (
        len(piece) > 2 and first in organisation_heads() and piece[1].word in {"of", "for"}
    ):
        return "organisation"
    if (
        first in first_names()
        and len(piece) <= LONGEST_PERSON
        and last not in place_heads()
        and last not in event_heads()
    ):
        joined = any(token.word in {"of", "for", "the"} for token in piece)
        return None if joined or (says_little(last) and says_little(first)) else "person"
    return None
