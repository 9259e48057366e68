"""A conditional diffusion U-Net (Ho et al., 2020; conditioned as in pixel-space pose diffusion): a yardstick of speed.

It is never trained, exported for the service or offered as a generator: what matters of it here is what one of its
steps computes. Each step takes the noisy image beside the source image and both poses, and predicts the noise.

Shapes: B batch, H height, W width (multiples of 8), C channels, T channels of the time code.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from posemodels.architectures.blocks.attention import attend
from posemodels.architectures.blocks.layers import flatten_positions, static_size
from posemodels.architectures.blocks.settings import require_counts

_GROUPS = 4
_TRAINING_STEPS = 1000


@dataclass(frozen=True, kw_only=True)
class DiffusionUNetConfig:
    """Sizes; levels lie at 1, 1/2, 1/4 and 1/8 of the size, and the deepest one attends to itself."""

    width: int = 24
    """Channels at full resolution, a multiple of four; the levels have 1, 2, 2 and 4 times as many."""
    blocks: int = 1
    """Residual blocks a level, on the way down and up each."""
    keypoints: int = 18

    def __post_init__(self) -> None:
        require_counts(self, "width", "blocks", "keypoints")
        if self.width % _GROUPS:
            raise ValueError(f"width must be a multiple of {_GROUPS}, got {self.width}")


class TimedBlock(nn.Module):
    """Residual block that is told the time step."""

    def __init__(self, inputs: int, outputs: int, time_channels: int) -> None:
        super().__init__()
        self.before = nn.Sequential(nn.GroupNorm(_GROUPS, inputs), nn.SiLU(), nn.Conv2d(inputs, outputs, 3, padding=1))
        self.time = nn.Linear(time_channels, outputs)
        self.after = nn.Sequential(nn.GroupNorm(_GROUPS, outputs), nn.SiLU(), nn.Conv2d(outputs, outputs, 3, padding=1))
        self.skip = nn.Conv2d(inputs, outputs, 1) if inputs != outputs else nn.Identity()

    def forward(self, x_BCHW: Tensor, time_BT: Tensor) -> Tensor:
        hidden = self.before(x_BCHW) + self.time(time_BT)[:, :, None, None]
        result: Tensor = self.skip(x_BCHW) + self.after(hidden)
        return result


class SelfAttention(nn.Module):
    """Every position attends to all others of the map."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.norm = nn.GroupNorm(_GROUPS, channels)
        self.query, self.key, self.value = (nn.Conv2d(channels, channels, 1) for _ in range(3))
        self.out = nn.Conv2d(channels, channels, 1)
        self.scale = channels**-0.5

    def forward(self, x_BCHW: Tensor) -> Tensor:
        normed = self.norm(x_BCHW)
        query, key, value = (flatten_positions(layer(normed)) for layer in (self.query, self.key, self.value))
        attended = attend(query * self.scale, key, value)
        result: Tensor = x_BCHW + self.out(attended.reshape(-1, *static_size(x_BCHW)))
        return result


class DiffusionUNet(nn.Module):
    """One denoising step."""

    def __init__(self, config: DiffusionUNetConfig) -> None:
        super().__init__()
        self.config = config
        a = config.width
        widths, self.time_channels = (a, 2 * a, 2 * a, 4 * a), 4 * a
        self.start = nn.Conv2d(6 + 2 * config.keypoints, a, 3, padding=1)
        self.down, self.shrink = nn.ModuleList(), nn.ModuleList()
        channels = a
        for level, width in enumerate(widths):
            self.down.append(self._blocks(channels, width))
            channels = width
            if level < len(widths) - 1:
                self.shrink.append(nn.Conv2d(width, width, 3, stride=2, padding=1))
        self.middle, self.attention = TimedBlock(channels, channels, self.time_channels), SelfAttention(channels)
        self.up, self.grow = nn.ModuleList(), nn.ModuleList()
        for level, width in reversed(list(enumerate(widths))):
            self.up.append(self._blocks(channels + width, width))
            channels = width
            if level:
                self.grow.append(nn.Conv2d(width, width, 3, padding=1))
        self.end = nn.Sequential(nn.GroupNorm(_GROUPS, channels), nn.SiLU(), nn.Conv2d(channels, 3, 3, padding=1))

    def forward(self, noisy_image: Tensor, condition: Tensor, time_code: Tensor) -> Tensor:
        """The noise in `noisy_image`, B x 3 x H x W.

        condition: source image and both pose maps, B x (3 + 2 * keypoints) x H x W; time_code: B x T, see `time_codes`.
        """
        x = self.start(torch.cat([noisy_image, condition], dim=1))
        kept = []
        for level, blocks in enumerate(self.down):
            for block in blocks:  # type: ignore[attr-defined]
                x = block(x, time_code)
            kept.append(x)
            if level < len(self.shrink):
                x = self.shrink[level](x)
        x = self.attention(self.middle(x, time_code))
        for level, blocks in enumerate(self.up):
            x = torch.cat([x, kept.pop()], dim=1)
            for block in blocks:  # type: ignore[attr-defined]
                x = block(x, time_code)
            if level < len(self.grow):
                x = self.grow[level](F.interpolate(x, scale_factor=2.0, mode="nearest"))
        result: Tensor = self.end(x)
        return result

    def time_codes(self, steps: Tensor) -> Tensor:
        """Sinusoidal code of training steps, B to B x T."""
        half = self.time_channels // 2
        rates = torch.exp(-math.log(10_000.0) * torch.arange(half) / half)
        angles = steps[:, None].float() * rates
        return torch.cat([angles.sin(), angles.cos()], dim=1)

    def _blocks(self, inputs: int, outputs: int) -> nn.ModuleList:
        widths = [inputs] + [outputs] * self.config.blocks
        return nn.ModuleList(TimedBlock(one, other, self.time_channels) for one, other in zip(widths, widths[1:]))


@torch.no_grad()
def sample(network: DiffusionUNet, condition: Tensor, steps: int, random: torch.Generator) -> Tensor:
    """An image by `steps` deterministic steps (DDIM; Song et al., 2021) under a cosine schedule, B x 3 x H x W."""
    batch, _, height, width = condition.shape
    image = torch.randn(batch, 3, height, width, generator=random)
    times = torch.linspace(1.0, 0.0, steps + 1)
    for now, later in zip(times[:-1], times[1:]):
        code = network.time_codes((now * (_TRAINING_STEPS - 1)).expand(batch))
        noise = network(image, condition, code)
        signal_now, signal_later = (torch.cos(time * math.pi / 2).clamp(min=1e-3) for time in (now, later))
        clean = ((image - (1 - signal_now**2).sqrt() * noise) / signal_now).clamp(-1, 1)
        image = signal_later * clean + (1 - signal_later**2).clamp(min=0).sqrt() * noise
    return image
