"""Measures an exported generator on people it was never trained on."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from PIL import Image
from torch import Tensor

from posemodels.architectures.perception.keypoint_net import KeypointNet
from posemodels.data.dataset import PairBatch, held_out_pairs
from posemodels.data.inputs import GeneratorInputs
from posemodels.evaluation.contact_sheet import contact_sheet
from posemodels.evaluation.keypoints import detect, pckh
from posemodels.evaluation.metrics import l1, psnr, ssim
from posemodels.evaluation.onnx_weights import load_onnx_weights
from posemodels.export.graph import ExportedGraph

_BATCH = 8
_SHOWN = 16


@dataclass(frozen=True)
class GeneratorEvaluation:
    """Measured figures by name, and rows of source, target skeleton, generated image and truth."""

    metrics: dict[str, float]
    sheet: Image.Image


def evaluate_generator(folder: Path, keypoint_folder: Path, pairs: int = 256) -> GeneratorEvaluation:
    """Runs `model.onnx` of a generator on held-out pairs.

    `ratio` is (1 - SSIM) of the generated images over (1 - SSIM) of handing back the source image. Joints are found
    again by the keypoint model in `keypoint_folder`, and left out of the figures where there is none. Raises
    ExportError or CheckpointError where a model cannot be read.
    """
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    size = manifest["height"], manifest["width"]
    batch = held_out_pairs(pairs, size, manifest["keypoints"]["sigma"])
    generated = generate(folder, manifest, batch)
    similarity, copied = ssim(generated, batch.target_image), ssim(batch.source_image, batch.target_image)
    metrics = {
        "pairs": float(pairs),
        "ssim": similarity.mean().item(),
        "ssim_of_copy": copied.mean().item(),
        "ratio": ((1 - similarity.mean()) / (1 - copied.mean())).item(),
        "psnr": psnr(generated, batch.target_image).mean().item(),
        "psnr_of_copy": psnr(batch.source_image, batch.target_image).mean().item(),
        "l1": l1(generated, batch.target_image).mean().item(),
        "l1_of_copy": l1(batch.source_image, batch.target_image).mean().item(),
    }
    if (keypoint_folder / "manifest.json").exists():
        metrics |= _redetected(keypoint_folder, generated, batch)
    shown = slice(0, _SHOWN)
    sheet = contact_sheet(
        batch.source_image[shown], batch.target_keypoints[shown], generated[shown], batch.target_image[shown]
    )
    return GeneratorEvaluation({name: round(value, 4) for name, value in metrics.items()}, sheet)


def generate(folder: Path, manifest: Mapping[str, Any], batch: PairBatch) -> Tensor:
    """The graph's images for every pair, B x 3 x H x W in [-1, 1]; its inputs are what the manifest declares."""
    graph = ExportedGraph(folder / manifest["file"])
    names = [entry["name"] for entry in manifest["inputs"]]
    columns = GeneratorInputs.of_manifest(manifest).of(batch).values()
    parts = zip(*(column.split(_BATCH) for column in columns))
    return torch.cat([graph(**dict(zip(names, part)))[0] for part in parts])


def _redetected(keypoint_folder: Path, generated: Tensor, batch: PairBatch) -> dict[str, float]:
    network = KeypointNet()
    size = load_onnx_weights(network, keypoint_folder)
    if size != tuple(generated.shape[-2:]):
        return {}
    images = {"pckh50": generated, "pckh50_of_truth": batch.target_image, "pckh50_of_copy": batch.source_image}
    return {name: pckh(*detect(network, image), batch.target_keypoints).fraction for name, image in images.items()}
