"""What a generator can be given: the roles its inputs have, and how each of them comes out of a pair of pictures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from torch import Tensor

from posemodels.data.dataset import PairBatch
from posemodels.data.labels import LabelSet, label_set
from posemodels.errors import ConfigError


_MADE = ("latents", "noise")
"""Roles of inputs that another graph makes, or that are drawn."""


class InputRole(Enum):
    """An input's role, by the name that `docs/model-manifest.md` gives it. All are B x C x H x W of one size."""

    SOURCE_IMAGE = "sourceImage"
    """RGB in [-1, 1]."""
    SOURCE_POSE = "sourcePose"
    """A Gaussian a joint in [0, 1], zero where the joint is missing."""
    TARGET_POSE = "targetPose"
    SOURCE_PARSING = "sourceParsing"
    """One channel a label, 1 where the pixel has it, else 0."""
    TARGET_PARSING = "targetParsing"

    @property
    def argument(self) -> str:
        """What the input is called in `forward`, in the exported graph and in our manifests."""
        return self.name.lower()

    @property
    def is_image(self) -> bool:
        return self is InputRole.SOURCE_IMAGE

    @property
    def is_parsing(self) -> bool:
        return self in (InputRole.SOURCE_PARSING, InputRole.TARGET_PARSING)


@dataclass(frozen=True)
class GeneratorInputs:
    """A generator's inputs in the order of `forward`; training, export and evaluation follow from it.

    Raises ConfigError where a role is given twice, or where labels and parsing maps do not come together.
    """

    roles: tuple[InputRole, ...]
    labels: LabelSet | None = None
    """The label set of the parsing maps."""

    def __post_init__(self) -> None:
        if len(set(self.roles)) != len(self.roles):
            raise ConfigError(f"an input's role is given twice: {[role.value for role in self.roles]}")
        if any(role.is_parsing for role in self.roles) != (self.labels is not None):
            raise ConfigError("a label set goes with parsing maps, and parsing maps with a label set")

    def of(self, batch: PairBatch) -> dict[str, Tensor]:
        """The batch's inputs by argument name, in order."""
        return {role.argument: self._take(role, batch) for role in self.roles}

    def _take(self, role: InputRole, batch: PairBatch) -> Tensor:
        if not role.is_parsing:
            taken: Tensor = getattr(batch, role.argument)
            return taken
        assert self.labels is not None
        labels_BHW = batch.source_labels if role is InputRole.SOURCE_PARSING else batch.target_labels
        return self.labels.one_hot(labels_BHW)

    @staticmethod
    def of_manifest(manifest: Mapping[str, Any]) -> GeneratorInputs:
        """What a manifest declares, in its order; raises ConfigError for a role that we cannot fill.

        Of a generator in two graphs, what both are fed; latents and noise are no part of a pair of pictures.
        """
        try:
            entries = [*(manifest.get("encoder") or {"inputs": []})["inputs"], *manifest["inputs"]]
            roles = tuple(InputRole(entry["role"]) for entry in entries if entry["role"] not in _MADE)
        except (KeyError, ValueError) as error:
            raise ConfigError(f"{manifest.get('name')}: an input cannot be filled: {error}") from error
        mapping = manifest.get("labelMapping")
        return GeneratorInputs(roles, None if mapping is None else label_set(mapping))


POSE_TRANSFER_INPUTS = GeneratorInputs((InputRole.SOURCE_IMAGE, InputRole.SOURCE_POSE, InputRole.TARGET_POSE))
"""The person of a photo and both poses: what pose transfer without parsing maps takes."""
