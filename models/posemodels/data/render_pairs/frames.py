"""Windows into a picture: turned, scaled, moved and mirrored, with joints and correspondences that follow.

Tensor names end in the letters of their axes: B batch, J joints, H and W height and width, N points.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

ASPECT = 0.75
"""Width over height of pictures and windows alike."""

MIRRORED_JOINTS = (0, 1, 5, 6, 7, 2, 3, 4, 11, 12, 13, 8, 9, 10, 15, 14, 17, 16)
"""Where each joint of a mirrored person comes from."""


@dataclass(frozen=True)
class Windows:
    """One window a picture, as the affine maps from the window's frame to that of its picture, [B, 2, 3]."""

    matrix_B23: Tensor
    mirrored_B: Tensor

    @staticmethod
    def placed(centre_B2: Tensor, scale_B: Tensor, turn_B: Tensor, mirrored_B: Tensor) -> Windows:
        """centre: in the picture's frame. scale: height over that of the picture. turn: in radians."""
        cosine, sine = turn_B.cos(), turn_B.sin()
        sign = torch.where(mirrored_B, -1.0, 1.0)
        # The frame's x spans fewer pixels than its y: turning takes equal units.
        rows = [
            torch.stack([scale_B * cosine * sign, -scale_B * sine / ASPECT, centre_B2[:, 0]], dim=1),
            torch.stack([scale_B * sine * sign * ASPECT, scale_B * cosine, centre_B2[:, 1]], dim=1),
        ]
        return Windows(torch.stack(rows, dim=1), mirrored_B)

    def to_picture(self, points_BN2: Tensor) -> Tensor:
        """Points of the window's frame in that of the picture."""
        return points_BN2 @ self.matrix_B23[:, :, :2].transpose(1, 2) + self.matrix_B23[:, None, :, 2]

    def from_picture(self, points_BN2: Tensor) -> Tensor:
        """Points of the picture's frame in that of the window."""
        inverse = torch.linalg.inv(self.matrix_B23[:, :, :2])
        return (points_BN2 - self.matrix_B23[:, None, :, 2]) @ inverse.transpose(1, 2)

    def joints(self, joints_BJ2: Tensor) -> Tensor:
        """Joints of the picture in the window's frame; a mirrored person's left is their right."""
        moved = self.from_picture(joints_BJ2)
        return torch.where(self.mirrored_B[:, None, None], moved[:, list(MIRRORED_JOINTS)], moved)

    def joint_states(self, states_BJ: Tensor) -> Tensor:
        """What is said of each joint, in the window's order."""
        return torch.where(self.mirrored_B[:, None], states_BJ[:, list(MIRRORED_JOINTS)], states_BJ)

    def grid(self, size: tuple[int, int]) -> Tensor:
        """[B, H, W, 2] where in the picture the pixel centres of a window of (height, width) `size` lie."""
        points = pixel_centres(size).reshape(1, -1, 2).expand(len(self.matrix_B23), -1, -1)
        return self.to_picture(points).reshape(-1, *size, 2)


def pixel_centres(size: tuple[int, int]) -> Tensor:
    """[H, W, 2] x, y of the pixel centres of a frame, whose outer edges are at -1 and 1."""
    # By NumPy, so that an exported graph holds them as constants.
    y, x = np.meshgrid(*((np.arange(side) + 0.5) / side * 2 - 1 for side in size), indexing="ij")
    return torch.from_numpy(np.stack([x, y], axis=-1).astype(np.float32))


def sample(maps_BCHW: Tensor, grid_BHW2: Tensor, mode: str = "bilinear") -> Tensor:
    """Maps at places of their frame; 0 outside."""
    return F.grid_sample(maps_BCHW, grid_BHW2, mode=mode, padding_mode="zeros", align_corners=False)


def inside(points: Tensor, margin: float = 0.0) -> Tensor:
    """Which points [..., 2] lie in the frame, or at most `margin` beyond it."""
    return (points.abs() <= 1 + margin).all(dim=-1)


def resampled_positions(positions_B2HW: Tensor, lattice_BHW2: Tensor) -> Tensor:
    """Correspondences between the points at which they are known: smooth on one surface, never across its edge.

    positions: x, y at the lattice's points, NaN-free. lattice: places in the lattice's own frame.
    """
    nearest = sample(positions_B2HW, lattice_BHW2, "nearest")
    smooth = sample(positions_B2HW, lattice_BHW2)
    apart = (smooth - nearest).abs().amax(dim=1, keepdim=True)
    return torch.where(apart < _SAME_SURFACE, smooth, nearest)


_SAME_SURFACE = 0.03
"""Of the frame: neighbours whose positions differ by more are of different surfaces."""
