"""Regions of the body: the labels they merge, the joints and limbs they own, and where a pose says that they are.

Shapes: B batch, J joints, M limbs, K regions, H and W the picture's size, h and w the feature maps'.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from posemodels.architectures.blocks.layers import static_size
from posemodels.data.labels import EIGHT_LABELS, FOUR_LABELS, LabelSet, label_set
from posemodels.data.skeleton import JOINT_NAMES, LIMBS
from posemodels.errors import ConfigError

_SIDES = ("right", "left")
_HEAD = ("nose", "neck", *(f"{side}_{joint}" for joint in ("eye", "ear") for side in _SIDES))


def _both(*joints: str) -> tuple[str, ...]:
    return tuple(f"{side}_{joint}" for joint in joints for side in _SIDES)


JOINTS_OF_LABEL: Mapping[str, tuple[str, ...]] = {
    "background": (),
    "hair": _HEAD,
    "face": _HEAD,
    "upper_clothes": ("neck", *_both("shoulder", "elbow", "hip")),
    "lower_clothes": _both("hip", "knee"),
    "arms": _both("shoulder", "elbow", "wrist"),
    "legs": _both("hip", "knee", "ankle"),
    "shoes": _both("ankle"),
}
"""The joints that each label of ours covers; a limb belongs to it where both its ends do."""

_COCO_ORDER = (
    "nose", "left_eye", "right_eye", "left_ear", "right_ear", "left_shoulder", "right_shoulder", "left_elbow",
    "right_elbow", "left_wrist", "right_wrist", "left_hip", "right_hip", "left_knee", "right_knee", "left_ankle",
    "right_ankle",
)  # fmt: skip

JOINT_ORDERS: Mapping[int, tuple[str, ...]] = {18: JOINT_NAMES, 17: _COCO_ORDER}
"""Channel order of pose maps by their number."""

LABEL_SETS: Mapping[str, LabelSet] = {"eight": EIGHT_LABELS, "four": FOUR_LABELS}

_PRESENT = 0.01
"""A joint whose map stays below this is missing."""


@dataclass(frozen=True)
class RegionTable:
    """The regions in channel order, with the indices of the joints and limbs that each owns."""

    labels: LabelSet
    limbs: tuple[tuple[int, int], ...]
    """Both ends of every limb as channels of the pose maps."""
    joints_of: tuple[tuple[int, ...], ...]
    limbs_of: tuple[tuple[int, ...], ...]


def region_table(
    regions: str | Mapping[str, Sequence[str]], joints: Mapping[str, Sequence[str]], keypoints: int
) -> RegionTable:
    """Resolves the configuration's values; raises ConfigError for names that are not known."""
    if isinstance(regions, str):
        if regions not in LABEL_SETS:
            raise ConfigError(f"regions must be a table or one of {', '.join(LABEL_SETS)}, got {regions!r}")
        labels = LABEL_SETS[regions]
    else:
        labels = label_set(regions)
    order = JOINT_ORDERS[keypoints]
    covered = {**JOINTS_OF_LABEL, **{label: tuple(names) for label, names in joints.items()}}
    unknown = {*covered} - {*JOINTS_OF_LABEL} | {name for names in joints.values() for name in names} - {*JOINT_NAMES}
    if unknown:
        raise ConfigError(f"joints names what is no label or joint of ours: {', '.join(sorted(unknown))}")
    named_limbs = [(JOINT_NAMES[start], JOINT_NAMES[end]) for start, end in LIMBS]
    limbs = [limb for limb in named_limbs if limb[0] in order and limb[1] in order]
    joints_of, limbs_of = [], []
    for merged in labels.members.values():
        owned = [{*covered[label]} for label in merged]
        joints_of.append(tuple(at for at, name in enumerate(order) if any(name in names for names in owned)))
        limbs_of.append(tuple(at for at, ends in enumerate(limbs) if any({*ends} <= names for names in owned)))
    ends = tuple((order.index(start), order.index(end)) for start, end in limbs)
    return RegionTable(labels, ends, tuple(joints_of), tuple(limbs_of))


