"""Reports of transfers for tests."""

from __future__ import annotations

import numpy as np

from posemodels.evaluation.photographs.transfers.report import PhotoRecord, TargetRecord, TransferReport


def made(pose: str = "target", coverage: float | None = None, generate: float = 100.0) -> TargetRecord:
    return TargetRecord(pose, np.zeros((18, 2)), f"{pose}.png", None, coverage, generate, 20.0)


def refused(pose: str = "target") -> TargetRecord:
    return TargetRecord(pose, np.zeros((18, 2)), None, "coverage_too_low", None, 0.0, 0.0)


def photo(name: str, *targets: TargetRecord, read: float = 200.0) -> PhotoRecord:
    return PhotoRecord(name, f"{name}.jpg", 0, None, read, read / 10, read / 2, targets)


def report(*photos: PhotoRecord, **times: dict) -> TransferReport:
    return TransferReport(photos, {}, times.get("sizes", {}), times.get("bare", {}))
