"""Contact sheets: one row per pair, source image, target skeleton, generated image, truth."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import torch
from PIL import Image, ImageDraw
from torch import Tensor

from posemodels.data.skeleton import LIMBS

_COLORS = ("#e6194b", "#f58231", "#ffe119", "#bfef45", "#3cb44b", "#42d4f4", "#4363d8", "#911eb4", "#f032e6", "#a9a9a9")
_TITLE_HEIGHT = 16


def contact_sheet(
    source: Tensor, keypoints: Tensor, generated: Tensor, target: Tensor, columns: int = 2, scale: int = 1
) -> Image.Image:
    """Joins B rows of four panels, `columns` side by side. Images B x 3 x H x W in [-1, 1], keypoints B x J x 2."""
    skeletons = skeleton_panels(keypoints, (int(source.shape[-2]), int(source.shape[-1])))
    panels = [to_rgb(source), skeletons, to_rgb(generated), to_rgb(target)]
    rows = list(np.concatenate(panels, axis=2))
    rows += [np.full_like(rows[0], 255)] * (-len(rows) % columns)
    lines = [np.concatenate(rows[at : at + columns], axis=1) for at in range(0, len(rows), columns)]
    sheet = Image.fromarray(np.concatenate(lines, axis=0))
    return sheet if scale == 1 else sheet.resize((sheet.width * scale, sheet.height * scale), Image.Resampling.LANCZOS)


def titled_sheet(panels: Mapping[str, np.ndarray]) -> Image.Image:
    """One column a title, one row a picture; panels are B x H x W x 3 8-bit RGB, all of one size."""
    width = next(iter(panels.values())).shape[2]
    rows = np.concatenate(list(panels.values()), axis=2)
    pictures = Image.fromarray(np.concatenate(list(rows), axis=0))
    sheet = Image.new("RGB", (pictures.width, pictures.height + _TITLE_HEIGHT), "white")
    sheet.paste(pictures, (0, _TITLE_HEIGHT))
    draw = ImageDraw.Draw(sheet)
    for column, title in enumerate(panels):
        draw.text((column * width + 3, 3), title, fill="black")
    return sheet


def skeleton_panels(keypoints_BJ2: Tensor, size: tuple[int, int]) -> np.ndarray:
    """B x H x W x 3 8-bit RGB."""
    return np.stack([_skeleton(points, *size) for points in keypoints_BJ2.numpy()])


def save_sheet(sheet: Image.Image, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    sheet.save(path, optimize=True)


def to_rgb(image_B3HW: Tensor) -> np.ndarray:
    """[-1, 1] to 8-bit B x H x W x 3, rounded and clipped."""
    return ((image_B3HW + 1) * 127.5).round().clamp(0, 255).to(torch.uint8).permute(0, 2, 3, 1).numpy()


def _skeleton(keypoints: np.ndarray, height: int, width: int) -> np.ndarray:
    fine = 4
    picture = Image.new("RGB", (width * fine, height * fine), "#202020")
    draw = ImageDraw.Draw(picture)
    points = [tuple((point + 0.5) * fine) if min(point) >= 0 else None for point in keypoints]
    for index, (start, end) in enumerate(LIMBS):
        if points[start] and points[end]:
            draw.line([points[start], points[end]], fill=_COLORS[index % len(_COLORS)], width=2 * fine)
    for point in points:
        if point:
            x, y = point
            draw.ellipse([x - fine, y - fine, x + fine, y + fine], fill="white")
    return np.asarray(picture.resize((width, height), Image.Resampling.BOX))
