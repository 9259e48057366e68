"""What the limbs propose, against moves of the body that are known."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor

from posemodels.architectures.flow_transfer.joint_positions import equal_units, joint_positions
from posemodels.architectures.flow_transfer.limb_prior import PARTS, limb_prior
from posemodels.data.render_pairs.frames import pixel_centres
from posemodels.data.render_pairs.framed_pairs import pose_maps
from tests.flow_transfer.conftest import STANDING

SIZE, SIGMA, STRIDE = (256, 192), 8.0, 4
LABELS = torch.zeros(1, 9, 64, 48)
RIGHT_FOREARM = 1


def maps(joints: Tensor, missing: tuple[int, ...] = ()) -> Tensor:
    present = torch.ones(1, 18, dtype=torch.bool)
    present[:, list(missing)] = False
    return pose_maps(joints[None], present, SIZE, SIGMA, STRIDE)


def test_joints_are_read_off_their_maps() -> None:
    joints = torch.from_numpy(STANDING)
    found, present = joint_positions(maps(joints, missing=(4,)))
    kept = [joint for joint in range(18) if joint != 4]
    assert torch.allclose(found[0, kept], equal_units(joints)[kept], atol=0.01)
    assert present[0, 4] == 0 and (present[0, kept] > 0.9).all()


@pytest.mark.parametrize(("scale", "move"), [(1.0, (0.0, 0.0)), (0.7, (0.1, -0.05))])
def test_a_person_moved_and_scaled_is_found_where_they_were(scale: float, move: tuple[float, float]) -> None:
    source = torch.from_numpy(STANDING)
    target = source * scale + torch.tensor(move)
    prior = limb_prior(maps(source), maps(target), LABELS)
    near = prior.nearness_BKHW[0] > 0.5
    expected = ((pixel_centres((64, 48)) - torch.tensor(move)) / scale).permute(2, 0, 1)
    off = (prior.positions_BK2HW[0] - expected[None]).abs().sum(dim=1)
    assert near.flatten(1).any(dim=1).all()
    assert off[near].max() < 0.05


def test_a_raised_forearm_takes_its_labels_along() -> None:
    source = torch.from_numpy(STANDING)
    target = source.clone()
    target[4] = torch.tensor([-0.4, -0.55])
    labels = LABELS.clone()
    labels[:, 5, 22:31, 8:20] = 1
    prior = limb_prior(maps(source), maps(target), labels)
    forearm = prior.labels_BCHW.reshape(1, PARTS, 9, 64, 48)[0, RIGHT_FOREARM, 5]
    row, column = divmod(int(forearm.argmax()), 48)
    assert -0.6 < (row + 0.5) / 32 - 1 < -0.25
    assert abs((column + 0.5) / 24 - 1 + 0.4) < 0.2


@pytest.mark.parametrize("missing_in", ["source", "target"])
def test_a_part_without_its_joints_proposes_nothing(missing_in: str) -> None:
    joints = torch.from_numpy(STANDING)
    source = maps(joints, missing=(4,) if missing_in == "source" else ())
    target = maps(joints, missing=(4,) if missing_in == "target" else ())
    prior = limb_prior(source, target, LABELS + 1)
    assert prior.nearness_BKHW[0, RIGHT_FOREARM].max() < 1e-3
    assert prior.positions_BK2HW.isfinite().all()


def test_nobody_at_all_still_gives_numbers() -> None:
    nobody = torch.zeros(1, 18, 64, 48)
    prior = limb_prior(nobody, nobody, LABELS)
    assert prior.positions_BK2HW.isfinite().all() and prior.nearness_BKHW.isfinite().all()
