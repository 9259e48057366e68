"""From pose maps back to joints, inside of a graph."""

from __future__ import annotations

import torch
from torch import Tensor

from posemodels.architectures.blocks.layers import static_size
from posemodels.data.render_pairs.frames import ASPECT, pixel_centres

_SHARPENED = 3
"""How often maps are squared, so that a map's middle is not drawn inwards where it is cut off by the frame."""


def joint_positions(pose_BJHW: Tensor) -> tuple[Tensor, Tensor]:
    """Joints B x J x 2, and B x J from 0 for a missing one to 1.

    x and y in half heights of the frame from its middle: x is in [-0.75, 0.75], y in [-1, 1].
    """
    sharp = pose_BJHW
    for _ in range(_SHARPENED):
        sharp = sharp * sharp
    weights_BJN = sharp.flatten(2)
    total_BJ1 = weights_BJN.sum(dim=2, keepdim=True)
    points_N2 = equal_units(pixel_centres(static_size(pose_BJHW)[1:])).reshape(-1, 2)
    return torch.matmul(weights_BJN, points_N2) / (total_BJ1 + 1e-6), total_BJ1.squeeze(2).clamp(0.0, 1.0)


def equal_units(points: Tensor) -> Tensor:
    """[..., 2] in the frame (-1 to 1 both ways) to half heights."""
    return points * torch.tensor([ASPECT, 1.0])


def in_frame(points: Tensor) -> Tensor:
    """[..., 2] in half heights to the frame."""
    return points / torch.tensor([ASPECT, 1.0])
