"""Colour errors of body parts."""

from __future__ import annotations

import torch
from torch import Tensor

from posemodels.data.synthetic import LABEL_NAMES

_TO_XYZ = torch.tensor(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)
_WHITE = torch.tensor([0.95047, 1.0, 1.08883])
_SMALLEST_SHARE = 0.0005
"""Parts that cover less of the picture have no colour worth speaking of; 6 pixels of 128 x 96."""


def part_colors(images_B3HW: Tensor, labels_BHW: Tensor) -> Tensor:
    """CIELAB of the mean colour of each part, B x labels x 3; NaN for a part that the labels hardly show.

    Images are sRGB in [-1, 1]; labels are indices into `LABEL_NAMES`.
    """
    weight_BLP = torch.stack([labels_BHW == label for label in range(len(LABEL_NAMES))], dim=1).float().flatten(2)
    count_BL1 = weight_BLP.sum(dim=2, keepdim=True)
    linear_B3P = _linear(((images_B3HW + 1) / 2).clamp(0, 1)).flatten(2)
    mean_BL3 = weight_BLP @ linear_B3P.transpose(1, 2) / count_BL1
    shown = count_BL1 >= max(1.0, _SMALLEST_SHARE * weight_BLP.shape[2])
    return torch.where(shown, _lab(mean_BL3), torch.tensor(float("nan")))


def color_errors(first_BL3: Tensor, second_BL3: Tensor) -> dict[str, float]:
    """Name of each part but the background to the mean distance in CIELAB (CIE76) over the pictures that show it in
    both; parts that none shows are left out. About 2 is just noticeable, 10 another shade."""
    distances_BL = (first_BL3 - second_BL3).square().sum(dim=2).sqrt()
    means = {name: distances_BL[:, label].nanmean() for label, name in enumerate(LABEL_NAMES) if label}
    return {name: float(mean) for name, mean in means.items() if not mean.isnan()}


def _linear(srgb: Tensor) -> Tensor:
    return torch.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4)


def _lab(linear: Tensor) -> Tensor:
    """Linear RGB to L*, a*, b* under D65; the last axis has the channels."""
    xyz = linear @ _TO_XYZ.T / _WHITE
    cube = torch.where(xyz > (6 / 29) ** 3, xyz.clamp(min=1e-9) ** (1 / 3), xyz / (3 * (6 / 29) ** 2) + 4 / 29)
    x, y, z = cube.unbind(dim=-1)
    return torch.stack([116 * y - 16, 500 * (x - y), 200 * (y - z)], dim=-1)
