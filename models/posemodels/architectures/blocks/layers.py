"""Parts that several architectures share: norms, the convolution stacks of a stream, weight initialisation."""

from __future__ import annotations

from typing import Literal

import torch
import torch.nn.functional as F
from torch import Tensor, nn

Norm = Literal["batch", "instance"]


def make_norm(norm: Norm, channels: int) -> nn.Module:
    """Batch norm learns a scale and keeps running statistics; instance norm has neither parameters nor buffers."""
    if norm == "batch":
        return nn.BatchNorm2d(channels)
    return nn.InstanceNorm2d(channels)


def needs_bias(norm: Norm) -> bool:
    """A convolution has a bias unless a batch norm, which has its own, may follow it."""
    return norm == "instance"


def down_path(in_channels: int, width: int, norm: Norm) -> list[nn.Module]:
    """Encoder of a stream: B x in_channels x H x W to B x 4*width x H/4 x W/4. Strided layers pad with zeros."""
    bias = needs_bias(norm)
    layers: list[nn.Module] = [nn.ReflectionPad2d(3), nn.Conv2d(in_channels, width, 7, bias=bias)]
    layers += [make_norm(norm, width), nn.ReLU()]
    for channels in (width, 2 * width):
        layers += [nn.Conv2d(channels, 2 * channels, 3, stride=2, padding=1, bias=bias)]
        layers += [make_norm(norm, 2 * channels), nn.ReLU()]
    return layers


