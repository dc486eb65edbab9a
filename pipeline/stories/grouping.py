"""Articles into stories: equal texts first, then distinct texts by what they tell and when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from math import inf, isnan, nan

import numpy as np
from numpy.typing import NDArray

from pipeline.settings import StorySettings
from pipeline.stories.casts import casts
from pipeline.stories.gram import gram
from pipeline.stories.library import Card, Library
from pipeline.stories.linkage import link
from pipeline.stories.neighbours import components
from pipeline.stories.vectors import Row

_DAY = 86_400.0  # seconds


@dataclass(frozen=True, slots=True)
class _Text:
    """A text that one or more articles carry within one window; it weighs as one, however often it is copied."""

    day: float  # of its first dated carrier; NaN when none is dated
    name: str
    carriers: tuple[str, ...]  # article ids


@dataclass(frozen=True, slots=True)
class _Texts:
    """Texts of one language as a shelf, by their place in a list."""

    texts: Sequence[_Text]
    library: Library

    def __len__(self) -> int:
        return len(self.texts)

    def row(self, number: int) -> Row:
        return self.library.row(self.texts[number].name)

    def columns(self, numbers: Iterable[int]) -> tuple[NDArray[np.uint32], NDArray[np.float32], NDArray[np.int64]]:
        return self.library.columns(self.texts[number].name for number in numbers)


def group(library: Library, settings: StorySettings) -> list[list[str]]:
    """Return the article ids of each story, sorted; every article is in one story."""
    by_language: dict[str, list[Card]] = defaultdict(list)
    for card in library.cards:
        by_language[card.language].append(card)
    return sorted(
        story for language in sorted(by_language) for story in _group_language(by_language[language], library, settings)
    )


def _group_language(cards: Sequence[Card], library: Library, settings: StorySettings) -> list[list[str]]:
    days = {card.id: published_day(card.published) for card in cards}
    texts = _texts(cards, days, settings.window_days)
    shelf = _Texts(texts, library)
    known = np.array([text.day for text in texts])
    stories: list[list[str]] = []
    for rows in components(shelf, known, settings):
        if len(rows) == 1:  # most of them
            stories += _carriers([texts[rows[0]]], days, settings.window_days)
            continue
        labels = _link_versions([shelf.row(row) for row in rows], known[rows], settings)
        members: dict[int, list[_Text]] = defaultdict(list)
        for row, label in zip(rows, labels.tolist(), strict=True):
            members[label].append(texts[row])
        for story in members.values():
            stories += _carriers(story, days, settings.window_days)
    return stories


def published_day(published: str | None) -> float:
    """Return days since year 1, with the time of day as a fraction, in UTC where an offset is given; NaN if unknown."""
    try:
        moment = datetime.fromisoformat(published or "")
    except ValueError:
        return nan
    clock = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment
    return (clock - datetime.min.replace(tzinfo=UTC)).total_seconds() / _DAY


def _texts(cards: Sequence[Card], days: dict[str, float], window: float) -> list[_Text]:
    """Return the distinct texts by day and name: an order that no copy changes."""
    carriers: dict[str, list[str]] = defaultdict(list)
    for card in cards:
        carriers[card.text].append(card.id)
    texts = (
        _Text(days[run[0]], name, tuple(run))
        for name, ids in carriers.items()
        for run in _runs(sorted(ids, key=lambda key: (_late(days[key]), key)), days, window)
    )
    return sorted(texts, key=lambda text: (_late(text.day), text.name))


def _runs(ids: list[str], days: dict[str, float], window: float) -> list[list[str]]:
    """Cut carriers, earliest first, where one comes too late for the first of its run."""
    runs: list[list[str]] = []
    for key in ids:
        if runs and not days[key] - days[runs[-1][0]] > window:
            runs[-1].append(key)
        else:
            runs.append([key])
    return runs


def _late(day: float) -> float:
    return inf if isnan(day) else day


def _cosines(rows: Sequence[Row], days: NDArray[np.float64], settings: StorySettings) -> NDArray[np.float64]:
    """Return the cosine of each pair of rows, less for dated texts that lie days apart."""
    cosine = gram([row.columns for row in rows], [row.weights for row in rows])
    apart = np.nan_to_num(np.abs(days[:, None] - days[None, :]))
    return cosine * (1.0 - settings.fading * (1.0 - np.exp(-apart / settings.fading_days)))


def _link_versions(rows: Sequence[Row], days: NDArray[np.float64], settings: StorySettings) -> NDArray[np.int64]:
    """Link rows as ``link`` does, but let an edited copy follow the first version, with no weight of its own."""
    cosine = _cosines(rows, days, settings)
    late = days[:, None] - days[None, :] > settings.window_days  # row against column; never for undated ones
    like = (cosine >= settings.same_text) & ~late & ~late.T
    first = np.arange(len(days))
    for row in range(len(days)):
        if first[row] == row:
            first[(first > row) & like[row] & (first == np.arange(len(days)))] = row
    own = np.unique(first)
    told = casts([rows[row] for row in own.tolist()], settings)
    return own[link(cosine[np.ix_(own, own)], days[own], told, settings)][np.searchsorted(own, first)]


def _carriers(story: Sequence[_Text], days: dict[str, float], window: float) -> list[list[str]]:
    """Return the articles of a story, and those that repeat it too late to belong to it as a story of their own."""
    firsts = [text.day for text in story if not isnan(text.day)]
    limit = min(firsts) + window if firsts else inf
    ids = sorted(key for text in story for key in text.carriers)
    late = [key for key in ids if days[key] > limit]
    return [part for part in ([key for key in ids if not days[key] > limit], late) if part]


def story_id(ids: Sequence[str], cards: Mapping[str, Card]) -> str:
    """Return an id that stays when later articles join: it hangs on the first published one."""
    first = min(ids, key=lambda key: (_late(published_day(cards[key].published)), key))
    return f"s-{sha256(first.encode('utf-8', 'surrogatepass')).hexdigest()[:12]}"
