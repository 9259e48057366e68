"""The assets and a renderer, where this machine has them."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import pytest

from posemodels.errors import ConfigError
from posemodels.people.assets import ASSETS_VARIABLE, Assets, find_assets
from posemodels.people.files.errors import AssetError
from posemodels.people.rendering.picture import RenderedPerson

SHARED = Path(__file__).resolve().parents[4] / "shared" / "assets" / "makehuman"
SIZE = (192, 144)

RenderPair = Callable[[int, bool], list[RenderedPerson]]


@pytest.fixture(scope="session")
def assets() -> Assets:
    """Skips where neither the environment nor the shared test data has the assets."""
    try:
        return Assets(find_assets(None if os.environ.get(ASSETS_VARIABLE) else SHARED))
    except AssetError as error:
        pytest.skip(f"MakeHuman assets: {error}")


@pytest.fixture(scope="session")
def renderer():  # type: ignore[no-untyped-def]
    """Skips where OpenGL cannot be used."""
    pytest.importorskip("moderngl", reason="rendering people needs moderngl")
    from posemodels.people.rendering.renderer import Renderer

    try:
        return Renderer(SIZE)
    except ConfigError as error:
        pytest.skip(str(error))


@pytest.fixture(scope="session")
def pair(assets, renderer) -> RenderPair:  # type: ignore[no-untyped-def]
    """Two whole pictures of the person of a seed, standing and with a hand on the hip, half turned; lit or not."""
    import numpy as np

    from posemodels.people.posing.random_pose import random_pose
    from posemodels.people.rendering.scene import Framing
    from posemodels.people.sample import render_person

    @lru_cache(maxsize=None)
    def render(seed: int, lit: bool) -> list[RenderedPerson]:
        rng = np.random.default_rng(seed)
        poses = [random_pose(rng, "stand", 0.0), random_pose(rng, "hand-on-hip", 25.0)]
        return render_person(assets, renderer, seed, poses, Framing.WHOLE, lit)

    return render
