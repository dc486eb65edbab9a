"""The main text of a page that carries none as data: trafilatura, the extra ``html``."""

from __future__ import annotations

import logging
from functools import cache
from typing import Any

from pipeline.extras import lacking_html
from pipeline.ingest.reasons import Fault

_LOGGERS = ("trafilatura", "htmldate", "justext", "courlan")
_MOST_TAGS = 50_000  # of a page, opening and closing; a long article has a few thousand, and each costs time
# Without a last day it would be today, and the same page read otherwise tomorrow.
_DATES = {"original_date": True, "extensive_search": False, "min_date": "1990-01-01", "max_date": "2199-12-31"}


def main_text(page: str) -> dict[str, str]:
    """Return the main text of a page and what stands about it: text, title, author, date, site.

    Raises Fault where the extra is missing or no main text is found.
    """
    if (lacking := lacking_html()) is not None:
        raise Fault("extra.missing", f"the page carries no articleBody, and to find its main text, {lacking}")
    if (tags := page.count("<")) > _MOST_TAGS:
        raise Fault("text.too-long", f"a page of {tags} tags, {_MOST_TAGS} at most")
    found = _extracted(page)
    if not found.get("text"):
        raise Fault("text.missing", "no main text is found on the page")
    return found


def _extracted(page: str) -> dict[str, str]:
    try:
        found = _extractor()(page, with_metadata=True, include_comments=False, date_extraction_params=_DATES)
    except Exception as error:  # a foreign parser fails on hostile pages in ways of its own
        raise Fault("text.missing", f"the page can't be parsed: {error!r}") from error
    values = {} if found is None else found.as_dict()
    names = {"text": "text", "title": "title", "author": "author", "date": "date", "sitename": "site"}
    return {ours: values[theirs] for theirs, ours in names.items() if isinstance(values.get(theirs), str)}


@cache
def _extractor() -> Any:
    for name in _LOGGERS:
        logging.getLogger(name).setLevel(logging.CRITICAL)
    from trafilatura import bare_extraction  # noqa: PLC0415 - an extra, and slow to load

    return bare_extraction
