"""Pages to files: the templates, what they may call, and the policy that every page carries."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Protocol

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from pipeline.shown import clipped, visible
from pipeline.site import addresses, words
from pipeline.site.findings import NAMED_TIES, OPEN_EVIDENCE, SHOWN_TIES
from pipeline.site.pager import Block, Links, Section, lay_out
from pipeline.site.passages import TextShown
from pipeline.site.rulebook import rule_words, rulebook

TEMPLATES = Path(__file__).resolve().parent / "templates"
_MENU = (
    (addresses.NIGHT, "Night"),
    (addresses.ARTICLES, "Articles"),
    (addresses.STORIES, "Stories"),
    (addresses.SOURCES, "Sources"),
    (addresses.QUARANTINE, "Quarantine"),
    (addresses.RULES, "Rules"),
    (addresses.METHOD, "Method"),
    (addresses.READING, "How to read"),
)


class _Macro(Protocol):
    def __call__(self, view: object, links: Links) -> Markup: ...


class Press:
    """Lays out the pages of one night into one folder; a process has one."""

    def __init__(self, folder: Path, run: Mapping[str, Any], shown: TextShown) -> None:
        """Take the site's folder, the ``run`` of the night's summary, and how much text may be shown."""
        self._folder = folder
        self._made: set[Path] = set()
        self._templates = _environment(shown, tuple(sorted(run.items())))
        self._parts: Any = self._templates.get_template("parts.html.j2").module

    def pages(self, template: str, path: str, sections: Sequence[Section], **context: object) -> None:
        """Write a page, in as many parts as its sections need."""
        for part in lay_out(sections, self._block, path):
            links = Links(path, part.number)
            self.write(addresses.numbered(path, part.number), template, links, part=part, **context)

    def page(self, template: str, path: str, **context: object) -> None:
        """Write a page of one part."""
        self.write(path, template, Links(path), **context)

    def write(self, path: str, template: str, links: Links, **context: object) -> None:
        """Lay one file out and write it."""
        page = self._templates.get_template(template).render(links=links, parts=self._parts, **context)
        target = self._folder / path
        if target.parent not in self._made:
            target.parent.mkdir(parents=True, exist_ok=True)
            self._made.add(target.parent)
        target.write_bytes(page.encode())

    def _block(self, block: Block, links: Links) -> Markup:
        macro: _Macro = getattr(self._parts, block.macro)
        return macro(block.view, links)


@cache
def _environment(shown: TextShown, run: tuple[tuple[str, Any], ...]) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "visible": visible,
        "clipped": clipped,
        "points": lambda number: words.points_text(float(number)),
        "score": lambda number: words.score_text(None if number is None else float(number)),
    }
    style = (TEMPLATES / "style.css").read_text(encoding="utf-8").replace("\n", "")
    environment.globals |= {
        "run": dict(run), "shown": shown, "menu": _MENU, "style": Markup(style), "csp": policy(style),  # noqa: S704 - ours
        "verdicts": words.VERDICTS, "kinds": words.KINDS, "bands": words.BANDS, "open_evidence": OPEN_EVIDENCE,
        "rule_words": rule_words(), "rulebook": rulebook(), "article_page": addresses.article_page,
        "story_page": addresses.story_page, "source_page": addresses.source_page,
        "shown_ties": SHOWN_TIES, "named_ties": NAMED_TIES,
    }  # fmt: skip
    return environment


def policy(style: str) -> str:
    """Return the content security policy: nothing may load or run but this one style sheet."""
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
