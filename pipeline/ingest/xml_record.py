"""XML elements to records of the same shape as JSON objects, one record an article.

An element without attributes is its text; else an object of "@attribute", child elements and its own
text under "#". Elements that only lay text out (``markup`` in the table of formats, and XHTML) stay in
the text around them as tags. What a feed says of itself lies beside each record as "feed.<name>".
"""

from __future__ import annotations

import html
from dataclasses import dataclass, field
from typing import Any

from pipeline.ingest.reasons import Fault
from pipeline.ingest.records import Record
from pipeline.settings import Formats

_XHTML = "http://www.w3.org/1999/xhtml"
_XML = "http://www.w3.org/XML/1998/namespace"
_VOID = frozenset({"br", "hr", "img"})  # HTML has no end tag for them
_DEEPEST = 200  # elements within elements; NewsML needs 12
_FEED_FIELDS, _FEED_TEXT = 100, 2_000  # fields and characters kept of what a feed says of itself
_TAG = 64  # bytes that an element counts beside its text


@dataclass(slots=True)
class _Open:
    """An element that has begun."""

    name: str
    values: dict[str, Any]
    texts: list[tuple[str, bool]] = field(default_factory=list)  # pieces, and whether each is markup

    def value(self) -> Any:
        """Return the element as a value of a record."""
        marked = any(markup for _, markup in self.texts)
        escaped = (text if markup or not marked else html.escape(text, quote=False) for text, markup in self.texts)
        text = "".join(escaped)
        if not self.values:
            return text
        return self.values | {"#": text} if text.strip() else self.values


@dataclass(slots=True)
class Builder:
    """Takes the events of an XML parser and holds the records that are whole."""

    formats: Formats
    longest: int  # bytes of one record
    done: list[Record] = field(default_factory=list)
    count: int = 0  # records begun
    root: str = ""
    _elements: frozenset[str] = frozenset()
    _depth: int = 0
    _said: list[str] = field(default_factory=list)  # text of the element around the record that is under way
    _outer: list[str] = field(default_factory=list)  # names of the elements around the record
    _feed: dict[str, str] = field(default_factory=dict)
    _inner: list[_Open] = field(default_factory=list)  # of the record under way
    _markup: int = 0  # markup elements open
    _size: int = 0  # of the record under way
    _offset: int = 0

    def __post_init__(self) -> None:
        self._elements = self.formats.elements

    @property
    def under_way(self) -> int | None:
        """The place of the record that has begun, None between records."""
        return self._offset if self._inner else None

    def fresh(self) -> Builder:
        """Return a builder for one more record of the same feed."""
        return Builder(self.formats, self.longest, _feed=self._feed)

    def start(self, name: str, attributes: dict[str, str], offset: int) -> None:
        """Take the start tag of an element; ``name`` is "namespace local prefix" as far as given."""
        self._depth += 1
        if self._depth > _DEEPEST:
            raise Fault("xml.limit", f"more than {_DEEPEST} elements within one another")
        namespace, local, prefix = _split(name)
        if self._inner:
            self._start_inside(namespace, local, prefix, attributes)
        elif local in self._elements:
            self.count += 1
            self._offset, self._size = offset, 0
            self._inner.append(_Open(local, self._attributes(attributes)))
        else:
            self.root = self.root or local
            self._outer.append(self._known(namespace, local, prefix))
            self._said = []
            for key, value in self._attributes(attributes).items():
                self._say(key, value)

    def _start_inside(self, namespace: str, local: str, prefix: str, attributes: dict[str, str]) -> None:
        keep = self._spend(_TAG + sum(len(key) + len(value) for key, value in attributes.items()))
        if self._markup or namespace == _XHTML or local in self.formats.markup:
            self._markup += 1
            self._inner[-1].texts += [(f"<{local}>", True)] if keep else []
        else:
            self._inner.append(_Open(self._known(namespace, local, prefix), self._attributes(attributes)))

    def text(self, data: str) -> None:
        """Take text, entities resolved."""
        if self._inner and self._spend(len(data)):
            piece = (html.escape(data, quote=False), True) if self._markup else (data, False)
            self._inner[-1].texts.append(piece)
        elif not self._inner and len(self._said) <= _FEED_TEXT:
            self._said.append(data[: _FEED_TEXT + 1])

    def end(self, name: str) -> None:
        """Take the end tag of an element."""
        self._depth -= 1
        if self._markup:
            self._markup -= 1
            local = _split(name)[1]
            keep = self._size <= self.longest and local not in _VOID
            self._inner[-1].texts += [(f"</{local}>", True)] if keep else []
        elif not self._inner:
            self._say("", "".join(self._said).strip())
            self._said = []
            self._outer.pop()
        else:
            closed = self._inner.pop()
            if not self._inner:
                self._finish(closed)
            elif self._size <= self.longest:
                _add(self._inner[-1].values, closed.name, closed.value())

    def _finish(self, closed: _Open) -> None:
        if self._size > self.longest:
            fault = Fault("line.too-long", f"the element has more than {self.longest} bytes")
            self.done.append(Record(None, self.count, self._offset, fault))
            return
        value = closed.value()
        fields = value if isinstance(value, dict) else {"#": value}
        self.done.append(Record(fields | self._feed, self.count, self._offset, element=closed.name))

    def _spend(self, size: int) -> bool:
        """Count what the record holds, and tell whether to keep it: of one that is too long nothing is kept."""
        before, self._size = self._size, self._size + size
        if before <= self.longest < self._size:
            for element in self._inner:
                element.values.clear()
                element.texts.clear()
        return self._size <= self.longest

    def _say(self, key: str, value: str) -> None:
        """Keep what the feed says of itself: the first word on each thing."""
        path = [name for name in self._outer[1:] if name != "channel"]
        name = ".".join(["feed", *path, *([key] if key else [])])
        if value and len(self._feed) < _FEED_FIELDS and len(value) <= _FEED_TEXT:
            self._feed.setdefault(name, value)

    def _known(self, namespace: str, local: str, prefix: str) -> str:
        known = self.formats.namespaces.get(namespace, prefix)
        return (f"{known}:{local}" if known else local).replace(".", "_")

    def _attributes(self, attributes: dict[str, str]) -> dict[str, Any]:
        return {f"@{_attribute(name)}": value for name, value in attributes.items()}


def _split(name: str) -> tuple[str, str, str]:
    parts = name.split(" ")
    if len(parts) == 1:
        return "", name, ""
    return parts[0], parts[1], parts[2] if len(parts) > 2 else ""


def _attribute(name: str) -> str:
    namespace, local, prefix = _split(name)
    return f"xml:{local}" if namespace == _XML else f"{prefix}:{local}" if prefix else local


def _add(values: dict[str, Any], name: str, value: Any) -> None:
    if name not in values:
        values[name] = value
    elif isinstance(values[name], list):
        values[name].append(value)
    else:
        values[name] = [values[name], value]
