"""Training of the keypoint and the parsing network on rendered people."""

from __future__ import annotations

import copy
import math
import os
import time
import tomllib
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from posemodels.architectures.perception.keypoint_net import STRIDE, KeypointNet
from posemodels.architectures.perception.parsing_net import ParsingNet
from posemodels.data.augmentation import Labelled, augmented
from posemodels.data.dataset import perception_pool, to_images
from posemodels.data.heatmaps import gaussian_maps
from posemodels.data.synthetic import PersonGroup
from posemodels.errors import ConfigError
from posemodels.training.muon import Muon

HEATMAP_SIGMA = 3.0
"""Sigma of the heatmaps in pixels of the picture."""


@dataclass(frozen=True)
class PerceptionConfig:
    """Settings of a run; unknown names in a configuration file are refused."""

    kind: str
    height: int = 128
    width: int = 96
    people: int = 4000
    empty: int = 600
    steps: int = 1500
    batch: int = 32
    learning_rate: float = 2e-3
    average: float = 0.995
    seed: int = 1
    threads: int = 1
    save_every: int = 100

    def __post_init__(self) -> None:
        if self.kind not in ("keypoints", "parsing"):
            raise ValueError(f"kind must be 'keypoints' or 'parsing', got {self.kind!r}")
        if self.height % 16 or self.width % 16 or min(self.height, self.width) < 32:
            raise ValueError(f"height and width must be multiples of 16 from 32 on, got {self.height}x{self.width}")
        if min(self.people, self.steps, self.batch, self.threads, self.save_every) < 1 or self.empty < 0:
            raise ValueError("people, steps, batch, threads and save_every must be positive")

    @staticmethod
    def from_dict(config: dict[str, Any]) -> PerceptionConfig:
        """:raises ConfigError: a setting is unknown or makes no sense."""
        known = {field.name for field in fields(PerceptionConfig)}
        unknown = set(config) - known
        if unknown:
            raise ConfigError(f"unknown settings: {', '.join(sorted(unknown))}")
        try:
            return PerceptionConfig(**config)
        except (TypeError, ValueError) as error:
            raise ConfigError(str(error)) from error


def build_network(kind: str) -> KeypointNet | ParsingNet:
    return KeypointNet() if kind == "keypoints" else ParsingNet()


def keypoint_loss(logits: Tensor, keypoints: Tensor, size: tuple[int, int]) -> Tensor:
    """Cross-entropy with the Gaussian maps, joints weighted up, of each peak with the joint's presence, and of each
    map, taken as one distribution over its cells, with where the joint is: a second peak on the other arm costs much.

    :param logits: [B, 18, H / 2, W / 2].
    """
    target = gaussian_maps(keypoints, size, HEATMAP_SIGMA, STRIDE)
    cells = functional.binary_cross_entropy_with_logits(logits, target, reduction="none")
    present = (keypoints >= 0).all(-1).float()
    flat = logits.flatten(2)
    peak = functional.binary_cross_entropy_with_logits(flat.amax(-1), present)
    share = target.flatten(2) / target.flatten(2).sum(-1, keepdim=True).clamp(min=1e-6)
    place = -(share * flat.log_softmax(-1)).sum() / present.sum().clamp(min=1.0)
    return 20.0 * (cells * (1.0 + 12.0 * target)).mean() + 0.15 * peak + 0.1 * place


def parsing_loss(scores: Tensor, labels: Tensor) -> Tensor:
    """Cross-entropy plus one minus the soft Dice coefficient, which counts small parts as much as large ones."""
    entropy = functional.cross_entropy(scores, labels)
    chance = scores.softmax(1)
    truth = functional.one_hot(labels, scores.shape[1]).permute(0, 3, 1, 2).float()
    overlap = (chance * truth).sum((0, 2, 3))
    dice = (2.0 * overlap + 1.0) / (chance.sum((0, 2, 3)) + truth.sum((0, 2, 3)) + 1.0)
    return entropy + 0.5 * (1.0 - dice.mean())


