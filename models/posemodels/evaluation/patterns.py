"""How much of a garment's pattern a generator keeps.

Each patterned person is rendered twice: as is, and in the same cloth without the pattern. The difference D of the two
target pictures is exactly what the pattern adds to each pixel of the top, light and folds included. With D' = D minus
its mean over the top, and G what the generator made minus the picture without the pattern:

    kept = sum(G . D') / sum(D' . D')

over the pixels and channels of the top in the truth: the slope of the generated pattern on the true one. The truth has
1, a top blurred to its mean colour 0, a pattern of half the contrast 0.5, one half a period beside its place about -1.
`strength` is the standard deviation of G along the pattern's colour axis over that of D, wherever the pattern lies: a
figure of 1 beside a low `kept` says that there is a pattern, but in the wrong places. Errors of pose and shading count
towards it, so that no image has 0.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import torch
from torch import Tensor

from posemodels.data.dataset import concatenated, to_images
from posemodels.data.patterns import PatternKind
from posemodels.data.person import Person, sample_person
from posemodels.data.synthetic import HELD_OUT_SEEDS, LABEL_NAMES, PersonGroup, render_group
from posemodels.evaluation.held_out import HeldOutPairs

PATTERNS = tuple(kind for kind in PatternKind if kind is not PatternKind.PLAIN)

_FIRST_PERSON = 100_000
_MOST_TRIED = 200
"""Candidates looked at for each pair that is asked for: the rarest pattern is worn by one in seventeen."""
_TOP = LABEL_NAMES.index("upper_clothes")
_SMALLEST_SHARE = 0.015
_LEAST_CONTRAST = 8.0
"""Root mean square of D' on the 8-bit scale below which a picture hardly shows the pattern."""


@dataclass(frozen=True)
class PatternPairs:
    """Pairs that show the pattern of the top in both pictures: a generator can know it, and is to draw it."""

    kinds: tuple[PatternKind, ...]
    """Of each pair."""
    pairs: HeldOutPairs
    without: Tensor
    """The target pictures without the pattern, N x 3 x H x W in [-1, 1]."""


@dataclass(frozen=True)
class PatternScore:
    kept: float
    strength: float


def pattern_pairs(each: int, size: tuple[int, int]) -> PatternPairs:
    """`each` pairs of people never trained on for every pattern, always the same ones."""
    kinds: list[PatternKind] = []
    groups: list[PersonGroup] = []
    plain: list[np.ndarray] = []
    for kind in PATTERNS:
        found = 0
        for seed in HELD_OUT_SEEDS[_FIRST_PERSON : _FIRST_PERSON + each * _MOST_TRIED]:
            if found == each:
                break
            if sample_person(np.random.default_rng(seed)).top.pattern.kind is not kind:
                continue
            group, bare = render_group(seed, 2, size), render_group(seed, 2, size, dress=_without_pattern)
            if all(_shows_top(group, bare, picture) for picture in (0, 1)):
                kinds.append(kind)
                groups.append(group)
                plain.append(bare.images[1])
                found += 1
    return PatternPairs(tuple(kinds), HeldOutPairs(concatenated(groups)), to_images(np.stack(plain)))


def pattern_scores(generated: Tensor, cases: PatternPairs) -> dict[PatternKind, PatternScore]:
    """Means over each pattern's pairs. generated: N x 3 x H x W in [-1, 1], of the pairs in their order."""
    kept, strength = pattern_kept(generated, cases.pairs.target_image, cases.without, cases.pairs.target_labels == _TOP)
    scores = {}
    for kind in dict.fromkeys(cases.kinds):
        chosen = torch.tensor([other is kind for other in cases.kinds])
        scores[kind] = PatternScore(float(kept[chosen].mean()), float(strength[chosen].mean()))
    return scores


def pattern_kept(generated: Tensor, truth: Tensor, without: Tensor, region_BHW: Tensor) -> tuple[Tensor, Tensor]:
    """`kept` and `strength` of every picture, B values each; images are B x 3 x H x W of one range."""
    region = region_BHW[:, None].to(truth.dtype)
    signal = _centred(truth - without, region)
    answer = _centred(generated - without, region)
    kept = (answer * signal).sum(dim=(1, 2, 3)) / signal.square().sum(dim=(1, 2, 3))
    # The second colour lies on one side of the first, so their difference points one way.
    axis = ((truth - without) * region).sum(dim=(2, 3), keepdim=True)
    axis = axis / axis.square().sum(dim=1, keepdim=True).sqrt()
    spread, true_spread = ((part * axis).sum(dim=1).square().sum(dim=(1, 2)) for part in (answer, signal))
    return kept, (spread / true_spread).sqrt()


def _centred(images: Tensor, region: Tensor) -> Tensor:
    mean = (images * region).sum(dim=(2, 3), keepdim=True) / region.sum(dim=(2, 3), keepdim=True)
    return (images - mean) * region


def _without_pattern(person: Person) -> Person:
    return replace(person, top=replace(person.top, pattern=replace(person.top.pattern, kind=PatternKind.PLAIN)))


def shows_pattern(picture: np.ndarray, without: np.ndarray, region: np.ndarray) -> bool:
    """Whether a picture shows enough of a patterned garment, and its pattern plainly enough, to be judged by.

    :param picture: [H, W, 3] uint8, like without: the same without the pattern. region: [H, W] bool, of the garment.
    """
    if region.mean() < _SMALLEST_SHARE:
        return False
    difference = picture[region].astype(np.float64) - without[region]
    centred = difference - difference.mean(axis=0)
    return bool(np.sqrt(np.square(centred).sum(axis=1).mean()) >= _LEAST_CONTRAST)


def _shows_top(group: PersonGroup, bare: PersonGroup, picture: int) -> bool:
    return shows_pattern(group.images[picture], bare.images[picture], group.labels[picture] == _TOP)
