"""A data set of drawn stick people, small and quick, in the format of rendered pairs."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from posemodels.data.render_pairs.shards import ShardPlan, write_shards
from posemodels.data.render_pairs.shots import Shots, pair_order

HEIGHT, WIDTH, PICTURES = 64, 48, 2
STANDING = np.array(
    [
        [0.0, -0.75], [0.0, -0.6], [-0.3, -0.55], [-0.4, -0.3], [-0.4, -0.05], [0.3, -0.55], [0.4, -0.3], [0.4, -0.05],
        [-0.15, 0.0], [-0.15, 0.4], [-0.15, 0.8], [0.15, 0.0], [0.15, 0.4], [0.15, 0.8],
        [-0.05, -0.8], [0.05, -0.8], [-0.1, -0.78], [0.1, -0.78],
    ],
    np.float32,
)  # fmt: skip
"""18 joints in the frame of a picture."""


def stick_shots(seed: int) -> Shots:
    """Two equal pictures of a person in colours of their own: every point lies where it lay."""
    rng = np.random.default_rng(seed)
    y, x = np.meshgrid(np.linspace(-1, 1, HEIGHT), np.linspace(-1, 1, WIDTH), indexing="ij")
    labels = np.zeros((HEIGHT, WIDTH), np.uint8)
    for label, top, bottom, half in (
        (2, -0.9, -0.6, 0.15),
        (3, -0.6, 0.0, 0.45),
        (4, 0.0, 0.8, 0.3),
        (7, 0.8, 0.9, 0.3),
    ):
        labels[(y >= top) & (y < bottom) & (np.abs(x) < half)] = label
    image = (np.stack([x, y, x * y], axis=-1) * 100 + 127 + rng.integers(-20, 20, 3)).clip(0, 255).astype(np.uint8)
    columns = (np.arange(WIDTH) + 0.5) / WIDTH * 2 - 1
    rows = (np.arange(HEIGHT) + 0.5) / HEIGHT * 2 - 1
    positions = np.stack(np.meshgrid(columns, rows), axis=-1)[::2, ::2].astype(np.float16)
    shown = labels[::2, ::2] > 0
    pairs = len(pair_order(PICTURES))
    return Shots(
        images=np.stack([image] * PICTURES),
        labels=np.stack([labels] * PICTURES),
        joints=np.stack([STANDING] * PICTURES),
        joint_states=np.ones((PICTURES, 18, 2), bool),
        positions=np.stack([np.where(shown[..., None], positions, 0)] * pairs),
        visible=np.stack([shown] * pairs),
    )


@pytest.fixture(scope="session")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return stick_pairs(tmp_path_factory.mktemp("pairs"))


def stick_pairs(folder: Path) -> Path:
    """A data set of stick people in the folder, which is returned: `train` and `held-out`."""
    for name, first_seed in (("train", 1_000_000), ("held-out", 0)):
        plan = ShardPlan(first_seed=first_seed, people_per_shard=2, pictures=PICTURES, height=HEIGHT, width=WIDTH)
        write_shards(folder / name, plan, 4, stick_shots, lambda line: None)
    return folder
