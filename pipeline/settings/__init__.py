"""Config in one frozen value: ``config/scoring.toml`` with an operator's file laid over it.

The file is the home of every number that an operator may want to change, with its unit and reason; ``sections`` is the home of each
key's name, type and range. A key that no section names is an error.
"""

from __future__ import annotations

from pipeline.settings.documented import EffectiveKey, effective
from pipeline.settings.families import Publisher, load_families
from pipeline.settings.files import ConfigError
from pipeline.settings.formats import Dialect, Formats, Route, Step, load_formats
from pipeline.settings.forms import ConflictForm, ConflictSettings, ReplacedForm, TopicForm, TopicSettings
from pipeline.settings.loading import fingerprinted, load_settings
from pipeline.settings.sections import (
    ClaimSettings,
    CorroborationSettings,
    DateBits,
    EngineSettings,
    IngestSettings,
    OriginSettings,
    ScoreSettings,
    Settings,
    SiteSettings,
    SpecificitySettings,
    StorySettings,
    WindowSettings,
)

__all__ = [
    "ClaimSettings",
    "ConfigError",
    "ConflictForm",
    "ConflictSettings",
    "CorroborationSettings",
    "DateBits",
    "Dialect",
    "EffectiveKey",
    "EngineSettings",
    "Formats",
    "IngestSettings",
    "OriginSettings",
    "Publisher",
    "ReplacedForm",
    "Route",
    "ScoreSettings",
    "Settings",
    "SiteSettings",
    "SpecificitySettings",
    "Step",
    "StorySettings",
    "TopicForm",
    "TopicSettings",
    "WindowSettings",
    "effective",
    "fingerprinted",
    "load_families",
    "load_formats",
    "load_settings",
]
