"""Cuts pairs out as the service does, with labels and joints as they are found.

Tensor names end in the letters of their axes: B batch, J joints, H and W height and width.
"""

from __future__ import annotations

import torch
from torch import Tensor

from posemodels.data.render_pairs.framed_pairs import FramedPairs
from posemodels.data.render_pairs.frames import Windows, inside, pixel_centres, resampled_positions, sample
from posemodels.data.render_pairs.framing_config import FramingConfig
from posemodels.data.render_pairs.label_noise import ACCESSORY, Patches, frayed, misread
from posemodels.data.render_pairs.person_frames import like_windows, person_windows, photo_cuts
from posemodels.data.render_pairs.raw_pairs import RawPairs
from posemodels.data.render_pairs.shots import LATTICE

_FACE = (0, 14, 15, 16, 17)
_CARRIERS = (2, 3, 4, 5, 6, 7, 8, 11)
"""Joints near which bags and the like are."""
_WEARERS = (0, 0, 14, 15, 16, 17, 1, 4, 7, 8, 11)
"""Joints near which glasses, hats, ties, watches and belts are."""
_LARGEST_CARRIED, _LARGEST_WORN = 0.25, 0.1
"""Half axes, in half sides of the frame."""
_UPPER, _LOWER = 3, 4


def framed(
    raw: RawPairs,
    config: FramingConfig,
    size: tuple[int, int],
    flow_size: tuple[int, int],
    random: torch.Generator,
) -> FramedPairs:
    """Cuts windows of `size` out of the pairs, of pictures too where they were read; correspondences at `flow_size`."""
    batch = len(raw.source_labels)
    mirrored = torch.rand(batch, generator=random) < (0.5 if config.is_noisy else 0.0)
    cuts = photo_cuts(raw.source_joints, config.cut_share, random)
    in_photo = _joints_within(raw.source_joints, cuts) & _not_hidden(raw.source_states)
    source = person_windows(raw.source_labels > 0, raw.source_joints, in_photo, cuts, config.windows, mirrored, random)
    target = _target_windows(raw, source, config, mirrored, random)
    grid, target_grid = source.grid(size), target.grid(size)
    photo = _within(grid, cuts)

    joints = source.joints(raw.source_joints)
    exact = _labels(raw.source_labels, grid) * photo
    found = _misread_labels(raw.source_labels, grid, random) * photo if config.is_noisy else exact
    found = _with_worn_things(found, joints, config, random)
    target_labels = _labels(raw.target_labels, target_grid)
    exact, found, target_labels = _one_piece([exact, found, target_labels], config, random)
    cover = _near(joints, _CARRIERS, 0.12, _LARGEST_CARRIED, config.covered, random)
    covered = cover.cover(pixel_centres(size).expand(batch, -1, -1, -1)) & photo
    positions, visible, matched = _correspondences(raw, source, target, cuts, cover, flow_size)

    present = source.joint_states(in_photo) & inside(joints)
    source_joints, source_present = config.joints.disturbed(joints, present, random)
    aims = target.joints(raw.target_joints)
    wanted = target.joint_states(_not_hidden(raw.target_states)) & inside(aims)
    target_joints, target_present = config.target_joints.disturbed(aims, wanted, random)
    return FramedPairs(
        source_image=_source_image(raw.source_images, grid, photo, covered, random),
        target_image=None if raw.target_images is None else _image(raw.target_images, target_grid),
        source_labels=torch.where(covered, ACCESSORY, found),
        true_source_labels=torch.where(covered, ACCESSORY, exact),
        target_labels=target_labels,
        target_known=inside(target_grid),
        source_joints=source_joints,
        source_present=source_present,
        target_joints=target_joints,
        target_present=target_present,
        positions=positions,
        visible=visible,
        matched=matched,
    )


def _labels(labels_BHW: Tensor, grid_BHW2: Tensor) -> Tensor:
    return sample(labels_BHW[:, None].float(), grid_BHW2, "nearest")[:, 0].long()


def _misread_labels(labels_BHW: Tensor, grid_BHW2: Tensor, random: torch.Generator) -> Tensor:
    batch, height, width, _ = grid_BHW2.shape
    return misread(_labels(labels_BHW, grid_BHW2 + frayed(random, batch, (height, width))), random)


def _near(
    joints_BJ2: Tensor, joints: tuple[int, ...], away: float, largest: float, share: float, random: torch.Generator
) -> Patches:
    """Patches near one of the named joints; `away`: standard deviation of how far from it."""
    batch = len(joints_BJ2)
    chosen = torch.tensor(joints)[torch.randint(len(joints), (batch,), generator=random)]
    middle = joints_BJ2[torch.arange(batch), chosen] + torch.randn(batch, 2, generator=random) * away
    return Patches.random(random, middle, largest, share)


