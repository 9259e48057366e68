"""`time`: runs a PyTorch module as often as standard input asks for, beside the graph exported from it.

A benchmark runs the graph in another runtime: same weights, same inputs, in turn, in one run. A generator is exported
with random weights, which cost what trained ones do; the other shipped networks take theirs from their graphs.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from posemodels.commands.sizes import parse_size
from posemodels.errors import CheckpointError, ConfigError

if TYPE_CHECKING:
    from torch import Tensor, nn


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--model", type=Path, help="a shipped model's folder; instead of the next three")
    parser.add_argument("--architecture", default="xinggan")
    parser.add_argument("--network", default="{}", help="settings as JSON; default: the published ones")
    parser.add_argument("--size", metavar="HxW", default="128x64")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--output", type=Path, required=True, help="model folder to write")


@dataclass(frozen=True)
class _Timed:
    module: nn.Module
    pair: list[Tensor]
    """Inputs of two items."""
    folder: Path
    """Where the graph with the same weights lies."""


def run(args: argparse.Namespace) -> int:
    """Prints one JSON line when ready, then one for every line `BATCH REPEATS` read: the seconds of each run."""
    import torch

    torch.set_num_threads(args.threads)
    torch.manual_seed(1)
    timed = _named(args) if args.model is None else _shipped(args.model, args.output)
    parameters = sum(parameter.numel() for parameter in timed.module.parameters())
    ready = {"pytorch": torch.__version__, "parameters": parameters, "folder": str(timed.folder.resolve())}
    print(json.dumps(ready), flush=True)
    for line in sys.stdin:
        batch, repeats = (int(part) for part in line.split())
        inputs = [tensor.repeat((batch + 1) // 2, 1, 1, 1)[:batch].contiguous() for tensor in timed.pair]
        seconds = []
        with torch.inference_mode():
            for _ in range(repeats):
                started = time.perf_counter()
                timed.module(*inputs)
                seconds.append(time.perf_counter() - started)
        print(json.dumps(seconds), flush=True)
    return 0


def _named(args: argparse.Namespace) -> _Timed:
    try:
        network = json.loads(args.network)
    except ValueError as error:
        raise ConfigError(f"--network must be JSON: {error}") from error
    return _generator(args.architecture, network, parse_size(args.size), args.output)


def _shipped(folder: Path, output: Path) -> _Timed:
    import torch

    from posemodels.architectures.perception.keypoint_net import KeypointNet
    from posemodels.architectures.perception.parsing_net import ParsingNet
    from posemodels.evaluation.onnx_weights import load_onnx_weights
    from posemodels.evaluation.report import TRAINING_FILE
    from posemodels.export.golden import read_golden

    try:
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        if manifest["kind"] == "generator":
            network = json.loads((folder / TRAINING_FILE).read_text(encoding="utf-8"))["network"]
            return _generator(manifest["architecture"], network, (manifest["height"], manifest["width"]), output)
    except (OSError, ValueError, KeyError) as error:
        raise CheckpointError(f"{folder} does not say how its network is built: {error}") from error
    networks = {"keypoint-net": KeypointNet, "parsing-net": ParsingNet}
    if manifest["architecture"] not in networks:
        raise CheckpointError(f"{folder}: no PyTorch module of {manifest['architecture']} here")
    module = networks[manifest["architecture"]]()
    load_onnx_weights(module, folder)
    recorded = read_golden(manifest["golden"], folder)
    return _Timed(
        module.eval(), [torch.from_numpy(recorded[tensor["name"]].copy()) for tensor in manifest["inputs"]], folder
    )


def _generator(architecture: str, network: dict[str, Any], size: tuple[int, int], output: Path) -> _Timed:
    from posemodels.architectures.blocks.layers import initialize_for_short_training
    from posemodels.architectures.registry import generator_architecture
    from posemodels.data.heatmaps import POSE_MAP_SIGMA
    from posemodels.export.generator import RestoredGenerator, export_generator, golden_inputs

    design = generator_architecture(architecture)
    config = design.config(**network)
    module = design.build(config).eval()
    initialize_for_short_training(module, attention_gain=0.5)
    restored = RestoredGenerator(design, module, design.inputs(config))
    export_generator(restored, output, size=size, version="0.0.0", license="MIT", description="Random weights.")
    return _Timed(module, list(golden_inputs(restored.inputs, size, POSE_MAP_SIGMA).values()), output)
