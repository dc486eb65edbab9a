"""Two posts under one name: whether all who go by it can be one person, and no article knows both posts."""

from __future__ import annotations

from itertools import combinations

from pipeline.corroboration.levels.person_role import office_of, same_person
from pipeline.corroboration.values import Said
from pipeline.models import Claim


def of_one_person(said: Said, claim: Claim, other: Claim) -> bool:
    """Tell whether two posts are said of one person, by two articles of which neither gives the other's post as well."""
    return _is_one(said, claim, other) and not (_titles_too(said, claim, other) or _titles_too(said, other, claim))


def _titles_too(said: Said, claim: Claim, other: Claim) -> bool:
    """Tell whether the claim's article gives the person the other's office as well."""
    assert other.person_role is not None
    office = office_of(other.person_role.role or "")
    return any(
        own.person_role is not None and office_of(own.person_role.role or "") == office
        for own in said.also(claim, other)
    )


def _is_one(said: Said, claim: Claim, other: Claim) -> bool:
    """Tell whether all whom both articles call by a surname can be one: no brothers, no couple."""
    names = {
        own.person_role.person
        for own in (claim, other, *said.also(claim, other), *said.also(other, claim))
        if own.person_role is not None
    }
    return all(same_person(one, two) for one, two in combinations(sorted(names), 2))
