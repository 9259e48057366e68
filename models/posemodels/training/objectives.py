"""What a generator learns to do with a pair of pictures."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from posemodels.data.dataset import PairBatch

ObjectiveName = Literal["transfer", "reconstruction"]


def transfer(batch: PairBatch) -> PairBatch:
    """The target from the source."""
    return batch


def reconstruction(batch: PairBatch) -> PairBatch:
    """The target from itself: what a generator that goes through a description of the picture is trained on."""
    return PairBatch(
        source_image=batch.target_image,
        source_pose=batch.target_pose,
        source_keypoints=batch.target_keypoints,
        source_labels=batch.target_labels,
        target_image=batch.target_image,
        target_pose=batch.target_pose,
        target_keypoints=batch.target_keypoints,
        target_labels=batch.target_labels,
        target_known=batch.target_known,
    )


OBJECTIVES: dict[ObjectiveName, Callable[[PairBatch], PairBatch]] = {
    "transfer": transfer,
    "reconstruction": reconstruction,
}
"""Turns a batch of pairs into the pairs that a training step is made of; evaluation is always of the transfer."""