def up_path(out_channels: int, width: int, norm: Norm) -> nn.Sequential:
    """Decoder of a stream: B x 4*width x H/4 x W/4 to B x out_channels x H x W in [-1, 1]."""
    bias = needs_bias(norm)
    layers: list[nn.Module] = []
    for channels in (4 * width, 2 * width):
        layers += [DoubleSize(channels, channels // 2, bias), make_norm(norm, channels // 2), nn.ReLU()]
    return nn.Sequential(*layers, nn.ReflectionPad2d(3), nn.Conv2d(width, out_channels, 7), nn.Tanh())


class DoubleSize(nn.ConvTranspose2d):
    """Transposed 3x3 convolution that doubles height and width, computed as one ordinary convolution.

    Every output pixel of even row and column is reached by the kernel's centre only, the odd ones by two or four taps
    at the pixel's right and lower neighbours: a 2x2 convolution to 4 * out channels followed by a pixel shuffle.
    PyTorch's transposed convolution on the CPU is several times slower, its gradient above all. The state dict is
    that of `nn.ConvTranspose2d`, and an exported graph holds the transposed convolution itself.
    """

    def __init__(self, in_channels: int, out_channels: int, bias: bool) -> None:
        super().__init__(in_channels, out_channels, 3, stride=2, padding=1, output_padding=1, bias=bias)

    def forward(self, x_BCHW: Tensor, output_size: list[int] | None = None) -> Tensor:
        """B x in x H x W to B x out x 2H x 2W."""
        if torch.onnx.is_in_onnx_export():
            return super().forward(x_BCHW)
        bias = None if self.bias is None else self.bias.repeat_interleave(4)
        return F.pixel_shuffle(F.conv2d(F.pad(x_BCHW, (0, 1, 0, 1)), self._sub_pixel_weight(), bias), 2)

    def _sub_pixel_weight(self) -> Tensor:
        """4*out x in x 2 x 2; output row parity p reads kernel row 1 (p = 0), or rows 2 and 0 (p = 1)."""
        weight = self.weight.transpose(0, 1)
        zero = torch.zeros_like(weight[..., :1])
        even = torch.cat([weight[..., 1:2], zero], dim=3)
        odd = torch.cat([weight[..., 2:3], weight[..., 0:1]], dim=3)
        columns = torch.stack([even, odd], dim=1)
        zero = torch.zeros_like(columns[..., :1, :])
        even = torch.cat([columns[..., 1:2, :], zero], dim=3)
        odd = torch.cat([columns[..., 2:3, :], columns[..., 0:1, :]], dim=3)
        return torch.stack([even, odd], dim=1).flatten(0, 2)


class StartsAtZero:
    """A convolution whose weights are 0 at first and stay so through initialisation: what it adds begins as nothing."""

    weight: Tensor
    bias: Tensor | None

    def reset_parameters(self) -> None:
        nn.init.zeros_(self.weight)
        if self.bias is not None:
            nn.init.zeros_(self.bias)


class ZeroConv(StartsAtZero, nn.Conv2d):
    """Convolution that starts at 0."""


class ZeroDoubleSize(StartsAtZero, DoubleSize):
    """Doubling convolution that starts at 0."""


class PointwiseTransposed(nn.ConvTranspose2d):
    """1x1 transposed convolution, computed as the ordinary one it equals; weights stay laid out (in, out, 1, 1)."""

    def __init__(self, in_channels: int, out_channels: int, bias: bool) -> None:
        super().__init__(in_channels, out_channels, 1, bias=bias)

    def forward(self, x_BCHW: Tensor, output_size: list[int] | None = None) -> Tensor:
        """B x in x H x W to B x out x H x W."""
        if torch.onnx.is_in_onnx_export():
            return super().forward(x_BCHW)
        return F.conv2d(x_BCHW, self.weight.transpose(0, 1), self.bias)


def layer_norm(vectors: Tensor, norm: nn.LayerNorm) -> Tensor:
    """In the norm's own precision: mixed precision hands it vectors in bfloat16."""
    normed: Tensor = norm(in_precision_of(norm.weight, vectors))
    return normed


def in_precision_of(model: Tensor, tensor: Tensor) -> Tensor:
    """Casts only where needed: an exported graph would hold the cast that changes nothing."""
    return tensor if tensor.dtype == model.dtype else tensor.to(model.dtype)


def conv_stack(
    in_channels: int, out_channels: int, norm: Norm, dropout: float | None, final_norm: bool = True
) -> nn.Sequential:
    """Two reflect-padded 3x3 convolutions that keep height and width: in -> in -> out channels.

    `dropout` is the probability; None leaves the layer out, which moves the later layers one index down. Published
    checkpoints have it constructed.
    """
    bias = needs_bias(norm)
    layers: list[nn.Module] = [nn.ReflectionPad2d(1), nn.Conv2d(in_channels, in_channels, 3, bias=bias)]
    layers += [make_norm(norm, in_channels), nn.ReLU()]
    if dropout is not None:
        layers += [nn.Dropout(dropout)]
    layers += [nn.ReflectionPad2d(1), nn.Conv2d(in_channels, out_channels, 3, bias=bias)]
    if final_norm:
        layers += [make_norm(norm, out_channels)]
    return nn.Sequential(*layers)


class ResidualBlock(nn.Module):
    """x + convolutions(x)."""

    def __init__(self, channels: int, norm: Norm, dropout: float | None) -> None:
        super().__init__()
        self.conv_block = conv_stack(channels, channels, norm, dropout)

    def forward(self, x_BCHW: Tensor) -> Tensor:
        return x_BCHW + self.conv_block(x_BCHW)


def initialize_as_published(module: nn.Module) -> None:
    """The published start: convolution weights N(0, 0.02), batch norm weights N(1, 0.02), batch norm biases 0."""
    for part in module.modules():
        if isinstance(part, StartsAtZero):
            continue
        if isinstance(part, (nn.Conv2d, nn.ConvTranspose2d)):
            nn.init.normal_(part.weight, 0.0, 0.02)
        elif isinstance(part, nn.BatchNorm2d):
            nn.init.normal_(part.weight, 1.0, 0.02)
            nn.init.zeros_(part.bias)


def require_map(name: str, tensor_BCHW: Tensor, channels: int, multiple: int = 4) -> None:
    """Refuses a tensor that is not B x channels x H x W with H and W multiples of `multiple`."""
    shape = tuple(tensor_BCHW.shape)
    if len(shape) != 4 or shape[1] != channels or shape[2] % multiple or shape[3] % multiple:
        raise ValueError(f"{name} must be B x {channels} x H x W with H and W multiples of {multiple}, got {shape}")


def static_size(tensor_BCHW: Tensor) -> tuple[int, int, int]:
    """C, H and W as plain numbers, so that an exported graph holds constants instead of shape arithmetic."""
    _, channels, height, width = tensor_BCHW.shape
    return int(channels), int(height), int(width)


def flatten_positions(tensor_BCHW: Tensor) -> Tensor:
    """B x C x H x W to B x C x L, row by row."""
    channels, height, width = static_size(tensor_BCHW)
    return tensor_BCHW.reshape(-1, channels, height * width)


def initialize_for_short_training(module: nn.Module, attention_gain: float) -> None:
    """A start for runs of minutes instead of days: convolutions keep the size of what passes through them.

    1x1 layers keep PyTorch's default; every scalar `gamma` starts at `attention_gain`, so that attention takes part
    from the first step.
    """
    for part in module.modules():
        if isinstance(part, StartsAtZero):
            continue
        if isinstance(part, nn.ConvTranspose2d):
            # Each output pixel of a stride of 2 sees a quarter of the taps.
            reach = part.in_channels * part.weight[0, 0].numel() / (part.stride[0] * part.stride[1])
            nn.init.normal_(part.weight, 0.0, (2 / reach) ** 0.5)
        elif isinstance(part, nn.Conv2d) and part.kernel_size != (1, 1):
            nn.init.kaiming_normal_(part.weight, nonlinearity="relu")
        elif isinstance(part, nn.BatchNorm2d):
            nn.init.ones_(part.weight)
    for name, parameter in module.named_parameters():
        if name.endswith(".gamma"):
            nn.init.constant_(parameter, attention_gain)
