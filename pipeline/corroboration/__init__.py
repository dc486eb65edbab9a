"""Claims to findings: which pairs, same thing, same value, who stands where."""

from pipeline.corroboration.failed import not_compared
from pipeline.corroboration.findings import corroborate
from pipeline.corroboration.statements import in_order, with_statements

__all__ = ["corroborate", "in_order", "not_compared", "with_statements"]
