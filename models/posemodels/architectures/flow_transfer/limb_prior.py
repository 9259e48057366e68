"""Where each place of the target would lie in the source if it moved with one part of the body, rigid but for scale.

Nothing here is learnt. Tensor names end in the letters of their axes: B batch, K parts, H and W height and width, N
places. Points are in half heights of the frame.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor

from posemodels.architectures.blocks.layers import static_size
from posemodels.architectures.flow_transfer.joint_positions import equal_units, in_frame, joint_positions
from posemodels.data.render_pairs.frames import pixel_centres
from posemodels.data.skeleton import JOINT_NAMES, Proportions

_AT = {name: index for index, name in enumerate(JOINT_NAMES)}
_BODY = Proportions()
_LIMBS = (
    ("right_shoulder", "right_elbow", _BODY.upper_arm), ("right_elbow", "right_wrist", _BODY.forearm),
    ("left_shoulder", "left_elbow", _BODY.upper_arm), ("left_elbow", "left_wrist", _BODY.forearm),
    ("right_hip", "right_knee", _BODY.thigh), ("right_knee", "right_ankle", _BODY.calf),
    ("left_hip", "left_knee", _BODY.thigh), ("left_knee", "left_ankle", _BODY.calf),
)  # fmt: skip
"""Both joints, and the length in body heights."""
_STARTS = torch.tensor([_AT[start] for start, _, _ in _LIMBS])
_ENDS = torch.tensor([_AT[end] for _, end, _ in _LIMBS])
_FACE = torch.tensor([_AT[name] for name in ("nose", "right_eye", "left_eye", "right_ear", "left_ear")])

PARTS = len(_LIMBS) + 2
"""The limbs, the torso, the head."""

_ACROSS = 0.1
"""Length of a limb's frame across it, in body heights."""
_DAMPING = 0.03
"""Body heights under which a foreshortened side of a frame is not to be trusted."""
_HEAD_ABOVE_NECK = 0.1
"""In body heights, where no point of the face is seen."""
_FARTHEST = 1.6
"""Beyond the source's frame: farther places all count alike."""
_NEAR = (0.07,) * len(_LIMBS) + (0.13, 0.09)
"""Body heights within which places belong to a part."""


@dataclass(frozen=True)
class PartFrames:
    """The parts of the body in one picture."""

    origin_BK2: Tensor
    axes_BK22: Tensor
    """Columns: along and across the part."""
    present_BK: Tensor
    height_B1: Tensor
    """Of the body, in half heights of the frame, as the longest limbs tell."""


@dataclass(frozen=True)
class LimbPrior:
    """For each part, at each place of the target."""

    positions_BK2HW: Tensor
    """In the source's frame, -1 to 1."""
    nearness_BKHW: Tensor
    """From 0 to 1; 0 where one of the pictures lacks the part."""
    labels_BCHW: Tensor
    """The source's labels there, weighted by nearness: one set a part."""


def limb_prior(source_pose: Tensor, target_pose: Tensor, source_parsing: Tensor) -> LimbPrior:
    """All B x C x H x W of one size."""
    labels, height, width = static_size(source_parsing)
    source, target = part_frames(source_pose), part_frames(target_pose)
    damping_B111 = (_DAMPING * target.height_B1).square()[:, :, None, None]
    turn_BK22 = torch.matmul(source.axes_BK22, _damped_inverse(target.axes_BK22, damping_B111))
    points_N2 = equal_units(pixel_centres((height, width))).reshape(-1, 2)
    away_BKN2 = points_N2 - target.origin_BK2[:, :, None]
    moved_BKN2 = torch.matmul(away_BKN2, turn_BK22.transpose(2, 3)) + source.origin_BK2[:, :, None]
    grid_BKN2 = in_frame(moved_BKN2).clamp(-_FARTHEST, _FARTHEST)
    present_BK1 = (source.present_BK * target.present_BK)[:, :, None]
    near_BKHW = (_nearness(target, away_BKN2) * present_BK1).reshape(-1, PARTS, height, width)
    read = F.grid_sample(source_parsing, grid_BKN2.reshape(-1, PARTS * height, width, 2), align_corners=False)
    read_BKLHW = read.reshape(-1, labels, PARTS, height, width).transpose(1, 2)
    weighted = (read_BKLHW * near_BKHW[:, :, None]).reshape(-1, PARTS * labels, height, width)
    positions = grid_BKN2.transpose(2, 3).reshape(-1, PARTS, 2, height, width)
    return LimbPrior(positions, near_BKHW, weighted)


