"""The program for transfers: what is said where it cannot run, and what it makes of a rendered sample."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from posemodels.errors import ConfigError, PoseModelsError
from posemodels.evaluation.photographs.reading import PhotoReader
from posemodels.evaluation.photographs.transfers.garment_color import GarmentColor
from posemodels.evaluation.photographs.transfers.pose_kept import PoseKept
from posemodels.evaluation.photographs.transfers.program import ROOT, TransferProgram
from posemodels.evaluation.photographs.transfers.report import REPORT_FILE, TransferReport
from posemodels.evaluation.photographs.transfers.targets_file import write_targets
from posemodels.evaluation.photographs.transfers.transferred import read_transfers
from posemodels.evaluation.photographs.transfers.transfers import Transfers

MODELS = ROOT / "models"
SAMPLE = MODELS / "samples" / "person-0.jpg"
READING = [MODELS / name for name in ("blazepose-detector", "blazepose-landmarks", "person-parsing")]


def test_a_program_that_is_not_built_says_how_to_build_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}")
    with pytest.raises(ConfigError, match="dotnet build -c Release tests/PoseFunctions.Benchmarks"):
        TransferProgram.find(tmp_path / "absent.dll")


def test_a_machine_without_dotnet_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(ConfigError, match="no `dotnet`"):
        TransferProgram.find(tmp_path / "absent.dll")


def test_a_program_that_fails_is_quoted(tmp_path: Path) -> None:
    failing = TransferProgram((sys.executable, "-c", "import sys; print('no such pose'); sys.exit(3)"))
    with pytest.raises(ConfigError, match="ended with 3(.|\n)*no such pose"):
        failing.run(tmp_path, tmp_path / "results", {"--last": 1, "--targets": None})


def test_a_report_that_is_none_is_refused(tmp_path: Path) -> None:
    (tmp_path / REPORT_FILE).write_text('{"photos": [{}]}')
    with pytest.raises(ConfigError, match="no report of transfers"):
        TransferReport.read_from(tmp_path)


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample, and a photo of nobody, in one pose of the library and in one of their own."""
    missing = [folder.name for folder in READING if not (folder / "manifest.json").exists()]
    if missing:
        pytest.skip(f"not installed: {', '.join(missing)}")
    try:
        TransferProgram.find()
    except PoseModelsError as error:
        pytest.skip(str(error))
    root = tmp_path_factory.mktemp("transfers")
    photos = root / "photos"
    photos.mkdir()
    shutil.copy(SAMPLE, photos / "sample.jpg")
    Image.new("RGB", (300, 400), "#8090a0").save(photos / "wall.jpg")
    transfers = Transfers(root)
    found = transfers.of("library", photos, timed=1)
    joints = next(target.joints for target in found.photos[0].targets if target.pose == "front")
    shifted = joints / Image.open(SAMPLE).size - [0.05, 0]
    write_targets(root / "targets.json", {"sample": {"aside": shifted}})
    transfers.of("own", photos, targets=root / "targets.json", timed=0)
    return root


def test_a_sample_is_shown_in_the_poses_that_were_asked_for(results: Path) -> None:
    report = TransferReport.read_from(results / "library")
    pose, color = PoseKept(), GarmentColor()
    for photo in read_transfers(report, results / "library", results / "photos", PhotoReader(*READING)):
        pose.add(photo)
        color.add(photo)
        assert {target.image.size for target in photo.targets} == {photo.source.size}
    assert len(pose.scores) == 5
    assert pose.value() > 0.8
    assert color.value() < 15


def test_the_report_tells_refusals_coverage_and_times(results: Path) -> None:
    report = TransferReport.read_from(results / "library")
    sample, wall = report.photos
    assert (wall.name, wall.refusal, wall.targets) == ("wall", "person_missing", ())
    assert report.refusals() == {"person_missing": 1}
    assert all(target.coverage is not None and 0.2 < target.coverage <= 1 for target in sample.targets)
    assert 0 < sample.find + sample.parse < sample.read
    assert {side: len(times) for side, times in report.sizes.items()} == {512: 1, 1024: 1}
    assert set(report.bare) == {"persons", "landmarks", "parsing", "generator"}


def test_a_pose_of_ones_own_is_taken_where_it_stands(results: Path) -> None:
    report = TransferReport.read_from(results / "own")
    assert [photo.name for photo in report.photos] == ["sample"]
    own = report.photos[0].targets[0]
    library = TransferReport.read_from(results / "library").photos[0].targets[0]
    width = Image.open(SAMPLE).width
    assert own.pose == "aside"
    assert np.nanmax(np.abs(own.joints - (library.joints - [0.05 * width, 0]))) < 0.1
