"""Held-out renders as photos, each with the pose of another picture of the same person."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

from posemodels.data.render_pairs.raw_pairs import RawPairs
from posemodels.data.render_pairs.shots import LATTICE
from posemodels.data.render_pairs.stream import PairStream
from posemodels.evaluation.photographs.transfers.targets_file import TARGETS_FILE, write_targets
from posemodels.export.manifest import OPENPOSE_ORDER

TARGET = "target"
_QUALITY = 95
FACE = [OPENPOSE_ORDER.index(name) for name in ("nose", "left_eye", "right_eye", "left_ear", "right_ear")]
"""Joints that no estimator finds where they are turned away, while it finds others behind the body."""
_INSIDE, _SEEN = 0, 1


@dataclass(frozen=True)
class RenderedPhotos:
    """Photos in a folder, with a file of targets beside them."""

    folder: Path
    shown: dict[str, float]
    """By photo: the share of the person in the target's picture that the photo shows."""

    @property
    def targets(self) -> Path:
        return self.folder / TARGETS_FILE

    @staticmethod
    def write(held_out: Path, count: int, folder: Path) -> RenderedPhotos:
        """So many pairs from the whole of a data set. Raises ConfigError where there is none in `held_out`."""
        stream = PairStream(held_out)
        folder.mkdir(parents=True, exist_ok=True)
        shown: dict[str, float] = {}
        targets: dict[str, dict[str, np.ndarray]] = {}
        for index in np.concatenate(stream.spread(count, 1)):
            pair = stream.pairs(np.array([index]), images=True)
            assert pair.source_images is not None
            name = f"{index:06}"
            Image.fromarray(pair.source_images[0].permute(1, 2, 0).numpy()).save(
                folder / f"{name}.jpg", quality=_QUALITY, subsampling=0
            )
            shown[name] = shown_share(pair)
            targets[name] = {TARGET: target_joints(pair)}
        photos = RenderedPhotos(folder, shown)
        write_targets(photos.targets, targets)
        return photos


def shown_share(pair: RawPairs) -> float:
    """Of the person in the first pair's target, what its source shows; 0 where the target shows nobody."""
    person = pair.target_labels[0, ::LATTICE, ::LATTICE] > 0
    return float((pair.visible[0] & person).sum()) / max(int(person.sum()), 1)


def target_joints(pair: RawPairs) -> np.ndarray:
    """[18, 2] shares of the picture; NaN for joints of the face that are turned away, which no estimator finds."""
    joints = (pair.target_joints[0].numpy().astype(np.float64) + 1) / 2
    inside, seen = pair.target_states[0].numpy()[:, [_INSIDE, _SEEN]].T
    # Whether a joint outside of the picture would be seen is not known; the face's are left out all the same.
    hidden = np.zeros(len(joints), bool)
    hidden[FACE] = ~(inside & seen)[FACE]
    joints[hidden] = np.nan
    return joints
