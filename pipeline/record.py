"""Frozen records that are made as quickly as mutable ones.

A frozen dataclass sets each field by ``object.__setattr__``: a look-up and a call each. A night makes
hundreds of them an article, so that this alone was an eighth of the time of extraction.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import MISSING, Field, fields
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")
_TWINS: dict[Any, type] = {}  # of each class that is quickly made or read back, the mutable one of the same slots


def quickly_made(cls: type[T]) -> type[T]:
    """Give a frozen, slotted dataclass an initialiser that sets its fields as a mutable class does.

    The instance is filled as one of a twin class, mutable and of the same slots, and then takes its own.
    What it holds, refuses and compares is what ``dataclass`` made. For classes without ``__post_init__``
    and without default factories.
    """
    known = fields(cls)  # type: ignore[arg-type]  # a dataclass, by what it is for
    if hasattr(cls, "__post_init__") or any(field.default_factory is not MISSING for field in known):
        raise TypeError(f"{cls.__name__}: its initialiser does more than set fields")
    made = _written(cls, "__init__", ["self", *_parameters(known)], " become(self, '__class__', Twin)", "")
    made.__annotations__, made.__qualname__ = cls.__init__.__annotations__, cls.__init__.__qualname__
    cls.__init__ = made  # type: ignore[method-assign]  # the same signature
    return cls


def maker(cls: Callable[P, T]) -> Callable[P, T]:
    """Return a function that makes records of a quickly made class as calling the class does, at half the cost.

    It takes one call where that takes three, and one change of class where that takes two.
    """
    return _written(cls, "make", _parameters(fields(cls)), " self = Twin()", " return self")  # type: ignore[arg-type]  # a dataclass


def maker_in_order(cls: type[T], order: Sequence[str]) -> Callable[..., T]:
    """Return a maker that takes the named fields by position, the others keep their defaults.

    For classes of many fields: Python hands over more than 15 keywords by way of a dictionary, at five times the cost.
    """
    by_name = {field.name: field for field in fields(cls)}  # type: ignore[arg-type]  # a dataclass
    rest = [f"{name}=default_{name}" for name in by_name if name not in order]
    return _written(cls, "make", [*order, *rest], " self = Twin()", " return self")


def maker_with(cls: type[T], taken: Sequence[str], added: Sequence[str]) -> Callable[..., T]:
    """Return a maker of records that takes another record first, which has the fields ``taken``, and those ``added`` by position."""
    by_name = {field.name: field for field in fields(cls)}  # type: ignore[arg-type]  # a dataclass
    rest = [f"{name}=default_{name}" for name in by_name if name not in {*taken, *added}]
    first = "\n".join([*(f" {name} = other.{name}" for name in taken), " self = Twin()"])
    return _written(cls, "make", ["other", *added, *rest], first, " return self")


def maker_of_part(cls: type[T], names: Sequence[str]) -> Callable[..., T]:
    """Return a maker, for any frozen and slotted dataclass, that takes the named fields by position and sets no other.

    To ask such a record for another field raises AttributeError.
    """
    return _written(cls, "make", [*names], " self = Twin()", " return self", names)


def _written(  # noqa: PLR0913, PLR0917 - one argument a piece of the function
    cls: Any, name: str, parameters: list[str], first: str, last: str, filled: Sequence[str] | None = None
) -> Callable[..., Any]:
    """Return a function that fills an instance of a class's twin, whole or in part, and has it take its own class."""
    known = fields(cls)
    slots = tuple(field.name for field in known)
    if cls not in _TWINS:
        _TWINS[cls] = type(cls.__name__, (), {"__slots__": slots})
    room: dict[str, Any] = {"Own": cls, "Twin": _TWINS[cls], "become": object.__setattr__}
    room |= {f"default_{field.name}": field.default for field in known}
    lines = [f"def {name}({', '.join(parameters)}):", first, *(f" self.{field} = {field}" for field in filled or slots)]
    exec("\n".join([*lines, " self.__class__ = Own", last]), room)  # noqa: S102 - field names only, as dataclass itself does
    written: Callable[..., Any] = room[name]
    return written


def _parameters(known: tuple[Field[Any], ...]) -> list[str]:
    star = ["*"] if known and known[0].kw_only else []
    defaults = {field.name: "" if field.default is MISSING else f"=default_{field.name}" for field in known}
    return [*star, *(name + default for name, default in defaults.items())]
