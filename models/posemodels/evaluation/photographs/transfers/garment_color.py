"""Whether clothes keep their colours."""

from __future__ import annotations

import numpy as np
import torch
from PIL import Image

from posemodels.evaluation.colors import part_colors
from posemodels.evaluation.photographs.reading import ReadPerson
from posemodels.evaluation.photographs.scored import Scored
from posemodels.evaluation.photographs.transfers.clothes import GARMENTS, LOWER, UPPER, as_tensor
from posemodels.evaluation.photographs.transfers.transferred import TransferredPhoto


class GarmentColor:
    """Mean distance in CIELAB between the mean colours of a garment in result and source, over both garments.

    A garment that one of the two does not show counts for nothing; how many the results miss is a detail.
    """

    name, bar, at_most = "garment-colour", 6.0, True

    def __init__(self) -> None:
        self.scores: list[Scored] = []
        self._distances: list[np.ndarray] = []
        self._missed: list[bool] = []

    def add(self, photo: TransferredPhoto) -> None:
        worn = garment_colors(photo.source, photo.person)
        for target in photo.targets:
            made = garment_colors(target.image, target.person)
            distances = np.linalg.norm(made - worn, axis=1)
            self._distances.append(distances)
            self._missed += np.isnan(made[:, 0])[~np.isnan(worn[:, 0])].tolist()
            if not np.isnan(distances).all():
                self.scores.append(Scored(photo.name, target.pose, float(np.nanmean(distances))))

    def value(self) -> float:
        distances = np.concatenate(self._distances) if self._distances else np.array([np.nan])
        return float("nan") if np.isnan(distances).all() else float(np.nanmean(distances))

    def details(self) -> dict[str, float]:
        if not self._distances:
            return {}
        upper, lower = np.array(self._distances).T
        parts = {"upper": upper, "lower": lower}
        means = {name: float(np.nanmean(values)) for name, values in parts.items() if not np.isnan(values).all()}
        missed = {"missed": float(np.mean(self._missed))} if self._missed else {}
        return {f"garment-colour.{name}": value for name, value in (means | missed).items()}


def garment_colors(image: Image.Image, person: ReadPerson | None) -> np.ndarray:
    """[2, 3] CIELAB of the mean colours of upper and lower clothes; NaN for one that is hardly shown."""
    if person is None:
        return np.full((len(GARMENTS), 3), np.nan)
    colors = part_colors(as_tensor(image), torch.from_numpy(person.labels.astype(np.int64))[None])
    return colors[0, [UPPER, LOWER]].double().numpy()
