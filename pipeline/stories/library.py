"""All texts of a dump in small: a name for each distinct text, and its vector."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.models import Article
from pipeline.settings import Settings, StorySettings
from pipeline.stories.reading import digest, names, own_text, tokens
from pipeline.stories.vectors import Row, Vectors, Vocabulary


@dataclass(frozen=True, slots=True)
class Library:
    """The distinct texts of a dump."""

    digests: dict[str, str]  # by article id: the name of its text
    rows: dict[str, Row]  # by name
    vocabulary: Vocabulary

    def vectors(self, names: Sequence[str]) -> Vectors:
        """Return the vectors of some texts, in their order."""
        return self.vocabulary.stack([self.rows[name] for name in names])


def shelve(articles: Iterable[Article], settings: Settings) -> Library:
    """Read each article once; one too short for a single shingle equals no other."""
    library = Library({}, {}, Vocabulary())
    for article in articles:
        text = own_text(article)
        words = tokens(text)
        name = digest(words) if len(words) >= settings.origins.shingle_words else digest(["", article.id])
        library.digests[article.id] = name
        if name not in library.rows:
            library.rows[name] = _row(article, text, words, library.vocabulary, settings.stories)
    return library


def _row(article: Article, text: str, words: Sequence[str], vocabulary: Vocabulary, settings: StorySettings) -> Row:
    end = len(article.title or "")
    lead = len(tokens(text[:end])) + settings.lead_words
    parts = (1.0, settings.lead_weight, settings.name_weight)
    return vocabulary.row(words, lead, names(text, end), [part / sum(parts) for part in parts])
