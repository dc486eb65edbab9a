"""A published night to the pages beside it."""

from __future__ import annotations

from pipeline.published import Revision
from pipeline.runs import Night
from pipeline.site import build_site, is_built, site_digest
from pipeline.steps.frame import Progress, Watch


def is_site_built(night: Night) -> bool:
    """Return whether the pages of this very revision are there, as the config wants them."""
    places = night.places
    return is_built(places.site, site_digest(places.fingerprint, night.settings.site.text))


def build_night_site(night: Night, watch: Watch) -> Progress:
    """Lay the night's revision out beside itself."""
    places, settings = night.places, night.settings
    articles = build_site(
        Revision(places.revision),
        places.site,
        shown=settings.site.text,
        data="..",
        workers=settings.engine.workers if settings.engine.name == "local" else 0,
        watch=watch,
    )
    return Progress(shards=1, reused=0, articles=articles)
