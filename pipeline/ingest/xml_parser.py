"""The parser of XML: Python's own, guarded.

Entities that a document declares are refused, external ones are never fetched; those of HTML are known, because feeds use
them without declaring them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html.entities import name2codepoint
from xml.parsers import expat

from pipeline.ingest.reasons import Fault
from pipeline.ingest.records import Record
from pipeline.ingest.xml_record import Builder

_BUILT_IN = frozenset({"lt", "gt", "amp", "quot"})
_ENTITIES = {
    name.encode(): f'<!ENTITY {name} "&#{code};">'.encode()
    for name, code in name2codepoint.items()
    if name not in _BUILT_IN
}
_NAMED = re.compile(rb"&([A-Za-z]{2,8}\d{0,2});")


def read_one(document: bytes, builder: Builder) -> Record:
    """Return the one record of a whole document; ``builder`` is a fresh one. Raises Fault."""
    used = sorted({found[1] for found in _NAMED.finditer(document)} & _ENTITIES.keys())
    parser = parser_of(builder, 0, used)
    if fault := fed(parser, document) or ended(parser):
        raise fault
    if not builder.done:
        raise Fault("xml.syntax", "no element that holds an article")
    return builder.done[0]


def parser_of(builder: Builder, before: int, entities: Iterable[bytes] = _ENTITIES) -> expat.XMLParserType:
    """Return a parser that tells a builder what it finds; places are counted from ``before`` bytes earlier."""
    parser = expat.ParserCreate("utf-8", " ")
    parser.namespace_prefixes = True
    parser.buffer_text = True
    parser.StartElementHandler = lambda name, attributes: builder.start(
        name, attributes, parser.CurrentByteIndex + before
    )
    parser.EndElementHandler = builder.end
    parser.CharacterDataHandler = builder.text
    _guard_entities(parser, b"".join(map(_ENTITIES.__getitem__, entities)))
    return parser


def _guard_entities(parser: expat.XMLParserType, known: bytes) -> None:
    ours = [False]

    def declared(name: str, *_: object) -> None:
        if not ours[0]:
            raise Fault("xml.entities", f"the document declares an entity or a default of its own, {name[:80]!r}")

    def external(context: str | None, *_: object) -> int:
        if context is None:  # the document type, whatever it is called
            ours[0] = True
            parser.ExternalEntityParserCreate(context, "utf-8").Parse(known, True)
            ours[0] = False
        return 1

    parser.EntityDeclHandler = declared
    parser.AttlistDeclHandler = declared  # a default value is given to every element: as good as an entity
    parser.ExternalEntityRefHandler = external
    parser.UseForeignDTD(True)
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_ALWAYS)


def fed(parser: expat.XMLParserType, piece: bytes) -> Fault | None:
    """Parse a piece; return what is wrong with it."""
    try:
        parser.Parse(piece, False)
    except (expat.ExpatError, Fault) as error:
        return _fault(error)
    return None


def ended(parser: expat.XMLParserType) -> Fault | None:
    """Parse the end; return what is wrong with it."""
    try:
        parser.Parse(b"", True)
    except (expat.ExpatError, Fault) as error:
        return _fault(error)
    return None


def _fault(error: expat.ExpatError | Fault) -> Fault:
    return error if isinstance(error, Fault) else Fault("xml.syntax", str(error))
