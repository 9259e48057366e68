"""Joints as a network finds them: a little off, sometimes far off, sometimes not at all."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor


@dataclass(frozen=True, kw_only=True)
class JointNoise:
    """How far joints are off, in shares of the frame's half sides, and how often they are lost."""

    spread: float = 0.014
    lost: float = 0.04
    astray: float = 0.015
    astray_spread: float = 0.08

    def disturbed(self, joints_BJ2: Tensor, present_BJ: Tensor, random: torch.Generator) -> tuple[Tensor, Tensor]:
        """Moved joints, and which of them are still there."""

        def chance(share: float) -> Tensor:
            return torch.rand(present_BJ.shape, generator=random) < share

        off = torch.randn(joints_BJ2.shape, generator=random) * self.spread
        far = torch.randn(joints_BJ2.shape, generator=random) * self.astray_spread * chance(self.astray)[..., None]
        return joints_BJ2 + off + far, present_BJ & ~chance(self.lost)
