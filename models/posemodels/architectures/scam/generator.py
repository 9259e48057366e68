"""SCAM's generator: an image laid out by a parsing map, each region looking as its label's latents say.

Shapes: B batch, T latents, D latent channels, N labels, C channels, H height, W width, h and w those of a feature map.
"""

from __future__ import annotations

from torch import Tensor, nn

from posemodels.architectures.blocks.trace import Trace
from posemodels.architectures.scam.config import ScamConfig
from posemodels.architectures.scam.label_maps import resize_nearest
from posemodels.architectures.scam.masked_attention import LabelMask
from posemodels.architectures.scam.modulation import Modulation

Size = tuple[int, int]


def start_size(size: Size, up_layers: int) -> Size:
    """Height and width of the first feature map, by the published rule (meant for portrait and square pictures)."""
    height, width = size
    aspect = width / height
    if aspect < 1:
        first_width = width // 2**up_layers
        first_height = round(first_width / aspect)
    else:
        first_height = height // 2**up_layers
        first_width = round(first_height / aspect)
    if first_height * first_width < 2:
        # Of a single position an instance norm leaves nothing.
        raise ValueError(f"{height} x {width} is too small to be halved {up_layers} times")
    return first_height, first_width


class ToRgb(nn.Module):
    """A block's contribution to the image. That of the last block is not modulated."""

    def __init__(self, channels: int, config: ScamConfig, last: bool) -> None:
        super().__init__()
        self.mod_rgb = None if last else Modulation(channels, config, duplex=False, noise=False)
        self.conv_rgb = nn.Conv2d(channels, 3, 1)

    def forward(self, x_BChw: Tensor, latents_BTD: Tensor, mask: LabelMask) -> Tensor:
        """B x 3 x h x w."""
        if self.mod_rgb is not None:
            x_BChw, _ = self.mod_rgb(x_BChw, latents_BTD, mask, None)
        rgb: Tensor = self.conv_rgb(x_BChw)
        return rgb


class UpBlock(nn.Module):
    """Modulation, convolution, a step up in size, modulation, convolution.

    Both the modulations and the convolutions activate: the release does so twice.
    """

    def __init__(self, in_channels: int, out_channels: int, config: ScamConfig, last: bool) -> None:
        super().__init__()
        middle, duplex = min(in_channels, out_channels), config.attention == "duplex"
        self.mod_0 = Modulation(in_channels, config, duplex, config.noise)
        self.mod_1 = Modulation(middle, config, duplex, config.noise)
        self.conv_0 = nn.Sequential(nn.LeakyReLU(0.2), nn.Conv2d(in_channels, middle, 3, padding=1))
        self.conv_1 = nn.Sequential(nn.LeakyReLU(0.2), nn.Conv2d(middle, out_channels, 3, padding=1))
        self.torgb = ToRgb(out_channels, config, last)


class ScamGenerator(nn.Module):
    """A skip generator: every block adds its own picture to the enlarged sum of those before it."""

    label_of_token: Tensor

    def __init__(self, config: ScamConfig) -> None:
        super().__init__()
        self.config = config
        self.register_buffer("label_of_token", config.tokens.label_of_token(), persistent=False)
        widths = [16 * config.width] * (config.up_layers - 3) + [factor * config.width for factor in (8, 4, 2, 1)]
        self.first_conv = nn.Conv2d(config.labels, widths[0], 3, padding=1)
        last = config.up_layers - 1
        self.backbone = nn.ModuleDict(
            {
                f"SCAM_block_{index}": UpBlock(wide, narrow, config, index == last)
                for index, (wide, narrow) in enumerate(zip(widths, widths[1:]))
            }
        )

    def sizes(self, size: Size) -> list[Size]:
        """Heights and widths of the feature maps for an image of this size, from the first to the image's own."""
        height, width = start_size(size, self.config.up_layers)
        return [(height << level, width << level) for level in range(self.config.up_layers)] + [size]

    def noise_sizes(self, size: Size) -> dict[str, Size]:
        """Name of each noisy modulation, in the order they take their noise, to the size of its map."""
        if not self.config.noise:
            return {}
        sizes = self.sizes(size)
        return {
            f"backbone.SCAM_block_{index // 2}.mod_{index % 2}": sizes[(index + 1) // 2]
            for index in range(2 * self.config.up_layers)
        }

    def forward(
        self, labels: Tensor, latents: Tensor, noise: Tensor | None = None, trace: Trace | None = None
    ) -> Tensor:
        """Generates B x 3 x H x W in [-1, 1].

        labels: B x N x H x W, one-hot; latents: B x T x D; noise: the maps of `noise_sizes` row by row and one after
        the other, B x (sum of h * w), standard normal; None for none.
        """
        size = int(labels.shape[2]), int(labels.shape[3])
        sizes = self.sizes(size)
        masks = [LabelMask(labels, self.label_of_token, *each) for each in sizes]
        noises = self._noise_maps(noise, size)
        x = self.first_conv(resize_nearest(labels, *sizes[0]))
        if trace is not None:
            trace("gen/first_conv", x)
        rgb: Tensor | None = None
        for index, block in enumerate(self.backbone.values()):
            (before, after), enlarged = masks[index : index + 2], sizes[index + 1]
            x, latents = block.mod_0(x, latents, before, noises[2 * index])
            if trace is not None:
                trace(f"gen/block{index}_mod0/x", x)
                trace(f"gen/block{index}_mod0/latents", latents)
            x = resize_nearest(block.conv_0(x), *enlarged)
            x, latents = block.mod_1(x, latents, after, noises[2 * index + 1])
            if trace is not None:
                trace(f"gen/block{index}_mod1/x", x)
                trace(f"gen/block{index}_mod1/latents", latents)
            x = block.conv_1(x)
            contribution = block.torgb(x, latents, after)
            if rgb is not None:
                contribution = resize_nearest(rgb, *enlarged) + contribution
            rgb = contribution
            if trace is not None:
                trace(f"gen/block{index}/x", x)
                trace(f"gen/block{index}/latents", latents)
                trace(f"gen/block{index}/rgb", contribution)
        assert rgb is not None  # there are at least four blocks
        return rgb.tanh()

    def _noise_maps(self, noise_BM: Tensor | None, size: Size) -> list[Tensor | None]:
        """One map a modulation, B x 1 x h x w each."""
        if noise_BM is None or not self.config.noise:
            return [None] * (2 * self.config.up_layers)
        sizes = list(self.noise_sizes(size).values())
        length = sum(height * width for height, width in sizes)
        if noise_BM.ndim != 2 or noise_BM.shape[1] != length:
            raise ValueError(f"noise must be B x {length} for this size, got {tuple(noise_BM.shape)}")
        parts = noise_BM.split([height * width for height, width in sizes], dim=1)
        return [part.reshape(-1, 1, *each) for part, each in zip(parts, sizes)]