class RegionPoses(nn.Module):
    """Where the pose says that each region is: the strongest of its joints and limbs, B x K x h x w in [0, 1].

    Regions without joints, the background above all, are where no other region is.
    """

    joint_member: Tensor
    limb_member: Tensor
    start: Tensor
    end: Tensor
    bare: Tensor

    def __init__(self, table: RegionTable, keypoints: int, bone_sigma: float) -> None:
        super().__init__()
        self._bone_sigma = bone_sigma
        self._constant("joint_member", _membership(table.joints_of, keypoints))
        self._constant("limb_member", _membership(table.limbs_of, len(table.limbs)))
        self._constant("start", _membership([(start,) for start, _ in table.limbs], keypoints))
        self._constant("end", _membership([(end,) for _, end in table.limbs], keypoints))
        self._constant("bare", torch.tensor([0.0 if joints else 1.0 for joints in table.joints_of]))

    def _constant(self, name: str, value: Tensor) -> None:
        self.register_buffer(name, value, persistent=False)

    def forward(self, pose_BJHW: Tensor) -> Tensor:
        maps_BJhw = F.avg_pool2d(pose_BJHW, 4)
        of_joints = _strongest(maps_BJhw, self.joint_member)
        of_limbs = _strongest(self._limbs(pose_BJHW, maps_BJhw), self.limb_member)
        owned_BKhw = torch.maximum(of_joints, of_limbs)
        bare = self.bare.reshape(-1, 1, 1)
        elsewhere_B1hw = 1 - owned_BKhw.amax(dim=1, keepdim=True)
        return owned_BKhw * (1 - bare) + elsewhere_B1hw * bare

    def _limbs(self, pose_BJHW: Tensor, maps_BJhw: Tensor) -> Tensor:
        """B x M x h x w: a Gaussian of the distance to each limb, zero where one of its ends is missing."""
        joints, height, width = static_size(maps_BJhw)
        rows = torch.tensor([float(row) for row in range(height)], device=maps_BJhw.device).reshape(1, 1, height, 1)
        columns = torch.tensor([float(column) for column in range(width)], device=maps_BJhw.device)
        columns = columns.reshape(1, 1, 1, width)
        # Sharpened, or the frame would pull the centre of a map that it cuts off.
        squared = maps_BJhw * maps_BJhw
        sharp = squared * squared
        mass = sharp.sum(dim=(2, 3)) + 1e-20
        y, x = (sharp * rows).sum(dim=(2, 3)) / mass, (sharp * columns).sum(dim=(2, 3)) / mass
        present = (pose_BJHW.amax(dim=(2, 3)) > _PRESENT).to(pose_BJHW.dtype)

        def at(choice_MJ: Tensor, values_BJ: Tensor) -> Tensor:
            # Multiplied out: a matrix product would be rounded under mixed precision.
            return (values_BJ.unsqueeze(1) * choice_MJ).sum(dim=2).reshape(-1, choice_MJ.shape[0], 1, 1)

        from_y, from_x = rows - at(self.start, y), columns - at(self.start, x)
        limb_y, limb_x = at(self.end, y) - at(self.start, y), at(self.end, x) - at(self.start, x)
        along = (from_y * limb_y + from_x * limb_x) / (limb_y * limb_y + limb_x * limb_x + 1e-6)
        along = along.clamp(0.0, 1.0)
        off_y, off_x = from_y - along * limb_y, from_x - along * limb_x
        sigma = self._bone_sigma * height
        near = torch.exp((off_y * off_y + off_x * off_x) * (-0.5 / (sigma * sigma)))
        return near * at(self.start, present) * at(self.end, present)


def _strongest(maps_BJhw: Tensor, member_KJ: Tensor) -> Tensor:
    """Per region the maximum of its members' maps, which are at least 0: B x K x h x w."""
    return (maps_BJhw.unsqueeze(1) * member_KJ.reshape(*member_KJ.shape, 1, 1)).amax(dim=2)


def _membership(members: Sequence[Sequence[int]], count: int) -> Tensor:
    """One row each, 1 at its members."""
    matrix = torch.zeros(len(members), count)
    for row, indices in zip(matrix, members):
        row[list(indices)] = 1.0
    return matrix
