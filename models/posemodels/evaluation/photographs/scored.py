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
    """The worst result of each of the worst photos, the very worst first: what fails in one pose often fails in all."""
    first: dict[str, Scored] = {}
    for scored in sorted(measure.scores, key=lambda scored: scored.value, reverse=measure.at_most):
        first.setdefault(scored.photo, scored)
    return list(first.values())[:count]
