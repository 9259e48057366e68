"""XingGAN's two residual discriminators; both are one network, differing in what is put beside the candidate image."""

from __future__ import annotations

from torch import Tensor, nn

from posemodels.architectures.blocks.layers import Norm, ResidualBlock, down_path


class Discriminator(nn.Module):
    """Judges a candidate image beside its condition: the target pose (shape) or the source image (appearance).

    The decision is the whole 4*width-channel map at a quarter of the size; the release has no one-channel output
    layer. Unlike the generator, the release leaves it at PyTorch's default initialisation.
    """

    def __init__(
        self,
        in_channels: int,
        width: int = 64,
        blocks: int = 3,
        norm: Norm = "batch",
        dropout: float | None = 0.5,
        sigmoid: bool = True,
    ) -> None:
        """`sigmoid`: for binary cross-entropy (Market-1501); without it, for the squared error (DeepFashion)."""
        super().__init__()
        layers = down_path(in_channels, width, norm)
        layers += [ResidualBlock(4 * width, norm, dropout) for _ in range(blocks)]
        if sigmoid:
            layers += [nn.Sigmoid()]
        self.model = nn.Sequential(*layers)

    def forward(self, candidate_and_condition: Tensor) -> Tensor:
        """B x in_channels x H x W (candidate image first) to B x 4*width x H/4 x W/4."""
        return self.model(candidate_and_condition)
