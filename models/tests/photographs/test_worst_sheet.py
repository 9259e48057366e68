"""The sheet of the worst results."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PIL import Image

from posemodels.errors import ConfigError
from posemodels.evaluation.photographs.scored import Scored, worst
from posemodels.evaluation.photographs.worst_sheet import require_outside, worst_sheet

HERE = Path(__file__)


@dataclass
class Scores:
    at_most: bool
    scores: list[Scored] = field(default_factory=list)
    name: str = "scores"
    bar: float = 1.0

    def value(self) -> float:
        return 0.0

    def details(self) -> dict[str, float]:
        return {}


SCORES = [Scored("a", "front", 1.0), Scored("b", "front", 3.0), Scored("a", "back", 2.0), Scored("c", "front", 2.5)]


@pytest.mark.parametrize(("at_most", "photos"), [(True, ["b", "c"]), (False, ["a", "c"])])
def test_the_worst_is_the_largest_where_smaller_is_better(at_most: bool, photos: list[str]) -> None:
    assert [scored.photo for scored in worst(Scores(at_most, SCORES), 2)] == photos


def test_of_every_photo_the_worst_result_is_shown() -> None:
    assert worst(Scores(False, SCORES), 3)[0] == SCORES[0]
    assert Scored("a", "back", 2.0) not in worst(Scores(False, SCORES), 10)


def test_every_measure_gets_its_rows() -> None:
    asked: list[Scored] = []

    def pictures(scored: Scored) -> list[Image.Image]:
        asked.append(scored)
        return [Image.new("RGB", (32, 64)), Image.new("RGB", (64, 64))]

    many = Scores(True, [Scored(f"{number}", "front", number) for number in range(12)])
    sheet = worst_sheet([(Scores(False, SCORES), pictures), (many, pictures)])
    assert [scored.photo for scored in asked] == ["a", "c", "b"] + [f"{number}" for number in range(11, 1, -1)]
    assert sheet.size == (5 * (160 + 320), 3 * 334)


def test_no_sheet_is_written_into_the_repository(tmp_path: Path) -> None:
    require_outside(tmp_path / "worst.jpg")
    with pytest.raises(ConfigError, match="holds no photographs"):
        require_outside(HERE.parent / "worst.jpg")
