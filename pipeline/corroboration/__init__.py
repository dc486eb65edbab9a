"""Claims to findings: which pairs, same thing, same value, who stands where."""

from pipeline.corroboration.findings import corroborate

__all__ = ["corroborate"]
