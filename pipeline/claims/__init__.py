"""Article to claims: one extractor a kind, one pass a text."""

from pipeline.claims.assembly import extract

__all__ = ["extract"]