def _with_worn_things(labels_BHW: Tensor, joints_BJ2: Tensor, config: FramingConfig, random: torch.Generator) -> Tensor:
    if not config.worn:
        return labels_BHW
    batch, height, width = labels_BHW.shape
    patches = _near(joints_BJ2, _WEARERS, 0.03, _LARGEST_WORN, config.worn, random)
    worn = patches.cover(pixel_centres((height, width)).expand(batch, -1, -1, -1))
    return torch.where(worn & (labels_BHW > 0), ACCESSORY, labels_BHW)


def _one_piece(labels: list[Tensor], config: FramingConfig, random: torch.Generator) -> list[Tensor]:
    """Maps of the same pairs, in some of which the lower clothes count as upper ones."""
    if not config.one_piece:
        return labels
    is_whole = (torch.rand(len(labels[0]), generator=random) < config.one_piece)[:, None, None]
    return [torch.where(is_whole & (maps == _LOWER), _UPPER, maps) for maps in labels]


def _source_image(
    images_B3HW: Tensor | None, grid_BHW2: Tensor, photo_BHW: Tensor, covered_BHW: Tensor, random: torch.Generator
) -> Tensor | None:
    """What covers the person has a colour of its own."""
    if images_B3HW is None:
        return None
    batch, height, width = photo_BHW.shape
    shade = torch.rand(batch, 3, 1, 1, generator=random) * 2 - 1
    texture = torch.randn(batch, 1, height, width, generator=random) * 0.1
    photo = _image(images_B3HW, grid_BHW2) * photo_BHW[:, None]
    return torch.where(covered_BHW[:, None], (shade + texture).clamp(-1, 1), photo)


def _image(images_B3HW: Tensor, grid_BHW2: Tensor) -> Tensor:
    """In [-1, 1], 0 outside."""
    return sample(images_B3HW.float() / 127.5 - 1, grid_BHW2)


def _target_windows(
    raw: RawPairs, source: Windows, config: FramingConfig, mirrored_B: Tensor, random: torch.Generator
) -> Windows:
    batch = len(mirrored_B)
    whole = torch.tensor([-1.0, -1.0, 1.0, 1.0]).repeat(batch, 1)
    own = person_windows(
        raw.target_labels > 0,
        raw.target_joints,
        raw.target_states[..., 0] & _not_hidden(raw.target_states),
        whole,
        config.windows,
        mirrored_B,
        random,
    )
    like = like_windows(source, raw.source_joints, raw.target_joints, config.windows, random)
    chosen = torch.rand(batch, generator=random) < config.like_source
    return Windows(torch.where(chosen[:, None, None], like.matrix_B23, own.matrix_B23), mirrored_B)


def _correspondences(
    raw: RawPairs, source: Windows, target: Windows, cuts_B4: Tensor, cover: Patches, size: tuple[int, int]
) -> tuple[Tensor, Tensor, Tensor]:
    """At the places of the target: where they lie in the source, which of those it shows, and which are the person."""
    grid = target.grid(size)
    # Known at the first pixel of each cell, half a pixel up and left of where the lattice's cells have their centres.
    height, width = (LATTICE * side for side in raw.positions.shape[2:])
    lattice = grid + torch.tensor([(LATTICE - 1) / width, (LATTICE - 1) / height])
    in_picture = resampled_positions(raw.positions, lattice).permute(0, 2, 3, 1)
    matched = sample((raw.target_labels[:, None] > 0).float(), grid, "nearest")[:, 0] > 0.5
    known = (raw.positions.abs().amax(dim=1, keepdim=True) > 0).float()
    matched &= sample(known, lattice, "nearest")[:, 0] > 0.5
    visible = sample(raw.visible[:, None].float(), lattice, "nearest")[:, 0] > 0.5
    visible &= matched & _within(in_picture, cuts_B4)
    batch = len(in_picture)
    positions = source.from_picture(in_picture.reshape(batch, -1, 2)).reshape(batch, *size, 2)
    visible &= inside(positions) & ~cover.cover(positions)
    return positions.permute(0, 3, 1, 2), visible, matched


def _not_hidden(states_BJ2: Tensor) -> Tensor:
    """[B, J] bool: facial joints that are turned away are not found; other joints are, also behind the body."""
    found = torch.ones_like(states_BJ2[..., 0])
    found[:, list(_FACE)] = states_BJ2[:, list(_FACE), 1]
    return found


def _joints_within(joints_BJ2: Tensor, cuts_B4: Tensor) -> Tensor:
    return ((joints_BJ2 >= cuts_B4[:, None, :2]) & (joints_BJ2 <= cuts_B4[:, None, 2:])).all(dim=-1)


def _within(points_BHW2: Tensor, cuts_B4: Tensor) -> Tensor:
    first, last = cuts_B4[:, None, None, :2], cuts_B4[:, None, None, 2:]
    return ((points_BHW2 >= first) & (points_BHW2 <= last)).all(dim=-1)
