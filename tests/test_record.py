"""Records that are quickly made are in all else what ``dataclass`` makes."""

from __future__ import annotations

import inspect
import pickle
from dataclasses import FrozenInstanceError, dataclass, field, replace

import pytest

from pipeline.models import Span
from pipeline.record import maker, maker_in_order, maker_with, quickly_made


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plain:
    name: str
    span: Span
    note: str | None = None


@quickly_made
@dataclass(frozen=True, slots=True, kw_only=True)
class _Quick:
    name: str
    span: Span
    note: str | None = None


def test_a_quick_record_has_the_fields_defaults_and_signature_of_its_class() -> None:
    made = _Quick(name="pier", span=Span(1, 2))
    assert type(made) is _Quick
    assert (made.name, made.span, made.note) == ("pier", Span(1, 2), None)
    assert list(inspect.signature(_Quick).parameters) == list(inspect.signature(_Plain).parameters)


def test_a_quick_record_is_frozen_compares_hashes_and_travels() -> None:
    made = _Quick(name="pier", span=Span(1, 2), note="n")
    with pytest.raises(FrozenInstanceError):
        made.name = "quay"  # type: ignore[misc]  # what is refused
    assert pickle.loads(pickle.dumps(made)) == made  # noqa: S301 - our own bytes
    assert hash(made) == hash(replace(replace(made, note=None), note="n"))
    assert made != replace(made, name="quay")


def test_a_quick_record_refuses_the_calls_that_its_class_refuses() -> None:
    for cls in (_Plain, _Quick):
        with pytest.raises(TypeError):
            cls(name="pier")  # type: ignore[call-arg]  # what is refused
        with pytest.raises(TypeError):
            cls("pier", Span(1, 2))  # type: ignore[call-arg]  # what is refused


def test_a_class_whose_initialiser_does_more_is_refused() -> None:
    @dataclass(frozen=True, slots=True)
    class Filled:
        words: list[str] = field(default_factory=list)

    with pytest.raises(TypeError, match="does more than set fields"):
        quickly_made(Filled)


def test_makers_make_what_calling_the_class_makes() -> None:
    called = _Quick(name="pier", span=Span(1, 2), note="n")
    for made in (
        maker(_Quick)(name="pier", span=Span(1, 2), note="n"),
        maker_in_order(_Quick, ("note", "span", "name"))("n", Span(1, 2), "pier"),
        maker_with(_Quick, ("name", "note"), ("span",))(replace(called, span=Span(3, 4)), Span(1, 2)),
    ):
        assert type(made) is _Quick
        assert made == called
        with pytest.raises(FrozenInstanceError):
            made.name = "quay"  # type: ignore[misc]  # what is refused


def test_a_maker_fills_what_is_not_given_with_the_defaults_of_the_class() -> None:
    plain = _Quick(name="pier", span=Span(1, 2))
    assert maker(_Quick)(name="pier", span=Span(1, 2)) == plain
    assert maker_in_order(_Quick, ("span", "name"))(Span(1, 2), "pier") == plain
    assert maker_with(_Quick, ("span",), ("name",))(replace(plain, note="n"), "pier") == plain
