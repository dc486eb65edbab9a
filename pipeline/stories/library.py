"""All texts of a dump in small: what grouping asks of an article, and a vector for each distinct text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from tempfile import SpooledTemporaryFile
from typing import BinaryIO, cast

import numpy as np

from pipeline.models import Article
from pipeline.settings import Settings
from pipeline.stories.reading import digest, names, own_text, tokens
from pipeline.stories.vectors import Row, Vocabulary

_IN_MEMORY = 256_000_000  # bytes of vectors, of some sixty thousand articles; more go to a temporary file
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
    """The articles of a dump, and the vectors of their distinct texts, kept on disk when they grow large."""

    def __init__(self, shelved: Iterable[Shelved], file: BinaryIO) -> None:
        """Take in all articles, whose ids are unique, in any order; the vectors go to a file."""
        self.cards: list[Card] = []
        self._places: dict[str, tuple[int, int, int]] = {}  # by text: offset, columns, heavy columns
        self._file = file
        end = 0
        for one in shelved:
            self.cards.append(Card(one.id, one.language, one.published, one.text))
            if one.text not in self._places:
                self._places[one.text] = (end, len(one.columns) // _WIDTH, len(one.heavy) // _WIDTH)
                end += self._file.write(one.heavy + one.columns + one.weights)
        self.cards.sort(key=lambda card: card.id)

    def row(self, text: str) -> Row:
        """Return the vector of a text."""
        offset, columns, heavy = self._places[text]
        self._file.seek(offset)
        data = self._file.read(_WIDTH * (heavy + 2 * columns))
        keys = np.frombuffer(data, np.uint32, heavy + columns)
        weights = np.frombuffer(data, np.float32, columns, _WIDTH * (heavy + columns))
        return Row(keys[heavy:], weights, keys[:heavy])


@contextmanager
def open_library(shelved: Iterable[Shelved]) -> Iterator[Library]:
    """Have a library for the time of a block."""
    with SpooledTemporaryFile(max_size=_IN_MEMORY) as file:
        yield Library(shelved, cast(BinaryIO, file))


_VOCABULARY = Vocabulary()  # of this process: what it takes in for one shard serves the next


def shelve(articles: Iterable[Article], settings: Settings) -> list[Shelved]:
    """Read each article once; one too short for a single shingle equals no other."""
    return [_shelved(article, settings) for article in articles]


def _shelved(article: Article, settings: Settings) -> Shelved:
    text = own_text(article)
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
