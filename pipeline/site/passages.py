"""Words in their context, this article's and the others', as far as the site may show them."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from pipeline.published import Revision
from pipeline.shown import visible

TextShown = Literal["full", "quotes", "none"]  # [site] text

AROUND = 160  # characters of context on either side
LONGEST = 600  # characters of the words themselves; more is cut in the middle
_KEPT_TEXT = 20_000_000  # characters of other articles' texts that are held at a time


@dataclass(frozen=True, slots=True)
class Passage:
    """Words with what stands before and after them; all empty where the site shows no text."""

    before: str
    words: str
    after: str


class Texts:
    """Texts of articles by id, the last used ones kept: a story's articles cite each other."""

    def __init__(self, load: Callable[[str], str | None]) -> None:
        """Take what loads the text of an article."""
        self._load = load
        self._kept: OrderedDict[str, str] = OrderedDict()
        self._chars = 0

    def keep(self, article: str, text: str) -> None:
        """Hold a text that is at hand; the longest unused ones go."""
        if article not in self._kept:
            self._kept[article] = text
            self._chars += len(text)
        self._kept.move_to_end(article)
        while self._chars > _KEPT_TEXT and len(self._kept) > 1:
            self._chars -= len(self._kept.popitem(last=False)[1])

    def of(self, article: str) -> str | None:
        """Return an article's text; None where its night is gone."""
        if article not in self._kept:
            text = self._load(article)
            if text is None:
                return None
            self.keep(article, text)
        self._kept.move_to_end(article)
        return self._kept[article]


def texts_of(revision: Revision, nights: Mapping[str, str]) -> Texts:
    """Return the texts of a revision's articles and of those that ``nights`` says are from others."""

    def load(article: str) -> str | None:
        report = revision.report_of_night(article, nights.get(article))
        return None if report is None else str(report["article"]["text"])

    return Texts(load)


def passage(span: dict[str, Any], text: str | None, shown: TextShown) -> Passage:
    """Return a span with its context where all text is shown, alone where quotes are, and nothing else."""
    if shown == "none":
        return Passage("", "", "")
    words = _shortened(visible(span["text"]))
    if text is None or shown != "full":
        return Passage("", words, "")
    start, end = span["start"], span["end"]
    before = text[max(0, start - AROUND) : start].rpartition("\n")[2]
    after = text[end : end + AROUND].partition("\n")[0]
    cut_before = len(before) == AROUND
    cut_after = len(after) == AROUND
    return Passage(
        "… " + visible(before.partition(" ")[2]) if cut_before else visible(before),
        words,
        visible(after.rpartition(" ")[0]) + " …" if cut_after else visible(after),
    )


def _shortened(words: str) -> str:
    half = LONGEST // 2
    return words if len(words) <= LONGEST else f"{words[:half]} […] {words[-half:]}"
