"""Blocks to pages that stay small: what doesn't fit goes on to a next page, and links still find it."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import quote

from markupsafe import Markup

from pipeline.site.addresses import numbered, relative

PAGE_BYTES = 250_000  # of blocks on one page; links to other pages come on top, 500 kB is the promise

_NEAR = 10  # parts on either side that a part links to


@dataclass(frozen=True, slots=True)
class Block:
    """What must not be torn apart: a macro of ``parts.html.j2`` and what it shows."""

    macro: str
    view: object
    anchors: tuple[str, ...] = ()  # ids in its HTML that links lead to


@dataclass(frozen=True, slots=True)
class Section:
    """Blocks under one heading."""

    id: str
    title: str
    frame: str  # how its blocks are wrapped: a macro name of the page's template
    blocks: tuple[Block, ...]
    note: str = ""
    total: int | None = None  # shown after the title


@dataclass(frozen=True, slots=True)
class Links:
    """Links out of the blocks of one page."""

    path: str  # of the page's first part, relative to the site's folder
    number: int = 1  # of this part
    page_of: dict[str, int] = field(default_factory=dict)  # part that holds an anchor; absent: this one

    def at(self, anchor: str) -> str:
        """Return the link to an anchor, whichever part it is on."""
        part = self.page_of.get(anchor, self.number)
        head = "" if part == self.number else self.part(part)
        return f"{head}#{quote(anchor)}"

    def part(self, number: int) -> str:
        """Return the link to another part of this page."""
        return quote(posixpath.basename(numbered(self.path, number)))

    def page(self, target: str) -> str:
        """Return the link to another page of the site."""
        return relative(target, self.path)


@dataclass(frozen=True, slots=True)
class Part:
    """One page of what may be several."""

    number: int
    of: int
    sections: tuple[tuple[Section, tuple[Markup, ...]], ...]

    @property
    def neighbours(self) -> list[int]:
        """Parts that are linked from this one: the first, the last and those near it."""
        near = range(self.number - _NEAR, self.number + _NEAR + 1)
        return sorted({1, self.of, *(number for number in near if 1 <= number <= self.of)})


Render = Callable[[Block, Links], Markup]


def lay_out(sections: Sequence[Section], render: Render, path: str) -> list[Part]:
    """Return the parts of a page, one at least; each block is laid out once, twice where there are several parts."""
    blocks = [(section, block) for section in sections for block in section.blocks]
    here = Links(path)
    made = [render(block, here) for _, block in blocks]
    part_of = list(_part_numbers(made))
    parts = part_of[-1] if part_of else 1
    if parts > 1:
        page_of = {
            anchor: number for (_, block), number in zip(blocks, part_of, strict=True) for anchor in block.anchors
        }
        made = [
            render(block, replace(here, number=number, page_of=page_of))
            for (_, block), number in zip(blocks, part_of, strict=True)
        ]
    return [Part(number, parts, _sections(number, blocks, made, part_of)) for number in range(1, parts + 1)]


def _part_numbers(made: Sequence[Markup]) -> Iterator[int]:
    number, size = 1, 0
    for block in made:
        more = len(block.encode())
        if size and size + more > PAGE_BYTES:
            number, size = number + 1, 0
        size += more
        yield number


def _sections(
    number: int, blocks: Sequence[tuple[Section, Block]], made: Sequence[Markup], part_of: Sequence[int]
) -> tuple[tuple[Section, tuple[Markup, ...]], ...]:
    held: dict[str, tuple[Section, list[Markup]]] = {}
    for (section, _), markup, part in zip(blocks, made, part_of, strict=True):
        if part == number:
            held.setdefault(section.id, (section, []))[1].append(markup)
    return tuple((section, tuple(markups)) for section, markups in held.values())
