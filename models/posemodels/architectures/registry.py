"""The generators by name: the one place that training, export, parity and evaluation look them up."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from torch import Tensor, nn

from posemodels.architectures.parity_case import ParityFormat
from posemodels.architectures.patch_xing.patch_xing import PatchXing, PatchXingConfig
from posemodels.architectures.rsa_gan.config import rsa_gan_config
from posemodels.architectures.rsa_gan.losses import RsaLoss
from posemodels.architectures.rsa_gan.rsa_gan import RsaGan, rsa_gan_inputs
from posemodels.architectures.scam import published as scam_published
from posemodels.architectures.scam.config import ScamConfig
from posemodels.architectures.scam.scam import Scam, scam_inputs
from posemodels.architectures.xinggan.published import PARITY as XINGGAN_PARITY
from posemodels.architectures.xinggan.published import config_of_weights
from posemodels.architectures.xinggan.xinggan import XingGan, XingGanConfig
from posemodels.architectures.xinggan_plus.config import XingGanPlusConfig
from posemodels.architectures.xinggan_plus.xinggan_plus import XingGanPlus
from posemodels.data.dataset import PairBatch
from posemodels.data.inputs import POSE_TRANSFER_INPUTS, GeneratorInputs
from posemodels.errors import ConfigError, ParityCaseError
from posemodels.training.checkpoint import published_weights


class AuxiliaryLoss(Protocol):
    """Loss terms of one design alone, computed from what its generator hands to `trace`."""

    weights: Mapping[str, float]
    """Name of every term to the weight it has where the training configuration gives no other."""

    def __call__(self, traced: Mapping[str, Tensor], batch: PairBatch) -> dict[str, Tensor]:
        """Unweighted scalars by name; a term is left out where the network lacks the part that it judges."""
        ...


@dataclass(frozen=True, kw_only=True)
class Architecture:
    """One generator design: how to build it, what it is fed, and how it is described elsewhere.

    A built generator takes its inputs in the order that `inputs` declares them, and optionally `trace`.
    """

    name: str
    config: Callable[..., Any]
    """Makes the configuration from keyword arguments."""
    build: Callable[[Any], nn.Module]
    inputs: Callable[[Any], GeneratorInputs]
    """The inputs of a generator of this configuration: training, export and evaluation take them from here."""
    provenance: str = "as released by its authors, narrowed"
    """How near to the publication it is; for the model card."""
    auxiliary_loss: Callable[[Any], AuxiliaryLoss] | None = None
    config_of_weights: Callable[[Mapping[str, Tensor]], Any] | None = None
    """Reads the configuration off a published state dict without its prefix; None where nothing is published."""
    weights_of_checkpoint: Callable[[Mapping[str, Any]], dict[str, Tensor]] = published_weights
    """Takes the content of a published checkpoint apart: the generator's weights under its own names."""
    published_with_other_objects: bool = False
    """Whether published checkpoints hold more than tensors and plain data."""
    parity: ParityFormat | None = None
    """Of its recorded cases; None where there are none."""


GENERATORS: dict[str, Architecture] = {
    architecture.name: architecture
    for architecture in (
        Architecture(
            name="xinggan",
            config=XingGanConfig,
            build=XingGan,
            inputs=lambda config: POSE_TRANSFER_INPUTS,
            config_of_weights=config_of_weights,
            parity=XINGGAN_PARITY,
        ),
        Architecture(
            name="scam",
            config=ScamConfig,
            build=Scam,
            inputs=scam_inputs,
            config_of_weights=scam_published.config_of_weights,
            weights_of_checkpoint=scam_published.weights_of_checkpoint,
            published_with_other_objects=True,
            parity=scam_published.PARITY,
        ),
        Architecture(
            name="xinggan-plus",
            config=XingGanPlusConfig,
            build=XingGanPlus,
            inputs=lambda config: POSE_TRANSFER_INPUTS,
            provenance="read from its paper, whose code is not public, narrowed",
        ),
        Architecture(
            name="patch-xing",
            config=PatchXingConfig,
            build=PatchXing,
            inputs=lambda config: POSE_TRANSFER_INPUTS,
            provenance="our own, not published",
        ),
        Architecture(
            name="rsa-gan",
            config=rsa_gan_config,
            build=RsaGan,
            inputs=rsa_gan_inputs,
            provenance="in the style of the paper, of which only the abstract's three modules are known",
            auxiliary_loss=RsaLoss,
        ),
    )
}


def generator_architecture(name: str) -> Architecture:
    """Looks a generator up; raises ConfigError for an unknown name."""
    if name not in GENERATORS:
        raise ConfigError(f"unknown generator {name!r}; known: {', '.join(sorted(GENERATORS))}")
    return GENERATORS[name]


def architecture_of_parity_case(settings: Mapping[str, Any]) -> tuple[Architecture, ParityFormat]:
    """Finds the design that the settings' `model` text names; raises ParityCaseError where none does."""
    model = str(settings.get("model", ""))
    cases = {item.parity.model: (item, item.parity) for item in GENERATORS.values() if item.parity is not None}
    # The longest beginning first: one design's name may begin with another's.
    for beginning in sorted(cases, key=len, reverse=True):
        if model.startswith(beginning):
            return cases[beginning]
    known = ", ".join(repr(beginning) for beginning in cases)
    raise ParityCaseError(f"no architecture for model {model!r}; known beginnings: {known}")
