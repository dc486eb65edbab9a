"""Article to claims: one extractor a kind, one pass a text."""

from pipeline.claims.assembly import extract, extract_all

__all__ = ["extract", "extract_all"]
