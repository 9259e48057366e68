"""People in patterned tops, with and without the pattern."""

from __future__ import annotations

import numpy as np

from posemodels.evaluation.photographs.renders.pattern_photos import pattern_cases
from posemodels.evaluation.photographs.renders.plain_clothes import KINDS


def test_there_is_one_of_each_kind_and_plain_clothes_lack_the_pattern(assets, renderer) -> None:  # type: ignore
    cases = [case for _, case in pattern_cases(assets, renderer, each=1)]
    assert sorted(case.kind for case in cases) == sorted(KINDS)
    for case in cases:
        patterned, plain = (picture[case.top].astype(float) for picture in (case.target, case.without))
        assert patterned.std(axis=0).sum() > plain.std(axis=0).sum(), case.kind
        # Elsewhere nothing changes but what else has a pattern.
        assert np.array_equal(case.target[:4], case.without[:4])
        assert np.isfinite(case.joints[1:14]).all()
