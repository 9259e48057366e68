"""RSA-GAN's own loss terms, from what its generator traces. They need no pretrained weights.

Shapes: B batch, J joints, K regions, h = H/4, w = W/4.
"""

from __future__ import annotations

from collections.abc import Mapping

import torch
import torch.nn.functional as F
from torch import Tensor

from posemodels.architectures.rsa_gan.config import RsaGanConfig
from posemodels.data.dataset import PairBatch

_LEAST = 1e-6


class RsaLoss:
    """Terms by name: `parsing`, `correspondence`, `agreement`, `closeness`; those of absent parts are left out."""

    weights: Mapping[str, float] = {"parsing": 0.1, "correspondence": 1.0, "agreement": 0.1, "closeness": 0.05}

    def __init__(self, config: RsaGanConfig) -> None:
        self._config = config
        self._table = config.region_table()

    def __call__(self, traced: Mapping[str, Tensor], batch: PairBatch) -> dict[str, Tensor]:
        parts = {}
        scores = [value.float() for name, value in traced.items() if name.startswith("scores")]
        if scores:
            target_Bhw = self._small_labels(batch.target_labels)
            parts["parsing"] = torch.stack([F.cross_entropy(each_BKhw, target_Bhw) for each_BKhw in scores]).sum()
        if "warped_image" in traced:
            coarse = F.avg_pool2d(batch.target_image, 4 * self._config.match_pooling)
            parts["correspondence"] = F.l1_loss(traced["warped_image"].float(), coarse)
        if "regions" in traced:
            regions_BKhw = traced["regions"].float()
            parts["agreement"] = self._agreement(regions_BKhw, batch.source_keypoints)
            parts["closeness"] = self._closeness(regions_BKhw, batch.source_labels)
        return parts

    def _small_labels(self, labels_BHW: Tensor) -> Tensor:
        """The region at the centre of each cell, as `shrink_parsing` takes it, B x h x w."""
        return self._table.labels.merged(labels_BHW)[:, 2::4, 2::4]

    def _agreement(self, regions_BKhw: Tensor, keypoints_BJ2: Tensor) -> Tensor:
        """Mean over given joints of -log(share of the regions that own the joint at its position)."""
        regions, height, width = regions_BKhw.shape[1:]
        owns_KJ = torch.zeros(regions, keypoints_BJ2.shape[1], device=regions_BKhw.device)
        for region, joints in enumerate(self._table.joints_of):
            owns_KJ[region, list(joints)] = 1.0
        x = ((keypoints_BJ2[..., 0] + 0.5) / 4).long().clamp(0, width - 1)
        y = ((keypoints_BJ2[..., 1] + 0.5) / 4).long().clamp(0, height - 1)
        at_B1J = (y * width + x).unsqueeze(1)
        found_BKJ = regions_BKhw.flatten(2).gather(2, at_B1J.expand(-1, regions, -1))
        share_BJ = (found_BKJ * owns_KJ).sum(dim=1)
        given_BJ = ((keypoints_BJ2 >= 0).all(dim=-1) & (owns_KJ.sum(dim=0) > 0)).float()
        return -(share_BJ.clamp(min=_LEAST).log() * given_BJ).sum() / given_BJ.sum().clamp(min=1.0)

    def _closeness(self, regions_BKhw: Tensor, labels_BHW: Tensor) -> Tensor:
        """Kullback-Leibler divergence of the regions from the parsing map, which is certain of every pixel."""
        return F.nll_loss(regions_BKhw.clamp(min=_LEAST).log(), self._small_labels(labels_BHW))
