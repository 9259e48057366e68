"""From the aligned style to the image. Shapes: B batch, C = 4 * width channels, h = H/4, w = W/4."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from posemodels.architectures.rsa_gan.config import RsaGanConfig
from posemodels.architectures.rsa_gan.map_norms import MapNorm
from posemodels.architectures.rsa_gan.modulation import ModulatedBlock


class Decoder(nn.Module):
    """Residual blocks modulated by the style (the first ones by the warped semantics too), then two doublings."""

    def __init__(self, config: RsaGanConfig) -> None:
        super().__init__()
        self._from_style = config.decoder_start == "style"
        self._semantic_blocks = config.decoder_semantic_blocks if config.injection else 0
        channels, hidden = config.channels, config.modulation_width * config.width
        self.blocks = nn.ModuleList(
            ModulatedBlock(channels, channels * (2 if at < self._semantic_blocks else 1), hidden)
            for at in range(config.decoder_blocks)
        )
        layers: list[nn.Module] = []
        for width in (channels, channels // 2):
            layers += [
                NearestDouble(width, width // 2, config.decoder_kernel),
                MapNorm(width // 2, (1, 2, 3)),
                nn.ReLU(),
            ]
        self.up = nn.Sequential(*layers)
        colors = 3 if config.decoder_colors else 0
        self.paint = nn.Sequential(nn.ReflectionPad2d(3), nn.Conv2d(config.width + colors, 3, 7), nn.Tanh())

    def forward(
        self, style_BChw: Tensor, target_pose_BChw: Tensor, warped_BChw: Tensor | None, colors: Tensor | None = None
    ) -> Tensor:
        """B x 3 x H x W in [-1, 1]. colors: B x 3 x h x w, where the configuration asks for them."""
        x = style_BChw if self._from_style else target_pose_BChw
        for at, block in enumerate(self.blocks):
            if at < self._semantic_blocks:
                assert warped_BChw is not None
                x = block(x, torch.cat([style_BChw, warped_BChw], dim=1))
            else:
                x = block(x, style_BChw)
        x = self.up(x)
        if colors is not None:
            x = torch.cat([x, F.interpolate(colors, scale_factor=4.0, mode="bilinear", align_corners=False)], dim=1)
        image: Tensor = self.paint(x)
        return image


class NearestDouble(nn.Conv2d):
    """Nearest-neighbour doubling and a convolution, computed as one convolution before the doubling.

    Several taps of the kernel read the same pixel of the small map: summed up beforehand, a 5x5 kernel costs as much
    as 3x3 ones, with the same result. An exported graph holds the two plain steps.
    """

    def __init__(self, in_channels: int, out_channels: int, kernel: int) -> None:
        super().__init__(in_channels, out_channels, kernel, padding=kernel // 2)
        offsets = range(-(kernel // 2), kernel // 2 + 1)
        self._reach = (kernel // 2 + 1) // 2
        taps = torch.zeros(2, 2 * self._reach + 1, kernel)
        for parity in (0, 1):
            for at, offset in enumerate(offsets):
                taps[parity, (parity + offset) // 2 + self._reach, at] = 1.0
        self.register_buffer("_taps", taps, persistent=False)

    def forward(self, x_BCHW: Tensor) -> Tensor:
        """B x in x H x W to B x out x 2H x 2W."""
        if torch.onnx.is_in_onnx_export():
            return super().forward(F.interpolate(x_BCHW, scale_factor=2.0, mode="nearest"))
        taps: Tensor = self.get_buffer("_taps")
        weight = torch.einsum("pia,qjb,ocab->opqcij", taps, taps, self.weight).flatten(0, 2)
        bias = None if self.bias is None else self.bias.repeat_interleave(4)
        return F.pixel_shuffle(F.conv2d(x_BCHW, weight, bias, padding=self._reach), 2)