def read_config(path: Path) -> dict[str, Any]:
    """The settings of a TOML file. :raises ConfigError: it cannot be read."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ConfigError(f"cannot read {path}: {error}") from error


def train(config: Path | dict[str, Any], run_dir: Path, resume: bool) -> None:
    """Trains until `steps`, writing `checkpoint.pt` and `log.csv` into `run_dir`.

    The checkpoint's `average` entry holds the weights to use. With the same configuration, and whether or not it was
    interrupted, the sequence of pictures is the same.

    :param config: the settings, or the TOML file with them.
    """
    settings = PerceptionConfig.from_dict(read_config(config) if isinstance(config, Path) else config)
    torch.set_num_threads(settings.threads)
    torch.manual_seed(settings.seed)
    size = (settings.height, settings.width)
    run_dir.mkdir(parents=True, exist_ok=True)
    pool = perception_pool(run_dir.parent / "pools", size, settings.people, settings.empty, seed=17)
    chances = _draw_chances(pool)
    network = build_network(settings.kind).to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    average = copy.deepcopy(network).eval()
    optimizer = Muon(network.parameters(), settings.learning_rate)
    path = run_dir / "checkpoint.pt"
    first = 0
    if resume and path.exists():
        state = torch.load(path, map_location="cpu")
        network.load_state_dict(state["network"])
        average.load_state_dict(state["average"])
        optimizer.load_state_dict(state["optimizer"])
        first = state["step"]
    started, running = time.monotonic(), 0.0
    with (run_dir / "log.csv").open("a" if first else "w", encoding="utf-8") as log:
        if not first:
            print("step,loss,seconds", file=log, flush=True)
        for step in range(first, settings.steps):
            network.train()
            warm = min(1.0, (step + 1) / 50)
            rate = settings.learning_rate * warm * 0.5 * (1.0 + math.cos(math.pi * step / settings.steps))
            for group in optimizer.param_groups:
                group["lr"] = max(rate, 1e-6)
            loss = _loss(network, _batch(pool, chances, settings, step), size)
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            nn.utils.clip_grad_norm_(network.parameters(), 5.0)
            optimizer.step()
            _update_average(average, network, min(settings.average, (step + 1) / (step + 10)))
            running += float(loss.detach())
            if (step + 1) % 25 == 0:
                print(f"{step + 1},{running / 25:.5f},{time.monotonic() - started:.1f}", file=log, flush=True)
                running = 0.0
            if (step + 1) % settings.save_every == 0 or step + 1 == settings.steps:
                _save(path, step + 1, network, average, optimizer, settings.kind)


def _batch(pool: PersonGroup, chances: np.ndarray, settings: PerceptionConfig, step: int) -> Labelled:
    rng = np.random.default_rng([settings.seed, step])
    index = np.sort(rng.choice(len(pool.images), settings.batch, p=chances))
    generator = torch.Generator().manual_seed(settings.seed * 1_000_003 + step)
    batch = Labelled(
        to_images(pool.images[index]),
        torch.from_numpy(np.array(pool.keypoints[index])),
        torch.from_numpy(np.array(pool.labels[index])).long(),
    )
    return augmented(batch, generator)


def _draw_chances(pool: PersonGroup) -> np.ndarray:
    """Of every picture. People seen from behind come up more often: few are, and their left and right are hard."""
    present = (pool.keypoints >= 0).all(-1)
    behind = present.any(-1) & ~present[:, 0]
    weight = 1.0 + behind
    chances: np.ndarray = weight / weight.sum()
    return chances


def _loss(network: KeypointNet | ParsingNet, batch: Labelled, size: tuple[int, int]) -> Tensor:
    images = batch.images.contiguous(memory_format=torch.channels_last)
    with torch.cpu.amp.autocast(dtype=torch.bfloat16):
        raw = network.logits(images) if isinstance(network, KeypointNet) else network(images)
    if isinstance(network, KeypointNet):
        return keypoint_loss(raw.float(), batch.keypoints, size)
    return parsing_loss(raw.float(), batch.labels)


def _update_average(average: nn.Module, network: nn.Module, decay: float) -> None:
    with torch.no_grad():
        for slow, fast in zip(average.state_dict().values(), network.state_dict().values(), strict=True):
            if slow.dtype.is_floating_point:
                slow.mul_(decay).add_(fast, alpha=1.0 - decay)
            else:
                slow.copy_(fast)


def _save(
    path: Path, step: int, network: nn.Module, average: nn.Module, optimizer: torch.optim.Optimizer, kind: str
) -> None:
    partial = path.with_suffix(".partial")
    state = {
        "kind": kind,
        "step": step,
        "network": network.state_dict(),
        "average": average.state_dict(),
        "optimizer": optimizer.state_dict(),
    }
    torch.save(state, partial)
    os.replace(partial, path)


def load_network(path: Path) -> KeypointNet | ParsingNet:
    """The averaged network of a checkpoint, in evaluation mode."""
    state = torch.load(path, map_location="cpu")
    network = build_network(state["kind"])
    network.load_state_dict(state["average"])
    return network.eval()
