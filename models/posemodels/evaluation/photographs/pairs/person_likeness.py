"""How like a true photo a picture is on the person.

Tensor names end in the letters of their axes: B batch, C channels, H and W height and width, h and w those of an
activation.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image
from torch import Tensor

from posemodels.evaluation.metrics import masked_ssim
from posemodels.evaluation.photographs.transfers.clothes import as_tensor
from posemodels.training.flow_transfer.perceptual import PerceptualFeatures

HEIGHT = 256
"""At which pictures are compared: that of what other systems publish."""
_EPSILON = 1e-6


@dataclass(frozen=True)
class Likeness:
    distance: float
    """Of ResNet-18's activations; 0 for equal pictures."""
    ssim: float
    """Structural similarity; 1 for equal pictures."""


class PersonLikeness:
    """Compares pictures with one true photo, where that shows the person."""

    def __init__(self, features: PerceptualFeatures, truth: Image.Image, person: np.ndarray) -> None:
        """person: [H, W] probability, at the true photo's size."""
        self._features = features
        self._size = round(truth.width * HEIGHT / truth.height), HEIGHT
        mask = Image.fromarray(person.astype(np.float32)).resize(self._size, Image.Resampling.BILINEAR)
        self._mask_BHW = torch.from_numpy(np.array(mask))[None] >= 0.5
        self._truth_B3HW = self._on_person(truth)

    def of(self, picture: Image.Image) -> Likeness:
        """picture: of the true photo's frame, at any size."""
        picture_B3HW = self._on_person(picture)
        with torch.no_grad():
            layers = zip(self._features(picture_B3HW), self._features(self._truth_B3HW), strict=True)
            distances = [self._distance(made_BChw, true_BChw) for made_BChw, true_BChw in layers]
        ssim = masked_ssim(picture_B3HW, self._truth_B3HW, self._mask_BHW)
        return Likeness(float(np.mean(distances)), float(ssim))

    def _on_person(self, picture: Image.Image) -> Tensor:
        """The picture before mid-grey: other backgrounds are nobody's fault."""
        return as_tensor(picture.resize(self._size, Image.Resampling.BICUBIC)) * self._mask_BHW[:, None]

    def _distance(self, made_BChw: Tensor, true_BChw: Tensor) -> float:
        apart_Bhw = (_unit(made_BChw) - _unit(true_BChw)).square().sum(dim=1)
        weight_Bhw = F.interpolate(self._mask_BHW[:, None].float(), apart_Bhw.shape[1:], mode="area")[:, 0]
        return float((apart_Bhw * weight_Bhw).sum() / weight_Bhw.sum())


def _unit(activations_BChw: Tensor) -> Tensor:
    """Of length one over the channels (after LPIPS)."""
    return activations_BChw * (activations_BChw.square().sum(dim=1, keepdim=True) + _EPSILON).rsqrt()
