"""What the parser for photographs minimises."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional

from posemodels.data.photographs.street_labels import PERSON_LABELS

_WEIGHTS = {"background": 0.6, "hair": 1.3, "face": 1.3, "arms": 1.3, "legs": 1.3, "shoes": 1.5, "accessory": 0.7}


def label_weights() -> Tensor:
    """[9] weights of the cross-entropy: small parts count more, accessories, which are annotated carelessly, less."""
    return torch.tensor([_WEIGHTS.get(name, 1.0) for name in PERSON_LABELS])


def jaccard_loss(scores: Tensor, labels: Tensor) -> Tensor:
    """One minus the mean soft intersection over union of the labels that the batch shows.

    :param scores: [B, L, H, W] logits. labels: [B, H, W].
    """
    chance = scores.softmax(1).transpose(0, 1).flatten(1)
    truth = functional.one_hot(labels.flatten(), scores.shape[1]).t().to(chance.dtype)
    overlap = (chance * truth).sum(1)
    count = truth.sum(1)
    iou = overlap / (chance.sum(1) + count - overlap).clamp(min=1.0)
    return 1.0 - iou[count > 0].mean()


def parser_loss(scores: Tensor, labels: Tensor) -> Tensor:
    """Weighted cross-entropy plus the soft Jaccard term."""
    return functional.cross_entropy(scores, labels, label_weights()) + jaccard_loss(scores, labels)
