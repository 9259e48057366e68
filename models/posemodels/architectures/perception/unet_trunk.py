"""The small convolutional encoder and decoder that both perception networks share."""

from __future__ import annotations

from torch import Tensor, nn


def conv_block(inputs: int, outputs: int, stride: int = 1, kernel: int = 3) -> nn.Sequential:
    """Convolution, batch norm, ReLU; the norm folds into the convolution at export."""
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, bias=False),
        nn.BatchNorm2d(outputs),
        nn.ReLU(inplace=True),
    )


class GlobalContext(nn.Module):
    """Adds to every position what the whole map says, B x C x H x W: which way a person faces shows in the face alone,
    and decides which of two alike arms is the left one."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.gather = nn.Conv2d(channels, channels, 1)
        self.spread = nn.Conv2d(channels, channels, 1)

    def forward(self, x: Tensor) -> Tensor:
        summary = x.mean(dim=(2, 3), keepdim=True)
        return x + self.spread(self.gather(summary).relu())


class UNetTrunk(nn.Module):
    """Image [B, 3, H, W] to features [B, C, H / 2, W / 2]; H and W are multiples of 16."""

    def __init__(self, widths: tuple[int, int, int, int] = (32, 64, 96, 128)) -> None:
        super().__init__()
        if len(widths) != 4 or min(widths) < 4:
            raise ValueError(f"widths must be four numbers of at least 4, got {widths}")
        a, b, c, d = widths
        self.channels = a
        self.level2 = nn.Sequential(conv_block(3, a * 3 // 4, 2), conv_block(a * 3 // 4, a))
        self.level4 = nn.Sequential(conv_block(a, b, 2), conv_block(b, b))
        self.level8 = nn.Sequential(conv_block(b, c, 2), conv_block(c, c))
        self.level16 = nn.Sequential(
            conv_block(c, d, 2),
            conv_block(d, d),
            conv_block(d, d),
            GlobalContext(d),
            conv_block(d, d),
            GlobalContext(d),
            conv_block(d, d),
        )
        self.narrow8, self.merge8 = conv_block(d, c, kernel=1), conv_block(c, c)
        self.narrow4, self.merge4 = conv_block(c, b, kernel=1), conv_block(b, b)
        self.narrow2, self.merge2 = conv_block(b, a, kernel=1), conv_block(a, a)
        self.upsample = nn.Upsample(scale_factor=2, mode="nearest")

    def forward(self, image: Tensor) -> Tensor:
        x2 = self.level2(image)
        x4 = self.level4(x2)
        x8 = self.level8(x4)
        x16 = self.level16(x8)
        y8 = self.merge8(x8 + self.upsample(self.narrow8(x16)))
        y4 = self.merge4(x4 + self.upsample(self.narrow4(y8)))
        features: Tensor = self.merge2(x2 + self.upsample(self.narrow2(y4)))
        return features
