"""A capitalised run to pieces: one name each, with the titles and roles around it still on."""

from __future__ import annotations

import re
from functools import cache
from itertools import islice, pairwise, takewhile
from typing import NamedTuple

from pipeline.claims.gazetteer import demonyms, is_place, name_key, place_keys
from pipeline.claims.names_scan import MAX_TOKENS, SHORT, TOKEN, with_plain_capitals
from pipeline.claims.names_words import (
    common_words,
    first_names,
    may_open_listed,
    never_names,
    of_heads,
    organisation_heads,
    organisations,
    place_heads,
    titles,
)


class Token(NamedTuple):
    """A word of a run, by offsets into the run."""

    start: int
    end: int
    word: str


def _token(run: str, start: int, end: int) -> Token:
    word = run[start:end]
    prefix = _PREFIX.match(word) if "-" in word else None
    return Token(start + prefix.end(), end, word[prefix.end() :]) if prefix else Token(start, end, word)


_PREFIX = re.compile(r"(?:Then|Ex|Pro|Anti|Non|Pre|Post|Mid|Former|Co|Vice|Self|Un)-(?=[^\W\d_a-z])")


def _tokens(run: str) -> list[Token]:
    if len(run) > SHORT_RUN or not _of_whole_words(run):
        found = TOKEN.finditer(with_plain_capitals(run))
        return [_token(run, *match.span()) for match in islice(found, 2 * MAX_TOKENS)]
    as_tuple, tokens, start = tuple.__new__, [], 0  # makes a token at half the cost of calling its class
    for word in run.split(" "):  # what the pattern finds, without asking it
        end = start + len(word)
        tokens.append(as_tuple(Token, (start, end, word)))
        start = end + 1
    return tokens


SHORT_RUN = 4 * MAX_TOKENS  # code points, too few for more words than are read
_PLAIN = r"[A-Z][A-Za-z]*|[a-z]+"
is_plain = re.compile(_PLAIN).fullmatch
_WHOLE = (
    rf"(?:{_PLAIN}|[0-9]+|[A-Z]\.(?= [A-Z])|(?:{'|'.join(SHORT.split())})\.)"  # a word that is one token as it stands
)
_of_whole_words = re.compile(rf"{_WHOLE}(?: {_WHOLE})*").fullmatch


def _with_demonyms(tokens: list[Token]) -> list[Token]:
    """Join the two words of "South Korean", "Saudi Arabian" to one token."""
    if demonym_starts().isdisjoint([token.word for token in tokens[:-1]]):
        return tokens
    joined: list[Token] = []
    for token in tokens:
        if joined and f"{joined[-1].word} {token.word}" in demonyms():
            first = joined.pop()
            joined.append(Token(first.start, token.end, f"{first.word} {token.word}"))
        else:
            joined.append(token)
    return joined


@cache
def demonym_starts() -> frozenset[str]:
    """Return the first words of demonyms of two."""
    return frozenset(demonym.split(" ", 1)[0] for demonym in demonyms() if " " in demonym)


def pieces_of(run: str) -> list[list[Token]]:
    """Split a run at words that are no part of a name, and at "of", "for" and "and" that join two names."""
    may_part = _may_part()
    if " " not in run and is_plain(run) and run not in may_part and run not in JOINTS:
        return [[Token(0, len(run), run)]]
    tokens = _tokens(run)
    if _is_one(tokens):
        return [tokens]
    tokens = _with_demonyms(tokens)
    pieces: list[list[Token]] = [[]]
    for index, token in enumerate(tokens):
        if token.word in may_part and _parts(tokens, index, pieces[-1]):
            pieces.append([token] if token.word in first_names() else [])
        else:
            pieces[-1].append(token)
    return [kept for piece in pieces if (kept := trimmed(piece))]


def _is_one(tokens: list[Token]) -> bool:
    """Tell whether no word of some may part or join them, as in most runs."""
    words = [token.word for token in tokens]
    apart = not words or words[0].isdigit() or not _may_cut().isdisjoint(words)
    return not apart and len(set(words)) == len(words)  # a first name parts where it comes again


