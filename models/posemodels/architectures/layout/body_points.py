"""Points that are fixed to the body: what one pose shows there can be read, and written where another pose has them.

Tensor names end in the letters of their axes: B batch, J joints, K points, C channels, H and W height and width.
"""

from __future__ import annotations

import math

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from posemodels.architectures.blocks.layers import flatten_positions
from posemodels.data.skeleton import JOINT_COUNT, JOINT_NAMES, LIMBS

_FAINTEST = 1e-6
_BODY_LIMBS = LIMBS[:13]
_ALONG = (0.1, 0.3, 0.5, 0.7, 0.9)
_BEYOND = (
    ("right_elbow", "right_wrist", 1.35), ("left_elbow", "left_wrist", 1.35),
    ("right_knee", "right_ankle", 1.2), ("left_knee", "left_ankle", 1.2), ("neck", "nose", 1.6),
)  # fmt: skip
"""Hands, feet and crown lie beyond the last joint of their limb."""
_BETWEEN = (
    ("right_hip", "right_knee", "left_hip", "left_knee"), ("right_knee", "left_knee"),
    ("right_shoulder", "left_shoulder", "right_hip", "left_hip"), ("right_hip", "left_hip"),
)  # fmt: skip
"""Where skirts and coats hang that no bone runs through."""

_READ_SHARPNESS = 5.0
_WRITE_SHARPNESS = 1.5
"""Squared ratio of the pose maps' sigma to that of the Gaussian in which a point is read or written."""


def distance_fields(pose_BJHW: Tensor) -> Tensor:
    """Pose maps to fields of the same shape that fall with the squared distance to the joint, from 1 to 0 at about five
    sigmas; zeros where the joint is missing. The Gaussians themselves are flat beyond two."""
    return 1 + pose_BJHW.clamp(min=_FAINTEST).log() / -math.log(_FAINTEST)


class BodyPoints(nn.Module):
    """Weighted means of joints, learnt, at first along the limbs, beyond their ends and between them.

    A weighted sum of squared distances to joints is, up to a constant, the squared distance to the joints' weighted
    mean: a 1x1 convolution of distance fields and an exponential make a Gaussian round every point.
    """

    def __init__(self) -> None:
        super().__init__()
        weights_KJ = _first_weights()
        self.count = len(weights_KJ)
        self.joints = nn.Conv2d(JOINT_COUNT, self.count, 1, bias=False)
        with torch.no_grad():
            self.joints.weight.copy_(weights_KJ[:, :, None, None])

    def reading(self, fields_BJHW: Tensor) -> Tensor:
        """B x K x H*W: of each point, the shares of all places in what is read there; they add up to one."""
        shares: Tensor = self._energies(fields_BJHW, _READ_SHARPNESS).softmax(dim=2)
        return shares

    def writing(self, fields_BJHW: Tensor) -> Tensor:
        """B x K x H*W: how near each place is to each point, 1 at the point itself."""
        energies = self._energies(fields_BJHW, _WRITE_SHARPNESS)
        return (energies - energies.amax(dim=2, keepdim=True)).exp()

    def _energies(self, fields_BJHW: Tensor, sharpness: float) -> Tensor:
        # Beside the factor, the steps of bfloat16 are as large as the differences between neighbouring places.
        with torch.autocast(fields_BJHW.device.type, enabled=False):
            mixed = flatten_positions(self.joints(fields_BJHW.float()))
        return mixed * (sharpness * -math.log(_FAINTEST))


def _first_weights() -> Tensor:
    rows = []
    for start, end in _BODY_LIMBS:
        rows += [_on_line(start, end, along) for along in _ALONG]
    rows += [_on_line(JOINT_NAMES.index(start), JOINT_NAMES.index(end), along) for start, end, along in _BEYOND]
    for names in _BETWEEN:
        joints = torch.tensor([JOINT_NAMES.index(name) for name in names])
        rows.append(F.one_hot(joints, JOINT_COUNT).float().mean(dim=0))
    return torch.stack(rows)


def _on_line(start: int, end: int, along: float) -> Tensor:
    weights_J = torch.zeros(JOINT_COUNT)
    weights_J[start], weights_J[end] = 1 - along, along
    return weights_J
