"""Where each page lies: names that are safe on every file system and in every address."""

from __future__ import annotations

import posixpath
from functools import lru_cache
from urllib.parse import quote, urlsplit

from pipeline.report import report_path

NIGHT, ARTICLES, STORIES, SOURCES = "index.html", "articles.html", "stories.html", "sources.html"
QUARANTINE, RULES, METHOD, READING = "quarantine.html", "rules.html", "method.html", "reading.html"

_LINKED = frozenset({"http", "https"})
_LONGEST = 2_000  # characters of an address; a longer one is shown, not linked


def numbered(page: str, number: int) -> str:
    """Return the path of a page's n-th part, from 1; the "~" is in the name of no first part of a plain id."""
    return page if number == 1 else f"{page.removesuffix('.html')}~{number}.html"


def article_page(article: str) -> str:
    """Return the path of an article's page, relative to the site's folder."""
    return _page("articles", article)


def story_page(story: str) -> str:
    """Return the path of a story's page."""
    return _page("stories", story)


def source_page(source: str) -> str:
    """Return the path of a source's page."""
    return _page("sources", source)


def _page(kind: str, id_: str) -> str:
    return f"{kind}/{report_path(id_).removeprefix('reports/').removesuffix('.json')}.html"


@lru_cache(maxsize=10_000)
def relative(target: str, page: str) -> str:
    """Return a link from one page to another, both given by their paths; an empty one leads to the page itself."""
    return quote(posixpath.relpath(target, posixpath.dirname(page) or "."))


def web_address(url: str | None) -> str | None:
    """Return an address that may be followed: http or https with a host; None for any other."""
    if url is None or len(url) > _LONGEST:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in _LINKED and parts.netloc else None
