"""Image similarity, stated exactly so that figures can be compared.

Images are B x 3 x H x W in [-1, 1]; SSIM and PSNR are taken on the 0..255 scale with a data range of 255.
"""

from __future__ import annotations

from functools import lru_cache

import torch
from torch import Tensor

_WINDOW = 11
_SIGMA = 1.5
_C1 = 0.01**2
_C2 = 0.03**2


def ssim(first_B3HW: Tensor, second_B3HW: Tensor) -> Tensor:
    """Structural similarity of every pair, B values: the mean of `similarity_map`."""
    return similarity_map(first_B3HW, second_B3HW).mean(dim=(1, 2, 3))


def masked_ssim(first_B3HW: Tensor, second_B3HW: Tensor, mask_BHW: Tensor) -> Tensor:
    """Structural similarity of every pair where the mask is 1, B values: mean over windows whose middle lies there.

    NaN where no such window lies wholly in the image.
    """
    inset = _WINDOW // 2
    inner_B1hw = mask_BHW[:, None, inset:-inset, inset:-inset].float()
    local = similarity_map(first_B3HW, second_B3HW).mean(dim=1, keepdim=True) * inner_B1hw
    return local.sum(dim=(1, 2, 3)) / inner_B1hw.sum(dim=(1, 2, 3))


def similarity_map(first_B3HW: Tensor, second_B3HW: Tensor) -> Tensor:
    """Structural similarity of every window, B x 3 x (H - 10) x (W - 10): 11 x 11, Gaussian of sigma 1.5.

    Population covariance, K1 = 0.01, K2 = 0.03, windows that lie wholly in the image. Computed on [0, 1] with a data
    range of 1, which is the 8-bit scale with one of 255.
    """
    height, width = first_B3HW.shape[-2:]
    rows = _blur_matrix(height, first_B3HW.device).transpose(0, 1)
    columns = _blur_matrix(width, first_B3HW.device)

    def blur(image: Tensor) -> Tensor:
        return torch.matmul(rows, torch.matmul(image, columns))

    x, y = (first_B3HW.float() + 1) / 2, (second_B3HW.float() + 1) / 2
    mean_x, mean_y = blur(x), blur(y)
    variances = blur(x * x + y * y) - mean_x**2 - mean_y**2
    covariance = blur(x * y) - mean_x * mean_y
    similarity = (2 * mean_x * mean_y + _C1) * (2 * covariance + _C2)
    return similarity / ((mean_x**2 + mean_y**2 + _C1) * (variances + _C2))


def psnr(first_B3HW: Tensor, second_B3HW: Tensor) -> Tensor:
    """Peak signal-to-noise ratio of every pair in decibels, B values."""
    error = ((first_B3HW - second_B3HW) / 2).square().mean(dim=(1, 2, 3))
    return -10 * error.clamp_min(1e-10).log10()


def l1(first_B3HW: Tensor, second_B3HW: Tensor) -> Tensor:
    """Mean absolute difference of every pair as a fraction of the value range, B values."""
    return ((first_B3HW - second_B3HW) / 2).abs().mean(dim=(1, 2, 3))


@lru_cache(maxsize=16)
def _blur_matrix(size: int, device: torch.device) -> Tensor:
    """size x (size - 10): a product from the right blurs the last axis, keeping only whole windows.

    Products with a banded matrix are several times faster on the CPU than depth-wise convolutions.
    """
    offsets = torch.arange(_WINDOW, dtype=torch.float64) - _WINDOW // 2
    taps = torch.exp(-offsets.square() / (2 * _SIGMA**2))
    taps = taps / taps.sum()
    matrix = torch.zeros(size, size - _WINDOW + 1, dtype=torch.float64)
    for column in range(matrix.shape[1]):
        matrix[column : column + _WINDOW, column] = taps
    return matrix.float().to(device)
