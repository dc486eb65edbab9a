"""The words of an article, as grouping and origins compare them: lower case, without boilerplate."""

from __future__ import annotations

import re
from collections.abc import Sequence
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from pipeline.models import Article
from pipeline.remembered import remembered
from pipeline.text import blank, fits

_TOKEN = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|\d+(?:[.,]\d+)*")
# The same in lower-case Latin-1 is what ``split`` finds, in a third of the time, once other signs are blanks: numbers stand
# alone, points inside them have a sign of their own, and apostrophes stay where they join two words.
_NUMBER = re.compile(r"[0-9][0-9]*(?:[.,][0-9]+)*")  # looked for by its first sign; "[0-9]+" is tried everywhere
_POINT = "\x01"
_LOOSE = re.compile(r"'(?:(?<![^\W\d_]')|(?![^\W\d_]))")
_CHAINED = re.compile(r"'([^\W\d_]+)'(?=[^\W\d_])")  # in rock'n'roll the second one joins nothing
_SIGNS = bytes(
    ord(".") if chr(code) == _POINT else code if chr(code).isalnum() or chr(code) == "'" else ord(" ")
    for code in range(256)
)
# What keeps most English texts from being ASCII, each for a mark that no token holds either; the apostrophe is one's.
_TYPOGRAPHIC = (("’", "'"), ("‘", '"'), ("“", '"'), ("”", '"'), ("–", "-"), ("—", "-"), ("…", ";"), ("\u00a0", "\t"))
# Not where a sentence starts. What must stand before is asked after the capital, so that the scan can skip to blanks.
_NAME = re.compile(r""" [A-ZÀ-ÖØ-Þ](?<=[^.!?:"'“”‘’\n] .)[^\W\d_]+(?:['’][^\W\d_]+)?""")
_ASCII_NAME = re.compile(r""" [A-Z](?<=[^.!?:"'\n] .)[A-Za-z]++(?:'[A-Za-z]++|)""")
_QUOTE = re.compile(r'["“”„«]([^"“”„«»\n]{10,2000})["“”»]')
_FACTOR = np.uint64(0x9E3779B97F4A7C15)  # odd, so that no power of it vanishes modulo 2^64


@remembered(200_000)
def _hash_of(token: str) -> int:
    """Return a 64-bit hash of a token, the same in every run."""
    return int.from_bytes(blake2b(token.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")


def own_text(article: Article) -> str:
    """Return the article's text with boilerplate blanked out, at the same offsets."""
    return blank(article.text, article.boilerplate)


def straight(text: str) -> str:
    """Return a text with plain marks for typographic ones, at the same offsets: its words and names are the same."""
    for mark, plain in () if text.isascii() else _TYPOGRAPHIC:
        text = text.replace(mark, plain)
    return text


def tokens(text: str) -> list[str]:
    """Return the words and numbers of a text, lower case, apostrophes straight, numbers without commas."""
    text = straight(text)
    # Other texts are lower-cased after the cut: case can change lengths, and the tokens must match their spans.
    return _latin_tokens(text.lower()) if text.isascii() or fits(text, "latin-1") else _plain(_TOKEN.findall(text))


def _latin_tokens(text: str) -> list[str]:
    text = _NUMBER.sub(_number_alone, text.replace(_POINT, " "))
    if "'" in text:
        text = _CHAINED.sub(r"'\1 ", _LOOSE.sub(" ", text))
    return text.encode("latin-1").translate(_SIGNS).decode("latin-1").split()


def _number_alone(found: re.Match[str]) -> str:
    return f" {found[0].replace(',', '').replace('.', _POINT)} "


def names(text: str, start: int) -> list[str]:
    """Return the capitalised words inside sentences, from an offset on, in the form of ``tokens``."""
    found = (_ASCII_NAME if text.isascii() else _NAME).findall(text, max(0, start - 1))  # with the blank before it
    return _plain(found)


def _plain(found: list[str]) -> list[str]:
    return " ".join(found).lower().replace("’", "'").replace(",", "").split()


def token_spans(text: str) -> list[tuple[int, int]]:
    """Return where each of ``tokens(text)`` stands."""
    return [match.span() for match in _TOKEN.finditer(text)]


def digest(words: Sequence[str]) -> str:
    """Return a name for a text that its case, spacing and punctuation do not change."""
    return blake2b(" ".join(words).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def quotes(text: str, least: int) -> frozenset[str]:
    """Return the quotes of at least so many tokens, in the form of ``tokens``."""
    cut = (tokens(match[1]) for match in _QUOTE.finditer(text))
    return frozenset(" ".join(words) for words in cut if len(words) >= least)


def shingles(words: Sequence[str], length: int) -> NDArray[np.uint64]:
    """Return the hash of each run of ``length`` tokens, in text order; none for a shorter text."""
    single = np.fromiter(map(_hash_of, words), np.uint64, len(words))
    total = np.zeros(max(0, len(words) - length + 1), dtype=np.uint64)
    for offset in range(length):
        total = total * _FACTOR + single[offset : offset + len(total)]
    return total
