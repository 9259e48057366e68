"""Where the target's surface lies in the source, from joints and parsing alone: this network never sees a colour.

A U-Net at a quarter of the picture's size chooses among the places that each part of the body proposes, or says one
of its own; then the source's labels are carried there, and all is refined at half of the picture's size.
Tensor names end in the letters of their axes: B batch, C channels, K parts, H and W height and width.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from posemodels.architectures.blocks.layers import static_size
from posemodels.architectures.flow_transfer.blocks import Everywhere, Residual, conv, doubled, smoothly_doubled
from posemodels.architectures.flow_transfer.config import LABELS, FlowTransferConfig
from posemodels.architectures.flow_transfer.limb_prior import PARTS, LimbPrior, limb_prior
from posemodels.data.render_pairs.frames import pixel_centres
from posemodels.data.skeleton import JOINT_COUNT

_HINTS = 40
_TRUST = 10.0
"""How much nearness to a part counts at first when a place is chosen."""
_RESIDUAL = 0.1
_FAINT = 0.05


@dataclass(frozen=True)
class Geometry:
    """At h x w, a part of the picture's size."""

    flow_B2hw: Tensor
    """x and y in the source's frame, whose outer edges are at -1 and 1."""
    visibility_B1hw: Tensor
    """Logits."""
    labels_BLhw: Tensor
    """Logits."""


class GeometryNet(nn.Module):
    """Coarse and fine geometry."""

    def __init__(self, config: FlowTransferConfig) -> None:
        super().__init__()
        widths, labels = config.geometry, len(LABELS)
        self.hints = conv(PARTS * (labels + 1), _HINTS, kernel=1)
        self.stem = conv(2 * JOINT_COUNT + labels + 2 + _HINTS, widths[0])
        self.down = nn.ModuleList(
            nn.Sequential(conv(wide, deep, stride=2), Residual(deep)) for wide, deep in zip(widths, widths[1:])
        )
        self.deepest = Everywhere(widths[-1])
        self.up = nn.ModuleList(
            nn.Sequential(conv(wide + deep, wide), Residual(wide)) for wide, deep in zip(widths[-2::-1], widths[:0:-1])
        )
        self.coarse = nn.Conv2d(widths[0], PARTS + 1 + 2 + 1 + labels, 3, 1, 1)
        self.widen = nn.Sequential(conv(widths[0], 4 * config.fine, kernel=1), nn.PixelShuffle(2))
        self.fine = nn.Sequential(conv(config.fine + 2 * labels + 1, config.fine), Residual(config.fine))
        self.correction = nn.Conv2d(config.fine, 2 + 1 + labels, 3, 1, 1)
        with torch.no_grad():
            # What the limbs propose is the place to start from.
            for last in (self.coarse, self.correction):
                last.weight.mul_(_FAINT)
                nn.init.zeros_(last.bias)  # type: ignore[arg-type]  # both have one

    def forward(self, source_pose: Tensor, source_parsing: Tensor, target_pose: Tensor) -> tuple[Geometry, Geometry]:
        """Poses at a quarter of the picture's size, labels at half of it. Coarse, then fine geometry."""
        parsing = F.avg_pool2d(source_parsing, 2)
        with torch.no_grad(), torch.autocast(parsing.device.type, enabled=False):
            prior = limb_prior(source_pose.float(), target_pose.float(), parsing.float())
        place = pixel_centres(static_size(parsing)[1:]).permute(2, 0, 1) + torch.zeros_like(parsing[:, :2])
        hints = self.hints(torch.cat([prior.labels_BCHW, prior.nearness_BKHW], dim=1))
        x = self.stem(torch.cat([source_pose, parsing, target_pose, place, hints], dim=1))
        beside = [x]
        for narrow in self.down:
            x = narrow(x)
            beside.append(x)
        x = self.deepest(x)
        for merge, skipped in zip(self.up, beside[-2::-1]):
            x = merge(torch.cat([doubled(x), skipped], dim=1))
        coarse = self._chosen(self.coarse(x).float(), prior, place)
        return coarse, self._refined(coarse, self.widen(x), source_parsing)

    def _chosen(self, said: Tensor, prior: LimbPrior, place: Tensor) -> Geometry:
        choice, own, rest = said[:, : PARTS + 1], said[:, PARTS + 1 : PARTS + 3], said[:, PARTS + 3 :]
        trusted = torch.cat([prior.nearness_BKHW, torch.zeros_like(place[:, :1]) + 0.2], dim=1)
        weights = (choice + _TRUST * trusted).softmax(dim=1)
        proposed = (prior.positions_BK2HW * weights[:, :PARTS, None]).sum(dim=1)
        flow = proposed + weights[:, PARTS:] * place + _RESIDUAL * own
        return Geometry(flow, rest[:, :1], rest[:, 1:])

    def _refined(self, coarse: Geometry, features: Tensor, source_parsing: Tensor) -> Geometry:
        flow, visibility, labels = (
            smoothly_doubled(part) for part in (coarse.flow_B2hw, coarse.visibility_B1hw, coarse.labels_BLhw)
        )
        with torch.autocast(flow.device.type, enabled=False):
            # The corrected flow learns from its own error: no gradient through where labels are looked up.
            at = flow.detach().permute(0, 2, 3, 1)
            carried = F.grid_sample(source_parsing.float(), at, align_corners=False)
        x = self.fine(torch.cat([features, carried, labels.softmax(dim=1), visibility.sigmoid()], dim=1))
        change = self.correction(x).float()
        return Geometry(flow + _RESIDUAL * change[:, :2], visibility + change[:, 2:3], labels + change[:, 3:])
