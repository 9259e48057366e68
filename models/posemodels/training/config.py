"""Training configuration: plain data read from a TOML file, refused where it makes no sense."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any, Literal, TypeVar, get_args

from posemodels.errors import ConfigError
from posemodels.training.objectives import OBJECTIVES, ObjectiveName

T = TypeVar("T")
PairsName = Literal["procedural", "rendered"]


@dataclass(frozen=True, kw_only=True)
class StageConfig:
    """A stretch of training at one size. The networks are fully convolutional, so small pictures can come first."""

    samples: int
    """Pairs seen in this stage."""
    height: int
    width: int
    batch: int
    sigma: float
    """Gaussian sigma of the pose maps in pixels of this stage."""

    def __post_init__(self) -> None:
        _require_positive(self, "samples", "height", "width", "batch", "sigma")
        if self.height % 4 or self.width % 4:
            raise ConfigError(f"height and width must be multiples of 4, got {self.height} x {self.width}")


@dataclass(frozen=True, kw_only=True)
class DataConfig:
    """Where pairs come from. Everything else here is of procedural people, of whom there is a sliding window."""

    pairs: PairsName = "procedural"
    """Mannequins, drawn as they are needed, or the rendered people of a folder that the command names."""
    poses: int = 4
    """Pictures per person; every ordered pair of them is a training pair."""
    window: int = 96
    """People in the window."""
    people_per_batch: float = 1.0
    """New people per batch. They cost `poses` renderings each."""

    def __post_init__(self) -> None:
        if self.pairs not in get_args(PairsName):
            raise ConfigError(f"pairs must be {' or '.join(map(repr, get_args(PairsName)))}, got {self.pairs!r}")
        if self.poses < 2:
            raise ConfigError(f"poses must be at least 2 to make a pair, got {self.poses}")
        _require_positive(self, "window", "people_per_batch")

    def configuration(self, name: str) -> str:
        """The file in `configs/` that trains `name` on such pairs."""
        return f"{name}.toml" if self.pairs == "procedural" else f"{name}-{self.pairs}.toml"


@dataclass(frozen=True, kw_only=True)
class LossConfig:
    """Weights of the generator's loss terms; a term of weight 0 is not computed."""

    pixel: float = 10.0
    """Mean absolute error."""
    foreground: float = 2.0
    """Extra weight of the person's pixels in the pixel and gradient terms."""
    perceptual: Literal["structure", "none"] = "structure"
    """What stands in for the published term, which needs VGG-19 weights: structural similarity and gradients."""
    similarity: float = 3.0
    gradient: float = 3.0
    guidance: float = 0.0
    """Weight of the term that leads the crossings' attention to source positions of the target's label."""
    adversarial: float = 0.0
    """Weight of each of the two discriminators."""
    auxiliary: Mapping[str, float] = field(default_factory=dict)
    """Weights of the architecture's own terms, where they are to differ from its defaults."""

    def __post_init__(self) -> None:
        for name in ("pixel", "foreground", "similarity", "gradient", "guidance", "adversarial"):
            if getattr(self, name) < 0:
                raise ConfigError(f"{name} must not be negative, got {getattr(self, name)}")
        for name, weight in self.auxiliary.items():
            if not weight >= 0:
                raise ConfigError(f"auxiliary {name} must not be negative, got {weight}")
        if self.perceptual not in ("structure", "none"):
            raise ConfigError(f"perceptual must be 'structure' or 'none', got {self.perceptual!r}")


@dataclass(frozen=True, kw_only=True)
class OptimizerConfig:
    """Linear warm-up and a cosine decay over the last part of the run."""

    method: Literal["adam", "muon"] = "adam"
    """Adam is the published one; Muon needs less than half the pairs for the same similarity on short runs."""
    learning_rate: float = 1.2e-3
    betas: tuple[float, float] = (0.9, 0.99)
    warm_up_steps: int = 200
    decay_from: float = 0.4
    """Fraction of all samples after which the cosine decay starts."""
    final_fraction: float = 0.01
    """Learning rate at the end, as a fraction."""
    ema_decay: float = 0.998
    gradient_clip: float = 1.0
    energy_limit: float = 0.0
    """Largest root mean square of attention's energies, beyond which queries and keys are scaled down; 0 for none."""

    def __post_init__(self) -> None:
        _require_positive(self, "learning_rate", "gradient_clip")
        if self.energy_limit < 0:
            raise ConfigError(f"energy_limit must not be negative, got {self.energy_limit}")
        if self.method not in ("adam", "muon"):
            raise ConfigError(f"method must be 'adam' or 'muon', got {self.method!r}")
        if not 0 <= self.decay_from < 1:
            raise ConfigError(f"decay_from must be in [0, 1), got {self.decay_from}")
        if not 0 <= self.ema_decay < 1:
            raise ConfigError(f"ema_decay must be in [0, 1), got {self.ema_decay}")


