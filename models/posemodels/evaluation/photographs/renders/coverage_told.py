"""Whether the service tells how much of a result was seen."""

from __future__ import annotations

import numpy as np

from posemodels.evaluation.photographs.renders.rendered_photos import RenderedPhotos
from posemodels.evaluation.photographs.transfers.report import TransferReport

_FEWEST = 3


class CoverageTold:
    """Correlation, over renders, of the coverage that a result is given with the share that the photo truly shows."""

    name, bar, at_most = "coverage-told", 0.9, False

    def __init__(self, report: TransferReport, photos: RenderedPhotos) -> None:
        told = {
            photo.name: target.coverage
            for photo in report.photos
            for target in photo.targets
            if target.coverage is not None
        }
        self._pairs = np.array([(coverage, photos.shown[name]) for name, coverage in told.items()]).reshape(-1, 2)
        self._refused = 1 - len(told) / len(photos.shown)

    def value(self) -> float:
        told, shown = self._pairs.T
        if len(told) < _FEWEST or min(told.std(), shown.std()) == 0:
            return float("nan")
        return float(np.corrcoef(told, shown)[0, 1])

    def details(self) -> dict[str, float]:
        """Mean error and mean absolute error of the coverage, and the share of the photos that were refused."""
        refused = {"coverage-told.refused": self._refused}
        if not len(self._pairs):
            return refused
        off = self._pairs[:, 0] - self._pairs[:, 1]
        return refused | {"coverage-told.bias": float(off.mean()), "coverage-told.error": float(np.abs(off).mean())}
