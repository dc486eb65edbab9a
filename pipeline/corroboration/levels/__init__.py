"""Same value? One ordered table of named levels a kind; the first that fires decides."""

from pipeline.corroboration.levels.level import Level, Sides
from pipeline.corroboration.levels.table import LEVELS, Agreement, agreement

__all__ = ["LEVELS", "Agreement", "Level", "Sides", "agreement"]
