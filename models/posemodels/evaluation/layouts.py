"""The exported layout model, and measures of the maps that it predicts."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from posemodels.architectures.perception.keypoint_net import KeypointNet
from posemodels.architectures.perception.parsing_net import ParsingNet
from posemodels.data.dataset import PairBatch
from posemodels.data.heatmaps import gaussian_maps
from posemodels.data.inputs import GeneratorInputs
from posemodels.data.synthetic import LABEL_NAMES
from posemodels.errors import ConfigError
from posemodels.evaluation.held_out import HeldOutPairs
from posemodels.evaluation.keypoints import MINIMUM_CONFIDENCE, detect
from posemodels.evaluation.onnx_weights import load_onnx_weights
from posemodels.evaluation.segmentation import confusion, intersection_over_union, parse
from posemodels.export.graph import ExportedGraph

_FACE_JOINTS = (0, 14, 15)


class ShippedLayout:
    """A layout model's folder, run as its graph says. Raises ConfigError or ExportError where it cannot be read."""

    def __init__(self, folder: Path) -> None:
        try:
            self.manifest: dict[str, Any] = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
            self.size: tuple[int, int] = self.manifest["height"], self.manifest["width"]
            self.sigma: float = self.manifest["keypoints"]["sigma"]
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise ConfigError(f"{folder} is not a layout model's folder: {error}") from error
        self._inputs = GeneratorInputs.of_manifest(self.manifest)
        self._folder = folder

    @staticmethod
    def if_shipped(models: Path) -> ShippedLayout | None:
        """That of the folder of all models, where there is one."""
        folder = models / "layout"
        return ShippedLayout(folder) if (folder / "manifest.json").exists() else None

    def predict(self, batch: PairBatch) -> Tensor:
        """The targets' labels, B x H x W int64, from the sources' labels and both poses' joints."""
        posed = replace(
            batch,
            source_pose=gaussian_maps(batch.source_keypoints, self.size, self.sigma),
            target_pose=gaussian_maps(batch.target_keypoints, self.size, self.sigma),
        )
        return self._graph(**self._inputs.of(posed))[0].argmax(1)

    def laid_out(self, batch: PairBatch) -> PairBatch:
        """The batch with the predicted labels in place of the target's own."""
        return replace(batch, target_labels=self.predict(batch))

    @cached_property
    def _graph(self) -> ExportedGraph:
        return ExportedGraph(self._folder / self.manifest["file"])


class Perception:
    """Labels and joints as our networks find them in a photo: what a service knows of a source."""

    def __init__(self, models: Path, size: tuple[int, int]) -> None:
        """models: the folder of the shipped ones. Raises CheckpointError where they cannot be read, ConfigError where
        they are of another size."""
        self._keypoints, self._parsing = KeypointNet(), ParsingNet()
        for network, name in ((self._keypoints, "keypoints"), (self._parsing, "parsing")):
            if load_onnx_weights(network, models / "judges" / name) != size:
                raise ConfigError(f"{models / 'judges' / name} is not of the layout model's size")

    def seen(self, batch: PairBatch) -> PairBatch:
        """The batch with what is found in the source's picture in place of the truth."""
        joints, confidence = detect(self._keypoints, batch.source_image)
        found = joints.masked_fill((confidence < MINIMUM_CONFIDENCE)[..., None], -1.0)
        return replace(batch, source_keypoints=found, source_labels=parse(self._parsing, batch.source_image))


def measure(model: ShippedLayout, pairs: HeldOutPairs, perception: Perception | None) -> dict[str, float]:
    """Mean IoU over the labels: from true labels and joints of the source, with every label's, from those that our
    networks find in the source's picture, of poses seen from behind, and of the source's map as it is."""
    truth, behind = pairs.target_labels, _seen_from_behind(pairs.target_keypoints)
    batches = list(pairs.batches(model.sigma))
    predicted = torch.cat([model.predict(batch) for batch in batches])
    iou = intersection_over_union(confusion(predicted, truth))
    figures = {"pairs": float(len(pairs)), "miou": float(iou.nanmean())}
    figures |= {f"iou_{name}": value for name, value in zip(LABEL_NAMES, iou.tolist(), strict=True)}
    figures["miou_behind"] = _mean_iou(predicted[behind], truth[behind])
    if perception is not None:
        found = torch.cat([model.predict(perception.seen(batch)) for batch in batches])
        figures["miou_perceived"] = _mean_iou(found, truth)
        figures["miou_perceived_behind"] = _mean_iou(found[behind], truth[behind])
    figures["miou_of_copy"] = _mean_iou(pairs.source_labels, truth)
    return {name: round(value, 4) for name, value in figures.items()}


def evaluate(folder: Path, pairs: int = 256) -> dict[str, float]:
    """Measures the exported model in `folder` on held-out pairs, with the perception models beside it."""
    model = ShippedLayout(folder)
    models = folder.parent
    shipped = all((models / "judges" / name / "manifest.json").exists() for name in ("keypoints", "parsing"))
    perception = Perception(models, model.size) if shipped else None
    return measure(model, HeldOutPairs.render(pairs, model.size), perception)


def _mean_iou(found: Tensor, truth: Tensor) -> float:
    return float(intersection_over_union(confusion(found, truth)).nanmean())


def _seen_from_behind(keypoints_BJ2: Tensor) -> Tensor:
    """[B] bool: neither nose nor eyes are seen."""
    return (keypoints_BJ2[:, _FACE_JOINTS] < 0).any(-1).all(-1)
