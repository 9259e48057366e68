"""Training pairs from a data set of rendered people on disk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import torch

from posemodels.data.dataset import PairBatch
from posemodels.data.render_pairs.framing_config import EXACT, FramingConfig
from posemodels.data.render_pairs.generator_pairs import framed_for, generator_batch
from posemodels.data.render_pairs.stream import PairStream
from posemodels.training.config import StageConfig

TRAIN_FOLDER, HELD_OUT_FOLDER = "train", "held-out"
_STEP_PRIME = 1_000_003
_CHUNK = 16


class RenderedPairs:
    """Dressed people as a service meets them: cut out of photos that show a part of them, with joints and labels as
    networks find them. A batch depends on the seed and its step alone."""

    def __init__(self, folder: Path, seed: int) -> None:
        """folder: of `train` and `held-out`. Raises ConfigError where one of them holds no pairs."""
        self._train, self._held_out = (PairStream(folder / name) for name in (TRAIN_FOLDER, HELD_OUT_FOLDER))
        self._seed = seed

    def batch(self, step: int, stage: StageConfig, count: int | None = None) -> PairBatch:
        """`count` random pairs, a batch of the stage by default."""
        indices = self._train.random_indices(self._seed, step, count or stage.batch)
        random = torch.Generator().manual_seed(self._seed * _STEP_PRIME + step)
        raw = self._train.pairs(indices, images=True)
        size = stage.height, stage.width
        return generator_batch(
            framed_for(raw, FramingConfig(), size, fineness(self._train, stage.height), random), stage.sigma
        )

    def held_out(self, count: int, stage: StageConfig) -> PairBatch:
        """Pairs of people never trained on, with true joints and labels, always the same ones; at most `count`."""
        size = stage.height, stage.width
        batches = list(held_out_batches(self._held_out, count, size, stage.sigma))
        names = vars(batches[0])
        return PairBatch(**{name: torch.cat([getattr(batch, name) for batch in batches]) for name in names})


def held_out_batches(stream: PairStream, count: int, size: tuple[int, int], sigma: float) -> Iterator[PairBatch]:
    """Pairs of the whole data set with true joints and labels, a few at a time."""
    random = torch.Generator().manual_seed(0)
    for chunk in stream.spread(count, _CHUNK):
        raw = stream.pairs(chunk, images=True)
        yield generator_batch(framed_for(raw, EXACT, size, fineness(stream, size[0]), random), sigma)


def fineness(stream: PairStream, height: int) -> int:
    """How much larger than asked for windows are cut out of the pictures, so that none of their pixels is skipped."""
    return max(1, stream.size[0] // (2 * height))
