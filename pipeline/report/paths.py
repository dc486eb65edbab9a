"""Where a report lies: a name that is safe on every file system, whatever the dump's id holds."""

from __future__ import annotations

import hashlib
import re
from typing import Literal
from urllib.parse import quote

Layout = Literal["article", "jsonl"]

REPORTS = "reports"
SITE = "-site"  # how the name of a folder of pages ends, beside the revision that they show
JSONL = f"{REPORTS}/reports.jsonl"

_PLAIN = re.compile(r"(?!\.)[A-Za-z0-9._-]{1,120}", re.ASCII)
# Windows refuses these as file names, with any extension and in any case.
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|\Z)", re.IGNORECASE)
_ENCODED_CHARS = 80  # of a percent-encoded id that are kept for the reader's eye
_DIGEST_CHARS = 32  # hex digits of sha256 that keep encoded ids apart: 128 bits


def report_path(article_id: str, layout: Layout = "article") -> str:
    """Return the path of an article's report, relative to the revision's folder.

    A plain id (letters, digits, ``._-``, at most 120, no leading dot, no reserved name) is used
    as it is. Any other is percent-encoded, cut and told apart by a part of its sha256; the "~"
    before the digest is in no plain id, so the two kinds never meet.
    """
    if layout == "jsonl":
        return JSONL
    digest = hashlib.sha256(article_id.encode("utf-8", "surrogatepass")).hexdigest()
    return f"{REPORTS}/{digest[:2]}/{_file_stem(article_id, digest)}.json"


def _file_stem(article_id: str, digest: str) -> str:
    if _PLAIN.fullmatch(article_id) and not _RESERVED.match(article_id):
        return article_id
    encoded = quote(article_id[:_ENCODED_CHARS], safe="", errors="surrogatepass")
    # quote() leaves these two as they are: a leading dot hides a file, and "~" marks the digest.
    encoded = encoded.replace(".", "%2E").replace("~", "%7E")
    return f"{encoded[:_ENCODED_CHARS]}~{digest[:_DIGEST_CHARS]}"
