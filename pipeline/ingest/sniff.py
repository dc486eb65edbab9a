"""What a stream of bytes holds, judged by its first bytes and only then by its name."""

from __future__ import annotations

import re
from typing import Literal

from pipeline.ingest.reasons import Fault

Format = Literal["text", "json", "jsonl", "csv", "xml", "html", "parquet", "sqlite", "warc"]
HEAD = 4_096  # bytes looked at
_FOREIGN = (
    (b"%pdf-", "PDF"),
    (b"{\\rtf", "RTF"),
    (b"7z\xbc\xaf\x27\x1c", "7-Zip"),
    (b"Rar!\x1a\x07", "RAR"),
    (b"\x1f\x9d", "compress (.Z)"),
    (b"\x04\x22\x4d\x18", "LZ4"),
    (b"ARROW1", "Arrow (Feather)"),
    (b"ORC", "ORC"),
    (b"Obj\x01", "Avro"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old office document"),
)
_CONTROLS = bytes(code for code in range(32) if code not in b"\t\n\v\f\r")
_TEXT_A_CONTROL = 100  # bytes: a NUL here and there is a slip of an export, and left out when the text is cleaned
_MAGIC: tuple[tuple[bytes, Format], ...] = (
    (b"PAR1", "parquet"), (b"SQLite format 3\x00", "sqlite"), (b"WARC/1.", "warc"), (b"WARC/0.", "warc"),
)  # fmt: skip
# Comments, instructions and the document type may stand before the first element.
_PROLOG = re.compile(
    rb"(?:\s+|<\?.{0,2000}?\?>|<!--.{0,2000}?-->|<!doctype[^<>]{0,2000}>)*+<([a-z][\w:.-]{0,60})",
    re.IGNORECASE | re.DOTALL,
)
_ROOTS = frozenset({"rss", "rdf", "feed", "entry", "newsitem", "newsmessage", "contentset", "nitf"})
_PAGE_SUFFIXES = frozenset({"html", "htm", "xhtml", "shtml"})
_XML_SUFFIXES = frozenset({"xml", "rss", "atom", "rdf", "nitf", "newsml"})
_BY_SUFFIX: dict[str, Format] = {"csv": "csv", "tsv": "csv", "jsonl": "jsonl", "ndjson": "jsonl", "json": "json"}
_PACKED = re.compile(r"\.(gz|gzip|bz2|xz|zst|zstd)$", re.IGNORECASE)
_SUFFIX = re.compile(r"\.([a-z0-9]{1,8})$", re.IGNORECASE)


def sniff(head: bytes, name: str) -> Format:
    """Return the format of a stream, ``head`` being its first bytes without a byte order mark.

    Raises Fault for bytes that no reader here understands.
    """
    start = head[:HEAD].lstrip()
    low = start[:40].lower()
    for magic, format_ in _MAGIC:
        if head.startswith(magic):
            return format_
    for magic, kind in _FOREIGN:
        if low.startswith(magic.lower()):
            raise Fault("format.unsupported", f"{kind} isn't read yet")
    if b"\0" in head[:HEAD] and _controls(head[:HEAD]) * _TEXT_A_CONTROL > len(head[:HEAD]):
        raise Fault("format.binary", "NUL bytes: this isn't text")
    if start.startswith(b"<") and (marked := _marked_up(start, name)):
        return marked
    declared = _BY_SUFFIX.get(suffix(name))
    if start[:1] in (b"{", b"[") and declared != "csv":
        lines = declared == "jsonl" and start.partition(b"\n")[0].strip() not in (b"{", b"[")
        return "jsonl" if lines else "json" if declared or _json_like(start) else "text"
    if declared is None:
        return "csv" if _csv_like(start) else "text"
    return declared


def _controls(data: bytes) -> int:
    return len(data) - len(data.translate(None, _CONTROLS))


def _marked_up(start: bytes, name: str) -> Format | None:
    found = _PROLOG.match(start)
    root = found[1].decode("ascii", "replace").lower().rpartition(":")[2] if found else ""
    if root == "html" or start[:14].lower() == b"<!doctype html" or suffix(name) in _PAGE_SUFFIXES:
        return "html"
    return "xml" if start.startswith(b"<?xml") or root in _ROOTS or suffix(name) in _XML_SUFFIXES else None


def suffix(name: str) -> str:
    """Return the last suffix of a name in lower case, packing aside ("a.jsonl.gz": "jsonl")."""
    found = _SUFFIX.search(_PACKED.sub("", name))
    return found[1].lower() if found else ""


def stem(name: str) -> str:
    """Return a path without its packing and the suffix of a text or page ("day/001.txt.gz": "day/001")."""
    return re.sub(r"\.(txt|text|md|html?|xhtml)$", "", _PACKED.sub("", name), flags=re.IGNORECASE)


def _json_like(start: bytes) -> bool:
    """Tell a JSON object or array from a text that begins with a bracket."""
    return re.match(rb'[\[{]\s{0,1000}(?:["{\[\]}]|-?\d|true|false|null|$)', start) is not None


def _csv_like(start: bytes) -> bool:
    """Tell a header of column names that include a body from a line of prose."""
    header = start.split(b"\n", 1)[0][:2_000].decode("utf-8", "replace").lower()
    for delimiter in (",", "\t", ";", "|"):
        names = [name.strip().strip('"') for name in header.split(delimiter)]
        if len(names) >= 2 and all(re.fullmatch(r"[\w .-]{1,40}", name) for name in names):
            return bool({"text", "content", "body", "article", "maintext"} & set(names)) and len(set(names)) == len(
                names
            )
    return False
