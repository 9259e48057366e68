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

PicturesOf = Callable[[Scored], Sequence[Image.Image]]
"""What to show of a result: the photo first, then what came of it."""


def require_outside(path: Path) -> None:
    """Raises ConfigError where a file would lie in the repository."""
    if path.resolve().is_relative_to(ROOT):
        raise ConfigError(f"{path} lies in the repository, which holds no photographs; write the sheet elsewhere")


def worst_sheet(rows: Sequence[tuple[ScoringMeasure, PicturesOf]]) -> Image.Image:
    """One row a measure, the worst result first."""
    drawn = [_row(measure, pictures) for measure, pictures in rows]
    sheet = Image.new("RGB", (max(row.width for row in drawn), sum(row.height for row in drawn)), "white")
    top = 0
    for row in drawn:
        sheet.paste(row, (0, top))
        top += row.height
    return sheet


def _row(measure: ScoringMeasure, pictures: PicturesOf) -> Image.Image:
    groups = [(scored, [_fitted(picture) for picture in pictures(scored)]) for scored in worst(measure, COUNT)]
    width = sum(picture.width for _, group in groups for picture in group)
    row = Image.new("RGB", (max(width, 1), _HEIGHT + _TITLE), "white")
    draw, left = ImageDraw.Draw(row), 0
    for scored, group in groups:
        draw.text((left + 2, 1), f"{measure.name} {scored.value:.3f} {scored.photo} {scored.pose}", fill="black")
        for picture in group:
            row.paste(picture, (left, _TITLE))
            left += picture.width
    return row


def _fitted(picture: Image.Image) -> Image.Image:
    return picture.resize((round(picture.width * _HEIGHT / picture.height), _HEIGHT), Image.Resampling.LANCZOS)
