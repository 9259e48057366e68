"""How pictures are cut out and disturbed before networks see them."""

from __future__ import annotations

from dataclasses import dataclass, field

from posemodels.data.render_pairs.joint_noise import JointNoise
from posemodels.data.render_pairs.person_frames import WindowNoise


@dataclass(frozen=True, kw_only=True)
class FramingConfig:
    """Shares of the pictures to which something is done, and how far off what is found in them is."""

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

    @property
    def is_noisy(self) -> bool:
        """Whether labels are misread, and people mirrored."""
        return self.joints.spread > 0


EXACT = FramingConfig(
    covered=0.0,
    worn=0.0,
    one_piece=0.0,
    joints=JointNoise(spread=0.0, lost=0.0, astray=0.0),
    target_joints=JointNoise(spread=0.0, lost=0.0, astray=0.0),
    windows=WindowNoise(scale=0.0, shift=0.0, turn=0.0),
)
"""Cuts and windows, but labels and joints as they are: for measuring."""
