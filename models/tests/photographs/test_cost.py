"""Times and their ratios."""

from __future__ import annotations

import numpy as np
import pytest

from posemodels.evaluation.photographs.measure import is_enough
from posemodels.evaluation.photographs.transfers.cost import costs
from tests.photographs.reports import made, photo, report

BARE = {"persons": [10.0, 10.0], "landmarks": [20.0, 20.0], "parsing": [70.0, 70.0], "generator": [200.0, 200.0]}


def test_medians_and_ratios_to_bare_graphs() -> None:
    photos = [photo(f"{read}", made(generate=read), read=read) for read in (150.0, 200.0, 900.0)]
    read, small, large = costs(report(*photos, sizes={512: [300.0, 500.0], 1024: [600.0, 600.0]}, bare=BARE))
    assert (read.value(), small.value(), large.value()) == (200.0, 400.0, 600.0)
    assert (read.details()["cost.read.ratio"], small.details()["cost.512.ratio"]) == (2.0, 2.0)
    assert read.details()["cost.read.find"] == 20.0
    assert small.details()["cost.512.generator"] == 200.0


@pytest.mark.parametrize(("read", "enough"), [(250.0, True), (251.0, False)])
def test_more_time_than_the_bar_is_too_much(read: float, enough: bool) -> None:
    assert is_enough(costs(report(photo("one", read=read)))[0]) is enough


def test_sizes_that_were_not_timed_are_not_good_enough() -> None:
    small = costs(report(photo("one")))[1]
    assert np.isnan(small.value()) and not is_enough(small)
