"""What a person adds to the data set, against the renderer's own correspondences."""

from __future__ import annotations

import numpy as np

from posemodels.data.render_pairs.shots import LATTICE, pair_order, shoot
from posemodels.people.assets import Assets
from posemodels.people.rendering.correspondence import warp

SEED = 5


def test_visible_points_have_the_sources_colours(assets: Assets, renderer) -> None:  # type: ignore[no-untyped-def]
    shots = shoot(assets, renderer, SEED, 3)
    height, width = renderer.size
    compared = 0
    for at, (source, target) in enumerate(pair_order(3)):
        pixels = (shots.positions[at].astype(np.float32) + 1) / 2 * np.array([width, height])
        seen = shots.visible[at]
        if seen.sum() < 200:
            continue
        compared += 1
        wanted = shots.images[target][::LATTICE, ::LATTICE].astype(float)
        right = np.abs(warp(shots.images[source], pixels) - wanted)[seen].mean()
        shifted = np.abs(warp(shots.images[source], pixels + 6) - wanted)[seen].mean()
        assert right < 25 and right < 0.8 * shifted
    assert compared


def test_nothing_is_said_of_the_background(assets: Assets, renderer) -> None:  # type: ignore[no-untyped-def]
    shots = shoot(assets, renderer, SEED, 2)
    for at, (_, target) in enumerate(pair_order(2)):
        background = shots.labels[target][::LATTICE, ::LATTICE] == 0
        assert not shots.visible[at][background].any()


def test_a_person_is_the_same_each_time(assets: Assets, renderer) -> None:  # type: ignore[no-untyped-def]
    one, again = (shoot(assets, renderer, SEED, 2) for _ in range(2))
    assert np.array_equal(one.images, again.images) and np.array_equal(one.positions, again.positions)
