"""How surely two claims that carry one figure speak of one matter: two of different matters seldom do by chance.

The weight of an agreement after Fellegi and Sunter (1969): the rarer what both say, the more it adds to the log odds
that both speak of one thing. It lends weight to a support alone. That two figures differ tells nothing of the matter.
"""

from __future__ import annotations

import math

from pipeline.corroboration.owners import owners_differ
from pipeline.corroboration.specificity import bits
from pipeline.corroboration.values import value_key
from pipeline.models import Claim, ClaimKind
from pipeline.settings import CorroborationSettings


def agreement_weight(claim: Claim, settings: CorroborationSettings) -> float:
    """Return the log odds, 0 and more, that another claim's equal figure adds; 0 for what is no figure."""
    if claim.quantity is None:
        return 0.0
    told = settings.agreeing * max(0.0, bits(claim, settings.specificity))
    return math.log(2.0) * min(told, settings.agreeing_bits)


def with_agreement(first: Claim, second: Claim, topic: float, settings: CorroborationSettings) -> float:
    """Return the probability, 0..1, symmetric, of one matter when both carry one value; as it is where they don't.

    Two owners ("14 points" of two players) may each have such a figure: there, equal figures tell nothing.
    """
    if first.quantity is None or owners_differ(first, second):
        return topic
    if value_key(first) != value_key(second):
        return topic
    return raised(first, second, topic, settings)


def raised(first: Claim, second: Claim, topic: float, settings: CorroborationSettings) -> float:
    """Return a probability with what it adds that one article carries both figures' values."""
    if not 0.0 < topic < 1.0:
        return topic
    added = min(agreement_weight(first, settings), agreement_weight(second, settings))
    return 1.0 / (1.0 + (1.0 - topic) / topic * math.exp(-added))


def least_topic(kind: ClaimKind, settings: CorroborationSettings) -> float:
    """Return the probability of one matter below which a claim with another value counts for nothing."""
    return settings.figure_least if kind == "quantity" else settings.joint_topic