@cache
def _may_cut() -> frozenset[str]:
    return JOINTS | never_names() | demonym_starts()


@cache
def _may_part() -> frozenset[str]:
    return frozenset(("of", "for", "and")) | first_names() | never_names()


def _parts(tokens: list[Token], index: int, piece: list[Token]) -> bool:
    """Tell whether a name ends before this token and none goes on after it."""
    word = tokens[index].word
    if word in {"of", "for"}:
        return not (piece and _takes_of(piece))
    if word == "and":
        return not _takes_and(piece, tokens[index + 1 :])
    if piece and word in first_names() and word in [token.word for token in piece]:
        return True  # scraped pages repeat a person's name without a break
    return word in never_names() and not _may_be_name(tokens, index)


def _may_be_name(tokens: list[Token], index: int) -> bool:
    """A month after a first name is a surname: Theresa May."""
    return index == 1 and tokens[0].word in first_names() and [tokens[index].word] in _MONTH_SURNAMES


def _takes_of(piece: list[Token]) -> bool:
    last = piece[-1].word
    return last in organisation_heads() or last in of_heads() or last in place_heads()


def _takes_and(piece: list[Token], rest: list[Token]) -> bool:
    """Tell whether "and" is inside a name: "Centers for Disease Control and Prevention"."""
    if not piece or not rest:
        return False
    right = [token.word for token in takewhile(lambda token: token.word not in {"and", "of", "for"}, rest)]
    left = [token.word for token in piece]
    if may_open_listed(left[0]) and is_place(name_key(" ".join([*left, "and", *right]))):
        return True
    if any(before.word in organisation_heads() and after.word in {"of", "for"} for before, after in pairwise(piece)):
        return not any(_is_name_alone(word) for word in (piece[-1].word, *right))
    little = all(says_little(word) for word in (piece[-1].word, *right))
    return (
        little and len(right) > 1 and right[-1] in organisation_heads() and piece[-1].word not in organisation_heads()
    )


def first_of_two(run: str) -> int:
    """Return the length of the first half of "Cole and Jo Doe", whose halves are cut as runs of their own are; else 0.

    Most of those that "and" joins: neither a body nor a place of such a name may have it inside.
    """
    left, joint, right = run.partition(" and ")
    if not joint or len(run) > SHORT_RUN or not _of_whole_words(run):
        return 0
    words = right.split(" ")
    if words[0].lower() in _behind_and() or words[1:2] in _MONTH_SURNAMES:
        return 0
    return (
        len(left) if organisation_heads().isdisjoint(words) and organisation_heads().isdisjoint(left.split(" ")) else 0
    )


@cache
def _behind_and() -> frozenset[str]:
    """Return the words behind "and" in the keys of places: of "Bosnia and Herzegovina"."""
    joined = [key.partition(" and ")[2] for key in place_keys() if " and " in key]
    return frozenset([rest.partition(" ")[0] for rest in joined])


_MONTH_SURNAMES = (["May"], ["March"], ["August"])


def _is_name_alone(word: str) -> bool:
    key = name_key(word)
    return word in first_names() or word in titles() or is_place(key) or key in organisations()


def trimmed(piece: list[Token]) -> list[Token]:
    """Drop joints and articles at both ends."""
    first, last = 0, len(piece)
    while first < last and (piece[first].word in JOINTS or piece[first].word.isdigit()):
        first += 1
    while last > first and piece[last - 1].word in JOINTS:
        last -= 1
    return piece[first:last]


JOINTS = frozenset({"of", "for", "the", "upon", "&", "y", "et", "und", "The", "and"})


_SURNAMES = frozenset(
    ["May", "Bush", "Rice", "Brown", "Green", "Young", "Long", "Case", "Cook", "Page", "Cash", "Love"]
)


def says_little(word: str) -> bool:
    """Tell whether a word is an everyday one, and no common surname."""
    return word.lower() in common_words() and word not in _SURNAMES
