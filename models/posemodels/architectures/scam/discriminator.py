"""SCAM's discriminator: patches of an image beside its labels, judged at two scales.

Shapes: B batch, N labels, H height, W width; h and w those of a scale's score map.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from posemodels.architectures.scam.label_maps import resize_nearest
from posemodels.architectures.scam.sat_encoder import IMAGE_CHANNELS
from posemodels.errors import ConfigError

PatchFeatures = list[Tensor]
"""What every layer of a scale makes of its input; the last is the score map."""


class PatchDiscriminator(nn.Module):
    """Five 4x4 convolutions, the first three with a stride of 2. Instance norms have neither weights nor buffers."""

    def __init__(self, in_channels: int, width: int) -> None:
        super().__init__()
        self.model = nn.ModuleDict()
        widths = (in_channels, width, 2 * width, 4 * width, 8 * width)
        for index, (narrow, wide) in enumerate(zip(widths, widths[1:])):
            conv = nn.Conv2d(narrow, wide, 4, stride=2 if index < 3 else 1, padding=2)
            norm = [nn.InstanceNorm2d(wide)] if index else []
            self.model[f"conv_{index}"] = nn.Sequential(conv, *norm, nn.LeakyReLU(0.2))
        self.model["last_conv"] = nn.Sequential(nn.Conv2d(widths[-1], 1, 4, padding=2))

    def forward(self, x_BCHW: Tensor) -> PatchFeatures:
        features = []
        for layer in self.model.values():
            x_BCHW = layer(x_BCHW)
            features.append(x_BCHW)
        return features


class ScamDiscriminator(nn.Module):
    """Two patch discriminators, the second at half the size.

    In training the scores are gradient-normalised, which bounds them to (-1, 1) and the slope in the image to a
    constant; the gradient is taken with respect to image and labels together, at full size.
    """

    def __init__(self, labels: int, width: int = 64, scales: int = 2) -> None:
        super().__init__()
        for name, value in (("labels", labels), ("width", width), ("scales", scales)):
            if value < 1:
                raise ConfigError(f"{name} must be at least 1, got {value}")
        self.discriminators = nn.ModuleDict(
            {f"discriminator_{scale}": PatchDiscriminator(IMAGE_CHANNELS + labels, width) for scale in range(scales)}
        )

    def forward(self, image: Tensor, labels: Tensor) -> list[PatchFeatures]:
        """One entry a scale. image: B x 3 x H x W in [-1, 1]; labels: B x N x H x W, one-hot."""
        given = torch.cat([image, labels], dim=1)
        if not self.training:
            return self._judge(given)
        with torch.enable_grad():
            given = given if given.requires_grad else given.requires_grad_()
            judged = self._judge(given)
            return [[*features[:-1], normalize_by_gradient(features[-1], given)] for features in judged]

    def _judge(self, given_BCHW: Tensor) -> list[PatchFeatures]:
        image, labels = given_BCHW.split([IMAGE_CHANNELS, int(given_BCHW.shape[1]) - IMAGE_CHANNELS], dim=1)
        judged = []
        for scale, discriminator in enumerate(self.discriminators.values()):
            if scale:
                image = F.avg_pool2d(image, 3, stride=2, padding=1, count_include_pad=False)
                labels = resize_nearest(labels, int(image.shape[2]), int(image.shape[3]))
            judged.append(discriminator(torch.cat([image, labels], dim=1)))
        return judged


def normalize_by_gradient(score_B1hw: Tensor, given_BCHW: Tensor) -> Tensor:
    """score / (|gradient| + |score|), with one gradient a sample: that of its scores' sum, over all it was given."""
    (gradient,) = torch.autograd.grad(score_B1hw.sum(), given_BCHW, create_graph=True)
    length_B = gradient.flatten(1).norm(dim=1)
    return score_B1hw / (length_B.reshape(-1, 1, 1, 1) + score_B1hw.abs())
