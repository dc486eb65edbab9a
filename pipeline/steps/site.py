"""A published night to the pages beside its current revision.

What lays pages out is loaded when there are pages to lay out: most nights have none.
"""

from __future__ import annotations

from pathlib import Path

from pipeline.published import NothingPublished, Revision, find_revision
from pipeline.report import SITE
from pipeline.runs import Night
from pipeline.steps.frame import Progress, Watch


def site_folder(night: Night) -> Path:
    """Return where the pages of a night's current revision lie; a later night may have scored it anew."""
    return _folder(find_revision(night.places.receipts))


def is_site_built(night: Night) -> bool:
    """Return whether the pages of the night's current revision are there, as the config wants them."""
    from pipeline.site import is_built, site_digest  # noqa: PLC0415 - see above

    try:
        revision = find_revision(night.places.receipts)
    except NothingPublished:
        return False
    return is_built(_folder(revision), site_digest(revision.fingerprint, night.settings.site.text))


def build_night_site(night: Night, watch: Watch) -> Progress:
    """Lay the night's current revision out beside itself."""
    from pipeline.site import build_site  # noqa: PLC0415 - see above

    revision, settings = find_revision(night.places.receipts), night.settings
    articles = build_site(
        revision,
        _folder(revision),
        shown=settings.site.text,
        data="..",
        workers=settings.engine.workers if settings.engine.name == "local" else 0,
        watch=watch,
    )
    return Progress(shards=1, reused=0, articles=articles)


def _folder(revision: Revision) -> Path:
    return revision.folder.with_name(f"{revision.fingerprint}{SITE}")
