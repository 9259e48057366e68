"""How long the service takes."""

from __future__ import annotations

import numpy as np

from posemodels.evaluation.photographs.transfers.report import TransferReport

_READING = ("persons", "landmarks", "parsing")
_GENERATOR = "generator"


class Cost:
    """The median of some milliseconds, and how many times as long as the bare graphs that is."""

    at_most = True

    def __init__(
        self, name: str, bar: float, times: list[float], bare: list[float], parts: dict[str, list[float]] | None = None
    ) -> None:
        """parts: further times, to be told as details."""
        self.name, self.bar, self._times, self._bare, self._parts = name, bar, times, bare, parts or {}

    def value(self) -> float:
        return float(np.median(self._times)) if self._times else float("nan")

    def details(self) -> dict[str, float]:
        parts = {f"{self.name}.{part}": float(np.median(times)) for part, times in self._parts.items() if times}
        if not self._bare:
            return parts
        bare = float(np.median(self._bare))
        return parts | {f"{self.name}.bare-graphs": bare, f"{self.name}.ratio": self.value() / bare}


def costs(report: TransferReport) -> list[Cost]:
    """Reading a photo, from the file to all that is kept of it; results of 512 and of 1,024 pixels, from there on."""
    read = [photo for photo in report.photos if photo.refusal is None]
    parts = {
        "find": [photo.find for photo in read],
        "parse": [photo.parse for photo in read],
    }
    graphs = [report.bare[kind] for kind in _READING if kind in report.bare]
    reading = [sum(times) for times in zip(*graphs, strict=True)]
    made = report.bare.get(_GENERATOR, [])
    targets = [target for photo in read for target in photo.targets if target.file]
    generating = {"generator": [target.generate for target in targets]}
    return [
        Cost("cost.read", 250.0, [photo.read for photo in read], reading, parts),
        Cost("cost.512", 400.0, report.sizes.get(512, []), made, generating),
        Cost("cost.1024", 700.0, report.sizes.get(1024, []), made),
    ]
