"""What settling asks of an article, and how articles are told apart and put in order."""

from __future__ import annotations

from dataclasses import Field, dataclass
from hashlib import blake2b
from typing import Any, ClassVar, Protocol, TypeVar

from pipeline.models import Article, DumpLocation
from pipeline.record import quickly_made


class Filed(Protocol):
    """What settling asks of an article, or of a slip that stands for one."""

    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]

    @property
    def id(self) -> str:
        """The dump's own id."""
        ...

    @property
    def source(self) -> str | None:
        """The publisher."""
        ...

    @property
    def canonical_url(self) -> str | None:
        """The address, the same for all its spellings."""
        ...

    @property
    def published(self) -> str | None:
        """ISO 8601."""
        ...

    @property
    def modified(self) -> str | None:
        """ISO 8601."""
        ...

    @property
    def sha256(self) -> str:
        """The digest of the text."""
        ...

    @property
    def location(self) -> DumpLocation:
        """Its place in the dump."""
        ...


F = TypeVar("F", bound=Filed)


@quickly_made
@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """All that settling asks of an article: a dump's slips fit in memory where its texts do not."""

    number: int  # by which the caller finds the article again
    id: str
    source: str | None
    canonical_url: str | None
    published: str | None
    modified: str | None
    sha256: str
    location: DumpLocation


def slip(number: int, article: Article) -> Slip:
    """Return the slip of an article."""
    return Slip(
        number=number,
        id=article.id,
        source=article.source,
        canonical_url=article.canonical_url,
        published=article.published,
        modified=article.modified,
        sha256=article.sha256,
        location=article.location,
    )


def place(location: DumpLocation) -> tuple[str, str, int, int]:
    """Return what puts records in the order of the dump."""
    return location.file, location.member or "", location.line or 0, location.byte_offset or 0


def key(article: Filed) -> tuple[object, ...]:
    """Return what tells articles apart once repeats are set aside."""
    return article.id, article.sha256


def digest(mark: tuple[str, ...]) -> int:
    """Return 64 bits for a mark: a million articles have a few million, and the strings would not fit in memory."""
    return int.from_bytes(blake2b("\0".join(mark).encode("utf-8", "surrogatepass"), digest_size=8).digest())
