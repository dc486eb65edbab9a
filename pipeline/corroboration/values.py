"""What a claim says, as keys that equal statements share: to find who says a value, whatever they say it of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pipeline.corroboration.surnames import surname
from pipeline.models import AGE, Claim, DateValue, PersonRoleValue, PlaceValue, QuantityValue

ValueKey = tuple[str, ...]
MANY = 64  # claims of an article that say one thing, or like things; of a table with more, not all can be gone through for each pair


def value_key(claim: Claim) -> ValueKey | None:
    """Return the key of a figure, date, place or person; None of other kinds and of what says nothing exact.

    "About 50", "at least 50" and "50" share a key, for one word more or less makes no other figure.
    """
    if claim.quantity is not None:
        return _quantity_key(claim.quantity, claim.rule)
    if claim.date is not None:
        return _date_key(claim.date)
    if claim.place is not None:
        return _place_key(claim.place)
    return _person_key(claim.person_role) if claim.person_role is not None else None


def _quantity_key(value: QuantityValue, rule: str) -> ValueKey | None:
    of = "age" if rule == AGE else value.unit  # a man of twenty, and twenty years in prison
    ends = [end for end in (value.low, value.high) if end is not None]
    return ("quantity", of, f"{sum(ends) / len(ends):.6g}") if ends else None


def _date_key(value: DateValue) -> ValueKey | None:
    if value.earliest is not None and value.latest is not None:
        return ("date", f"{value.earliest}/{value.latest}")
    return ("date", value.weekday) if value.weekday is not None else None


def _place_key(value: PlaceValue) -> ValueKey:
    return ("place", value.name.casefold())


def _person_key(value: PersonRoleValue) -> ValueKey:
    return ("person", surname(value.person).casefold())


def held_keys(claim: Claim) -> tuple[ValueKey, ...]:
    """Return the key of a claim's value and of every place that holds it ("Nice", "France"); a quote's is its speaker."""
    if claim.quote is not None:
        return (("speaker", surname(claim.speaker).casefold()),) if claim.speaker else ()
    key = value_key(claim)
    if key is None:
        return ()
    within = claim.place.within if claim.place is not None else ()
    return (key, *(("place", name.casefold()) for name in within))


@dataclass(frozen=True, slots=True)
class Said:
    """The claims of a story by article and value."""

    claims: Mapping[tuple[str, ValueKey], tuple[Claim, ...]]
    alike: Mapping[
        tuple[str, ValueKey], tuple[Claim, ...]
    ]  # by article and what values are compared with: one unit, all dates

    @classmethod
    def of(cls, made: Iterable[Claim]) -> Said:
        """Index claims; those without a key are left out."""
        found: dict[tuple[str, ValueKey], list[Claim]] = defaultdict(list)
        alike: dict[tuple[str, ValueKey], list[Claim]] = defaultdict(list)
        for claim in made:
            key = value_key(claim)
            if key is not None:
                found[claim.article, key].append(claim)
                alike[claim.article, key[:-1]].append(claim)
        return cls(*({place: tuple(claims) for place, claims in some.items()} for some in (found, alike)))

    def also(self, claim: Claim, other: Claim) -> tuple[Claim, ...]:
        """Return what else the claim's article says with the other claim's value; of very many, the first."""
        key = value_key(other)
        if key is None:
            return ()
        return tuple(own for own in self.claims.get((claim.article, key), ())[:MANY] if own.id != claim.id)

    def otherwise(self, claim: Claim) -> tuple[Claim, ...]:
        """Return the claims of a claim's article with another figure of its unit, or another date."""
        key = value_key(claim)
        return tuple(own for own in self.like(claim.article, claim) if value_key(own) != key)

    def has_many(self, article: str, claim: Claim) -> bool:
        """Tell whether an article has more figures of a claim's unit, or dates, than can be gone through for each pair."""
        return len(self.like(article, claim)) > MANY

    def like(self, article: str, claim: Claim) -> tuple[Claim, ...]:
        """Return the claims of an article with a figure of the claim's unit, or a date if it is one."""
        key = value_key(claim)
        return self.alike.get((article, key[:-1]), ()) if key is not None else ()
