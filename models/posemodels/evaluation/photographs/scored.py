"""A measure's figure of one result, so that the worst can be looked at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from posemodels.evaluation.photographs.measure import Measure


@dataclass(frozen=True)
class Scored:
    photo: str
    pose: str
    value: float


class ScoringMeasure(Measure, Protocol):
    """Keeps what each result counted."""

    scores: list[Scored]


def worst(measure: ScoringMeasure, count: int) -> list[Scored]:
    """The worst results, the very worst first."""
    return sorted(measure.scores, key=lambda scored: scored.value, reverse=measure.at_most)[:count]
