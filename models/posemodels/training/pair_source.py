"""Where a run's pairs come from: the one place that decides it."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from posemodels.data.dataset import PairBatch
from posemodels.errors import ConfigError
from posemodels.training.config import DataConfig, StageConfig
from posemodels.training.pairs import PairWindow
from posemodels.training.rendered_pairs import RenderedPairs


class PairSource(Protocol):
    """Pairs of pictures of people, of a stage's size and with its pose maps."""

    def batch(self, step: int, stage: StageConfig, count: int | None = None) -> PairBatch:
        """`count` pairs to train on, a batch of the stage by default; the seed and the step alone decide which."""
        ...

    def held_out(self, count: int, stage: StageConfig) -> PairBatch:
        """At most `count` pairs of people never trained on, always the same ones."""
        ...


def pair_source(config: DataConfig, seed: int, folder: Path | None = None) -> PairSource:
    """The source that the configuration names.

    :param folder: of rendered pairs, `train` and `held-out`; procedural people need none.
    :raises ConfigError: rendered pairs are asked for, and the folder is not named or holds none.
    """
    if config.pairs == "procedural":
        return PairWindow(config, seed)
    if folder is None:
        raise ConfigError("the configuration asks for rendered pairs, and no folder of them is named")
    return RenderedPairs(folder, seed)
