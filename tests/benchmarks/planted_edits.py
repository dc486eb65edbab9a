"""The edits that the gate plants: the rules of ``pipeline.evaluation``, with values that depend on nothing but a claim's names.

So every machine plants the same, in every dump.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TypeVar

from pipeline.evaluation import fabrications
from pipeline.evaluation.choices import factors
from pipeline.evaluation.equal_forms import EQUAL_FORMS
from pipeline.evaluation.fabrications import City, Values
from pipeline.evaluation.rewriting import Edits, with_edits
from pipeline.models import Claim
from tests.benchmarks.sets import pick

__all__ = ["EQUAL_FORMS", "FABRICATIONS", "Edits", "with_edits"]

_T = TypeVar("_T")
_CITIES = ("Lima", "Oslo", "Perth", "Nairobi", "Hanoi", "Dallas", "Prague", "Quito")
_PEOPLE = ("Harold Finch", "Maria Lindqvist", "Tom Okafor", "Elena Duarte")
_STRANGE = ("delayed", "worthless", "illegal", "brilliant", "twelve")


def _choose(options: Sequence[_T], claim: Claim) -> _T:
    return pick(options, claim.article, claim.id)


_VALUES = Values(
    choose=_choose,
    factors=factors,
    cities=lambda _: [City(name, "") for name in _CITIES],
    people=lambda _: _PEOPLE,
    offices=lambda _: (),
    words=lambda _: _STRANGE,
    outlets=lambda _: (),
)

# Kind of fabrication: the kind of claim it changes, and its maker; None where it can't be made.
FABRICATIONS: Mapping[str, tuple[str, Callable[[Claim, str], Edits | None]]] = {
    "number": ("quantity", partial(fabrications.number, values=_VALUES)),
    "place": ("place", partial(fabrications.place, values=_VALUES)),
    "day": ("date", partial(fabrications.day, values=_VALUES)),
    "person": ("person_role", partial(fabrications.person, values=_VALUES)),
    "quote_word": ("quote", partial(fabrications.quote_word, values=_VALUES)),
    "quote_negated": ("quote", partial(fabrications.quote_negated, values=_VALUES)),
}
