"""Framed pairs as generators are fed that know eight labels and give pictures of one size."""

from __future__ import annotations

from dataclasses import replace

import torch
import torch.nn.functional as F
from torch import Tensor

from posemodels.data.dataset import PairBatch
from posemodels.data.heatmaps import gaussian_maps
from posemodels.data.render_pairs.frames import sample
from posemodels.data.render_pairs.framed_pairs import FramedPairs
from posemodels.data.render_pairs.framing import framed
from posemodels.data.render_pairs.framing_config import FramingConfig
from posemodels.data.render_pairs.label_noise import ACCESSORY
from posemodels.data.render_pairs.raw_pairs import RawPairs

_FLOW_SIZE = (8, 6)
"""Of correspondences, which nobody asks for here."""
_MISSING = -1.0


def framed_for(
    raw: RawPairs, config: FramingConfig, size: tuple[int, int], fineness: int, random: torch.Generator
) -> FramedPairs:
    """Pairs with their pictures, (height, width) `size`, cut out `fineness` times as large and averaged."""
    height, width = size
    pairs = framed(raw, config, (height * fineness, width * fineness), _FLOW_SIZE, random)
    if fineness == 1:
        return pairs
    every = slice(fineness // 2, None, fineness)
    shrunk = {name: getattr(pairs, name)[:, every, every] for name in _MAPS}
    for name in ("source_image", "target_image"):
        shrunk[name] = F.avg_pool2d(getattr(pairs, name), fineness)
    return replace(pairs, **shrunk)


def generator_batch(pairs: FramedPairs, sigma: float) -> PairBatch:
    """As a generator is given them. What is worn or carried is background to it, and a joint of the target counts only
    where its picture is known. sigma: of the pose maps, in pixels."""
    assert pairs.source_image is not None and pairs.target_image is not None
    height, width = size = int(pairs.source_labels.shape[1]), int(pairs.source_labels.shape[2])
    known = sample(pairs.target_known[:, None].float(), pairs.target_joints[:, None], "nearest")[:, 0, 0] > 0.5
    source = _in_pixels(pairs.source_joints, pairs.source_present, (width, height))
    target = _in_pixels(pairs.target_joints, pairs.target_present & known, (width, height))
    return PairBatch(
        source_image=pairs.source_image,
        source_pose=gaussian_maps(source, size, sigma),
        source_keypoints=source,
        source_labels=_eight_labels(pairs.source_labels),
        target_image=pairs.target_image,
        target_pose=gaussian_maps(target, size, sigma),
        target_keypoints=target,
        target_labels=_eight_labels(pairs.target_labels),
        target_known=pairs.target_known,
    )


_MAPS = ("source_labels", "true_source_labels", "target_labels", "target_known")


def _in_pixels(joints_BJ2: Tensor, present_BJ: Tensor, size: tuple[int, int]) -> Tensor:
    pixels = (joints_BJ2 + 1) / 2 * torch.tensor(size) - 0.5
    return pixels.masked_fill(~present_BJ[..., None], _MISSING)


def _eight_labels(labels_BHW: Tensor) -> Tensor:
    return labels_BHW.masked_fill(labels_BHW == ACCESSORY, 0)
