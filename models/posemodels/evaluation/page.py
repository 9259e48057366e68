"""The page that compares all shipped models, `docs/evaluation.md`."""

from __future__ import annotations

import json
from pathlib import Path

from posemodels.data.synthetic import LABEL_NAMES
from posemodels.evaluation.comparison import Comparison, Row
from posemodels.evaluation.held_out import Version
from posemodels.evaluation.patterns import PATTERNS
from posemodels.evaluation.tables import figures_table, table

TOGETHER_FILE = "all-generators-contact-sheet.png"

_HEAD = """# Evaluation of the shipped models

Written by `python3 -m posemodels evaluate` (in `models/`), which runs all models in one go. All figures are of the
exported `model.onnx` files, on procedurally rendered people that no model was trained on. They say nothing about
photographs, and none of them may be set beside published tables: other pictures, other sizes, other feature spaces.

## Protocol

{pairs} held-out pairs, one a person; the target picture is the truth. Every model draws at its own native size and is
measured there, unpadded and unresized, against pictures rendered at that size from the same scenes: the same people,
poses and light. Structural similarity is not the same at another size, so rows are compared within a table; across
tables compare `ratio`. Baselines: the *mean image* of 256 people of the training set, and handing back the *source*.
The row *truth* shows what judges that err make of the right answer. The judges, our keypoint and parsing models, see
pictures of another size stretched to theirs.
"""

_MEANINGS = (
    ("SSIM", "11x11 Gaussian window of sigma 1.5, whole windows only, mean over RGB, data range 255"),
    ("masked SSIM", "the same, over windows whose middle lies on the person in the truth"),
    ("PSNR, L1", "of all pixels; L1 as a fraction of the value range"),
    ("ratio", "(1 - SSIM) over that of handing back the source: 0 is perfect"),
    ("PCKh", "share of the target's joints that our keypoint model finds in the image within half the head's size"),
    (
        "parsing perceptual",
        "distance to the truth in our parsing network's features: channel vectors of length one at 1/2 to 1/16 of the "
        "size, squared distance, mean over positions and levels. Of the form of LPIPS, but not LPIPS",
    ),
    (
        "parsing Fréchet",
        "Fréchet distance between Gaussians of the same network's average features (1/4 and 1/8 of the size) of the "
        "images and of {others} other people's pictures. Of the form of FID, but not FID",
    ),
    (
        "colour error",
        "distance of the mean colours of each body part of the truth, in CIELAB (CIE76): about 2 is just noticeable",
    ),
    (
        "pattern kept",
        "{each_pattern} further pairs for each pattern, in which both pictures show it on the top. Every target is "
        "rendered again without the pattern; what the image adds to that is regressed on what the truth adds. 1: all "
        "contrast in the right place, 0: blurred to the mean, negative: in the wrong place (`evaluation/patterns.py`)",
    ),
    (
        "pattern strength",
        "standard deviation of what the image adds over that of what the truth adds, wherever it lies: high beside a "
        "low *kept* means a pattern in the wrong places. Errors of pose and shading count "
        "too, so no image has 0",
    ),
)

_VERSIONS = """A model that is given its layout as labels is told more than one that is given a pose, where those labels
are the target's own. With *predicted labels* it is told the same: our layout model makes them of the source's labels
and joints and the target's joints. *Reconstruction* makes the target from itself, and *swap* puts each person into the
layout and before the background of the next pair's target. A swap has no truth: joints are those of the layout,
colours the person's own."""

_MAIN = {
    "ssim": "SSIM",
    "masked_ssim": "masked SSIM",
    "psnr": "PSNR",
    "l1": "L1",
    "ratio": "ratio",
    "pckh50": "PCKh",
    "parsing_perceptual": "parsing perceptual",
    "parsing_frechet": "parsing Fréchet",
    "color_error": "colour error",
    "pattern_kept": "pattern kept",
}
_COLORS = {"color_error": "mean"} | {f"color_error_{name}": name.replace("_", " ") for name in LABEL_NAMES[1:]}
_PATTERNS = (
    {f"pattern_kept_{kind.value}": kind.value.replace("_", " ") for kind in PATTERNS}
    | {"pattern_kept": "mean kept", "pattern_strength": "mean strength"}
)  # fmt: skip


def write_page(comparison: Comparison, models: Path, page: Path) -> None:
    """Writes the comparison, and below it what the manifests say of the other models."""
    counts = comparison.counts
    known = {"pairs": counts.pairs, "others": counts.others, "each_pattern": counts.each_pattern}
    meanings = [(name, meaning.format(**known)) for name, meaning in _MEANINGS]
    parts = [_HEAD.format(**known).rstrip(), table(("figure", "meaning"), meanings), _VERSIONS]
    for sizes in comparison.tables:
        height, width = sizes.size
        predicted = {row.name for row in sizes.rows if row.version is Version.PREDICTED}
        rows = [(_title(row, row.name in predicted), row.figures) for row in sizes.rows]
        parts += [f"## Generators at {height}x{width}", figures_table(rows, _MAIN)]
        parts += ["Colour errors by body part:", figures_table(rows, _COLORS, 1)]
        parts += ["Pattern contrast kept:", figures_table(rows, _PATTERNS, 2)]
    if comparison.together is not None:
        parts += ["The same pairs by all generators:", f"![all generators](images/{TOGETHER_FILE})"]
    parts += [f"[{name}, sixteen pairs](images/{name}-contact-sheet.png)" for name in sorted(comparison.sheets)]
    for path in sorted(models.glob("*/manifest.json")):
        manifest = json.loads(path.read_text(encoding="utf-8"))
        if manifest["kind"] != "generator" and manifest.get("metrics"):
            parts += [f"## {manifest['name']} {manifest['version']}", f"`{manifest['metricsCommand']}`"]
            parts.append(table(("figure", "value"), manifest["metrics"].items()))
    page.write_text("\n\n".join(parts) + "\n", encoding="utf-8")


def _title(row: Row, also_predicted: bool) -> str:
    if row.version is Version.TRANSFER:
        return f"{row.name} (target's labels)" if also_predicted else row.name
    return f"{row.name} (predicted labels)" if row.version is Version.PREDICTED else f"{row.name}, {row.version.value}"
