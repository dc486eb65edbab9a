"""Config in one frozen value: ``config/scoring.toml`` with an operator's file laid over it.

The file is the home of every number, with its unit and reason; ``sections`` is the home of each
key's name, type and range. A key that no section names is an error.
"""

from __future__ import annotations

from pipeline.settings.loading import ConfigError, EffectiveKey, effective, fingerprinted, load_settings
from pipeline.settings.sections import (
    ClaimSettings,
    CorroborationSettings,
    EngineSettings,
    IngestSettings,
    OriginSettings,
    ScoreSettings,
    Settings,
    SpecificitySettings,
    StorySettings,
    TopicSettings,
)

__all__ = [
    "ClaimSettings",
    "ConfigError",
    "CorroborationSettings",
    "EffectiveKey",
    "EngineSettings",
    "IngestSettings",
    "OriginSettings",
    "ScoreSettings",
    "Settings",
    "SpecificitySettings",
    "StorySettings",
    "TopicSettings",
    "effective",
    "fingerprinted",
    "load_settings",
]