def part_frames(pose_BJHW: Tensor) -> PartFrames:
    """Read off the pose maps of one picture."""
    joints, present = joint_positions(pose_BJHW)
    starts, ends = joints.index_select(1, _STARTS), joints.index_select(1, _ENDS)
    along = ends - starts
    limb_present = present.index_select(1, _STARTS) * present.index_select(1, _ENDS)
    neck, torso_present = _one(joints, "neck"), _one(present, "neck")
    for side in ("right_hip", "left_hip"):
        torso_present = torso_present * _one(present, side)
    torso_B12 = (_one(joints, "right_hip") + _one(joints, "left_hip")) / 2 - neck
    heights = _length(along) / torch.tensor([limb[2] for limb in _LIMBS]) * limb_present
    torso_height = _length(torso_B12) / _BODY.torso * torso_present
    height_B1 = torch.cat([heights, torso_height], dim=1).amax(dim=1, keepdim=True).clamp(0.3, 6.0)

    limb_axes = torch.stack([along, _across(along) * (_ACROSS * height_B1[:, :, None])], dim=3)
    left, right = (_one(joints, f"{side}_shoulder") + _one(joints, f"{side}_hip") for side in ("left", "right"))
    torso_axes = torch.stack([torso_B12, (left - right) / 2], dim=3)
    face_present = present.index_select(1, _FACE)
    seen_B1 = face_present.sum(dim=1, keepdim=True)
    face = (joints.index_select(1, _FACE) * face_present[:, :, None]).sum(dim=1, keepdim=True)
    face = face / (seen_B1[:, :, None] + 1e-6)
    above = neck - torso_B12 / (_length(torso_B12) + 1e-3)[:, :, None] * (_HEAD_ABOVE_NECK * height_B1[:, :, None])
    head = torch.where(seen_B1[:, :, None] > 0.5, face, above)
    head_present = torch.maximum(seen_B1.clamp(0.0, 1.0), torso_present)
    upright = torch.tensor([[[[0.0, 1.0], [1.0, 0.0]]]]) * (_ACROSS * height_B1)[:, :, None, None]
    return PartFrames(
        torch.cat([starts, neck, head], dim=1),
        torch.cat([limb_axes, torso_axes, upright], dim=1),
        torch.cat([limb_present, torso_present, head_present], dim=1),
        height_B1,
    )


def _one(values: Tensor, joint: str) -> Tensor:
    """That of one joint, its axis kept."""
    return values[:, _AT[joint] : _AT[joint] + 1]


def _length(vectors: Tensor) -> Tensor:
    return (vectors.square().sum(dim=2) + 1e-8).sqrt()


def _across(along: Tensor) -> Tensor:
    """Unit vectors, a quarter turn from B x K x 2 vectors."""
    turned = torch.cat([-along[:, :, 1:], along[:, :, :1]], dim=2)
    return turned / (turned.square().sum(dim=2, keepdim=True) + 1e-6).sqrt()


def _damped_inverse(matrix: Tensor, damping: Tensor) -> Tensor:
    """[..., 2, 2]: (M'M + damping)^-1 M'."""
    transposed = matrix.transpose(2, 3)
    gram = torch.matmul(transposed, matrix)
    a, b, d = (gram[:, :, row : row + 1, column : column + 1] for row, column in ((0, 0), (0, 1), (1, 1)))
    a, d = a + damping, d + damping
    adjoint = torch.cat([torch.cat([d, -b], dim=3), torch.cat([-b, a], dim=3)], dim=2)
    return torch.matmul(adjoint, transposed) / (a * d - b * b)


def _nearness(frames: PartFrames, away_BKN2: Tensor) -> Tensor:
    """[B, K, N] by the distance to the part's middle line."""
    along_BK21 = frames.axes_BK22[:, :, :, :1]
    squared = along_BK21.square().sum(dim=2, keepdim=True) + 1e-6
    share = (torch.matmul(away_BKN2, along_BK21) / squared).clamp(0.0, 1.2)
    off = away_BKN2 - share * along_BK21.transpose(2, 3)
    reach = torch.tensor(_NEAR)[:, None] * frames.height_B1[:, :, None]
    return (-0.5 * off.square().sum(dim=3) / reach.square()).exp()
