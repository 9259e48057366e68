"""`time`: runs a PyTorch module as often as standard input asks for, beside the graph exported from it.

A benchmark runs the graph in another runtime: same weights, same inputs, in turn, in one run. Generators and the
layout network are exported with random weights, which cost what trained ones do; the other shipped networks take
theirs from their graphs. Of a generator in two graphs each is timed by itself, against the half of the module that it
is.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Sequence
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


_MODEL, _ENCODER = "model", "encoder"


@dataclass(frozen=True)
class _Part:
    module: nn.Module
    pair: list[Tensor]
    """Inputs of two items."""


@dataclass(frozen=True)
class _Timed:
    parts: dict[str, _Part]
    """What each graph computes; `encoder` of generators in two graphs alone."""
    folder: Path
    """Where the graphs with the same weights lie."""


def run(args: argparse.Namespace) -> int:
    """Prints one JSON line when ready, then one for every line `BATCH REPEATS PART` read: the seconds of each run.

    PART is `model`, which may be left out, or `encoder`.
    """
    import torch

    torch.set_num_threads(args.threads)
    torch.manual_seed(1)
    timed = _named(args) if args.model is None else _shipped(args.model, args.output)
    held = {id(parameter): parameter.numel() for part in timed.parts.values() for parameter in part.module.parameters()}
    parameters = sum(held.values())
    ready = {"pytorch": torch.__version__, "parameters": parameters, "folder": str(timed.folder.resolve())}
    print(json.dumps(ready), flush=True)
    for line in sys.stdin:
        batch, repeats, part = _request(line, timed)
        inputs = [torch.cat([tensor] * ((batch + 1) // 2))[:batch].contiguous() for tensor in part.pair]
        seconds = []
        with torch.inference_mode():
            for _ in range(repeats):
                started = time.perf_counter()
                part.module(*inputs)
                seconds.append(time.perf_counter() - started)
        print(json.dumps(seconds), flush=True)
    return 0


def _request(line: str, timed: _Timed) -> tuple[int, int, _Part]:
    batch, repeats, *name = line.split()
    try:
        return int(batch), int(repeats), timed.parts[name[0] if name else _MODEL]
    except KeyError as error:
        raise ConfigError(f"the model has no part {error.args[0]!r}, only {', '.join(timed.parts)}") from error


def _named(args: argparse.Namespace) -> _Timed:
    try:
        network = json.loads(args.network)
    except ValueError as error:
        raise ConfigError(f"--network must be JSON: {error}") from error
    return _generator(args.architecture, network, parse_size(args.size), args.output)


def _shipped(folder: Path, output: Path) -> _Timed:
    from posemodels.architectures.perception.keypoint_net import KeypointNet
    from posemodels.architectures.perception.parsing_net import ParsingNet
    from posemodels.evaluation.onnx_weights import load_onnx_weights
    from posemodels.evaluation.report import TRAINING_FILE

    try:
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        if manifest["kind"] == "generator":
            network = json.loads((folder / TRAINING_FILE).read_text(encoding="utf-8"))["network"]
            return _generator(manifest["architecture"], network, (manifest["height"], manifest["width"]), output)
    except (OSError, ValueError, KeyError) as error:
        raise CheckpointError(f"{folder} does not say how its network is built: {error}") from error
    if manifest["architecture"] == "layout-net":
        return _layout(manifest, output)
    networks = {"keypoint-net": KeypointNet, "parsing-net": ParsingNet}
    if manifest["architecture"] not in networks:
        raise CheckpointError(f"{folder}: no PyTorch module of {manifest['architecture']} here")
    module = networks[manifest["architecture"]]()
    load_onnx_weights(module, folder)
    return _Timed({_MODEL: _Part(module.eval(), _recorded(manifest, manifest["inputs"], folder))}, folder)


def _layout(manifest: dict[str, Any], output: Path) -> _Timed:
    from posemodels.architectures.layout.layout_net import LayoutNet
    from posemodels.export.generator import golden_inputs
    from posemodels.export.layout import LAYOUT_INPUTS, layout_spec
    from posemodels.export.wrapper import export_model

    sigma = manifest["keypoints"]["sigma"]
    module = LayoutNet().eval()
    pair = golden_inputs(LAYOUT_INPUTS, (manifest["height"], manifest["width"]), sigma)
    export_model(module, pair, layout_spec(output.name, "0.0.0", sigma), output)
    return _Timed({_MODEL: _Part(module, list(pair.values()))}, output)


def _generator(architecture: str, network: dict[str, Any], size: tuple[int, int], output: Path) -> _Timed:
    from posemodels.architectures.blocks.layers import initialize_for_short_training
    from posemodels.architectures.registry import generator_architecture
    from posemodels.architectures.scam.scam import Scam
    from posemodels.export.generator import RestoredGenerator, export_generator
    from posemodels.export.scam import Encode, Generate

    design = generator_architecture(architecture)
    config = design.config(**network)
    module = design.build(config).eval()
    initialize_for_short_training(module, attention_gain=0.5)
    restored = RestoredGenerator(design, module, design.inputs(config))
    manifest = export_generator(
        restored, output, size=size, version="0.0.0", license="MIT", description="Random weights."
    )
    recorded = _recorded(manifest, manifest["inputs"], output)
    if not isinstance(module, Scam):
        return _Timed({_MODEL: _Part(module, recorded)}, output)
    encoded = _recorded(manifest, manifest["encoder"]["inputs"], output)
    parts = {_MODEL: _Part(Generate(module), recorded), _ENCODER: _Part(Encode(module), encoded)}
    return _Timed(parts, output)


def _recorded(manifest: dict[str, Any], entries: Sequence[dict[str, Any]], folder: Path) -> list[Tensor]:
    import torch

    from posemodels.export.golden import read_golden

    golden = read_golden(manifest["golden"], folder)
    return [torch.from_numpy(golden[entry["name"]].copy()) for entry in entries]
