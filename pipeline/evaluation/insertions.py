"""Fabrications put in anew: a sentence of its own that holds something which nobody in the story says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256

from pipeline.evaluation.dice import Dice
from pipeline.evaluation.fabrications import MONTHS
from pipeline.evaluation.pool import Pool, cities, countries, made_up, sentences
from pipeline.evaluation.told import Told, remarked
from pipeline.models import Article, ClaimKind, Span
from pipeline.text import blank, find_paragraphs

_AFTER = 3  # paragraphs, the title's among them: a fabrication stands among the facts, not in the lede
_FIGURES = range(12, 90)  # as people, as millions and as percent
_DAYS = range(1, 29)


@dataclass(frozen=True, slots=True)
class Inserted:
    """A sentence to insert, and the words in it that are made up."""

    sentence: str
    words: str


@dataclass(frozen=True, slots=True)
class Maker:
    """Makes up what to insert into an article of a story."""

    told: Told
    text: str  # of all the story's articles: nothing made up stands there
    pool: Pool
    dice: Dice

    def make(self, kind: str, article: str, name: str) -> Inserted | None:
        """Return a sentence with something made up, None where the dump offers nothing that nobody here says."""
        names = ("insert", kind, article, name)
        slots, new = _SLOTS[kind](self, article, names)
        if not new or slots[new] in self.text:
            return None
        sentence = self.dice.pick(sentences(kind), *names, "sentence")
        return Inserted(sentence.format_map(slots), slots[new])

    def numbers(self, _: str, names: tuple[str, ...]) -> tuple[dict[str, str], str]:
        """Make up a figure."""
        return {"number": str(self.dice.pick(_FIGURES, *names))}, "number"

    def places(self, _: str, names: tuple[str, ...]) -> tuple[dict[str, str], str]:
        """Make up a city."""
        city = self.dice.pick(cities(), *names)
        return {"city": city.name, "country": city.country}, "city"

    def dates(self, _: str, names: tuple[str, ...]) -> tuple[dict[str, str], str]:
        """Make up a day of the year."""
        month, day = self.dice.pick(MONTHS, *names), self.dice.pick(_DAYS, *names, "day")
        return {"month": month, "day": str(day)}, "month"

    def people(self, _: str, names: tuple[str, ...]) -> tuple[dict[str, str], str]:
        """Make up somebody in an office."""
        strangers = [one.name for one in self.pool.people if one.name.split()[-1] not in self.text]
        person = self.dice.pick(strangers or made_up("person"), *names)
        return {"person": person, "country": self.dice.pick(countries(), *names, "country")}, "person"

    def quotes(self, article: str, names: tuple[str, ...]) -> tuple[dict[str, str], str]:
        """Let somebody of this article say what somebody said elsewhere."""
        elsewhere = [said.words for said in self.pool.quotes if said.article not in self.told.articles]
        speaker = self._speaker(article)
        quote = self.dice.pick(elsewhere or made_up("quote"), *names)
        outlet = self.dice.pick(self.pool.outlets, *names, "outlet")
        return {"quote": quote, "speaker": speaker, "outlet": outlet}, "quote" if speaker else ""

    def _speaker(self, article: str) -> str:
        named = Counter(claim.speaker for claim in self.told.claims[article] if claim.speaker)
        full = sorted((-count, name) for name, count in named.items() if " " in name and name[0].isupper())
        return full[0][1] if full else ""


_SLOTS: Mapping[str, Callable[[Maker, str, tuple[str, ...]], tuple[dict[str, str], str]]] = {
    "number": Maker.numbers,
    "place": Maker.places,
    "date": Maker.dates,
    "person": Maker.people,
    "wording": Maker.quotes,
    "credit": Maker.quotes,
}

# Kind of fabrication: the kind of claim that it is to be read as.
INSERTIONS: Mapping[str, ClaimKind] = {
    "number": "quantity",
    "place": "place",
    "date": "date",
    "person": "person_role",
    "wording": "quote",
    "credit": "quote",
}


def with_sentence(article: Article, made: Inserted) -> tuple[Article, Span] | None:
    """Return the article with a paragraph more, and where the made-up words stand; None for one without text."""
    paragraphs = find_paragraphs(blank(article.text, article.boilerplate))
    if not paragraphs:
        return None
    end = paragraphs[min(_AFTER, len(paragraphs) - 1)].end
    text = f"{article.text[:end]}\n\n{made.sentence}{article.text[end:]}"
    start = end + 2 + made.sentence.index(made.words)
    digest = sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    words = article.word_count + len(made.sentence.split())
    changed = remarked(replace(article, text=text, sha256=digest, word_count=words))
    return changed, Span(start, start + len(made.words))
