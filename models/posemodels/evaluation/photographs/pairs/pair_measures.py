"""Whether results are more like true photos than what a published system made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from posemodels.evaluation.photographs.pairs.person_likeness import Likeness
from posemodels.evaluation.photographs.scored import Scored

OURS, SOURCE = "ours", "source"
"""What the service made, and the source given back as it is; the others are published systems."""


@dataclass
class PairLikenesses:
    """Of every pair, by what made the picture."""

    by_maker: dict[str, dict[str, Likeness]] = field(default_factory=dict)

    def add(self, pair: str, maker: str, likeness: Likeness) -> None:
        self.by_maker.setdefault(maker, {})[pair] = likeness

    def mean(self, maker: str, figure: Callable[[Likeness], float], pairs: set[str]) -> float:
        values = [figure(likeness) for pair, likeness in self.by_maker.get(maker, {}).items() if pair in pairs]
        return float(np.mean(values)) if values else float("nan")


class PairMeasure:
    """Mean of one figure over the pairs that the published system has too; its own mean there is the bar.

    A pair of which the service makes nothing counts as its source given back.
    """

    def __init__(
        self, name: str, figure: Callable[[Likeness], float], at_most: bool, likenesses: PairLikenesses, rival: str
    ) -> None:
        self.name, self.at_most = name, at_most
        self._figure, self._likenesses = figure, likenesses
        made = likenesses.by_maker
        self._ours = made.get(SOURCE, {}) | made.get(OURS, {})
        self._pairs = set(self._ours) & set(made.get(rival, {}))
        self.bar = likenesses.mean(rival, figure, self._pairs)
        self.scores = [Scored(pair, "target", figure(likeness)) for pair, likeness in self._ours.items()]

    def value(self) -> float:
        values = [self._figure(self._ours[pair]) for pair in sorted(self._pairs)]
        return float(np.mean(values)) if values else float("nan")

    def details(self) -> dict[str, float]:
        """Each maker's mean over all pairs that it has, and ours over the same ones."""
        details: dict[str, float] = {}
        for maker, made in self._likenesses.by_maker.items():
            details[f"{self.name}.{maker}"] = self._likenesses.mean(maker, self._figure, set(made))
            if maker not in (OURS, SOURCE):
                same = [self._figure(self._ours[pair]) for pair in made if pair in self._ours]
                details[f"{self.name}.ours-where-{maker}"] = float(np.mean(same)) if same else float("nan")
        return details


def pair_measures(likenesses: PairLikenesses, rival: str) -> list[PairMeasure]:
    return [
        PairMeasure("real-pairs.distance", lambda likeness: likeness.distance, True, likenesses, rival),
        PairMeasure("real-pairs.ssim", lambda likeness: likeness.ssim, False, likenesses, rival),
    ]
