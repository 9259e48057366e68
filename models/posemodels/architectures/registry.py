"""The generators by name: the one place that training, export, parity and evaluation look them up."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from torch import Tensor, nn

from posemodels.architectures.xinggan import XingGan, XingGanConfig
from posemodels.architectures.xinggan_published import config_of_parity_case, config_of_weights
from posemodels.errors import ConfigError, ParityCaseError


@dataclass(frozen=True, kw_only=True)
class Architecture:
    """One generator design: how to build it, and how it is described elsewhere."""

    name: str
    config: Callable[..., Any]
    """Makes the configuration from keyword arguments."""
    build: Callable[[Any], nn.Module]
    config_of_weights: Callable[[Mapping[str, Tensor]], Any]
    """Reads the configuration off a state dict without its prefix."""
    parity_model: str
    """How the `model` text of a parity case of this design begins."""
    config_of_parity_case: Callable[[Mapping[str, Any]], Any]
    parity_inputs: Mapping[str, str]
    """Name in a parity case to argument of `forward`."""
    parity_output: str = "image"


GENERATORS: dict[str, Architecture] = {
    architecture.name: architecture
    for architecture in (
        Architecture(
            name="xinggan",
            config=XingGanConfig,
            build=XingGan,
            config_of_weights=config_of_weights,
            parity_model="XingGAN generator",
            config_of_parity_case=config_of_parity_case,
            parity_inputs={"image": "source_image", "bp1": "source_pose", "bp2": "target_pose"},
        ),
    )
}


def generator_architecture(name: str) -> Architecture:
    """Looks a generator up; raises ConfigError for an unknown name."""
    if name not in GENERATORS:
        raise ConfigError(f"unknown generator {name!r}; known: {', '.join(sorted(GENERATORS))}")
    return GENERATORS[name]


def architecture_of_parity_case(settings: Mapping[str, Any]) -> Architecture:
    """Finds the design that the settings' `model` text names; raises ParityCaseError where none does."""
    model = str(settings.get("model", ""))
    for architecture in GENERATORS.values():
        if model.startswith(architecture.parity_model):
            return architecture
    known = ", ".join(repr(architecture.parity_model) for architecture in GENERATORS.values())
    raise ParityCaseError(f"no architecture for model {model!r}; known beginnings: {known}")
