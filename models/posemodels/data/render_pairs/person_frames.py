"""Where the window of a person lies: around joints and mask with a margin, as the service cuts it out of a photo."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

from posemodels.data.render_pairs.frames import Windows

MARGIN = 0.06
"""Of the window's height, above and below the person."""

_NECK, _HIPS = 1, (8, 11)
_HEAD, _ANKLES = (0, 14, 15, 16, 17), (10, 13)


@dataclass(frozen=True, kw_only=True)
class WindowNoise:
    """By how much windows are off those of the rule; in shares of their height, and in radians."""

    scale: float = 0.05
    shift: float = 0.02
    turn: float = 0.06


def photo_cuts(joints_BJ2: Tensor, share: float, random: torch.Generator) -> Tensor:
    """[B, 4] left, top, right, bottom of what a photo shows of each picture: often not the feet, sometimes not the
    head. In `share` of the pictures something is cut off."""
    batch = len(joints_BJ2)
    draw = torch.rand(batch, 5, generator=random)
    neck, hips = joints_BJ2[:, _NECK, 1], joints_BJ2[:, _HIPS, 1].mean(dim=1)
    ankles = joints_BJ2[:, _ANKLES, 1].mean(dim=1)
    highest = hips - 0.35 * (hips - neck)
    bottom = highest + (ankles + 0.04 - highest) * draw[:, 1]
    head = joints_BJ2[:, _HEAD, 1].amin(dim=1)
    top = head - 0.06 + (neck - head + 0.1) * draw[:, 2]
    is_cut = draw[:, 0] < share
    whole = torch.tensor([-1.0, -1.0, 1.0, 1.0])
    cuts = whole.repeat(batch, 1)
    cuts[:, 3] = torch.where(is_cut & (draw[:, 3] < 0.85), bottom, cuts[:, 3]).clamp(-0.6, 1)
    cuts[:, 1] = torch.where(is_cut & (draw[:, 4] < 0.2), top, cuts[:, 1]).clamp(-1, 0.4)
    usable = cuts[:, 3] - cuts[:, 1] > 0.3
    return torch.where(usable[:, None], cuts, whole)


def person_windows(
    shown_BHW: Tensor, joints_BJ2: Tensor, present_BJ: Tensor, cuts_B4: Tensor, noise: WindowNoise,
    mirrored_B: Tensor, random: torch.Generator,
) -> Windows:  # fmt: skip
    """Windows around what is shown of each person within the cuts."""
    batch, height, width = shown_BHW.shape
    boxes = []
    # NumPy reduces booleans many times faster.
    shown = shown_BHW.numpy()
    for person, joints, present, cut in zip(shown, joints_BJ2, present_BJ, cuts_B4):
        left, top, right, bottom = cut.tolist()
        rows = torch.linspace(-1, 1, height + 1)[:-1][torch.from_numpy(person.any(axis=1))].clamp(top, bottom)
        columns = torch.linspace(-1, 1, width + 1)[:-1][torch.from_numpy(person.any(axis=0))].clamp(left, right)
        held = joints[present]
        x, y = torch.cat([columns, held[:, 0]]), torch.cat([rows, held[:, 1]])
        empty = len(x) == 0
        boxes.append(torch.tensor([-1.0, -1, 1, 1]) if empty else torch.stack([x.min(), y.min(), x.max(), y.max()]))
    box_B4 = torch.stack(boxes)
    extent = box_B4[:, 2:] - box_B4[:, :2]
    # Both sides as shares of a 3:4 window: the larger one decides.
    scale = (extent[:, 1] / 2 / (1 - 2 * MARGIN)).maximum(extent[:, 0] / 2 / (1 - 0.5 * MARGIN))
    centre = (box_B4[:, 2:] + box_B4[:, :2]) / 2
    return _disturbed(centre, scale.clamp_min(0.1), noise, mirrored_B, random)


def like_windows(
    source: Windows, source_joints_BJ2: Tensor, joints_BJ2: Tensor, noise: WindowNoise, random: torch.Generator
) -> Windows:
    """Windows of targets in which the person is as large and stands where they do in the source's.

    Both sets of joints are in their own pictures' frames.
    """
    in_source = source.from_picture(source_joints_BJ2)
    neck, hips = (in_source[:, at].reshape(-1, len(at), 2).mean(dim=1) for at in ((_NECK,), _HIPS))
    target_neck, target_hips = (joints_BJ2[:, at].mean(dim=1) for at in ((_NECK,), _HIPS))
    span = (hips - neck)[:, 1].abs().clamp_min(0.05)
    scale = ((target_hips - target_neck)[:, 1].abs() / span).clamp(0.2, 2.5)
    sign = torch.where(source.mirrored_B, -1.0, 1.0)
    offset = torch.stack([hips[:, 0] * sign, hips[:, 1]], dim=1) * scale[:, None]
    return _disturbed(target_hips - offset, scale, noise, source.mirrored_B, random)


def _disturbed(
    centre_B2: Tensor, scale_B: Tensor, noise: WindowNoise, mirrored_B: Tensor, random: torch.Generator
) -> Windows:
    draw = torch.randn(len(scale_B), 4, generator=random)
    scale = scale_B * (draw[:, 0] * noise.scale).exp()
    centre = centre_B2 + draw[:, 1:3] * noise.shift * 2 * scale[:, None]
    return Windows.placed(centre, scale, draw[:, 3] * noise.turn, mirrored_B)
