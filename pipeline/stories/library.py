"""All texts of a dump in small: what grouping asks of an article, and a vector for each distinct text."""

from __future__ import annotations

import os
from array import array
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from sys import intern
from tempfile import TemporaryFile, gettempdir
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from pipeline.models import Article
from pipeline.settings import Settings
from pipeline.stories.reading import digest, names, own_text, straight, tokens
from pipeline.stories.vectors import Row, Vocabulary

_WIDTH = 4  # bytes of a column and of a weight


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelved:
    """An article in small."""

    id: str
    language: str
    published: str | None
    text: str  # a name for its text: equal names, equal texts
    columns: bytes  # of its vector: 4 bytes each, as are the weights
    weights: bytes
    heavy: bytes  # the columns of most weight, heaviest first


@dataclass(frozen=True, slots=True)
class Card:
    """What the library keeps of an article in memory."""

    id: str
    language: str
    published: str | None
    text: str


class Library:
    """The articles of a dump, and the vectors of their distinct texts, kept in a file and not in this process."""

    def __init__(self, shelved: Iterable[Shelved], file: BinaryIO) -> None:
        """Take in all articles, whose ids are unique, in any order; the vectors go to a file that has a descriptor."""
        self.cards: list[Card] = []
        self._numbers: dict[str, int] = {}  # of the texts, in the order of the file
        # Numbers in arrays: a tuple a text would take as much memory again as the texts' names.
        self._offsets, self._sizes = array("Q"), array("I")  # by text: where it begins; its columns, its heavy columns
        end = 0
        for one in shelved:
            # Many articles have one language and one day: such strings are kept once, not once an article.
            published = None if one.published is None else intern(one.published)
            self.cards.append(Card(one.id, intern(one.language), published, one.text))
            if one.text not in self._numbers:
                self._numbers[one.text] = len(self._offsets)
                self._offsets.append(end)
                self._sizes.extend((len(one.columns) // _WIDTH, len(one.heavy) // _WIDTH))
                end += file.write(one.heavy + one.columns + one.weights)
        file.flush()
        self._file = file.fileno()
        self.cards.sort(key=lambda card: card.id)

    def _place(self, text: str) -> tuple[int, int, int]:
        number = self._numbers[text]
        return self._offsets[number], self._sizes[2 * number], self._sizes[2 * number + 1]

    def row(self, text: str) -> Row:
        """Return the vector of a text."""
        offset, columns, heavy = self._place(text)
        data = os.pread(self._file, _WIDTH * (heavy + 2 * columns), offset)
        keys = np.frombuffer(data, np.uint32, heavy + columns)
        weights = np.frombuffer(data, np.float32, columns, _WIDTH * (heavy + columns))
        return Row(keys[heavy:], weights, keys[:heavy])

    def columns(self, texts: Iterable[str]) -> tuple[NDArray[np.uint32], NDArray[np.float32], NDArray[np.int64]]:
        """Return the columns and weights of several texts, one after another, and how many each of them has."""
        parts, sizes = [], []
        for offset, columns, heavy in map(self._place, texts):
            parts.append(os.pread(self._file, 2 * _WIDTH * columns, offset + _WIDTH * heavy))
            sizes.append(columns)
        keys = [memoryview(part)[: _WIDTH * size] for part, size in zip(parts, sizes, strict=True)]
        weights = [memoryview(part)[_WIDTH * size :] for part, size in zip(parts, sizes, strict=True)]
        return np.frombuffer(b"".join(keys), np.uint32), np.frombuffer(b"".join(weights), np.float32), np.array(sizes)


@contextmanager
def open_library(shelved: Iterable[Shelved]) -> Iterator[Library]:
    """Have a library for the time of a block; raises OSError, with the folder's name, where temporary files find no room."""
    try:
        with TemporaryFile() as file:
            yield Library(shelved, file)
    except OSError as error:
        error.filename = error.filename or gettempdir()  # the file has no name that an operator could look for
        raise


_VOCABULARY = Vocabulary()  # of this process: what it takes in for one shard serves the next


def shelve(articles: Iterable[Article], settings: Settings) -> list[Shelved]:
    """Read each article once; one too short for a single shingle equals no other."""
    return [_shelved(article, settings) for article in articles]


def _shelved(article: Article, settings: Settings) -> Shelved:
    text = straight(own_text(article))
    words = tokens(text)
    equal = words if len(words) >= settings.origins.shingle_words else ["", article.id]
    row = _row(article, text, words, settings)
    return Shelved(
        id=article.id,
        language=article.language,
        published=article.published,
        text=digest(equal),
        columns=row.columns.tobytes(),
        weights=row.weights.tobytes(),
        heavy=row.heavy.tobytes(),
    )


def _row(article: Article, text: str, words: Sequence[str], settings: Settings) -> Row:
    stories = settings.stories
    end = len(article.title or "")
    lead = len(tokens(text[:end])) + stories.lead_words
    parts = (1.0, stories.lead_weight, stories.name_weight)
    shares = [part / sum(parts) for part in parts]
    return _VOCABULARY.row(words, lead, names(text, end), shares, stories.rare_terms)
