"""`time`: exports a generator with random weights, then runs its PyTorch module as often as standard input asks for.

A benchmark runs the exported graph in another runtime beside it: same weights, same inputs, in turn, in one run.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path

from posemodels.commands.sizes import parse_size
from posemodels.errors import ConfigError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--architecture", default="xinggan")
    parser.add_argument("--network", default="{}", help="settings as JSON; default: the published ones")
    parser.add_argument("--size", metavar="HxW", default="128x64")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--output", type=Path, required=True, help="model folder to write")


def run(args: argparse.Namespace) -> int:
    """Prints one JSON line when ready, then one for every line `BATCH REPEATS` read: the seconds of each run."""
    import torch

    from posemodels.architectures.blocks.layers import initialize_for_short_training
    from posemodels.architectures.registry import generator_architecture
    from posemodels.export.generator import RestoredGenerator, export_generator, golden_inputs

    torch.set_num_threads(args.threads)
    torch.manual_seed(1)
    try:
        network = json.loads(args.network)
    except ValueError as error:
        raise ConfigError(f"--network must be JSON: {error}") from error
    size = parse_size(args.size)
    design = generator_architecture(args.architecture)
    config = design.config(**network)
    module = design.build(config).eval()
    initialize_for_short_training(module, attention_gain=0.5)
    restored = RestoredGenerator(design, module, design.inputs(config))
    export_generator(restored, args.output, size=size, version="0.0.0", license="MIT", description="Random weights.")
    pair = list(golden_inputs(restored.inputs, size, 6.0).values())
    parameters = sum(parameter.numel() for parameter in module.parameters())
    print(json.dumps({"pytorch": torch.__version__, "parameters": parameters}), flush=True)
    for line in sys.stdin:
        batch, repeats = (int(part) for part in line.split())
        inputs = [tensor.repeat((batch + 1) // 2, 1, 1, 1)[:batch].contiguous() for tensor in pair]
        seconds = []
        with torch.inference_mode():
            for _ in range(repeats):
                started = time.perf_counter()
                module(*inputs)
                seconds.append(time.perf_counter() - started)
        print(json.dumps(seconds), flush=True)
    return 0
