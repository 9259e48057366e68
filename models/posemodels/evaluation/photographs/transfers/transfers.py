"""Folders of photos transferred now, or in an earlier run."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from posemodels.evaluation.photographs.transfers.program import TransferProgram
from posemodels.evaluation.photographs.transfers.report import REPORT_FILE, TransferReport

PHOTOS, RENDERS, PATTERNS, PAIRS = "photos", "renders", "patterns", "pairs"
"""Folders of results."""


@dataclass(frozen=True)
class Transfers:
    """Where results are, and what makes them."""

    root: Path
    library: Path | None = None
    """The built program; None for that of this working copy."""
    generator: str | None = None
    """None for the service's default."""
    models: Path | None = None
    """Folder of model folders; None for the repository's."""
    reuse: bool = False
    """Whether folders that an earlier run has finished are taken as they are."""

    def folder(self, name: str) -> Path:
        return self.root / name

    def of(
        self, name: str, photos: Path, *, targets: Path | None = None, last: int | None = None, timed: int | None = None
    ) -> TransferReport:
        """What became of a folder of photos. Raises ConfigError where it fails.

        :param targets: poses of single photos; all others get those of the library.
        :param last: how many photos at the end are taken.
        :param timed: of how many photos times of certain sizes are taken.
        """
        if not (self.reuse and (self.folder(name) / REPORT_FILE).exists()):
            options = {
                "--generator": self.generator, "--models": self.models, "--targets": targets, "--last": last,
                "--timed": timed,
            }  # fmt: skip
            TransferProgram.find(self.library).run(photos, self.folder(name), options)
        return TransferReport.read_from(self.folder(name))


@contextmanager
def results_in(kept: Path | None) -> Iterator[Path]:
    """A folder for results that is kept where it is named."""
    if kept is not None:
        kept.mkdir(parents=True, exist_ok=True)
        yield kept
        return
    with TemporaryDirectory(prefix="posemodels-") as folder:
        yield Path(folder)
