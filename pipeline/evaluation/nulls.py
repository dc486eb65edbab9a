"""Edits that change no fact, made in one story: what they move is a false alarm."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from pipeline.claims import extract
from pipeline.evaluation.dice import Dice
from pipeline.evaluation.equal_forms import EQUAL_FORMS
from pipeline.evaluation.moved import moved
from pipeline.evaluation.rewriting import with_edits
from pipeline.evaluation.told import Told, raises_alarm, remarked
from pipeline.evaluation.trials import NullTrial
from pipeline.models import Article, Claim

NULL_FORMS = (*EQUAL_FORMS, "number_words", "copy")
_COPYIST = "The Copyist"  # an outlet that no publisher's family has
_WORDS = ("two", "three", "four", "five", "six", "seven", "eight", "nine")
_SMALL = re.compile(r"([2-9])(?= [a-z])")
_SMALL_WORD = re.compile(rf"({'|'.join(_WORDS)})(?= [a-z])")


@dataclass(frozen=True, slots=True)
class NullEditor:
    """Makes edits that change no fact in one story."""

    told: Told
    dice: Dice

    def trials(self, form: str) -> Iterator[NullTrial]:
        """Yield one trial an article where the form changes anything, in an order that the seed decides."""
        readable = [id_ for id_ in self.told.story.articles if self.told.claims[id_]]
        for id_ in self.dice.shuffled(readable, str, "null", form):
            after = self._with_copy(id_) if form == "copy" else self._with_form(form, id_)
            if after is not None:
                yield self._tried(form, id_, after)

    def _with_form(self, form: str, article: str) -> Told | None:
        original = self.told.articles[article]
        changed = (
            _number_words(original, self.told.claims[article])
            if form == "number_words"
            else EQUAL_FORMS[form](original)
        )
        if changed.text == original.text:
            return None
        changed = remarked(changed)
        return self.told.with_article(changed, extract(changed, self.told.settings.claims))

    def _with_copy(self, article: str) -> Told:
        """Add a copy of one of the story's articles, under another name and address."""
        original = self.told.articles[self.dice.pick(self.told.story.articles, "copied", article)]
        name = f"copy of {original.id}"
        while name in self.told.articles:
            name += "'"
        copy = replace(original, id=name, source=_COPYIST, url=None, canonical_url=None)
        return self.told.with_article(copy, extract(copy, self.told.settings.claims))

    def _tried(self, form: str, article: str, after: Told) -> NullTrial:
        before_pairs, after_pairs = self.told.pairs(article), after.pairs(article)
        alarms_before = sum(raises_alarm(finding) for _, finding in before_pairs)
        alarms_after = sum(raises_alarm(finding) for _, finding in after_pairs)
        return NullTrial(
            form=form,
            story=self.told.story.id,
            article=article,
            claims=len(before_pairs),
            moved=sum(moved(before_pairs, after_pairs)),
            alarmed=max(0, alarms_after - alarms_before),
            score_before=self.told.score(article).value,
            score_after=after.score(article).value,
        )


def _number_words(article: Article, claims: tuple[Claim, ...]) -> Article:
    """Write the small numbers of counted things in words, or where there are none, those in words in digits."""
    counted = [
        article.text[claim.span.start : claim.span.end]
        for claim in claims
        if claim.quantity is not None and claim.quantity.unit == "1" and claim.quantity.counted is not None
    ]
    for pattern, table in (
        (_SMALL, dict(zip("23456789", _WORDS, strict=True))),
        (_SMALL_WORD, dict(zip(_WORDS, "23456789", strict=True))),
    ):
        edits = {words: table[found[1]] + words[found.end() :] for words in counted if (found := pattern.match(words))}
        if edits:
            return with_edits(article, tuple(edits.items()))
    return article
