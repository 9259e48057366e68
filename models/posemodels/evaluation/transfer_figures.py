"""Measures of a transfer by flow on rendered pairs, where the truth is known of every pixel.

Tensor names end in the letters of their axes: B batch, L labels, H and W height and width, h and w half of them.
"""

from __future__ import annotations

from typing import Protocol

import torch
from torch import Tensor

from posemodels.data.render_pairs.framed_pairs import FramedPairs
from posemodels.evaluation.metrics import masked_ssim
from posemodels.evaluation.segmentation import confusion, intersection_over_union

_LEAST_SHARE = 500 / (256 * 192)
"""Of the picture that must show the person, or clothes, for it to count."""
_CLOTHES = (3, 4)


class GeometryFigures:
    """Where the surface is found, gathered over batches."""

    def __init__(self, labels: int) -> None:
        self._off = self._seen = self._right = self._shown = 0.0
        self._confusion = torch.zeros(labels, labels, dtype=torch.int64)

    def add(self, batch: FramedPairs, flow_B2hw: Tensor, is_visible_Bhw: Tensor, labels_Bhw: Tensor) -> None:
        """labels: indices; batch.target_labels are of any size."""
        self._off += float((flow_error(flow_B2hw, batch.positions) * batch.visible).sum())
        self._seen += float(batch.visible.sum())
        truth, known = _halved(batch.target_labels, labels_Bhw), _halved(batch.target_known, labels_Bhw)
        shown = batch.matched & known
        self._right += float(((is_visible_Bhw == batch.visible) & shown).sum())
        self._shown += float(shown.sum())
        self._confusion += confusion(labels_Bhw[known], truth[known], len(self._confusion))

    def figures(self) -> dict[str, float]:
        """position_error: mean over visible surface of the errors in x and y together, in pixels of h x w;
        visibility_accuracy: over the person; label_miou: over the labels that targets have."""
        there = self._confusion.sum(1) > 0
        return {
            "position_error": self._off / max(self._seen, 1),
            "visibility_accuracy": self._right / max(self._shown, 1),
            "label_miou": float(intersection_over_union(self._confusion)[there].mean()),
        }


class Target(Protocol):
    """What pictures are compared with."""

    @property
    def target_image(self) -> Tensor | None:
        """B x 3 x H x W in [-1, 1]."""
        ...

    @property
    def target_labels(self) -> Tensor:
        """[B, H, W]."""
        ...

    @property
    def target_known(self) -> Tensor | None:
        """[B, H, W] bool: within the target's picture; None where it is everywhere."""
        ...


class ColorFigures:
    """How like the truth a picture is over the person's true pixels, gathered over batches."""

    def __init__(self) -> None:
        self._values: dict[str, list[Tensor]] = {}

    def add(self, batch: Target, image: Tensor, suffix: str = "") -> None:
        """image: B x 3 x H x W in [-1, 1]. suffix: of the figures' names."""
        assert batch.target_image is not None
        person = person_mask(batch)
        clothes = sum((batch.target_labels == label for label in _CLOTHES), torch.zeros(1, dtype=torch.bool))
        clothes = clothes[:, None] & (person > 0)
        least = _LEAST_SHARE * person[0].numel()
        enough = person.sum(dim=(1, 2, 3)) > least
        values = _likeness(image, batch.target_image, person)
        values["sharpness"] = mean_gradient(image, clothes) / mean_gradient(batch.target_image, clothes).clamp_min(1e-3)
        for name, value in values.items():
            kept = enough & (clothes.sum(dim=(1, 2, 3)) > least) if name == "sharpness" else enough
            self._values.setdefault(name + suffix, []).append(value[kept])

    def figures(self) -> dict[str, float]:
        """Means over pictures: l1 as a share of the value range, PSNR, SSIM, and sharpness: the mean gradient over
        clothes against that of the true picture."""
        return {name: float(torch.cat(values).nanmean()) for name, values in self._values.items()}


def person_mask(batch: Target) -> Tensor:
    """[B, 1, H, W] 1 where the target shows the person."""
    shown = batch.target_labels > 0
    return (shown if batch.target_known is None else shown & batch.target_known)[:, None].float()


def flow_error(flow_B2hw: Tensor, truth_B2hw: Tensor, worst: float | None = None) -> Tensor:
    """[B, h, w] errors in x and y together, in pixels of h x w. worst: half frames that one of them can be at most."""
    off = (flow_B2hw - truth_B2hw).abs()
    if worst is not None:
        off = off.clamp(max=worst)
    half = torch.tensor([flow_B2hw.shape[3] / 2, flow_B2hw.shape[2] / 2])
    return (off * half[:, None, None]).sum(dim=1)


def mean_gradient(image: Tensor, mask_B1HW: Tensor) -> Tensor:
    """[B] mean absolute difference of neighbours that both lie in the mask."""
    inner = (mask_B1HW[..., 1:, 1:] & mask_B1HW[..., :-1, 1:] & mask_B1HW[..., 1:, :-1]).float()
    down = (image[..., 1:, 1:] - image[..., :-1, 1:]).abs()
    across = (image[..., 1:, 1:] - image[..., 1:, :-1]).abs()
    total = ((down + across).mean(dim=1, keepdim=True) * inner).sum(dim=(1, 2, 3))
    return total / inner.sum(dim=(1, 2, 3)).clamp_min(1)


def _likeness(image: Tensor, truth: Tensor, person_B1HW: Tensor) -> dict[str, Tensor]:
    area = person_B1HW.sum(dim=(1, 2, 3)).clamp_min(1) * image.shape[1]
    off = (image - truth) / 2 * person_B1HW
    squared = off.square().sum(dim=(1, 2, 3)) / area
    return {
        "l1": off.abs().sum(dim=(1, 2, 3)) / area,
        "psnr": -10 * squared.clamp_min(1e-10).log10(),
        "ssim": masked_ssim(image * person_B1HW, truth * person_B1HW, person_B1HW[:, 0]),
    }


def _halved(maps_BHW: Tensor, like_Bhw: Tensor) -> Tensor:
    step = maps_BHW.shape[1] // like_Bhw.shape[1]
    return maps_BHW[:, step // 2 :: step, step // 2 :: step]
