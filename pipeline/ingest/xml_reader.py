"""XML in one pass: feeds (RSS, Atom), NewsML-G2, NITF, and what a user's table names.

The parser is Python's own. Entities that a document declares are refused, external ones are never
fetched; those of HTML are known, because feeds use them without declaring them.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from html.entities import name2codepoint
from xml.parsers import expat

from pipeline.ingest.reasons import Fault
from pipeline.ingest.records import Record
from pipeline.ingest.streams import chained, until_fault, with_head
from pipeline.ingest.xml_record import Builder
from pipeline.settings import IngestSettings, load_formats

_LONGEST_TAG = 1 << 20  # bytes; the parser reads a tag anew with every piece that doesn't end it
_HEAD = 256  # bytes that hold the declaration
_DECLARED = re.compile(rb"<\?xml[^>]{0,200}?encoding\s{0,9}=\s{0,9}[\"']([A-Za-z0-9_.:-]{1,40})[\"']")
_RECODED = re.compile(r"(?:iso-?8859|latin|windows-?|cp)\S*|koi8\S*|gb\S*|big5\S*|shift.?jis|euc\S*", re.IGNORECASE)
# Control codes that XML forbids and feeds have become one that it allows and that no text keeps; no place shifts.
_CONTROLS = bytes(0x7F if code < 32 and code not in b"\t\n\r" else code for code in range(256))
_BUILT_IN = frozenset({"lt", "gt", "amp", "quot"})
_ENTITIES = "".join(
    f'<!ENTITY {name} "&#{code};">' for name, code in name2codepoint.items() if name not in _BUILT_IN
).encode()


def read_xml(chunks: Iterator[bytes], settings: IngestSettings) -> Iterator[Record]:
    """Yield the elements that hold an article, in constant memory; numbered, with the place of their start tag."""
    chunks = with_head(chunks, _HEAD)
    first = next(chunks, b"")
    builder = Builder(load_formats(settings.formats), settings.max_line_bytes)
    before = len(first) - len(first.lstrip())  # blanks before the declaration, which the parser doesn't allow
    parser = _parser(builder, before)
    fault: Fault | None = None
    size = 0
    for piece in until_fault(_utf8(first.lstrip(), chunks)):
        fault = piece if isinstance(piece, Fault) else _fed(parser, piece)
        yield from _taken(builder)
        size += 0 if isinstance(piece, Fault) else len(piece)
        if fault is None and size - parser.CurrentByteIndex > _LONGEST_TAG:
            fault = Fault("xml.limit", f"a tag or comment of more than {_LONGEST_TAG} bytes")
        if fault:
            break
    fault = fault or _ended(parser)
    yield from _taken(builder)
    if fault is None and not builder.count:
        names = ", ".join(sorted(builder.formats.elements))
        fault = Fault("xml.records", f"no article in this <{builder.root[:80]}>; known elements: {names[:300]}")
    if fault:
        yield Record(None, builder.count + 1, max(0, parser.CurrentByteIndex) + before, fault)


def _taken(builder: Builder) -> list[Record]:
    taken, builder.done = builder.done, []
    return taken


def _parser(builder: Builder, before: int) -> expat.XMLParserType:
    parser = expat.ParserCreate("utf-8", " ")
    parser.namespace_prefixes = True
    parser.buffer_text = True
    parser.StartElementHandler = lambda name, attributes: builder.start(
        name, attributes, parser.CurrentByteIndex + before
    )
    parser.EndElementHandler = builder.end
    parser.CharacterDataHandler = builder.text
    _guard_entities(parser)
    return parser


def _guard_entities(parser: expat.XMLParserType) -> None:
    ours = [False]

    def declared(name: str, *_: object) -> None:
        if not ours[0]:
            raise Fault("xml.entities", f"the document declares an entity or a default of its own, {name[:80]!r}")

    def external(context: str | None, *_: object) -> int:
        if context is None:  # the document type, whatever it is called
            ours[0] = True
            parser.ExternalEntityParserCreate(context, "utf-8").Parse(_ENTITIES, True)
            ours[0] = False
        return 1

    parser.EntityDeclHandler = declared
    parser.AttlistDeclHandler = declared  # a default value is given to every element: as good as an entity
    parser.ExternalEntityRefHandler = external
    parser.UseForeignDTD(True)
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_ALWAYS)


def _fed(parser: expat.XMLParserType, piece: bytes) -> Fault | None:
    try:
        parser.Parse(piece, False)
    except (expat.ExpatError, Fault) as error:
        return _fault(error)
    return None


def _ended(parser: expat.XMLParserType) -> Fault | None:
    try:
        parser.Parse(b"", True)
    except (expat.ExpatError, Fault) as error:
        return _fault(error)
    return None


def _fault(error: expat.ExpatError | Fault) -> Fault:
    return error if isinstance(error, Fault) else Fault("xml.syntax", str(error))


def _utf8(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    """Yield a document recoded from the encoding that it declares, without the control codes that XML forbids."""
    found = _DECLARED.match(first)
    name = found[1].decode() if found else "utf-8"
    decoder = _decoder(name) if _RECODED.fullmatch(name) else None
    for piece in until_fault(chained(first, rest)):
        if isinstance(piece, Fault):
            raise piece
        plain = piece if decoder is None else decoder.decode(piece).encode("utf-8", "replace")
        yield plain.translate(_CONTROLS)


def _decoder(name: str) -> codecs.IncrementalDecoder | None:
    latin = re.fullmatch(r"(?:iso-?8859-?1|latin-?1)", name, re.IGNORECASE)  # as browsers read it
    try:
        return codecs.getincrementaldecoder("cp1252" if latin else name)("replace")
    except LookupError as error:
        raise Fault("encoding.undecodable", f"declares an unknown encoding, {name!r}") from error
