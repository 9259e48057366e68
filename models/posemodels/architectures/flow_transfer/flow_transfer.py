"""The whole generator, as it is exported."""

from __future__ import annotations

import torch.nn.functional as F
from torch import Tensor, nn

from posemodels.architectures.blocks.layers import require_map
from posemodels.architectures.flow_transfer.blocks import smoothly_doubled
from posemodels.architectures.flow_transfer.color_net import ColorNet, carry
from posemodels.architectures.flow_transfer.config import LABELS, STRIDE, FlowTransferConfig
from posemodels.architectures.flow_transfer.geometry_net import GeometryNet
from posemodels.data.skeleton import JOINT_COUNT

_COLORS = 3
_BEYOND = 5.0
"""One over the probability of the person from which on a pixel is painted in full."""


class FlowTransfer(nn.Module):
    """Geometry without colour, then colour on top of it."""

    def __init__(self, config: FlowTransferConfig) -> None:
        super().__init__()
        self.geometry = GeometryNet(config)
        self.color = ColorNet(config)

    def forward(
        self, source_image: Tensor, source_pose: Tensor, source_parsing: Tensor, target_pose: Tensor
    ) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Image B x 3 x H x W, both poses B x 18 x H x W, labels B x 9 x H x W, one-hot.

        The person before mid-grey, B x 3 x H x W in [-1, 1]; and at half of that size: where each place of the target
        lies in the source (x, y; -1 and 1 are the frame's outer edges), the probability that the source shows it (low
        too where the flow leads to what is not labelled as the person), and the target's labels as probabilities.
        """
        require_map("source_image", source_image, _COLORS, STRIDE)
        require_map("source_pose", source_pose, JOINT_COUNT, STRIDE)
        require_map("source_parsing", source_parsing, len(LABELS), STRIDE)
        require_map("target_pose", target_pose, JOINT_COUNT, STRIDE)
        parsing = F.avg_pool2d(source_parsing, 2)
        small = F.avg_pool2d(target_pose, 4)
        _, geometry = self.geometry(F.avg_pool2d(source_pose, 4), parsing, small)
        flow, visibility = geometry.flow_B2hw, geometry.visibility_B1hw.sigmoid()
        labels = geometry.labels_BLhw.softmax(dim=1)
        carried = carry(source_image, parsing, flow, visibility)
        painted = self.color(carried, labels, small, source_image, parsing)
        # Beyond the outline, so that a composition by the labels' own soft edge takes no grey in.
        person = (_BEYOND * (1 - smoothly_doubled(labels[:, :1]))).clamp(0.0, 1.0)
        return painted * person, flow, carried.trust_B1hw, labels
