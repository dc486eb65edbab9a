"""Broken XML, one record at a time: what a strict parser gives up after the first fault.

From the fault on, each element that holds an article is cut out by its tags and parsed by itself. One that fails is
mended where its slip is of the usual kinds (a bare & or <, a byte of another encoding, HTML that is not closed); else it
alone is lost, and says so. Entities are no more resolved than elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from pipeline.ingest.encodings import mended_utf8
from pipeline.ingest.reasons import Fault
from pipeline.ingest.records import Record
from pipeline.ingest.xml_parser import read_one
from pipeline.ingest.xml_record import Builder
from pipeline.ingest.xml_tape import Tape
from pipeline.settings import Formats

REPAIR = "repair.xml"

_NAMESPACE = re.compile(
    rb"\sxmlns(?::([A-Za-z_][\w.-]{0,40}))?\s{0,9}=\s{0,9}(?:\"([^\"'<>&]{1,300})\"|'([^\"'<>&]{1,300})')"
)
_PREFIX = re.compile(rb"[<\s/]([A-Za-z_][\w.-]{0,40}):[A-Za-z_]")
_MOST_PREFIXES = 50
_CDATA = re.compile(rb"(<!\[CDATA\[(?:[^\]]++|\](?!\]>))*+(?:\]\]>)?)")
_AND = re.compile(rb"&(?!(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{0,31});)")
_LESS = re.compile(rb"<(?![A-Za-z_/]|!--|\?)")
_NUMBERED = re.compile(rb"&#(?:(\d{1,7})|[xX]([0-9a-fA-F]{1,6}));")


def salvaged(tape: Tape, start: int, number: int, head: bytes, builder: Builder) -> Iterator[Record]:
    """Yield the records from a place on, numbered from ``number``; ``head`` is the beginning of the document."""
    opening = _opening(builder.formats)
    outer = _outer(head[: found.start() if (found := opening.search(head)) else None])
    while tag := tape.search(opening, start, keep=False):
        begin, start, name = tag
        tape.forget(begin)
        if not name:  # a comment, or CDATA between the records: passed over as a whole
            closed = tape.search(_CLOSED[tape.cut(begin, begin + 3)], start, keep=False)
            start = closed[1] if closed else tape.end
            continue
        closed = tape.search(_closing(name), start, keep=True)
        yield replace(_record(tape, begin, closed, outer, builder), line=number, byte_offset=begin)
        number += 1
        start = tape.end if closed is None else closed[1] if closed[2] != b"<" else closed[0]
        if closed is None and not tape.broken:
            start = (tape.search(_closing(name), tape.end, keep=False) or (0, tape.end, b""))[1]


_CLOSED = {b"<!-": re.compile(rb"-->()"), b"<![": re.compile(rb"\]\]>()")}


def _opening(formats: Formats) -> re.Pattern[bytes]:
    names = b"|".join(re.escape(name.encode()) for name in sorted(formats.elements))
    return re.compile(rb"<!--|<!\[CDATA\[|<(?:[A-Za-z_][\w.-]{0,40}:)?(%s)(?=[\s/>])" % names)


@cache
def _closing(name: bytes) -> re.Pattern[bytes]:
    """Return what ends an element that is never inside another of its name: its end tag, or the next of its kind."""
    name = re.escape(name)
    prefix = rb"(?:[A-Za-z_][\w.-]{0,40}:)?"
    return re.compile(rb"</%s%s\s{0,9}>|(<)%s%s[\s/>]" % (prefix, name, prefix, name))


def _record(
    tape: Tape, begin: int, closed: tuple[int, int, bytes] | None, outer: dict[bytes, bytes], builder: Builder
) -> Record:
    if closed is None and tape.end - begin > tape.longest:
        return Record(None, None, None, Fault("line.too-long", f"the element has more than {tape.longest} bytes"))
    data = tape.cut(begin, tape.end if closed is None else closed[0] if closed[2] else closed[1])
    never_closed = None if closed else Fault("xml.syntax", "an element that is never closed")
    document = _document(data, outer)
    found = _parsed(document, builder)
    if isinstance(found, Fault) and found.reason == "xml.syntax":
        return _mended_record(document, builder) or Record(None, None, None, never_closed or found)
    return Record(None, None, None, found) if isinstance(found, Fault) else found


def _mended_record(document: bytes, builder: Builder) -> Record | None:
    for mended in dict.fromkeys((once := _mended(document), _without_markup(once, builder.formats))):
        if mended != document and isinstance(found := _parsed(mended, builder), Record):
            return replace(found, repairs=(REPAIR,))
    return None


def _parsed(document: bytes, builder: Builder) -> Record | Fault:
    try:
        return read_one(document, builder.fresh())
    except Fault as fault:  # the parser counts its places in the element alone
        return Fault(fault.reason, fault.detail.partition(": line ")[0])


def _outer(head: bytes) -> dict[bytes, bytes]:
    """Return the namespaces that the elements around the records declare, by prefix."""
    declared: dict[bytes, bytes] = {}
    for found in _NAMESPACE.finditer(head):
        declared.setdefault(found[1] or b"", found[2] or found[3])
    return declared


def _document(data: bytes, outer: dict[bytes, bytes]) -> bytes:
    used = {found[1]: b"urn:undeclared" for found in _PREFIX.finditer(data)}
    known = dict(list(used.items())[:_MOST_PREFIXES]) | outer
    declared = b"".join(
        b" xmlns%s='%s'" % (b":" + prefix if prefix else b"", name)
        for prefix, name in sorted(known.items())
        if prefix not in {b"xml", b"xmlns"}
    )
    return b"<salvage%s>%s</salvage>" % (declared, data)


def _mended(data: bytes) -> bytes:
    pieces = _CDATA.split(mended_utf8(data))
    return b"".join(piece if number % 2 else _escaped(piece) for number, piece in enumerate(pieces))


def _escaped(data: bytes) -> bytes:
    return _NUMBERED.sub(_known_number, _LESS.sub(b"&lt;", _AND.sub(b"&amp;", data)))


def _known_number(found: re.Match[bytes]) -> bytes:
    code = int(found[1]) if found[1] else int(found[2], 16)
    allowed = code in {9, 10, 13} or 32 <= code < 0xD800 or 0xE000 <= code < 0xFFFE or 0x10000 <= code < 0x110000
    return found[0] if allowed else b"&#xFFFD;"


def _without_markup(data: bytes, formats: Formats) -> bytes:
    """Return a record whose HTML is text: what isn't closed in it then breaks nothing."""
    names = b"|".join(re.escape(name.encode()) for name in sorted(formats.markup))
    tag = re.compile(rb"<(/?(?:%s)(?:[\s/][^<>]{0,4000})?)>" % names, re.IGNORECASE)
    pieces = _CDATA.split(data)
    return b"".join(piece if number % 2 else tag.sub(rb"&lt;\1&gt;", piece) for number, piece in enumerate(pieces))
