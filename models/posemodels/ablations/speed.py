"""A generator's one pass against the many steps of a diffusion network of like size: arithmetic and measured time."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import onnx
import torch
from torch import Tensor, nn

from posemodels.ablations.diffusion_unet import DiffusionUNet, DiffusionUNetConfig, sample
from posemodels.architectures.registry import generator_architecture
from posemodels.errors import ConfigError
from posemodels.evaluation.tables import table
from posemodels.export.cost import graph_cost
from posemodels.export.generator import golden_inputs
from posemodels.export.onnx import write_onnx
from posemodels.training.config import parse_training_config, read_toml


@dataclass(frozen=True, kw_only=True)
class SpeedConfig:
    """What is timed beside each other."""

    kind: str = "speed"
    base: str
    """Training configuration of the generator; it is timed at the size of its last stage, with random weights."""
    question: str
    unet: Mapping[str, Any] = field(default_factory=dict)
    steps: int = 50
    repeats: int = 5
    threads: int = 1

    def __post_init__(self) -> None:
        for name in ("steps", "repeats", "threads"):
            if getattr(self, name) < 1:
                raise ConfigError(f"{name} must be at least 1, got {getattr(self, name)}")


def read_speed(path: Path) -> SpeedConfig:
    """Raises ConfigError as `read_ablation` does."""
    try:
        return SpeedConfig(**read_toml(path))
    except TypeError as error:
        raise ConfigError(f"{path}: {error}") from error


def measure_speed(config: SpeedConfig, folder: Path) -> list[dict[str, Any]]:
    """One result a network: parameters, operations of one image, and the median time of one, run in turn.

    folder: where the generator's configuration lies.
    """
    torch.set_num_threads(config.threads)
    torch.manual_seed(1)
    training = parse_training_config(read_toml(folder / config.base))
    stage = training.stages[-1]
    size = stage.height, stage.width
    design = generator_architecture(training.architecture)
    settings = design.config(**training.network)
    generator = design.build(settings).eval()
    unet = DiffusionUNet(DiffusionUNetConfig(**config.unet)).eval()
    inputs = {name: tensor[:1] for name, tensor in golden_inputs(design.inputs(settings), size, stage.sigma).items()}
    condition = torch.cat(list(inputs.values()), dim=1)
    noisy = torch.zeros(1, 3, *size)
    step_inputs = {"noisy_image": noisy, "condition": condition, "time_code": unet.time_codes(torch.ones(1))}
    random = torch.Generator().manual_seed(1)
    seconds = _in_turn(
        [lambda: generator(*inputs.values()), lambda: sample(unet, condition, config.steps, random)], config.repeats
    )
    counted = [_flops(generator, inputs), _flops(unet, step_inputs) * config.steps]
    return [
        {
            "variant": name,
            "steps": steps,
            "parameters": sum(parameter.numel() for parameter in module.parameters()),
            "gflop": round(flops / 1e9, 3),
            "seconds": round(median, 4),
            "height": size[0],
            "width": size[1],
            "threads": config.threads,
            "pytorch": torch.__version__,
        }
        for name, module, steps, flops, median in zip(
            (training.architecture, "diffusion U-Net"), (generator, unet), (1, config.steps), counted, seconds
        )
    ]


def speed_section(config: SpeedConfig, results: Mapping[str, Mapping[str, Any]]) -> str:
    """What the page says."""
    parts = ["## Speed", config.question.strip(), "`python3 -m posemodels ablate configs/ablations/speed.toml`"]
    if not results:
        return "\n\n".join([*parts, "Not run yet."])
    head = ("network", "passes an image", "parameters", "GFLOP an image", "seconds an image")
    rows = [
        (line["variant"], line["steps"], f"{line['parameters']:,}", line["gflop"], line["seconds"])
        for line in results.values()
    ]
    one, many = (list(results.values())[at] for at in (0, -1))
    summary = (
        f"At {one['height']}x{one['width']}, batch 1, {one['threads']} thread of PyTorch {one['pytorch']}, float32, "
        f"random weights, medians of runs in turn: {many['gflop'] / one['gflop']:.1f} times the arithmetic and "
        f"{many['seconds'] / one['seconds']:.1f} times the time. The U-Net is a yardstick that was never trained; "
        "operations are multiplications and additions of convolutions and matrix products."
    )
    return "\n\n".join([*parts, table(head, rows), summary])


def _in_turn(runs: list[Callable[[], Tensor]], repeats: int) -> list[float]:
    seconds: list[list[float]] = [[] for _ in runs]
    with torch.inference_mode():
        for repeat in range(repeats + 1):
            for run, times in zip(runs, seconds):
                started = time.perf_counter()
                run()
                if repeat:  # The first of each warms caches.
                    times.append(time.perf_counter() - started)
    return [statistics.median(times) for times in seconds]


def _flops(module: nn.Module, inputs: Mapping[str, Tensor]) -> int:
    with tempfile.TemporaryDirectory() as folder, torch.no_grad():
        path = Path(folder) / "model.onnx"
        write_onnx(module, inputs, {"output": module(*inputs.values())}, path)
        return graph_cost(onnx.load(str(path))).product_flops
