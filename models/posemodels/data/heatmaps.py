"""Pose maps: one Gaussian a joint, and the way back from heatmaps to joints."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional

POSE_MAP_SIGMA = 6.0


def gaussian_maps(keypoints: Tensor, size: tuple[int, int], sigma: float = POSE_MAP_SIGMA, stride: int = 1) -> Tensor:
    """Pose maps of unit peak, without truncation; a joint with a coordinate of -1 gives a map of zeros.

    :param keypoints: [B, K, 2] float (x, y) in pixels, pixel centres at whole numbers.
    :param size: height and width of the picture the joints lie in.
    :param sigma: standard deviation in pixels of that picture.
    :param stride: pixels a cell of the map, whose cell c has its centre at `(c + 0.5) * stride - 0.5`.
    :return: [B, K, H / stride, W / stride] float32 in [0, 1].
    """
    height, width = size
    points_bk2 = keypoints.float()
    rows = (torch.arange(height // stride, dtype=torch.float32) + 0.5) * stride - 0.5
    columns = (torch.arange(width // stride, dtype=torch.float32) + 0.5) * stride - 0.5
    scale = -0.5 / (sigma * sigma)
    along_x = torch.exp(scale * (columns - points_bk2[..., 0:1]) ** 2)
    along_y = torch.exp(scale * (rows - points_bk2[..., 1:2]) ** 2)
    present = (points_bk2 != -1).all(dim=-1, keepdim=True).float()
    return (along_y * present)[..., :, None] * along_x[..., None, :]


def decode_heatmaps(heatmaps: Tensor, stride: int) -> tuple[Tensor, Tensor]:
    """Joints of one person: the peak of each map, refined by the centroid of its 3x3 neighbourhood.

    :param heatmaps: [B, K, h, w], values in [0, 1].
    :return: positions [B, K, 2] (x, y) in pixels of the picture, and confidences [B, K], the peak values.
    """
    batch, joints, height, width = heatmaps.shape
    confidence, index = heatmaps.flatten(2).max(dim=2)
    row, column = torch.div(index, width, rounding_mode="floor"), index % width
    padded = functional.pad(heatmaps.clamp(min=0.0), (1, 1, 1, 1)).flatten(2)
    weights, offsets_x, offsets_y = [], [], []
    for dy in (0, 1, 2):
        for dx in (0, 1, 2):
            at = (row + dy) * (width + 2) + column + dx
            weights.append(padded.gather(2, at[..., None])[..., 0])
            offsets_x.append(dx - 1.0)
            offsets_y.append(dy - 1.0)
    weight = torch.stack(weights, dim=-1)
    total = weight.sum(dim=-1).clamp(min=1e-9)
    x = column + (weight * torch.tensor(offsets_x)).sum(dim=-1) / total
    y = row + (weight * torch.tensor(offsets_y)).sum(dim=-1) / total
    return (torch.stack([x, y], dim=-1) + 0.5) * stride - 0.5, confidence
