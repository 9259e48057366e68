"""Clothes of a person as the parser sees them."""

from __future__ import annotations

import numpy as np
import torch
from PIL import Image
from torch import Tensor

from posemodels.data.photographs.street_labels import PERSON_LABELS

UPPER, LOWER = (PERSON_LABELS.index(name) for name in ("upper_clothes", "lower_clothes"))
GARMENTS = UPPER, LOWER


def clothes_mask(labels: np.ndarray) -> np.ndarray:
    """[H, W] bool."""
    mask: np.ndarray = np.isin(labels, GARMENTS)
    return mask


def as_tensor(image: Image.Image) -> Tensor:
    """[1, 3, H, W] in [-1, 1]."""
    pixels = torch.from_numpy(np.array(image)).permute(2, 0, 1)[None]
    return pixels.float() / 127.5 - 1
