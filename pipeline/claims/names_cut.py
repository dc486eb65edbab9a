"""One capitalised run to the names in it: titles, roles, joints and sentence starts cut away.

The cut depends on the run's words alone (and whether a sentence starts with it), so that runs that
come again, as most do, are cut once a process.
"""

from __future__ import annotations

import itertools
import re
from functools import lru_cache
from typing import NamedTuple

from pipeline.claims.gazetteer import demonyms, is_place, name_key
from pipeline.claims.names_scan import MAX_TOKENS, TOKEN
from pipeline.claims.names_words import (
    NameKind,
    common_words,
    event_heads,
    first_names,
    function_words,
    of_heads,
    organisation_heads,
    organisations,
    place_heads,
    role_heads,
    role_words,
    stop_words,
    titles,
)


class Part(NamedTuple):
    """One name of a run, by offsets into the run."""

    start: int
    end: int
    kind: NameKind | None
    doubtful: bool = False  # an everyday word, a name only if the article has it as somebody's surname


class _Token(NamedTuple):
    start: int
    end: int
    word: str


@lru_cache(maxsize=200_000)
def cut(run: str, initial: bool) -> tuple[Part, ...]:
    """Return the names of a run; ``initial``: a sentence starts with it, so its first capital says little."""
    tokens = _with_demonyms([_token(match) for match in TOKEN.finditer(run)][: 2 * MAX_TOKENS])
    parts: list[Part] = []
    for piece in _pieces(tokens):
        start = piece[0].start
        split = _place_size(piece) if run[max(0, start - 3) : start] == "of " else 0
        for half in (piece[:split], piece[split:]) if split else (piece,):
            parts += _named(half, initial=initial and half[0].start == 0)
    return tuple(parts)


def _place_size(piece: list[_Token]) -> int:
    """Return how many words of "London Sadiq Khan" are the place, where two are left for a name; else 0."""
    for size in (2, 1):
        if len(piece) in (size + 2, size + 3) and is_place(name_key(" ".join(token.word for token in piece[:size]))):
            return 0 if piece[-1].word in organisation_heads() or _says_little(piece[-1].word) else size
    return 0


def _token(match: re.Match[str]) -> _Token:
    prefix = _PREFIX.match(match.group())
    start = match.start() + (prefix.end() if prefix else 0)
    return _Token(start, match.end(), match.string[start : match.end()])


_PREFIX = re.compile(r"(?:Then|Ex|Pro|Anti|Non|Pre|Post|Mid|Former|Co|Vice|Self|Un)-(?=[^\W\d_a-z])")


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
        if _parts(tokens, index, pieces[-1]):
            pieces.append([])
        else:
            pieces[-1].append(token)
    return [trimmed for piece in pieces if (trimmed := _trimmed(piece))]


def _parts(tokens: list[_Token], index: int, piece: list[_Token]) -> bool:
    """Tell whether a name ends before this token and none goes on after it."""
    word = tokens[index].word
    if word in {"of", "for"}:
        return not (piece and _takes_of(piece))
    if word == "and":
        return not _takes_and(piece, tokens[index + 1 :])
    return word in stop_words() and not _may_be_name(tokens, index)


def _may_be_name(tokens: list[_Token], index: int) -> bool:
    """A month after a first name is a surname: Theresa May."""
    return index == 1 and tokens[0].word in first_names() and tokens[index].word in {"May", "March", "August"}


def _takes_of(piece: list[_Token]) -> bool:
    last = piece[-1].word
    return last in organisation_heads() or last in of_heads() or last in place_heads()


def _takes_and(piece: list[_Token], rest: list[_Token]) -> bool:
    """Tell whether "and" is inside a name: "Centers for Disease Control and Prevention"."""
    if not piece or not rest:
        return False
    right = [token.word for token in itertools.takewhile(lambda token: token.word not in {"and", "of", "for"}, rest)]
    if is_place(name_key(" ".join([*(token.word for token in piece), "and", *right]))):
        return True
    if piece[0].word in organisation_heads() and len(piece) > 2 and piece[1].word in {"of", "for"}:
        return _says_little(piece[-1].word) and not any(_is_name_alone(word) for word in right)
    little = all(_says_little(word) for word in (piece[-1].word, *right))
    return (
        little and len(right) > 1 and right[-1] in organisation_heads() and piece[-1].word not in organisation_heads()
    )


def _is_name_alone(word: str) -> bool:
    key = name_key(word)
    return word in first_names() or word in titles() or is_place(key) or key in organisations()


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
        if len(piece) == 1 and _is_everyday(piece[0].word):
            return [Part(piece[0].start, piece[0].end, None, doubtful=True)]
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
    if any(_known(piece[:size]) for size in (3, 2) if len(piece) > size):
        return piece
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
            if index == len(piece) - 1 and any(_is_first_name(token.word) for token in piece[: index - 1]):
                continue  # "Martin Luther King Jr."
            return index
        if word == "of" and piece[index].word in _OFFICES:
            return index + 1 if index + 1 < len(piece) else None
    return None


def _is_first_name(word: str) -> bool:
    return word in first_names() and not is_place(name_key(word))


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


def _is_everyday(word: str) -> bool:
    lower = word.lower()
    return lower in common_words() and lower not in function_words()


def _person(piece: list[_Token]) -> list[Part]:
    piece = _trimmed(piece)
    while piece and piece[0].word in demonyms():
        piece = piece[1:]
    if not piece or all(_is_role_word(token.word) for token in piece):
        return []
    if len(piece) == 1 and _says_little(piece[0].word):
        return [Part(piece[0].start, piece[0].end, None, doubtful=True)]
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
    if piece[-1].word in organisation_heads():
        return False
    return piece[1].word in first_names() or all(_is_role_word(token.word) for token in piece[1:])


def _single(token: _Token) -> list[Part]:
    word, lower = token.word, token.word.lower()
    key = name_key(word)
    if key in organisations():
        return [Part(token.start, token.end, organisations()[key])]
    if word in demonyms() or len(word) < 2 or word in stop_words():
        return []
    if word in titles() or word in organisation_heads() or lower in role_heads():
        return [Part(token.start, token.end, None, doubtful=True)]
    if lower in common_words() and not (word.isupper() and len(word) <= 6):
        return [Part(token.start, token.end, None, doubtful=True)] if lower not in function_words() else []
    return [Part(token.start, token.end, None)]


def _kind(piece: list[_Token]) -> NameKind | None:
    first, last = piece[0].word, piece[-1].word
    if last in organisation_heads() or (
        len(piece) > 2 and first in organisation_heads() and piece[1].word in {"of", "for"}
    ):
        return "organisation"
    if first in first_names() and len(piece) <= 4 and last not in place_heads() and last not in event_heads():
        joined = any(token.word in {"of", "for", "the"} for token in piece)
        return None if joined or (_says_little(last) and _says_little(first)) else "person"
    return None
