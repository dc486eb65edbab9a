"""An HTML page to a record: its schema.org data, its metadata, and its main text where the data has no body."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pipeline.ingest.html_page import decoded, linked_data, metadata
from pipeline.ingest.main_text import main_text
from pipeline.ingest.reasons import Fault
from pipeline.ingest.records import Record
from pipeline.ingest.streams import gather_prefix
from pipeline.settings import IngestSettings, load_formats

_BYTES_A_CHARACTER = 4  # a page is mostly tags; its limit is that of a text in any script


def page_limit(settings: IngestSettings) -> int:
    """Return the bytes that a page may have."""
    return settings.max_article_chars * _BYTES_A_CHARACTER


def read_html(chunks: Iterator[bytes], settings: IngestSettings, name: str) -> Iterator[Record]:
    """Yield the one article of a page, or why there is none; ``name`` is its file's. Raises Fault where the stream breaks."""
    limit = page_limit(settings)
    data, fault = gather_prefix(chunks, limit)
    if fault and fault.reason == "document.too-large":
        fault = Fault("text.too-long", f"a page of more than {limit} bytes")
    if fault:
        raise fault
    try:
        yield Record(page_record(data, settings) | {"file": name}, None, None)
    except Fault as error:
        yield Record(None, None, None, error)


def page_record(
    data: bytes, settings: IngestSettings, fetched: str | None = None, charset: str | None = None
) -> dict[str, Any]:
    """Return a page as a record: "page" its metadata, "ld" its schema.org article, "main" its main text.

    ``fetched`` is the address that it was fetched from, ``charset`` what the server said of it.
    Raises Fault where no body can be had.
    """
    page = decoded(data, charset)
    node = linked_data(page, load_formats(settings.formats).envelopes)
    body = node.get("articleBody")
    has_body = isinstance(body, str) and bool(body.strip())
    return {
        "page": metadata(page, fetched),
        "ld": node,
        "main": {} if has_body else main_text(page),
        "fetched": fetched,
    }
