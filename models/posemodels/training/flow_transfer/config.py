"""What decides a run of either network."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, TypeVar

from posemodels.architectures.flow_transfer.config import FlowTransferConfig
from posemodels.errors import ConfigError
from posemodels.training.config import OptimizerConfig, RunConfig

GEOMETRY, COLOR = "flow-geometry", "flow-color"
KINDS = GEOMETRY, COLOR
HEIGHT, WIDTH = 256, 192
"""Of the pictures that the networks are made for."""
POSE_SIGMA = 8.0
"""Of the pose maps, in pixels of these pictures."""

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class ColorLossConfig:
    """Weights of the colour network's loss terms; a term of weight 0 is not computed."""

    pixel: float = 4.0
    perceptual: float = 1.0
    adversarial: float = 0.0
    """Of a critic of patches. It may join a run that began without it: raise the weight and start the run again."""
    unseen: float = 1.5
    """Weight of what the source does not show, against what it does."""

    def __post_init__(self) -> None:
        for name, value in asdict(self).items():
            if not value >= 0:
                raise ConfigError(f"{name} must not be negative, got {value}")


@dataclass(frozen=True, kw_only=True)
class FlowTransferTraining:
    """One run. Raises ConfigError for what makes no sense."""

    kind: str
    samples: int
    """Pairs seen in the whole run; may be changed between two starts of it."""
    batch: int = 16
    geometry_run: str = "flow-transfer-geometry"
    """Of a colour run: the folder, beside its own, of the run whose geometry it uses."""
    network: FlowTransferConfig = field(default_factory=FlowTransferConfig)
    loss: ColorLossConfig = field(default_factory=ColorLossConfig)
    optimizer: OptimizerConfig = field(default_factory=OptimizerConfig)
    run: RunConfig = field(default_factory=RunConfig)

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ConfigError(f"kind must be {' or '.join(KINDS)}, got {self.kind!r}")
        if self.samples < 1 or self.batch < 1:
            raise ConfigError(f"samples and batch are at least 1, got {self.samples} and {self.batch}")

    @staticmethod
    def parse(content: Mapping[str, Any]) -> FlowTransferTraining:
        """From TOML-like data; raises ConfigError for unknown names and impossible values."""
        values = dict(content)
        parts: dict[str, type[Any]] = {
            "network": FlowTransferConfig, "loss": ColorLossConfig, "optimizer": OptimizerConfig, "run": RunConfig
        }  # fmt: skip
        for name, part in parts.items():
            values[name] = _build(part, values.get(name, {}), name)
        return _build(FlowTransferTraining, values, "the file")


def _build(kind: type[T], values: Mapping[str, Any], where: str) -> T:
    tuples = {name: tuple(value) if isinstance(value, list) else value for name, value in values.items()}
    try:
        return kind(**tuples)
    except TypeError as error:
        raise ConfigError(f"{where}: {error}") from error
