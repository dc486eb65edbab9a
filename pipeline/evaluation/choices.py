"""What a story's fabrications may choose from: values of the dump, of the same kind, that nobody in the story says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from pipeline.evaluation.dice import Dice
from pipeline.evaluation.fabrications import City, Values
from pipeline.evaluation.pool import (
    Pool,
    cities,
    is_full_name,
    known_outlets,
    made_up,
    offices_but,
    people_like,
    post,
    words_like,
)
from pipeline.evaluation.told import Told
from pipeline.models import AGE, Claim

_SMALL = 10.0  # figures up to it are only multiplied: half of three is no number of people
_WHOLE = 100.0  # percent; a share stays one
_AGE = 50.0  # years; an older person is made younger


@dataclass(frozen=True, slots=True)
class Choices:
    """The choices for one story."""

    told: Told
    text: str  # of all its articles
    pool: Pool
    dice: Dice

    @classmethod
    def of(cls, told: Told, pool: Pool, dice: Dice) -> Choices:
        """Return the choices for a story."""
        return cls(told, "\n".join(article.text for article in told.articles.values()), pool, dice)

    def values(self, attempt: str) -> Values:
        """Return the values for one attempt."""
        return Values(
            choose=lambda options, chosen: self.dice.pick(options, chosen.article, chosen.id, attempt),
            factors=factors,
            cities=self._cities,
            people=self._strangers,
            offices=offices_but,
            words=partial(words_like, self.pool),
            outlets=self._outlets,
        )

    def _cities(self, claim: Claim) -> Sequence[City]:
        """Return cities of other countries than the claim's."""
        own = claim.place.within[-1] if claim.place and claim.place.within else ""
        return [city for city in cities() if city.country != own and city.name not in self.text]

    def _strangers(self, claim: Claim) -> Sequence[str]:
        """Return people in a post like the one that the claim's person has, of whom nobody here speaks."""
        if claim.quote is not None and not is_full_name(claim.speaker or ""):
            return ()  # a house, a country, a surname: nobody whom another name would belie
        found = [name for name in people_like(self.pool, self._post(claim)) if name.split()[-1] not in self.text]
        return found or [name for name in made_up("person") if name.split()[-1] not in self.text]

    def _post(self, claim: Claim) -> str | None:
        if claim.person_role is not None:
            return post(claim.person_role.role)
        roles = (other.person_role for other in self.told.claims[claim.article] if other.person_role)
        return next((post(role.role) for role in roles if role.person == claim.speaker and role.role), None)

    def _outlets(self, named: str) -> Sequence[str]:
        """Return other outlets, if possible of which nobody here speaks."""
        if named not in known_outlets():
            return ()
        others = [name for name in self.pool.outlets if name != named]
        return [name for name in others if name not in self.text] or others


def factors(claim: Claim) -> Sequence[float]:
    """Return what a figure can be multiplied with so that it stays a figure of its kind."""
    value = claim.quantity
    size = max((abs(end) for end in (value.low, value.high) if end is not None), default=0.0) if value else 0.0
    if claim.rule == AGE:
        return (0.4, 0.5, 0.6) if size >= _AGE else (1.5, 1.75)
    some = (2.0, 3.0, 5.0) if size <= _SMALL else (0.2, 0.4, 2.0, 3.0, 5.0)
    share = value is not None and value.unit == "percent" and size <= _WHOLE
    return [times for times in some if not share or size * times <= _WHOLE]
