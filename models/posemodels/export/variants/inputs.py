"""What the graph that variants are made of is fed: people, as latents where an encoder describes them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from posemodels.data.dataset import held_out_pairs
from posemodels.data.inputs import GeneratorInputs
from posemodels.export.variants.folder import ModelFolder, run


def held_out_inputs(folder: ModelFolder, count: int, first: int) -> dict[str, np.ndarray]:
    """The graph's inputs by name for `count` people never trained on, from the `first` on, always the same ones.

    Latents are what the folder's own encoder makes of the people, noise is standard normal.
    """
    manifest = folder.manifest
    size, sigma = (manifest["height"], manifest["width"]), manifest["keypoints"]["sigma"]
    declared = GeneratorInputs.of_manifest(manifest)
    tensors = declared.of(held_out_pairs(count, size, sigma, first))
    taken = {role.value: tensor.numpy() for role, tensor in zip(declared.roles, tensors.values())}
    if folder.encoder is not None:
        described = manifest["encoder"]
        outputs = [entry["name"] for entry in described["outputs"]]
        taken["latents"] = run(folder.encoder, outputs, _by_name(described["inputs"], taken))[0]
    for entry in manifest["inputs"]:
        if entry["role"] == "noise":
            shape = (count, *entry["shape"][1:])
            taken["noise"] = np.random.default_rng(first).standard_normal(shape, np.float32)
    return _by_name(manifest["inputs"], taken)


def _by_name(entries: Sequence[Mapping[str, Any]], taken: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
    return {entry["name"]: taken[entry["role"]] for entry in entries}
