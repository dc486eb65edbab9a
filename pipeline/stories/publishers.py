"""Who publishes an article: families of names and addresses."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from urllib.parse import urlsplit

from pipeline.models import Article
from pipeline.resources import lexicon, words
from pipeline.settings import load_families

_NOBODY = "-"  # the family of platforms and of names that nobody owns
_DESK = re.compile(r"^(?P<name>.{2,200}?)(?:\s+[-–—|:]\s+|\s*\()(?P<desk>[^()]{1,60})\)?\s*$")
_NOT_NAME = re.compile(r"[\W_]+")
_HOST = re.compile(r"^(?:[\w-]{1,63}\.){1,8}[a-z]{2,24}$")
_SECOND_LEVEL = frozenset({"ac", "co", "com", "edu", "gov", "net", "ne", "or", "org"})  # as in .co.uk, .or.jp
_FRONTS = frozenset({"www", "m", "amp", "mobile", "edition", "en"})  # subdomains that are no part of a name


def family(article: Article, own: str = "") -> str | None:
    """Return the family that publishes an article, None if nobody can be named.

    ``own`` is the path of a user's table, whose rows go before the shipped ones; empty: none.

    The address comes before the name: it says where the text stood, the name what somebody called it.
    """
    address = article.canonical_url or article.url
    host = _host(address) if address else None
    return (host and host_family(host, own)) or (article.source and name_family(article.source, own)) or None


@lru_cache(maxsize=100_000)
def host_family(host: str, own: str = "") -> str | None:
    """Return the family of a host by its longest listed domain, else its own name; None for a platform."""
    parts = host.split(".")
    for start in range(len(parts) - 1):
        known = _domains(own).get(".".join(parts[start:]))
        if known:
            return None if known == _NOBODY else known
    keep = -2 if len(parts) > 2 and len(parts[-1]) == 2 and parts[-2] in _SECOND_LEVEL else -1
    return _plain(parts[:keep][-1]) or None


@lru_cache(maxsize=100_000)
def name_family(source: str, own: str = "") -> str | None:
    """Return the family of a source as the dump names it, with or without its desk."""
    name = source.strip()
    if _HOST.match(name.lower()) and _plain(name) not in _names(own):
        return host_family(_trimmed(name.lower()), own)
    known = _names(own).get(_plain(name)) or _names(own).get(_plain(_without_desk(name)))
    known = known or _plain(_without_desk(name))
    return known if known and known != _NOBODY else None


def _without_desk(name: str) -> str:
    match = _DESK.match(name)
    return match["name"] if match and match["desk"].strip().lower() in words("desks", "desk") else name


def _plain(name: str) -> str:
    plain = _NOT_NAME.sub("", name.casefold().removeprefix("the ").replace("&", "and"))
    return plain.removeprefix("the") if len(plain) > 6 else plain


def _host(address: str) -> str | None:
    """Return the host of an address with or without scheme, None where there is none."""
    try:
        host = urlsplit(address if "//" in address else f"//{address}").hostname
    except ValueError:
        return None
    return _trimmed(host) if host and _HOST.match(host) else None


def _trimmed(host: str) -> str:
    parts = host.split(".")
    while len(parts) > 2 and parts[0] in _FRONTS:
        del parts[0]
    return ".".join(parts)


@cache
def _names(own: str) -> dict[str, str]:
    shipped = {_plain(row["publisher"]): row["family"] for row in lexicon("publishers")}
    return shipped | {_plain(row.publisher): row.family for row in load_families(own) if row.publisher}


@cache
def _domains(own: str) -> dict[str, str]:
    shipped = {row["domain"]: row["family"] for row in lexicon("publishers") if row["domain"]}
    return shipped | {row.domain: row.family for row in load_families(own) if row.domain}
