"""Pictures of people agree with the meshes they come from."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.ndimage import binary_erosion

from posemodels.data.poses import LIBRARY
from posemodels.data.skeleton import JOINT_NAMES
from posemodels.errors import ConfigError
from posemodels.people.labels import Label
from posemodels.people.posing.library_pose import library_pose
from posemodels.people.rendering.correspondence import correspondence, warp
from posemodels.people.rendering.scene import Framing

from .conftest import SIZE, RenderPair

render_person = pytest.importorskip("posemodels.people.sample", reason="rendering people needs moderngl").render_person

SEEDS = (3, 5, 9, 17)
NOSE, LEFT_WRIST, RIGHT_WRIST = (JOINT_NAMES.index(name) for name in ("nose", "left_wrist", "right_wrist"))


def _away_from_edges(labels: np.ndarray) -> np.ndarray:
    """Pixels whose neighbours up to two pixels away have their label."""
    return sum(binary_erosion(labels == label, iterations=2) for label in np.unique(labels) if label).astype(bool)


@pytest.mark.parametrize("seed", SEEDS)
def test_warped_pixels_have_the_colour_of_their_target(pair: RenderPair, seed: int) -> None:
    source, target = pair(seed, False)
    found = correspondence(source, target)
    chosen = found.visible & _away_from_edges(target.labels)
    assert chosen.sum() > 0.3 * (target.labels > 0).sum()
    difference = np.abs(warp(source.rgb, found.position) - target.rgb)[chosen]
    assert difference.mean() <= 10


def test_wrong_positions_do_not_have_the_colour_of_their_target(pair: RenderPair) -> None:
    source, target = pair(3, False)
    found = correspondence(source, target)
    chosen = found.visible & _away_from_edges(target.labels)
    shifted = np.abs(warp(source.rgb, found.position + 12) - target.rgb)[chosen].mean()
    assert shifted > 2 * np.abs(warp(source.rgb, found.position) - target.rgb)[chosen].mean()


@pytest.mark.parametrize("seed", SEEDS)
def test_picture_corresponds_to_itself(pair: RenderPair, seed: int) -> None:
    picture = pair(seed, True)[0]
    found = correspondence(picture, picture)
    shown = picture.triangle >= 0
    rows, columns = np.nonzero(shown)
    centres = np.stack([columns, rows], axis=1) + 0.5
    assert np.abs(found.position[shown] - centres).max() <= 0.25 + 1e-3
    assert found.visible[shown].mean() > 0.99
    assert (found.position[~shown] == -1).all()


@pytest.mark.parametrize("seed", SEEDS)
def test_labels_and_joints_agree_with_the_body(pair: RenderPair, seed: int) -> None:
    for picture in pair(seed, True):
        areas = np.bincount(picture.labels.ravel(), minlength=8)
        assert areas[[Label.FACE, Label.UPPER_CLOTHES, Label.LOWER_CLOTHES, Label.ARMS, Label.SHOES]].min() > 0
        assert ((picture.labels > 0) == (picture.triangle >= 0)).all()
        assert picture.inside.all() and picture.visible.sum() >= 10
        x, y = picture.joints.T
        for left in (at for at, name in enumerate(JOINT_NAMES) if name.startswith("left_")):
            right = JOINT_NAMES.index(JOINT_NAMES[left].replace("left", "right"))
            # A person who faces the viewer has the left on the right of the picture.
            if not JOINT_NAMES[left].endswith(("wrist", "elbow")):
                assert x[left] > x[right], JOINT_NAMES[left]
        assert y[NOSE] < y[1] < y[8] < y[9] < y[10]
        for at in np.nonzero(picture.visible)[0]:
            label = picture.labels[int(y[at]), int(x[at])]
            assert label in _labels_at(JOINT_NAMES[at]), f"{JOINT_NAMES[at]} on {Label(label).name}"


def _labels_at(joint: str) -> set[Label]:
    site = joint.split("_")[-1]
    clothes = {Label.UPPER_CLOTHES, Label.LOWER_CLOTHES}
    if site in ("nose", "eye", "ear"):
        return {Label.FACE, Label.HAIR}
    if site in ("elbow", "wrist"):
        return clothes | {Label.ARMS}
    if site in ("knee", "ankle"):
        return {Label.LOWER_CLOTHES, Label.LEGS, Label.SHOES}
    return clothes | {Label.FACE, Label.HAIR, Label.ARMS, Label.LEGS}


def test_back_view_mirrors_the_joints(assets, renderer) -> None:  # type: ignore[no-untyped-def]
    back = next(named for named in LIBRARY if named.name == "back")
    (picture,) = render_person(assets, renderer, 4, [library_pose("back", back.pose)], Framing.WHOLE)
    assert picture.joints[JOINT_NAMES.index("left_hip"), 0] < picture.joints[JOINT_NAMES.index("right_hip"), 0]
    assert not picture.visible[NOSE]


def test_seed_gives_the_same_picture_and_another_one_does_not(assets, renderer) -> None:  # type: ignore[no-untyped-def]
    first, again, other = (render_person(assets, renderer, seed, 1)[0] for seed in (21, 21, 22))
    np.testing.assert_array_equal(first.rgb, again.rgb)
    np.testing.assert_array_equal(first.labels, again.labels)
    np.testing.assert_array_equal(first.joints, again.joints)
    assert (first.rgb != other.rgb).any()


@pytest.mark.parametrize("seed", SEEDS)
def test_clothes_keep_their_colour_in_another_pose(pair: RenderPair, seed: int) -> None:
    first, second = pair(seed, False)
    for label in (Label.UPPER_CLOTHES, Label.LOWER_CLOTHES):
        colors = [picture.rgb[picture.labels == label].mean(axis=0) for picture in (first, second)]
        assert np.abs(colors[0] - colors[1]).max() < 25


def test_framings_cut_the_person(assets, renderer) -> None:  # type: ignore[no-untyped-def]
    front = [library_pose("front", LIBRARY[0].pose)]
    upper, lower = (
        render_person(assets, renderer, 5, front, framing)[0] for framing in (Framing.UPPER_HALF, Framing.LOWER_HALF)
    )
    ankle = JOINT_NAMES.index("left_ankle")
    assert upper.visible[NOSE] and not upper.inside[ankle] and not upper.visible[ankle]
    assert lower.inside[ankle] and not lower.inside[NOSE]
    assert (upper.labels == Label.SHOES).sum() == 0 < (lower.labels == Label.SHOES).sum()


def test_pictures_of_two_people_have_no_correspondence(pair: RenderPair) -> None:
    with pytest.raises(ConfigError, match="two people"):
        correspondence(pair(3, True)[0], pair(5, True)[0])


def test_size_is_that_asked_for_and_has_bounds(pair: RenderPair) -> None:
    from posemodels.people.rendering.renderer import Renderer

    assert pair(3, True)[0].rgb.shape == (*SIZE, 3)
    with pytest.raises(ConfigError, match="1400"):
        Renderer((1401, 800))