@dataclass(frozen=True, kw_only=True)
class RunConfig:
    """How the run behaves on its machine."""

    seed: int = 1
    threads: int = 2
    """Threads of each process."""
    processes: int = 1
    """Processes that share the work of every batch. On busy machines two of one thread beat one of two."""
    device: str = "cpu"
    bfloat16: bool = True
    """Mixed precision: convolutions and matrix products in bfloat16, everything else in float32."""
    log_seconds: float = 20.0
    checkpoint_seconds: float = 120.0
    evaluate_seconds: float = 240.0
    evaluation_pairs: int = 64

    def __post_init__(self) -> None:
        _require_positive(
            self, "threads", "processes", "log_seconds", "checkpoint_seconds", "evaluate_seconds", "evaluation_pairs"
        )


@dataclass(frozen=True, kw_only=True)
class TrainingConfig:
    """Everything that decides a generator's training run."""

    architecture: str
    network: Mapping[str, Any]
    """Keyword arguments of the architecture's own configuration."""
    objective: ObjectiveName = "transfer"
    """What the generator learns to do with a pair."""
    attention_gain: float = 0.0
    """Start of `gamma`. The release starts at 0, which leaves attention without effect for the first while."""
    initialization: Literal["published", "kaiming"] = "published"
    stages: tuple[StageConfig, ...]
    data: DataConfig = field(default_factory=DataConfig)
    loss: LossConfig = field(default_factory=LossConfig)
    optimizer: OptimizerConfig = field(default_factory=OptimizerConfig)
    run: RunConfig = field(default_factory=RunConfig)

    def __post_init__(self) -> None:
        if not self.stages:
            raise ConfigError("at least one stage is needed")
        for stage in self.stages:
            if stage.batch % self.run.processes:
                raise ConfigError(f"a batch of {stage.batch} cannot be shared by {self.run.processes} processes")
        if self.objective not in OBJECTIVES:
            raise ConfigError(f"objective must be {' or '.join(map(repr, OBJECTIVES))}, got {self.objective!r}")
        if self.initialization not in ("published", "kaiming"):
            raise ConfigError(f"initialization must be 'published' or 'kaiming', got {self.initialization!r}")

    @property
    def samples(self) -> int:
        """Pairs seen in the whole run."""
        return sum(stage.samples for stage in self.stages)

    def stage_at(self, samples: int) -> StageConfig:
        """The stage that the next batch belongs to after so many samples."""
        return stage_at(self.stages, samples)

    def as_dict(self) -> dict[str, Any]:
        """Plain data, as logged and stored in checkpoints."""
        return asdict(self)


def stage_at(stages: Sequence[StageConfig], samples: int) -> StageConfig:
    """The stage that the next batch belongs to after so many samples; the last one also after all of them."""
    for stage in stages:
        if samples < stage.samples:
            return stage
        samples -= stage.samples
    return stages[-1]


def read_toml(path: Path) -> dict[str, Any]:
    """The content of a TOML file; raises ConfigError where it cannot be read."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ConfigError(f"{path}: {error}") from error


def read_training_config(path: Path) -> TrainingConfig:
    """Reads a TOML file; raises ConfigError for unreadable files, unknown names and impossible values."""
    content = read_toml(path)
    try:
        return parse_training_config(content)
    except ConfigError as error:
        raise ConfigError(f"{path}: {error}") from error


def parse_training_config(content: Mapping[str, Any]) -> TrainingConfig:
    """Builds the configuration from TOML-like data; raises ConfigError as `read_training_config` does."""
    parts = {"data": DataConfig, "loss": LossConfig, "optimizer": OptimizerConfig, "run": RunConfig}
    return build_run_config(TrainingConfig, parts, content)


def build_run_config(kind: type[T], parts: Mapping[str, type[Any]], content: Mapping[str, Any]) -> T:
    """A configuration of stages and named parts from TOML-like data; raises ConfigError for unknown names."""
    values = dict(content)
    for name, part in parts.items():
        values[name] = _build(part, values.get(name, {}), name)
    values["stages"] = tuple(_build(StageConfig, stage, "stages") for stage in values.get("stages", ()))
    return _build(kind, values, "the file")


def _build(kind: type[T], values: Mapping[str, Any], where: str) -> T:
    known = {item.name for item in fields(kind)}  # type: ignore[arg-type]
    unknown = sorted(set(values) - known)
    if unknown:
        raise ConfigError(f"unknown name in {where}: {', '.join(unknown)}")
    converted = {name: tuple(value) if name == "betas" else value for name, value in values.items()}
    try:
        return kind(**converted)
    except TypeError as error:
        raise ConfigError(f"{where}: {error}") from error


def _require_positive(config: Any, *names: str) -> None:
    for name in names:
        if not getattr(config, name) > 0:
            raise ConfigError(f"{name} must be positive, got {getattr(config, name)}")
