"""Who is quoted in translation: people of countries where English is not what is spoken in public.

Two outlets that translate one sentence choose other words for it, and neither has it wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache

from pipeline.corroboration.surnames import surname
from pipeline.models import Article, Claim
from pipeline.resources import lexicon, words
from pipeline.text import fold

_BESIDE = 60  # code points beside a name in which its owner's country stands
_TITLE = r"(?:(?!and |with |to |of )[\w-]+ ){0,4}"  # words of a title, and a first name
_OWNER = r"(?:'s)? "


@dataclass(frozen=True, slots=True)
class Tongues:
    """What one story's articles say of the countries of those whom they quote."""

    articles: Mapping[str, Article]
    known: dict[str, bool] = field(default_factory=dict)  # by surname

    def translated(self, quotes: Iterable[Claim]) -> bool:
        """Tell whether what several articles quote in other words was likely said in another tongue, by its speakers."""
        named = {surname(row.speaker) for row in quotes if row.speaker and row.speaker[0].isupper()}
        return any(map(self._is_foreign, sorted(named)))

    def _is_foreign(self, name: str) -> bool:
        """Tell whether an article shows somebody as "German Minister NAME" or "NAME, head of Germany's police union"."""
        if name not in self.known:
            self.known[name] = any(_introduces(fold(row.text), name) for row in self.articles.values())
        return self.known[name]


def _introduces(text: str, name: str) -> bool:
    for found in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text):
        before, after = text[max(0, found.start() - _BESIDE) : found.start()], text[found.end() : found.end() + _BESIDE]
        if _before().search(before) or _after().match(after):
            return True
    return False


@cache
def _before() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_foreign()}){_OWNER}{_TITLE}$")


@cache
def _after() -> re.Pattern[str]:
    return re.compile(rf", (?:the |an? )?(?:[\w-]+ ){{0,3}}(?:{_foreign()}){_OWNER}")


@cache
def _foreign() -> str:
    countries = words("countries", "name") - words("english_speaking", "name")
    adjectives = {row["word"] for row in lexicon("demonyms") if row["place"] in countries}
    return "|".join(map(re.escape, sorted(countries | adjectives)))
