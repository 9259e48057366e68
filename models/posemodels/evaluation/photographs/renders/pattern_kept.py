"""Whether the service keeps the patterns of clothes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from posemodels.evaluation.patterns import pattern_kept
from posemodels.evaluation.photographs.renders.pattern_photos import PatternCase, PatternPhotos
from posemodels.evaluation.photographs.transfers.report import TransferReport
from posemodels.evaluation.photographs.transfers.transferred import opened


class PatternKept:
    """Over stripes, checks and prints of the share of contrast that is where it should be: `evaluation.patterns`."""

    name, bar, at_most = "pattern-kept", 0.6, False

    def __init__(self, report: TransferReport, results: Path, photos: PatternPhotos) -> None:
        """Results that were refused keep nothing."""
        self._kept: dict[str, list[float]] = {}
        for photo in report.photos:
            case = photos.cases[photo.name]
            files = [target.file for target in photo.targets if target.file is not None]
            kept = case_kept(case, np.array(opened(results / files[0]))) if files else 0.0
            self._kept.setdefault(case.kind, []).append(kept)

    def value(self) -> float:
        return float(np.mean([np.mean(kept) for kept in self._kept.values()])) if self._kept else float("nan")

    def details(self) -> dict[str, float]:
        return {f"pattern-kept.{kind}": float(np.mean(kept)) for kind, kept in self._kept.items()}


def case_kept(case: PatternCase, made: np.ndarray) -> float:
    """made: [H, W, 3] uint8, of the target's size."""
    region = torch.from_numpy(case.top)[None]
    return float(pattern_kept(_planes(made), _planes(case.target), _planes(case.without), region)[0])


def _planes(image: np.ndarray) -> Tensor:
    return torch.from_numpy(np.array(image)).permute(2, 0, 1)[None].float()
