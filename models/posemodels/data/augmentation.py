"""What photographs have and renders lack: other framing, blur, light, noise, things in the way."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional

from posemodels.data.skeleton import MIRRORED_JOINTS


@dataclass(frozen=True)
class Labelled:
    """Pictures [B, 3, H, W] in [-1, 1], keypoints [B, 18, 2] in pixels (-1 missing), labels [B, H, W] int64."""

    images: Tensor
    keypoints: Tensor
    labels: Tensor


def reframed(batch: Labelled, scale: Tensor, angle: Tensor, shift: Tensor, fill: Tensor | None = None) -> Labelled:
    """Zooms, turns and moves each picture about its centre; joints that leave the frame become missing.

    :param scale: [B] zoom factor; angle: [B] radians; shift: [B, 2] pixels (x, y).
    :param fill: [B, 3] colour beyond the picture's edge; the edge repeated where NaN or None.
    """
    _, _, height, width = batch.images.shape
    centre = torch.tensor([(width - 1) / 2.0, (height - 1) / 2.0])
    cos, sin = torch.cos(angle), torch.sin(angle)
    turn = torch.stack([torch.stack([cos, -sin], -1), torch.stack([sin, cos], -1)], -2)
    y, x = torch.meshgrid(torch.arange(float(height)), torch.arange(float(width)), indexing="ij")
    pixels = torch.stack([x, y], -1).reshape(1, -1, 2)
    origin = (pixels - centre - shift[:, None]) @ turn / scale[:, None, None]
    half = torch.tensor([width / 2.0, height / 2.0])
    grid = (origin / half).reshape(-1, height, width, 2)
    images = functional.grid_sample(batch.images, grid, mode="bilinear", padding_mode="border", align_corners=False)
    labels = functional.grid_sample(
        batch.labels[:, None].float(), grid, mode="nearest", padding_mode="zeros", align_corners=False
    )
    if fill is not None:
        outside = (grid.abs() > 1.0).any(dim=-1)[:, None]
        images = torch.where(outside & ~fill.isnan()[:, :, None, None], fill.nan_to_num()[:, :, None, None], images)
    points = ((batch.keypoints - centre) * scale[:, None, None]) @ turn.transpose(1, 2) + centre + shift[:, None]
    limit = torch.tensor([width - 0.5, height - 0.5])
    gone = (batch.keypoints < 0).any(-1) | (points < -0.5).any(-1) | (points > limit).any(-1)
    points = torch.where(gone[..., None], torch.tensor(-1.0), points)
    return Labelled(images, points, labels[:, 0].round().long())


def mirrored(batch: Labelled, chosen: Tensor) -> Labelled:
    """The mirror image of the `chosen` pictures, [B] bool: left and right joints change names."""
    points = batch.keypoints[:, list(MIRRORED_JOINTS)]
    across = torch.stack([batch.images.shape[-1] - 1.0 - points[..., 0], points[..., 1]], -1)
    points = torch.where((points < 0).any(-1, keepdim=True), points, across)
    return Labelled(
        torch.where(chosen[:, None, None, None], batch.images.flip(-1), batch.images),
        torch.where(chosen[:, None, None], points, batch.keypoints),
        torch.where(chosen[:, None, None], batch.labels.flip(-1), batch.labels),
    )


def blurred(images: Tensor, sigma: float) -> Tensor:
    """Gaussian blur, `sigma` in pixels."""
    radius = max(1, int(round(3.0 * sigma)))
    kernel = torch.exp(-0.5 * (torch.arange(-radius, radius + 1.0) / sigma) ** 2)
    kernel = kernel / kernel.sum()
    padded = functional.pad(images, (radius, radius, radius, radius), mode="replicate")
    height, width = images.shape[2:]
    # Shifted sums: convolutions over three channels are several times slower on a CPU.
    rows = torch.zeros(*padded.shape[:2], padded.shape[2], width)
    for offset, weight in enumerate(kernel.tolist()):
        rows.add_(padded[:, :, :, offset : offset + width], alpha=weight)
    result = torch.zeros_like(images)
    for offset, weight in enumerate(kernel.tolist()):
        result.add_(rows[:, :, offset : offset + height], alpha=weight)
    return result


def augmented(batch: Labelled, generator: torch.Generator) -> Labelled:
    """A random variation of every picture of the batch."""
    count, _, height, width = batch.images.shape

    def uniform(low: float, high: float, *shape: int) -> Tensor:
        return torch.rand(count, *shape, generator=generator) * (high - low) + low

    batch = mirrored(batch, uniform(0.0, 1.0) < 0.5)
    kind = uniform(0.0, 1.0)
    far, near = uniform(0.6, 0.9), uniform(1.1, 2.0)
    scale = torch.where(kind < 0.6, uniform(0.88, 1.10), torch.where(kind < 0.75, far, near))
    reach = 0.06 + 0.5 * (scale - 1.0).abs()
    shift = uniform(-1.0, 1.0, 2) * reach[:, None] * torch.tensor([width * 0.8, height * 0.9])
    angle = (torch.randn(count, generator=generator) * 0.08).clamp(-0.3, 0.3)
    grey = uniform(-1.0, 1.0, 1).expand(-1, 3)
    fill = torch.where(uniform(0.0, 1.0, 1) < 0.5, grey, torch.full((count, 3), float("nan")))
    result = reframed(batch, scale, angle, shift, fill)
    images, points, labels = result.images, result.keypoints, result.labels

    covered = uniform(0.0, 1.0) < 0.2
    box_size = uniform(0.12, 0.45, 2) * torch.tensor([float(width), float(height)])
    box_start = uniform(0.0, 1.0, 2) * torch.tensor([float(width), float(height)]) - box_size / 2
    box_end = box_start + box_size
    x, y = torch.arange(float(width))[None, None], torch.arange(float(height))[None, :, None]
    inside = (
        (x >= box_start[:, 0, None, None]) & (x < box_end[:, 0, None, None])
        & (y >= box_start[:, 1, None, None]) & (y < box_end[:, 1, None, None]) & covered[:, None, None]
    )  # fmt: skip
    images = torch.where(inside[:, None], uniform(-1.0, 1.0, 3, 1, 1), images)
    labels = labels.masked_fill(inside, 0)
    hidden = ((points >= box_start[:, None]) & (points < box_end[:, None])).all(-1) & covered[:, None]
    points = points.masked_fill(hidden[..., None], -1.0)

    soft = uniform(0.0, 1.0) < 0.35
    sigma = float(torch.rand(1, generator=generator)) * 1.5 + 0.4
    images[soft] = blurred(images[soft], sigma)
    gain, offset = uniform(0.7, 1.3, 1, 1, 1) * uniform(0.92, 1.08, 3, 1, 1), uniform(-0.2, 0.2, 1, 1, 1)
    noise = torch.randn(images.shape, generator=generator) * uniform(0.0, 0.06, 1, 1, 1)
    return Labelled((images * gain + offset + noise).clamp(-1.0, 1.0), points, labels)
