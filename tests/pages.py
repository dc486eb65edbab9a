"""Pages as a browser would read them, and words that try to run in them."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

MAX_PAGE = 500_000  # bytes
HOSTILE = (
    "</title></style><script>alert(1)</script><img src=x onerror=alert(2)>\"'><b>\u202egnp.exe {{ 7*7 }} {% raw %}"
)


class Page(HTMLParser):
    """What a browser would make of a page."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.policy = self.style = self.text = ""
        self._in: list[str] = []
        self.feed(path.read_text("utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element with its attributes."""
        given_ = dict(attrs)
        self.tags.add(tag)
        self.attributes |= given_.keys()
        self.ids += [str(given_["id"])] if "id" in given_ else []
        self.links += [str(given_["href"])] if "href" in given_ else []
        if given_.get("http-equiv") == "Content-Security-Policy":
            self.policy = str(given_["content"])
        self._in.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Note that an element ends."""
        self._in = self._in[: -1 - self._in[::-1].index(tag)] if tag in self._in else self._in

    def handle_data(self, data: str) -> None:
        """Keep text, and the style apart."""
        if self._in[-1:] == ["style"]:
            self.style += data
        else:
            self.text += data


def pages_of(site: Path) -> dict[str, Page]:
    """Return every page of a site by its path."""
    return {path.relative_to(site).as_posix(): Page(path) for path in sorted(site.rglob("*.html"))}
