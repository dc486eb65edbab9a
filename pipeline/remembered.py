"""Functions of one word that remember their answers, at half the cost of ``functools.lru_cache``.

That one puts each answer in front of a list whenever it is asked for; here all are forgotten at once when they grow
too many.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

Answer = TypeVar("Answer")


class _Answers(dict[str, Answer]):
    """What a function returned, by what it was asked."""

    __slots__ = ("_function", "_most")

    def __init__(self, function: Callable[[str], Answer], most: int) -> None:
        super().__init__()
        self._function, self._most = function, most

    def __missing__(self, asked: str) -> Answer:
        answer = self._function(asked)
        if len(self) >= self._most:
            self.clear()
        self[asked] = answer
        return answer


def remembered(most: int) -> Callable[[Callable[[str], Answer]], Callable[[str], Answer]]:
    """Return a decorator for a pure function of a string: no more than ``most`` answers are kept."""
    return lambda function: _Answers(function, most).__getitem__
