"""Whether the service keeps the patterns of clothes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from posemodels.evaluation.patterns import pattern_kept
from posemodels.evaluation.photographs.renders.nearby import kept_nearby
from posemodels.evaluation.photographs.renders.pattern_photos import PatternCase, PatternPhotos
from posemodels.evaluation.photographs.transfers.report import TransferReport
from posemodels.evaluation.photographs.transfers.transferred import opened


@dataclass(frozen=True)
class CaseScore:
    kept: float
    """1 for the truth, 0 for one colour, below that for a pattern in the wrong places."""
    nearby: float
    """The same of a pattern that may lie a little beside its place."""
    strength: float
    """Contrast against the truth's, wherever it lies; faults of pose and shading count towards it."""


class PatternKept:
    """Over stripes, checks and prints of the share of contrast that is where it should be: `evaluation.patterns`."""

    name, bar, at_most = "pattern-kept", 0.6, False

    def __init__(self, report: TransferReport, results: Path, photos: PatternPhotos) -> None:
        """Results that were refused keep nothing."""
        self._scores: dict[str, list[CaseScore]] = {}
        for photo in report.photos:
            case = photos.cases[photo.name]
            files = [target.file for target in photo.targets if target.file is not None]
            score = case_score(case, np.array(opened(results / files[0]))) if files else CaseScore(0.0, 0.0, 0.0)
            self._scores.setdefault(case.kind, []).append(score)

    def value(self) -> float:
        return self._mean(lambda score: score.kept)

    def details(self) -> dict[str, float]:
        kinds = {
            f"pattern-kept.{kind}": float(np.mean([score.kept for score in scores]))
            for kind, scores in self._scores.items()
        }
        nearby, strength = self._mean(lambda score: score.nearby), self._mean(lambda score: score.strength)
        return kinds | {"pattern-kept.nearby": nearby, "pattern-kept.strength": strength}

    def _mean(self, figure: Callable[[CaseScore], float]) -> float:
        kinds = [np.mean([figure(score) for score in scores]) for scores in self._scores.values()]
        return float(np.mean(kinds)) if kinds else float("nan")


def case_score(case: PatternCase, made: np.ndarray) -> CaseScore:
    """made: [H, W, 3] uint8, of the target's size."""
    region = torch.from_numpy(case.top)[None]
    kept, strength = pattern_kept(_planes(made), _planes(case.target), _planes(case.without), region)
    return CaseScore(float(kept), kept_nearby(made, case.target, case.without, case.top), float(strength))


def _planes(image: np.ndarray) -> Tensor:
    return torch.from_numpy(np.array(image)).permute(2, 0, 1)[None].float()
