"""Label sets: which of our labels each channel of a generator's parsing map stands for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor

from posemodels.data.synthetic import LABEL_NAMES
from posemodels.errors import ConfigError


@dataclass(frozen=True)
class LabelSet:
    """Names in channel order, background first, each with those of `LABEL_NAMES` that it merges.

    Every label of ours belongs to exactly one name. A name may merge none: a generator made elsewhere can know labels
    that we never give. Raises ConfigError where this is not so.
    """

    members: Mapping[str, tuple[str, ...]]

    def __post_init__(self) -> None:
        given = [label for labels in self.members.values() for label in labels]
        if sorted(given) != sorted(LABEL_NAMES):
            raise ConfigError(f"every label of {', '.join(LABEL_NAMES)} belongs to one name of a set; given: {given}")
        if self.members[next(iter(self.members))] != ("background",):
            raise ConfigError("the first name of a label set is the background and merges nothing else")

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self.members)

    def one_hot(self, labels_BHW: Tensor) -> Tensor:
        """Indices into `LABEL_NAMES` to B x L x H x W float32, one where the label is the channel's."""
        return F.one_hot(self.merged(labels_BHW), len(self.members)).permute(0, 3, 1, 2).float()

    def merged(self, labels_BHW: Tensor) -> Tensor:
        """Indices into `LABEL_NAMES` to indices into `names`, B x H x W int64."""
        channel_of = {label: at for at, labels in enumerate(self.members.values()) for label in labels}
        table = torch.tensor([channel_of[label] for label in LABEL_NAMES], device=labels_BHW.device)
        return table[labels_BHW.long()]


def label_set(members: Mapping[str, Sequence[str]]) -> LabelSet:
    """From plain data, as a manifest's `labelMapping` holds it."""
    return LabelSet({name: tuple(labels) for name, labels in members.items()})


EIGHT_LABELS = LabelSet({name: (name,) for name in LABEL_NAMES})
"""Ours, unmerged."""

FOUR_LABELS = LabelSet(
    {
        "background": ("background",),
        "skin": ("face", "arms", "legs"),
        "clothes": ("upper_clothes", "lower_clothes", "shoes"),
        "hair": ("hair",),
    }
)
"""The least that a person parser gives."""

THREE_LABELS = LabelSet(
    {
        "background": ("background",),
        "face": ("hair", "face"),
        "body": ("upper_clothes", "lower_clothes", "arms", "legs", "shoes"),
    }
)
"""The coarse merge that SCAM was published with."""
