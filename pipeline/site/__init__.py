"""A published night as static pages: no script, nothing loaded, every string escaped by the templates."""

from pipeline.site.build import build_site, is_built, site_digest

__all__ = ["build_site", "is_built", "site_digest"]
