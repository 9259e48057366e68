"""Pairs as the generator meets them: each picture cut out as the service does it, labels and joints as found.

Tensor names end in the letters of their axes: B batch, J joints, H and W height and width.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import torch
from torch import Tensor

from posemodels.data.heatmaps import gaussian_maps
from posemodels.data.render_pairs.frames import Windows, inside, pixel_centres, resampled_positions, sample
from posemodels.data.render_pairs.joint_noise import JointNoise
from posemodels.data.render_pairs.label_noise import ACCESSORY, Patches, frayed, misread
from posemodels.data.render_pairs.person_frames import WindowNoise, like_windows, person_windows, photo_cuts
from posemodels.data.render_pairs.shots import LATTICE

_FACE = (0, 14, 15, 16, 17)
_CARRIERS = (2, 3, 4, 5, 6, 7, 8, 11)
"""Joints near which bags and the like are."""
_WEARERS = (0, 0, 14, 15, 16, 17, 1, 4, 7, 8, 11)
"""Joints near which glasses, hats, ties, watches and belts are."""
_LARGEST_WORN = 0.1
_UPPER, _LOWER = 3, 4


@dataclass(frozen=True, kw_only=True)
class FramingConfig:
    """How pictures are cut out and disturbed."""

    cut_share: float = 0.4
    """Of the sources, that a photo does not show whole."""
    like_source: float = 0.5
    """Of the targets, whose window shows the person as the source's does."""
    covered: float = 0.4
    """Of the sources, with a thing that covers the person."""
    worn: float = 0.5
    """Of the sources, with a small thing worn on the body, such as glasses, that is labelled as an accessory and is
    carried along with what is under it."""
    one_piece: float = 0.2
    """Of the pairs, whose lower clothes are labelled as the upper ones: dresses and overalls are one garment to a
    parser, while renders divide them at the hips."""
    joints: JointNoise = field(default_factory=JointNoise)
    target_joints: JointNoise = field(default_factory=lambda: JointNoise(spread=0.006, lost=0.02, astray=0.0))
    windows: WindowNoise = field(default_factory=WindowNoise)


EXACT = FramingConfig(
    covered=0.0,
    worn=0.0,
    one_piece=0.0,
    joints=JointNoise(spread=0.0, lost=0.0, astray=0.0),
    target_joints=JointNoise(spread=0.0, lost=0.0, astray=0.0),
    windows=WindowNoise(scale=0.0, shift=0.0, turn=0.0),
)
"""Cuts and windows, but labels and joints as they are: for measuring."""


@dataclass(frozen=True)
class RawPairs:
    """Pairs of whole pictures as they lie in the shards."""

    source_images: Tensor | None
    """[B, 3, H, W] uint8."""
    target_images: Tensor | None
    source_labels: Tensor
    """[B, H, W] uint8."""
    target_labels: Tensor
    source_joints: Tensor
    """[B, 18, 2] in the frame."""
    target_joints: Tensor
    source_states: Tensor
    """[B, 18, 2] inside, seen."""
    target_states: Tensor
    positions: Tensor
    """[B, 2, H / 2, W / 2] float."""
    visible: Tensor
    """[B, H / 2, W / 2] bool."""


@dataclass(frozen=True)
class FramedPairs:
    """What the networks are given, and what they shall say. Frames are those of the windows."""

    source_image: Tensor | None
    """[B, 3, H, W] in [-1, 1], 0 outside of the photo."""
    target_image: Tensor | None
    source_labels: Tensor
    """[B, H, W] int64, as found, of nine labels."""
    true_source_labels: Tensor
    target_labels: Tensor
    """[B, H, W] int64."""
    target_known: Tensor
    """[B, H, W] bool: within the target's picture."""
    source_joints: Tensor
    """[B, 18, 2] in the frame."""
    source_present: Tensor
    """[B, 18] bool."""
    target_joints: Tensor
    target_present: Tensor
    positions: Tensor
    """[B, 2, h, w] where in the source's frame the surface lies that the target shows."""
    visible: Tensor
    """[B, h, w] bool: whether the source's photo shows it."""
    matched: Tensor
    """[B, h, w] bool: whether the target shows the person there at all."""

    def source_pose(self, size: tuple[int, int], sigma: float, stride: int = 1) -> Tensor:
        return pose_maps(self.source_joints, self.source_present, size, sigma, stride)

    def target_pose(self, size: tuple[int, int], sigma: float, stride: int = 1) -> Tensor:
        return pose_maps(self.target_joints, self.target_present, size, sigma, stride)


def pose_maps(joints_BJ2: Tensor, present_BJ: Tensor, size: tuple[int, int], sigma: float, stride: int = 1) -> Tensor:
    """Gaussian maps of joints given in the frame; sigma in pixels of a picture of (height, width) `size`."""
    height, width = size
    pixels = (joints_BJ2 + 1) / 2 * torch.tensor([width, height]) - 0.5
    return gaussian_maps(pixels.masked_fill(~present_BJ[..., None], -1.0), size, sigma, stride)


