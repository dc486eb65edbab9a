"""An article's text and names with what they say about where it plays."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from operator import attrgetter

from pipeline.claims.gazetteer import places_named
from pipeline.claims.names import Name
from pipeline.claims.places_context import Context
from pipeline.claims.places_events import Event, bound, find_events, is_near
from pipeline.claims.scan import lower
from pipeline.text import Document

JOINED = frozenset({" and ", ", ", ", and ", " or "})  # between two places of one list
_OWN_PLACE = re.compile(r" (?:in|at|to|near|inside|outside|on) (?:the )?")
_NAMED_BY = re.compile(r" (?:[a-z-]+ )?")  # between "Paris" and "attacks"
_start = attrgetter("span.start")
_SENTENCE_CAP = 2_000  # code points of a sentence that are searched for events


@dataclass(frozen=True, slots=True)
class Scene:
    """An article's text and names with what they say about where it plays."""

    doc: Document
    names: tuple[Name, ...]
    context: Context
    events: dict[int, list[Event]]  # by the start of the sentence, filled when asked for

    def event_at(self, start: int, end: int, *, struck: bool) -> str | None:
        """Return the class of the event that the sentence says was at a place; ``struck``: the place is its object."""
        return bound(self.doc.plain, self._events_for(start), start, end, struck=struck)

    def tells(self, start: int, end: int) -> bool:
        """Tell whether the sentence tells of any event near a place, be it there or not."""
        return is_near(self._events_for(start), start, end)

    def name_at(self, index: int) -> Name | None:
        """Return a name by its number, None past the last."""
        return self.names[index] if index < len(self.names) else None

    def _events_for(self, start: int) -> list[Event]:
        sentence = self.doc.sentence_at(start)
        if sentence.start not in self.events:
            stop = min(sentence.end, sentence.start + _SENTENCE_CAP)
            self.events[sentence.start] = find_events(lower(self.doc.plain), sentence.start, stop)
        return [event for event in self.events[sentence.start] if not self._is_elsewhere(event, start)]

    def _is_elsewhere(self, event: Event, start: int) -> bool:
        """Tell whether an event before a place has a place of its own: "a trip to Oslo | to go on selling in Bergen"."""
        if event.end > start:
            return False
        at = bisect_left(self.names, event.end, key=_start)
        if at and event.noun and self._names(self.names[at - 1], event):
            return True
        name = self.name_at(at)
        if name is None or name.span.start >= start:
            return False
        own = _OWN_PLACE.fullmatch(self.doc.plain, event.end, name.span.start)
        joined = self.doc.plain[name.span.end : start] in JOINED
        return (
            own is not None and not joined and name.kind not in ("person", "outlet") and bool(places_named(name.words))
        )

    def _names(self, name: Name, event: Event) -> bool:
        """Tell whether an event is called by where it was: "the Paris attacks"; a country's may be of its doing."""
        if name.span.end >= event.start or _NAMED_BY.fullmatch(self.doc.plain, name.span.end, event.start) is None:
            return False
        places = places_named(name.words) if name.kind not in ("person", "outlet") else ()
        return bool(places) and places[0].kind in ("city", "capital", "region")
