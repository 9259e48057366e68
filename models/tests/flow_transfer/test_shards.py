"""The data set on disk."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

from posemodels.data.render_pairs.shards import ShardPlan, open_shards, write_shards
from posemodels.data.render_pairs.shots import Shots
from posemodels.data.render_pairs.stream import PairStream
from posemodels.errors import ConfigError
from tests.flow_transfer.conftest import HEIGHT, PICTURES, WIDTH, stick_shots

PLAN = ShardPlan(first_seed=7, people_per_shard=2, pictures=PICTURES, height=HEIGHT, width=WIDTH)


class Camera:
    """Remembers whom it was pointed at, and fails at one of them."""

    def __init__(self, fails_at: int | None = None) -> None:
        self.seeds: list[int] = []
        self.fails_at = fails_at

    def __call__(self, seed: int) -> Shots:
        if seed == self.fails_at:
            raise KeyboardInterrupt
        self.seeds.append(seed)
        return stick_shots(seed)


def test_an_interrupted_rendering_goes_on_at_the_first_shard_that_is_not_whole(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        write_shards(tmp_path, PLAN, 6, Camera(fails_at=10), lambda line: None)
    assert len(open_shards(tmp_path)) == 1

    again = Camera()
    write_shards(tmp_path, PLAN, 6, again, lambda line: None)

    assert again.seeds == [9, 10, 11, 12]
    assert len(open_shards(tmp_path)) == 3


def test_a_folder_of_another_plan_is_refused(tmp_path: Path) -> None:
    write_shards(tmp_path, PLAN, 2, Camera(), lambda line: None)
    other = ShardPlan(first_seed=8, people_per_shard=2, pictures=PICTURES, height=HEIGHT, width=WIDTH)
    with pytest.raises(ConfigError, match="first_seed=7"):
        write_shards(tmp_path, other, 2, Camera(), lambda line: None)


def test_a_pair_holds_the_pictures_it_is_named_after(data: Path) -> None:
    stream = PairStream(data / "train")
    pairs = stream.pairs(np.array([0, 3]), images=True)
    assert len(stream) == 8
    for at, seed in enumerate((1_000_000, 1_000_001)):
        expected = torch.from_numpy(stick_shots(seed).images[0].transpose(2, 0, 1))
        assert pairs.source_images is not None and torch.equal(pairs.source_images[at], expected)


def test_what_is_drawn_depends_on_seed_and_step_alone(data: Path) -> None:
    one, other = PairStream(data / "train"), PairStream(data / "train")
    other.random_indices(1, 4, 16)
    assert (one.random_indices(1, 5, 16) == other.random_indices(1, 5, 16)).all()
    assert (one.random_indices(1, 5, 16) != other.random_indices(1, 6, 16)).any()


def test_a_folder_without_finished_shards_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="holds no rendered pairs"):
        PairStream(tmp_path)