def framed(
    raw: RawPairs,
    config: FramingConfig,
    size: tuple[int, int],
    flow_size: tuple[int, int],
    random: torch.Generator,
) -> FramedPairs:
    """Cuts windows of `size` out of the pairs, of pictures too where they were read; correspondences at `flow_size`."""
    batch = len(raw.source_labels)
    noisy = config.joints.spread > 0
    mirrored = torch.rand(batch, generator=random) < (0.5 if noisy else 0.0)
    cuts = photo_cuts(raw.source_joints, config.cut_share, random)
    present = _in_photo(raw.source_joints, cuts) & _not_hidden(raw.source_states)
    source = person_windows(raw.source_labels > 0, raw.source_joints, present, cuts, config.windows, mirrored, random)
    target = _target_windows(raw, source, config, mirrored, random)

    grid, target_grid = source.grid(size), target.grid(size)
    photo = _within(grid, cuts)
    shift = frayed(random, batch, size) if noisy else torch.zeros(1)
    exact = sample(raw.source_labels[:, None].float(), grid, "nearest")[:, 0].long() * photo
    labels = exact
    if noisy:
        labels = sample(raw.source_labels[:, None].float(), grid + shift, "nearest")[:, 0].long() * photo
        labels = misread(labels, random)
    joints, present = source.joints(raw.source_joints), source.joint_states(present)
    if config.worn:
        on = joints[
            torch.arange(batch), torch.tensor(_WEARERS)[torch.randint(len(_WEARERS), (batch,), generator=random)]
        ]
        middle = on + torch.randn(batch, 2, generator=random) * 0.03
        worn = Patches.random(random, middle, _LARGEST_WORN, config.worn).cover(
            pixel_centres(size).expand(batch, -1, -1, -1)
        )
        labels = torch.where(worn & (labels > 0), ACCESSORY, labels)
    target_labels = sample(raw.target_labels[:, None].float(), target_grid, "nearest")[:, 0].long()
    if config.one_piece:
        is_whole = (torch.rand(batch, generator=random) < config.one_piece)[:, None, None]
        labels, exact, target_labels = (
            torch.where(is_whole & (maps == _LOWER), _UPPER, maps) for maps in (labels, exact, target_labels)
        )
    carrier = joints[
        torch.arange(batch), torch.tensor(_CARRIERS)[torch.randint(len(_CARRIERS), (batch,), generator=random)]
    ]
    middle = carrier + torch.randn(batch, 2, generator=random) * 0.12
    cover = Patches.random(random, middle, 0.25, config.covered)
    points = pixel_centres(size).expand(batch, -1, -1, -1)
    covered = cover.cover(points) & photo
    labels = torch.where(covered, ACCESSORY, labels)
    exact = torch.where(covered, ACCESSORY, exact)

    positions, visible, matched = _correspondences(raw, source, target, cuts, cover, flow_size)
    found, found_present = config.joints.disturbed(joints, present & inside(joints), random)
    target_joints = target.joints(raw.target_joints)
    wanted = target.joint_states(_not_hidden(raw.target_states)) & inside(target_joints)
    aims, aims_present = config.target_joints.disturbed(target_joints, wanted, random)
    source_image = target_image = None
    if raw.source_images is not None and raw.target_images is not None:
        source_image = _image(raw.source_images, grid) * photo[:, None]
        shade = torch.rand(batch, 3, 1, 1, generator=random) * 2 - 1
        texture = torch.randn(batch, 1, *size, generator=random) * 0.1
        source_image = torch.where(covered[:, None], (shade + texture).clamp(-1, 1), source_image)
        target_image = _image(raw.target_images, target_grid)
    return FramedPairs(
        source_image=source_image,
        target_image=target_image,
        source_labels=labels,
        true_source_labels=exact,
        target_labels=target_labels,
        target_known=inside(target_grid),
        source_joints=found,
        source_present=found_present,
        target_joints=aims,
        target_present=aims_present,
        positions=positions,
        visible=visible,
        matched=matched,
    )


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


def _image(images_B3HW: Tensor, grid_BHW2: Tensor) -> Tensor:
    """In [-1, 1], 0 outside."""
    return sample(images_B3HW.float() / 127.5 - 1, grid_BHW2)


def _not_hidden(states_BJ2: Tensor) -> Tensor:
    """[B, J] bool: facial joints that are turned away are not found; other joints are, also behind the body."""
    found = torch.ones_like(states_BJ2[..., 0])
    found[:, list(_FACE)] = states_BJ2[:, list(_FACE), 1]
    return found


def _in_photo(joints_BJ2: Tensor, cuts_B4: Tensor) -> Tensor:
    return ((joints_BJ2 >= cuts_B4[:, None, :2]) & (joints_BJ2 <= cuts_B4[:, None, 2:])).all(dim=-1)


def _within(points_BHW2: Tensor, cuts_B4: Tensor) -> Tensor:
    first, last = cuts_B4[:, None, None, :2], cuts_B4[:, None, None, 2:]
    return ((points_BHW2 >= first) & (points_BHW2 <= last)).all(dim=-1)
