"""The protocol by which generators are compared: what they are asked for, and every figure that is taken of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from posemodels.architectures.perception.keypoint_net import KeypointNet
from posemodels.data.dataset import to_images, training_seed
from posemodels.data.synthetic import render_group
from posemodels.evaluation.colors import color_errors, part_colors
from posemodels.evaluation.frechet import Gaussian
from posemodels.evaluation.held_out import HeldOutPairs, other_people
from posemodels.evaluation.keypoints import detect, pckh
from posemodels.evaluation.metrics import l1, masked_ssim, psnr, ssim
from posemodels.evaluation.onnx_weights import load_onnx_weights
from posemodels.evaluation.parsing_features import ParsingFeatures, resized
from posemodels.evaluation.patterns import PatternPairs, pattern_pairs, pattern_scores

Figures = dict[str, float]
Draw = Callable[[HeldOutPairs], Tensor]
"""Makes an image for every pair, N x 3 x H x W in [-1, 1]."""

_MEAN_OF = 256


@dataclass(frozen=True, kw_only=True)
class Counts:
    """How much is measured."""

    pairs: int = 256
    each_pattern: int = 24
    """Pairs of each pattern."""
    others: int = 512
    """People in no pair, whose pictures generated sets are to be distributed like."""


class Judges:
    """Our perception models, by which images are judged; figures are left out where one is absent."""

    def __init__(self, models: Path) -> None:
        """models: the folder of the shipped models. Raises CheckpointError where one is there and cannot be read."""
        self._keypoints: tuple[KeypointNet, tuple[int, int]] | None = None
        if (models / "judges" / "keypoints" / "manifest.json").exists():
            network = KeypointNet()
            self._keypoints = network, load_onnx_weights(network, models / "judges" / "keypoints")
        parsing = models / "judges" / "parsing"
        self.features = ParsingFeatures.of_model(parsing) if (parsing / "manifest.json").exists() else None

    def joints_found(self, images: Tensor, keypoints: Tensor) -> Figures:
        """`pckh50` of joints detected in the images, brought to the keypoint model's size."""
        if self._keypoints is None:
            return {}
        network, size = self._keypoints
        scale = torch.tensor([size[1] / images.shape[3], size[0] / images.shape[2]])
        truth = torch.where(keypoints < 0, keypoints, (keypoints + 0.5) * scale - 0.5)
        return {"pckh50": pckh(*detect(network, resized(images, size)), truth).fraction}


class Protocol:
    """All that is compared at one size, rendered once: the same people, poses and light at every size."""

    def __init__(self, size: tuple[int, int], judges: Judges, counts: Counts = Counts()) -> None:
        self.size = size
        self.counts = counts
        self.pairs = HeldOutPairs.render(counts.pairs, size)
        self._judges = judges

    def copy(self, pairs: HeldOutPairs) -> Tensor:
        """Baseline: hands back the source."""
        return pairs.source_image

    def mean(self, pairs: HeldOutPairs) -> Tensor:
        """Baseline: the mean picture of people of the training set, whatever is asked for."""
        return self._mean_image.expand(len(pairs), -1, -1, -1)

    def truth(self, pairs: HeldOutPairs) -> Tensor:
        """What judges that err make of the right answer."""
        return pairs.target_image

    def figures(self, draw: Draw, images: Tensor | None = None) -> Figures:
        """Of a generator that is to give each pair's target. images: what it draws for `pairs`, where that is known."""
        pairs = self.pairs
        images = draw(pairs) if images is None else images
        truth, person = pairs.target_image, pairs.target_labels > 0
        similarity = ssim(images, truth).mean()
        figures = {
            "ssim": float(similarity),
            "masked_ssim": float(masked_ssim(images, truth, person).nanmean()),
            "psnr": float(psnr(images, truth).mean()),
            "l1": float(l1(images, truth).mean()),
            "ratio": float((1 - similarity) / (1 - self._similarity_of_copy)),
        }
        figures |= self._judges.joints_found(images, pairs.target_keypoints)
        if self._judges.features is not None:
            figures["parsing_perceptual"] = float(self._judges.features.perceptual(images, truth).mean())
        figures |= self._distribution(images)
        figures |= self._colors(images, pairs.target_labels, self._target_colors)
        if self.counts.each_pattern:
            scores = pattern_scores(draw(self.patterns.pairs), self.patterns)
            figures["pattern_kept"] = float(np.mean([score.kept for score in scores.values()]))
            figures |= {f"pattern_kept_{kind.value}": score.kept for kind, score in scores.items()}
            figures["pattern_strength"] = float(np.mean([score.strength for score in scores.values()]))
        return figures

    def swap_figures(self, images: Tensor) -> Figures:
        """Of each pair's person in the layout of the next one's target, which has no truth: joints by the layout's
        pose, colours by the person's own."""
        pairs = self.pairs
        labels = pairs.next_target(pairs.target_labels)
        figures = self._judges.joints_found(images, pairs.next_target(pairs.target_keypoints))
        figures |= self._distribution(images)
        return figures | self._colors(images, labels, part_colors(pairs.source_image, pairs.source_labels))

    @cached_property
    def patterns(self) -> PatternPairs:
        return pattern_pairs(self.counts.each_pattern, self.size)

    def _distribution(self, images: Tensor) -> Figures:
        features = self._judges.features
        return {} if features is None else {"parsing_frechet": features.frechet(images, self._others)}

    @staticmethod
    def _colors(images: Tensor, labels: Tensor, truth: Tensor) -> Figures:
        errors = color_errors(part_colors(images, labels), truth)
        means = {"color_error": float(np.mean(list(errors.values())))} if errors else {}
        return means | {f"color_error_{name}": error for name, error in errors.items()}

    @cached_property
    def _others(self) -> Gaussian:
        assert self._judges.features is not None
        return self._judges.features.gaussian(other_people(self.counts.others, self.size))

    @cached_property
    def _mean_image(self) -> Tensor:
        pictures = (render_group(training_seed(1, at), 1, self.size).images for at in range(_MEAN_OF))
        return torch.stack([to_images(picture)[0] for picture in pictures]).mean(dim=0)

    @cached_property
    def _similarity_of_copy(self) -> Tensor:
        return ssim(self.pairs.source_image, self.pairs.target_image).mean()

    @cached_property
    def _target_colors(self) -> Tensor:
        return part_colors(self.pairs.target_image, self.pairs.target_labels)
