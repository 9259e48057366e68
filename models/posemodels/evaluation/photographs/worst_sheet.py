"""The worst results of every measure beside their photos, to be looked at. They show people: not for the repository."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PIL import Image, ImageDraw

from posemodels.errors import ConfigError
from posemodels.evaluation.photographs.scored import Scored, ScoringMeasure, worst
from posemodels.evaluation.photographs.transfers.program import ROOT

COUNT = 10
_HEIGHT = 320
_TITLE = 14
_ROW_HEIGHT = _HEIGHT + _TITLE
_IN_A_ROW = 5

PicturesOf = Callable[[Scored], Sequence[Image.Image]]
"""What to show of a result: the photo first, then what came of it."""


def require_outside(path: Path) -> None:
    """Raises ConfigError where a file would lie in the repository."""
    if path.resolve().is_relative_to(ROOT):
        raise ConfigError(f"{path} lies in the repository, which holds no photographs; write the sheet elsewhere")


def worst_sheet(rows: Sequence[tuple[ScoringMeasure, PicturesOf]]) -> Image.Image:
    """Two rows a measure, the worst result first."""
    drawn = []
    for measure, pictures in rows:
        chosen = worst(measure, COUNT)
        for start in range(0, len(chosen), _IN_A_ROW):
            drawn.append(_row(measure.name, chosen[start : start + _IN_A_ROW], pictures))
    sheet = Image.new("RGB", (max((row.width for row in drawn), default=1), _ROW_HEIGHT * max(len(drawn), 1)), "white")
    for number, row in enumerate(drawn):
        sheet.paste(row, (0, number * _ROW_HEIGHT))
    return sheet


def _row(measure: str, chosen: Sequence[Scored], pictures: PicturesOf) -> Image.Image:
    groups = [(scored, [_fitted(picture) for picture in pictures(scored)]) for scored in chosen]
    row = Image.new("RGB", (sum(picture.width for _, group in groups for picture in group), _ROW_HEIGHT), "white")
    draw, left = ImageDraw.Draw(row), 0
    for scored, group in groups:
        draw.text((left + 2, 1), f"{measure} {scored.value:.3f}  {scored.photo} {scored.pose}", fill="black")
        for picture in group:
            row.paste(picture, (left, _TITLE))
            left += picture.width
    return row


def _fitted(picture: Image.Image) -> Image.Image:
    return picture.resize((round(picture.width * _HEIGHT / picture.height), _HEIGHT), Image.Resampling.LANCZOS)
