"""What to show of a result that a measure calls bad."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from PIL import Image

from posemodels.evaluation.photographs.joints_drawn import with_joints
from posemodels.evaluation.photographs.pairs.photo_pairs import PhotoPair
from posemodels.evaluation.photographs.reading import PhotoReader
from posemodels.evaluation.photographs.scored import Scored
from posemodels.evaluation.photographs.transfers.report import TransferReport
from posemodels.evaluation.photographs.transfers.transferred import found_joints, opened, source_of
from posemodels.evaluation.photographs.worst_sheet import PicturesOf


def result_pictures(report: TransferReport, results: Path, photos: Path, reader: PhotoReader) -> PicturesOf:
    """The photo, the result, and the result with the joints that were wanted (green) and found (red)."""
    records = {photo.name: photo for photo in report.photos}

    def pictures(scored: Scored) -> list[Image.Image]:
        record = records[scored.photo]
        target = next(target for target in record.targets if target.pose == scored.pose)
        assert target.file is not None
        image = opened(results / target.file)
        person = reader.read(image)
        found = None if person is None else found_joints(person)[0]
        return [source_of(record, photos), image, with_joints(image, target.joints, found)]

    return pictures


def pair_pictures(pairs: Mapping[str, PhotoPair], results: Path, files: Mapping[str, str]) -> PicturesOf:
    """The photo, the true photo, and the result where there is one."""

    def pictures(scored: Scored) -> list[Image.Image]:
        pair = pairs[scored.photo]
        made = [results / files[pair.photo]] if pair.photo in files else []
        return [opened(path) for path in (pair.source, pair.target, *made)]

    return pictures
