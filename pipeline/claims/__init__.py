"""Article to claims: one extractor a kind, one pass a text."""
