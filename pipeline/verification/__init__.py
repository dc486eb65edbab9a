"""What a run left, checked against the schemas and laws that it promises to hold."""

from pipeline.verification.night import NoRunError, verify
from pipeline.verification.violation import Violation

__all__ = ["NoRunError", "Violation", "verify"]
